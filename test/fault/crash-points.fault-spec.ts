import { CANCEL_POINTS, CrashingOrders, SETTLED_WITHIN_MS } from '../support/crashing-orders';
import { CARD, keyIn } from '../support/merchant';
import { httpStatus } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(300_000);

/** Quick: every point once. `npm run fault -- --release` repeats each. */
const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);

const APPROVAL_POINTS = [
  'approve.before-intent',
  'approve.after-intent',
  'approve.before-call',
  'approve.after-call',
  'approve.before-outcome',
  'approve.after-outcome',
] as const;
/** Reached only when the acquirer's answer is lost. */
const REVERSAL_POINTS = [
  'reverse.after-begin',
  'reverse.after-inquiry',
  'reverse.after-cancel',
  'reverse.before-finish',
] as const;

let stack: Stack;
let orders: CrashingOrders;

beforeAll(async () => {
  stack = await Stack.start('crash', {
    env: { WORKER_LEASE_MS: '20000' },
  });
  orders = new CrashingOrders(stack);
});
afterAll(() => stack?.stop());

const rounds = <T>(points: readonly T[]) => Array.from({ length: ROUNDS }, () => points).flat();

describe('kill -9 of the API during an approval', () => {
  it.each(rounds(APPROVAL_POINTS))('at %s: both books agree afterwards', async (point) => {
    const content = keyIn();
    stack.api.crashAt(point);
    await orders.dies(() => stack.merchant.approve(content));
    await stack.api.program.start();
    const status = await orders.booksAgree(content.orderNo);
    expect(status).toBe(
      { 'approve.before-intent': 'UNKNOWN HERE', 'approve.after-outcome': 'APPROVED' }[point as string] ??
        'REVERSED',
    );
  });

  it.each(rounds(REVERSAL_POINTS))('at %s, its answer lost: nobody is charged', async (point) => {
    const content = keyIn({ cardNumber: CARD.errorAfterApproving });
    stack.api.crashAt(point);
    await orders.dies(() => stack.merchant.approve(content));
    await stack.api.program.start();
    expect(await orders.booksAgree(content.orderNo)).toBe('REVERSED');
  });
});

describe('kill -9 of the API during a cancel', () => {
  it.each(rounds(CANCEL_POINTS))(
    'at %s: cancelled once or not at all, and both books agree',
    async (point) => {
      const content = keyIn();
      const { body } = await stack.merchant.approve(content);
      const headers = { 'idempotency-key': `crash-${body.paymentId}` };
      const cancel = () => stack.merchant.cancel(body.paymentId, { cancelAmount: 20_000 }, headers);
      stack.api.crashAt(point);
      await orders.dies(cancel);
      await stack.api.program.start();
      expect(await orders.booksAgree(content.orderNo)).toBe(
        point === 'cancel.before-intent' ? 'APPROVED' : 'PARTIALLY_CANCELLED',
      );
      const again = await orders.answered(cancel, 'the same cancel is answered');
      expect(again.status).toBe(200);
      expect(await stack.control.charged(body.paymentId)).toBe(30_000);
      expect(await orders.booksAgree(content.orderNo)).toBe('PARTIALLY_CANCELLED');
    },
  );
});

describe('kill -9 of the worker', () => {
  it('while it undoes an approval: another start ends the work', async () => {
    const content = keyIn();
    stack.api.crashAt('approve.after-call');
    stack.crashWorkerAt('reverse.after-cancel');
    await orders.dies(() => stack.merchant.approve(content));
    await stack.worker.ended(SETTLED_WITHIN_MS);
    await Promise.all([stack.api.program.start(), stack.worker.start()]);
    expect(await orders.booksAgree(content.orderNo)).toBe('REVERSED');
  });
});

describe('kill -9 of the sandbox', () => {
  it('under running approvals: what it booked is still there, and both books agree', async () => {
    await stack.control.latency(300);
    const contents = Array.from({ length: 20 }, () => keyIn());
    const answers = contents.map((content) => stack.merchant.approve(content));
    await new Promise((resolve) => setTimeout(resolve, 250));
    await stack.sandbox.kill();
    const early = await Promise.all(answers);
    await stack.sandbox.start();
    const states = await Promise.all(contents.map(({ orderNo }) => orders.booksAgree(orderNo)));
    for (const [index, { status }] of early.entries()) {
      expect(states[index]).toBe(status === 200 ? 'APPROVED' : status === 503 ? 'FAILED' : 'REVERSED');
    }
  });
});

it('comes to rest with nothing that verify objects to', async () => {
  expect(await httpStatus(`${stack.api.url}/health/ready`)).toBe(200);
  const { code, output } = await stack.verify();
  expect(output).toContain(' 0 violations');
  expect(code).toBe(0);
});
