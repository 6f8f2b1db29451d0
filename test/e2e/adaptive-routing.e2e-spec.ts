import { keyIn, MerchantClient } from '../support/merchant';
import { Stack } from '../support/stack';

jest.setTimeout(240_000);

/** M0000005 of the demo data: TossPayments 50, KG Inicis 30, NICEPAY 20, adaptive. */
const WEIGHTS = { toss: 0.5, inicis: 0.3, nicepay: 0.2 };
const AT_ONCE = 4;
/** The upper 0.1 % of the chi-square distribution with two degrees of freedom. */
const CHI_SQUARE_MAX = 13.8;

let stack: Stack;
let merchant: MerchantClient;

beforeAll(async () => {
  stack = await Stack.start('adaptive');
  merchant = new MerchantClient(stack.api.url, 'M0000005');
});
afterAll(() => stack?.stop());

/** Whom each of so many payments was asked of first, by what the payments themselves tell. */
async function firstAsked(count: number): Promise<Record<string, number>> {
  const shares: Record<string, number> = { toss: 0, inicis: 0, nicepay: 0 };
  let left = count;
  const run = async () => {
    while (left > 0) {
      left -= 1;
      const { body } = await merchant.approve(keyIn());
      if (body.paymentId === undefined) continue;
      const { attempts } = (await merchant.payment(body.paymentId)).body;
      const first = (attempts as unknown as { operation: string; acquirer: string }[]).find(
        ({ operation }) => operation === 'APPROVE',
      );
      if (first !== undefined) shares[first.acquirer] = (shares[first.acquirer] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
  return shares;
}

const total = (shares: Record<string, number>) => Object.values(shares).reduce((sum, n) => sum + n, 0);

describe('adaptive routing over three acquirers', () => {
  it('shares payments by the weights while all are well', async () => {
    const shares = await firstAsked(400);
    const all = total(shares);
    const chiSquare = Object.entries(WEIGHTS).reduce(
      (sum, [name, weight]) => sum + (shares[name]! - all * weight) ** 2 / (all * weight),
      0,
    );
    process.stdout.write(`at equal health: ${JSON.stringify(shares)}, chi-square ${chiSquare.toFixed(2)}\n`);
    expect(all).toBe(400);
    expect(chiSquare).toBeLessThan(CHI_SQUARE_MAX);
  });

  it('leaves an acquirer that fails 60 % of the time, and comes back when it is well', async () => {
    await stack.control.of('toss').errorRate(0.6, 'status:503', 7);
    const learning = await firstAsked(200);
    const sick = await firstAsked(150);
    await stack.control.of('toss').errorRate(0, 'status:503', 7);
    const healing = await firstAsked(300);
    const well = await firstAsked(200);
    process.stdout.write(
      `toss at 60 % errors: first 200 ${JSON.stringify(learning)}, then ${JSON.stringify(sick)}\n`,
    );
    process.stdout.write(`healed: first 300 ${JSON.stringify(healing)}, then ${JSON.stringify(well)}\n`);
    expect(sick.toss! / total(sick)).toBeLessThan(0.1);
    expect(well.toss! / total(well)).toBeGreaterThan(0.35);
  });

  it('and the books agree', async () => {
    let verified = await stack.verify();
    for (let tries = 0; verified.code !== 0 && tries < 20; tries += 1) verified = await stack.verify();
    expect(verified.output).toMatch(/0 violations/);
  });
});
