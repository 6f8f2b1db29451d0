import { CARD, type KeyIn } from '../support/merchant';
import { Customer, setPolicy } from '../support/points';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(300_000);

/** Quick: every point once. `npm run fault -- --release` repeats each. */
const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);
const SETTLED_WITHIN_MS = 120_000;

/** In the order in which a hybrid approval passes them, with what it must come to when its process dies there. */
const APPROVAL_POINTS: readonly (readonly [string, string])[] = [
  // Before its commit: nobody ever heard of it.
  ['points.after-hold', 'UNKNOWN HERE'],
  ['approve.after-intent', 'REVERSED'],
  ['approve.before-call', 'REVERSED'],
  ['approve.after-call', 'REVERSED'],
  ['approve.before-outcome', 'REVERSED'],
  ['points.after-use', 'REVERSED'],
  ['approve.after-outcome', 'APPROVED'],
];
/** Reached only when the acquirer's answer is lost. */
const REVERSAL_POINTS = ['reverse.after-begin', 'reverse.before-finish', 'points.after-free'];
const CANCEL_POINTS = [
  'cancel.after-intent',
  'cancel.before-call',
  'cancel.after-call',
  'points.after-give-back',
  'cancel.after-outcome',
  'cancel.before-answer',
];

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start('points-crash', { env: { WORKER_LEASE_MS: '20000' } });
  await setPolicy(stack);
});
afterAll(() => stack?.stop());

const rounds = <T>(points: readonly T[]) => Array.from({ length: ROUNDS }, () => points).flat();

/** Sends, and expects no answer: the process dies under the request. */
async function dies(send: () => Promise<{ status: number }>): Promise<void> {
  await expect(send()).rejects.toThrow();
  await stack.api.program.ended();
  await stack.api.program.start();
}

/** What the order came to, once nothing of it is under way any more. */
async function settled({ orderNo }: KeyIn): Promise<{ status: string; paymentId: string }> {
  return eventually(
    async () => {
      const { status, body } = await stack.merchant.order(orderNo);
      if (status === 404) return { status: 'UNKNOWN HERE', paymentId: '' };
      const open = body.cancels?.some((cancel) => cancel.status === 'IN_PROGRESS');
      if (status !== 200 || open || ['IN_PROGRESS', 'REVERSING'].includes(String(body.status)))
        return undefined;
      return { status: String(body.status), paymentId: body.paymentId };
    },
    { withinMs: SETTLED_WITHIN_MS, what: `${orderNo} comes to a final state` },
  );
}

const UNTOUCHED = { balance: 20_000, heldAmount: 0, debtAmount: 0 };

describe('kill -9 of the API during a hybrid approval', () => {
  it.each(rounds(APPROVAL_POINTS))('at %s: it is %s, and so are its points', async (point, expected) => {
    const customer = await Customer.with(stack.merchant, 20_000);
    const content = customer.order(20_000);
    stack.api.crashAt(point);
    await dies(() => stack.merchant.approve(content));
    const { status, paymentId } = await settled(content);
    expect(status).toBe(expected);
    if (status !== 'UNKNOWN HERE') {
      expect(await stack.control.charged(paymentId)).toBe(status === 'APPROVED' ? 30_000 : 0);
    }
    expect(await customer.points()).toMatchObject(
      status === 'APPROVED' ? { balance: 300, heldAmount: 0 } : UNTOUCHED,
    );
  });

  it.each(rounds(REVERSAL_POINTS))('at %s, its answer lost: the points are free again', async (point) => {
    const customer = await Customer.with(stack.merchant, 20_000);
    const content = customer.order(20_000, { cardNumber: CARD.errorAfterApproving });
    stack.api.crashAt(point);
    await dies(() => stack.merchant.approve(content));
    const { status, paymentId } = await settled(content);
    expect(status).toBe('REVERSED');
    expect(await stack.control.charged(paymentId)).toBe(0);
    expect(await customer.points()).toMatchObject(UNTOUCHED);
    expect(await customer.lines()).toEqual(['ADJUST 20000', 'HOLD 20000', 'FREE 20000']);
  });

  it('at points.after-free of a decline: undone by the worker, and the points are free', async () => {
    const customer = await Customer.with(stack.merchant, 20_000);
    const content = customer.order(20_000, { cardNumber: '4000000000000002' });
    stack.api.crashAt('points.after-free');
    await dies(() => stack.merchant.approve(content));
    expect((await settled(content)).status).toBe('REVERSED');
    expect(await customer.points()).toMatchObject(UNTOUCHED);
  });
});

describe('kill -9 of the API during a hybrid cancel', () => {
  it.each(rounds(CANCEL_POINTS))('at %s: card and points are given back once', async (point) => {
    const customer = await Customer.with(stack.merchant, 20_000);
    const content = customer.order(20_000);
    const { body } = await stack.merchant.approve(content);
    stack.api.crashAt(point);
    await dies(() => stack.merchant.cancel(body.paymentId, { cancelAmount: 35_000 }));
    expect((await settled(content)).status).toBe('PARTIALLY_CANCELLED');
    expect(await stack.control.charged(body.paymentId)).toBe(0);
    expect(await customer.points()).toMatchObject({ balance: 5_000, heldAmount: 0, debtAmount: 0 });
    expect(await customer.lines()).toEqual([
      ...['ADJUST 20000', 'HOLD 20000', 'USE 20000', 'EARN 300', 'RESTORE 5000', 'CLAW_BACK 300'],
    ]);
  });

  it.each(rounds(['cancel.after-intent', 'points.after-give-back']))(
    'of points alone, at %s: the worker gives them back without the acquirer',
    async (point) => {
      const customer = await Customer.with(stack.merchant, 20_000);
      const content = customer.order(20_000);
      const { body } = await stack.merchant.approve(content);
      await stack.merchant.cancel(body.paymentId, { cancelAmount: 30_000 });
      const asked = await stack.control.calls('cancel', body.paymentId);
      stack.api.crashAt(point);
      await dies(() => stack.merchant.cancel(body.paymentId));
      expect((await settled(content)).status).toBe('CANCELLED');
      expect(await customer.points()).toMatchObject(UNTOUCHED);
      expect(await stack.control.calls('cancel', body.paymentId)).toBe(asked);
    },
  );
});

it('comes to rest with nothing that verify objects to', async () => {
  const { code, output } = await stack.verify();
  expect(output).toContain(' 0 violations');
  expect(code).toBe(0);
});
