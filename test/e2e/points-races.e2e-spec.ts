import type { ApiAnswer, MerchantClient } from '../support/merchant';
import { Customer, setPolicy } from '../support/points';
import { Stack } from '../support/stack';

jest.setTimeout(240_000);

const AT_ONCE = 50;

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start('points-races', {
    apis: 2,
    // Whole waits: what is tested is who comes first, not how slow the machine is.
    env: { RATE_MERCHANT_PER_SECOND: '1000', TIME_SCALE: '1', DB_POOL_WAIT_MS: '10000' },
  });
  await setPolicy(stack);
});
afterAll(() => stack?.stop());

const merchantAt = (index: number): MerchantClient => stack.apis[index % stack.apis.length]!.merchant;
/** How many answers of each code; those without one by their status. */
const tally = (answers: readonly ApiAnswer[]) =>
  answers.reduce<Record<string, number>>((sums, { status, body: { code } }) => {
    const name = code ?? status;
    return { ...sums, [name]: (sums[name] ?? 0) + 1 };
  }, {});
const each = <T>(work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, index) => work(index)));

it(`${AT_ONCE} hybrid approvals at once over two processes never pass one balance`, async () => {
  const customer = await Customer.with(stack.merchant, 10_500);
  const answers = await each((index) => merchantAt(index).approve(customer.order(1_000, { amount: 2_000 })));
  // Earnings of the first (10 won each) may pay for none of the others.
  expect(tally(answers)).toEqual({ 200: 10, POINT_BALANCE_TOO_SMALL: AT_ONCE - 10 });
  expect(await customer.points()).toMatchObject({ balance: 600, heldAmount: 0 });
  const history = await customer.history();
  expect(history.reduce((sum, { balanceChange }) => sum + balanceChange, 0)).toBe(600);
  expect(Math.min(...history.map(({ balanceAfter }) => balanceAfter))).toBeGreaterThanOrEqual(0);
});

it(`${AT_ONCE} identical hybrid approvals at once hold and use the points once`, async () => {
  const customer = await Customer.with(stack.merchant, 100_000);
  const content = customer.order(1_000, { amount: 2_000 });
  const answers = await each((index) => merchantAt(index).approve(content));
  expect(answers.filter(({ body }) => body.outcome === 'SUCCESS')).toHaveLength(1);
  expect(await customer.points()).toMatchObject({ balance: 99_010, heldAmount: 0 });
});

it(`${AT_ONCE} partial cancels at once give back what was paid, each won once`, async () => {
  const customer = await Customer.with(stack.merchant, 5_000);
  const { body } = await stack.merchant.approve(customer.order(5_000, { amount: 20_000 }));
  const { paymentId } = body;
  const answers = await each((index) => merchantAt(index).cancel(paymentId, { cancelAmount: 2_000 }));
  const done = answers.filter(({ status }) => status === 200);
  expect(done).toHaveLength(10);
  const { ALREADY_CANCELLED = 0, CANCEL_AMOUNT_EXCEEDS_BALANCE = 0 } = tally(answers);
  expect(ALREADY_CANCELLED + CANCEL_AMOUNT_EXCEEDS_BALANCE).toBe(AT_ONCE - 10);
  const back = done.map((answer) => answer.body.cancel as { pointAmount: number; cardAmount: number });
  expect(back.reduce((sum, { pointAmount }) => sum + pointAmount, 0)).toBe(5_000);
  expect(back.reduce((sum, { cardAmount }) => sum + cardAmount, 0)).toBe(15_000);
  expect(await stack.control.charged(paymentId)).toBe(0);
  expect(await customer.points()).toMatchObject({ balance: 5_000, heldAmount: 0, debtAmount: 0 });
  expect((await stack.merchant.payment(paymentId)).body.status).toBe('CANCELLED');
});

it(`${AT_ONCE} first earnings at once of a customer whom nobody knew are all kept`, async () => {
  const customer = new Customer(stack.merchant);
  const answers = await each((index) => merchantAt(index).approve(customer.order(0, { amount: 10_000 })));
  expect(tally(answers)).toEqual({ 200: AT_ONCE });
  expect(await customer.points()).toMatchObject({ balance: AT_ONCE * 100 });
});

it('corrections and approvals at once leave what their sum says', async () => {
  const customer = await Customer.with(stack.merchant, 50_000);
  await each(async (index) => {
    if (index % 2 === 0) await customer.adjust(index % 4 === 0 ? 500 : -500);
    else await merchantAt(index).approve(customer.order(1_000, { amount: 2_000 }));
  });
  // 13 times + 500, 12 times - 500, 25 approvals that each use 1,000 and earn 10.
  expect(await customer.points()).toMatchObject({ balance: 50_000 + 500 - 25 * 990, heldAmount: 0 });
});

it('comes to rest with nothing that verify objects to', async () => {
  const { output } = await stack.verify();
  expect(output).toContain(' 0 violations');
});
