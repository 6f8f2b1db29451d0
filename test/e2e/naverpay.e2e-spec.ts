import { MerchantClient, newOrderNo } from '../support/merchant';
import { eventually } from '../support/program';
import type { SandboxControl } from '../support/sandbox-control';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

const MID = 'M0000006';
const AMOUNT = 30_000;
let stack: Stack;
let merchant: MerchantClient;
let naverpay: SandboxControl;

beforeAll(async () => {
  stack = await Stack.start('naverpay', { webhookUrl: true });
  merchant = new MerchantClient(stack.api.url, MID);
  naverpay = stack.control.of('naverpay');
});
afterAll(() => stack?.stop());

/** A checkout whose payer has authenticated; what the gateway says to its confirm. */
async function paid(payer: Record<string, unknown> = {}, more: Record<string, unknown> = {}) {
  const orderNo = newOrderNo();
  const content = { orderNo, amount: AMOUNT, goodsName: '수제 만년필', acquirer: 'naverpay', ...more };
  const made = (await merchant.send('POST', '/v1/checkouts', content)).body;
  const played = { orderId: orderNo, amount: AMOUNT, ...payer };
  const { paymentId } = await naverpay.play<{ paymentId: string }>(played);
  const answer = await merchant.send('POST', `/v1/checkouts/${String(made.checkoutId)}/confirm`, {
    paymentToken: made.paymentToken,
    amount: AMOUNT,
    paymentId,
  });
  return { made, orderNo, naverPaymentId: paymentId, answer };
}

const statusOf = async (paymentId: unknown) => (await merchant.payment(String(paymentId))).body.status;
const becomes = (paymentId: unknown, status: string) =>
  eventually(async () => ((await statusOf(paymentId)) === status ? true : undefined), {
    withinMs: 60_000,
    what: status,
  });

it('opens a window without a secret, is confirmed, and is cancelled part by part with its tax-free value', async () => {
  const { made, orderNo, naverPaymentId, answer } = await paid({}, { taxFreeAmount: 10_000 });
  expect(made.clientParams).toMatchObject({
    reserveId: expect.any(String),
    clientId: `sandbox_naverpay_${MID}`,
    merchantPayKey: orderNo,
    totalPayAmount: AMOUNT,
  });
  expect(JSON.stringify(made)).not.toContain('test_sk_');
  expect(answer.body).toMatchObject({
    outcome: 'SUCCESS',
    payment: { status: 'APPROVED', acquirerTransactionId: naverPaymentId },
  });
  for (const [cancelAmount, taxFreeAmount] of [
    [12_000, 4_000],
    [18_000, 6_000],
  ]) {
    const cancelled = await merchant.cancel(made.paymentId, { cancelAmount, taxFreeAmount });
    expect([cancelled.status, cancelled.body.code]).toEqual([200, undefined]);
  }
  expect(await statusOf(made.paymentId)).toBe('CANCELLED');
  expect((await naverpay.ledger(orderNo)).map(({ amount }) => amount)).toEqual([AMOUNT, 12_000, 18_000]);
});

it('gives back what a payer paid in a window of another amount', async () => {
  const { made, orderNo, answer } = await paid({ amount: 1_000 });
  expect([answer.status, answer.body.code]).toEqual([422, 'AMOUNT_MISMATCH_REFUNDED']);
  expect(await statusOf(made.paymentId)).toBe('REVERSED');
  expect(await naverpay.charged(orderNo)).toBe(0);
});

it.each(['4000000000006108', '4000000000006132', '4000000000006140'])(
  '%s: an approval whose answer is lost is found by its order number and given back',
  async (cardNumber) => {
    const { made, orderNo, answer } = await paid({ cardNumber });
    expect([answer.status, answer.body.code]).toEqual([504, 'ACQUIRER_TIMEOUT']);
    await becomes(made.paymentId, 'REVERSED');
    expect(await naverpay.charged(orderNo)).toBe(0);
  },
);

it('leaves both books in agreement', async () => {
  expect(await stack.verify()).toMatchObject({ code: 0 });
});
