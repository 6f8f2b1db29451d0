import { seededRandom } from '../../src/sandbox/core/random';
import { type MadeCheckout, Shop } from '../support/checkouts';
import { MerchantClient } from '../support/merchant';
import { pause } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(1_800_000);

/** 1,000 with `npm run fault -- --release`. */
const CONFIRMS = 50 * Number(process.env.FAULT_ROUNDS ?? 1);
const SEED = Number(process.env.FAULT_SEED ?? 20_261_121);
const AT_ONCE = 4;
const KILL_EVERY = 25;
const SETTLED_WITHIN_MS = 120_000;
const TRIES_MAX = 200;
const POINTS = [
  ...['confirm.after-intent', 'confirm.after-call', 'confirm.before-outcome', 'confirm.after-outcome'],
  ...['reverse.after-begin', 'reverse.after-cancel', 'reverse.before-finish'],
];

let stack: Stack;
const random = seededRandom(SEED);

beforeAll(async () => {
  stack = await Stack.start('wrongamount', { apis: 2 });
});
afterAll(() => stack?.stop());

/** The second API dies at a random step of a confirm, and is started again. */
async function killNow(): Promise<void> {
  const [, second] = stack.apis;
  second!.crashAt(POINTS[Math.floor(random() * POINTS.length)]!);
  await second!.program.ended();
  await second!.program.start();
}

/** A page that asks again, at either API, until it has an answer that tells how the money stands. */
async function confirmed(shop: Shop, checkout: MadeCheckout, impUid: string): Promise<string> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const { url } = stack.apis[(tries + 1) % 2]!;
    const answer = await shop.confirm(checkout, { impUid }, url).catch(() => null);
    // What the confirm of a killed process came to is only known as undone.
    const undone = answer?.status === 504 && answer.body.outcome === 'FAILURE';
    if (answer?.status === 422 || undone) return `${answer.status} ${answer.body.code}`;
    await pause(100);
  }
  return 'no answer';
}

it(`${CONFIRMS} payments of a wrong amount, seed ${SEED}, an API killed every ${KILL_EVERY}: all of it goes back`, async () => {
  const shop = new Shop(new MerchantClient(stack.api.url, 'M0000003'), stack.api.url);
  const portone = stack.control.of('portone');
  const made: MadeCheckout[] = [];
  const tally: Record<string, number> = {};
  let kill: Promise<void> | null = null;
  let kills = 0;
  const run = async () => {
    while (made.length < CONFIRMS) {
      const checkout = await shop.checkout();
      made.push(checkout);
      const paid = { orderId: checkout.orderNo, amount: 1_000 + Math.floor(random() * 20_000) };
      const { imp_uid: impUid } = await portone.play<{ imp_uid: string }>(paid);
      if (made.length % KILL_EVERY === 0 && kill === null) {
        kills += 1;
        kill = killNow().finally(() => (kill = null));
      }
      const told = await confirmed(shop, checkout, impUid);
      tally[told] = (tally[told] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
  // A crash point that no confirm met meanwhile is met by these.
  while (kill !== null) {
    const checkout = await shop.checkout();
    made.push(checkout);
    const { imp_uid: impUid } = await portone.play<{ imp_uid: string }>({
      orderId: checkout.orderNo,
      amount: 1_000,
    });
    await confirmed(shop, checkout, impUid);
  }
  process.stdout.write(
    `seed ${SEED}, ${made.length} confirms, ${kills} kills, answers ${JSON.stringify(tally)}\n`,
  );

  // Nobody confirms again what got no answer: the worker ends it.
  const until = Date.now() + SETTLED_WITHIN_MS;
  let charged = made;
  for (;;) {
    const amounts = await Promise.all(charged.map(({ orderNo }) => portone.charged(orderNo)));
    charged = charged.filter((_, index) => amounts[index] !== 0);
    if (charged.length === 0 || Date.now() > until) break;
    await pause(500);
  }
  expect(charged.map(({ paymentId }) => paymentId)).toEqual([]);
  expect(
    Object.keys(tally).filter(
      (told) => !/^(422 AMOUNT_MISMATCH_REFUND(ED|_PENDING)|504 ACQUIRER_TIMEOUT)$/.test(told),
    ),
  ).toEqual([]);
});
