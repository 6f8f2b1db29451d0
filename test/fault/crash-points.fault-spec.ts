import { AccountShop, accountWish, REFUND_TO } from '../support/accounts';
import { CARD, keyIn } from '../support/merchant';
import { eventually, httpStatus } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(300_000);

/** Quick: every point once. `npm run fault -- --release` repeats each. */
const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);
const SETTLED_WITHIN_MS = 120_000;

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
const CANCEL_POINTS = [
  'cancel.before-intent',
  'cancel.after-intent',
  'cancel.before-call',
  'cancel.after-call',
  'cancel.after-outcome',
  'cancel.before-answer',
] as const;

const ISSUE_POINTS = [
  'issue.before-intent',
  'issue.after-intent',
  'issue.after-call',
  'issue.before-outcome',
  'issue.after-outcome',
] as const;
const CLOSE_POINTS = [
  'close.before-intent',
  'close.after-intent',
  'close.before-call',
  'close.after-call',
  'close.after-outcome',
] as const;

let stack: Stack;
let shop: AccountShop;

beforeAll(async () => {
  stack = await Stack.start('crash', {
    env: { WORKER_LEASE_MS: '20000' },
  });
  shop = new AccountShop(stack.merchant);
});
afterAll(() => stack?.stop());

const rounds = <T>(points: readonly T[]) => Array.from({ length: ROUNDS }, () => points).flat();

/** Sends, and expects no answer: the process dies under the request. */
async function dies(send: () => Promise<{ status: number }>): Promise<void> {
  await expect(send()).rejects.toThrow();
  await stack.api.program.ended();
}

/** The final state of an order after the restart; null when the gateway never heard of it. */
async function finalState(
  orderNo: string,
  merchant = stack.merchant,
): Promise<{ paymentId: string; status: string } | null> {
  return eventually(
    async () => {
      const found = await merchant.order(orderNo);
      if (found.status === 404) return null;
      const status = String(found.body.status);
      const open = found.body.cancels?.some((cancel) => cancel.status === 'IN_PROGRESS');
      if (found.status !== 200 || open || ['IN_PROGRESS', 'REVERSING'].includes(status)) return undefined;
      return { paymentId: found.body.paymentId, status };
    },
    { withinMs: SETTLED_WITHIN_MS, what: `${orderNo} comes to a final state` },
  );
}

const CHARGED: Readonly<Record<string, number>> = {
  APPROVED: 50_000,
  PARTIALLY_CANCELLED: 30_000,
  CANCELLED: 0,
  FAILED: 0,
  REVERSED: 0,
};

async function booksAgree(orderNo: string): Promise<string> {
  const state = await finalState(orderNo);
  if (state === null) return 'UNKNOWN HERE';
  expect(await stack.control.charged(state.paymentId)).toBe(CHARGED[state.status]);
  return state.status;
}

describe('kill -9 of the API during an approval', () => {
  it.each(rounds(APPROVAL_POINTS))('at %s: both books agree afterwards', async (point) => {
    const content = keyIn();
    stack.api.crashAt(point);
    await dies(() => stack.merchant.approve(content));
    await stack.api.program.start();
    const status = await booksAgree(content.orderNo);
    expect(status).toBe(
      { 'approve.before-intent': 'UNKNOWN HERE', 'approve.after-outcome': 'APPROVED' }[point as string] ??
        'REVERSED',
    );
  });

  it.each(rounds(REVERSAL_POINTS))('at %s, its answer lost: nobody is charged', async (point) => {
    const content = keyIn({ cardNumber: CARD.errorAfterApproving });
    stack.api.crashAt(point);
    await dies(() => stack.merchant.approve(content));
    await stack.api.program.start();
    expect(await booksAgree(content.orderNo)).toBe('REVERSED');
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
      await dies(cancel);
      await stack.api.program.start();
      expect(await booksAgree(content.orderNo)).toBe(
        point === 'cancel.before-intent' ? 'APPROVED' : 'PARTIALLY_CANCELLED',
      );
      const again = await eventually(
        async () => {
          const answer = await cancel();
          return answer.status === 409 ? undefined : answer;
        },
        { withinMs: SETTLED_WITHIN_MS, what: 'the same cancel is answered' },
      );
      expect(again.status).toBe(200);
      expect(await stack.control.charged(body.paymentId)).toBe(30_000);
      expect(await booksAgree(content.orderNo)).toBe('PARTIALLY_CANCELLED');
    },
  );
});

