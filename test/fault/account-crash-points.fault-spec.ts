import { AccountShop, accountWish, REFUND_TO } from '../support/accounts';
import { CANCEL_POINTS, CrashingOrders, SETTLED_WITHIN_MS } from '../support/crashing-orders';
import { httpStatus } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(300_000);

/** Quick: every point once. `npm run fault -- --release` repeats each. */
const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);

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
let orders: CrashingOrders;

beforeAll(async () => {
  stack = await Stack.start('account-crash', {
    env: { WORKER_LEASE_MS: '20000' },
  });
  shop = new AccountShop(stack.merchant);
  orders = new CrashingOrders(stack);
});
afterAll(() => stack?.stop());

const rounds = <T>(points: readonly T[]) => Array.from({ length: ROUNDS }, () => points).flat();

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
    await orders.dies(() => own.ask(wish));
    await stack.api.program.start();
    const state = await orders.finalState(wish.orderNo, own.server);
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
    await orders.dies(() => shop.close(account));
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
    const send = () => stack.merchant.cancel(account.paymentId, refund, headers);
    stack.api.crashAt(point);
    await orders.dies(send);
    await stack.api.program.start();
    expect(await orders.booksAgree(account.orderNo)).toBe(
      point === 'cancel.before-intent' ? 'APPROVED' : 'PARTIALLY_CANCELLED',
    );
    const again = await orders.answered(send, 'the same refund is answered');
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
      expect(await orders.booksAgree(account.orderNo)).toBe('APPROVED');
    },
  );
});

it('comes to rest with nothing that verify objects to', async () => {
  expect(await httpStatus(`${stack.api.url}/health/ready`)).toBe(200);
  const { code, output } = await stack.verify();
  expect(output).toContain(' 0 violations');
  expect(code).toBe(0);
});