describe.each([
  ['toss', 'M0000001'],
  ['inicis', 'M0000002'],
  ['portone', 'M0000003'],
  ['nicepay', 'M0000004'],
])('kill -9 of the API during the issue of a virtual account by %s', (acquirer, mid) => {
  it.each(rounds(ISSUE_POINTS))('at %s: it waits as was told, or nobody can deposit', async (point) => {
    const own = new AccountShop(stack.merchant.as(mid));
    const wish = accountWish();
    stack.api.crashAt(point);
    await dies(() => own.ask(wish));
    await stack.api.program.start();
    const state = await finalState(wish.orderNo, own.server);
    expect(state?.status ?? 'UNKNOWN HERE').toBe(
      { 'issue.before-intent': 'UNKNOWN HERE', 'issue.after-outcome': 'WAITING_FOR_DEPOSIT' }[
        point as string
      ] ?? 'REVERSED',
    );
    if (state?.status === 'REVERSED') await undoneAtAcquirer(state.paymentId, { acquirer, point, own });
    const again = await own.ask(wish);
    expect(again.status).toBe(
      { 'issue.before-intent': 201, 'issue.after-outcome': 200 }[point as string] ?? 504,
    );
  });
});

/** The account was closed where there was one, and an id that is ours to make was known before the call. */
async function undoneAtAcquirer(
  paymentId: string,
  { acquirer, point, own }: { acquirer: string; point: string; own: AccountShop },
): Promise<void> {
  const { attempts } = (await own.server.payment(paymentId)).body;
  const [asked, ...undoing] = attempts;
  expect(asked).toMatchObject({ operation: 'OPEN', outcome: 'UNKNOWN' });
  if (acquirer === 'nicepay') expect(asked?.acquirerTransactionId).toMatch(/^nicetest040301\d{16}$/);
  expect(undoing.some(({ outcome }) => outcome === 'CANCELLED')).toBe(point !== 'issue.after-intent');
  const calls = await stack.control.of(acquirer).calls('virtualAccount', paymentId);
  expect(calls > 0).toBe(point !== 'issue.after-intent');
}

describe('kill -9 of the API while an account is closed or its deposit is given back', () => {
  it.each(rounds(CLOSE_POINTS))('at %s: it is closed in the end, or waits', async (point) => {
    const account = await shop.issue();
    stack.api.crashAt(point);
    await dies(() => shop.close(account));
    await stack.api.program.start();
    if (point !== 'close.before-intent') await shop.becomes(account, 'CANCELLED');
    expect(await stack.control.deposit(account.accountNumber, account.amount, '홍길동')).toBe(
      point === 'close.before-intent',
    );
    if (point === 'close.before-intent') await shop.becomes(account, 'APPROVED');
  });

  it.each(rounds(CANCEL_POINTS))('at %s: refunded once or not at all', async (point) => {
    const account = await shop.issue({ amount: 50_000 });
    expect(await stack.control.deposit(account.accountNumber, 50_000, '홍길동')).toBe(true);
    await shop.becomes(account, 'APPROVED');
    const refund = { cancelAmount: 20_000, refundAccount: REFUND_TO };
    const headers = { 'idempotency-key': `crash-${account.paymentId}` };
    stack.api.crashAt(point);
    await dies(() => stack.merchant.cancel(account.paymentId, refund, headers));
    await stack.api.program.start();
    expect(await booksAgree(account.orderNo)).toBe(
      point === 'cancel.before-intent' ? 'APPROVED' : 'PARTIALLY_CANCELLED',
    );
    const again = await eventually(
      async () => {
        const answer = await stack.merchant.cancel(account.paymentId, refund, headers);
        return answer.status === 409 ? undefined : answer;
      },
      { withinMs: SETTLED_WITHIN_MS, what: 'the same refund is answered' },
    );
    expect(again.status).toBe(200);
    expect(await stack.control.charged(account.paymentId)).toBe(30_000);
  });
});

describe('kill -9 of the worker', () => {
  it.each(['deposit.before-outcome', 'deposit.after-outcome'])(
    'at %s: the deposit is written once',
    async (point) => {
      stack.crashWorkerAt(point);
      const account = await shop.issue({ amount: 50_000 });
      expect(await stack.control.deposit(account.accountNumber, 50_000, '홍길동')).toBe(true);
      await stack.worker.ended(SETTLED_WITHIN_MS);
      await stack.worker.start();
      await shop.becomes(account, 'APPROVED');
      expect(await booksAgree(account.orderNo)).toBe('APPROVED');
    },
  );

  it('while it undoes an approval: another start ends the work', async () => {
    const content = keyIn();
    stack.api.crashAt('approve.after-call');
    stack.crashWorkerAt('reverse.after-cancel');
    await dies(() => stack.merchant.approve(content));
    await stack.worker.ended(SETTLED_WITHIN_MS);
    await Promise.all([stack.api.program.start(), stack.worker.start()]);
    expect(await booksAgree(content.orderNo)).toBe('REVERSED');
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
    const states = await Promise.all(contents.map(({ orderNo }) => booksAgree(orderNo)));
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
