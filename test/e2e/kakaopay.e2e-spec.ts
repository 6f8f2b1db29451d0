import { MerchantClient, newOrderNo } from '../support/merchant';
import { eventually } from '../support/program';
import type { SandboxControl } from '../support/sandbox-control';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

let stack: Stack;
let kakaopay: SandboxControl;
let merchant: MerchantClient;

beforeAll(async () => {
  stack = await Stack.start('kakaopay', { webhookUrl: true });
  kakaopay = stack.control.of('kakaopay');
  merchant = new MerchantClient(stack.api.url, 'M0000006');
});
afterAll(() => stack?.stop());
afterEach(() => stack.control.clear());

interface Checkout {
  readonly checkoutId: string;
  readonly paymentId: string;
  readonly paymentToken: string;
  readonly orderNo: string;
  readonly clientParams: Readonly<Record<string, string>>;
}

const AMOUNT = 30_000;

async function checkout(): Promise<Checkout> {
  const order = {
    orderNo: newOrderNo(),
    amount: AMOUNT,
    goodsName: '수제 만년필',
    customerKey: 'customer-6',
  };
  const answer = await merchant.send('POST', '/v1/checkouts', { ...order, acquirer: 'kakaopay' });
  expect([answer.status, answer.body.code]).toEqual([201, undefined]);
  return { ...(answer.body as unknown as Checkout), orderNo: order.orderNo };
}

async function pays({ orderNo }: Checkout, more: Record<string, unknown> = {}): Promise<string> {
  const played = await kakaopay.play<{ pg_token: string }>({ orderId: orderNo, amount: AMOUNT, ...more });
  return played.pg_token;
}

const confirm = ({ checkoutId, paymentToken }: Checkout, pgToken: string) =>
  merchant.send('POST', `/v1/checkouts/${checkoutId}/confirm`, { paymentToken, amount: AMOUNT, pgToken });

it('sends the payer to KakaoPay, takes the money once, and gives it back in parts', async () => {
  const made = await checkout();
  expect(Object.keys(made.clientParams).sort()).toEqual([
    'nextRedirectAppUrl',
    'nextRedirectMobileUrl',
    'nextRedirectPcUrl',
  ]);
  const pgToken = await pays(made);
  const first = await confirm(made, pgToken);
  expect([first.status, first.body.outcome]).toEqual([200, 'SUCCESS']);
  expect((await confirm(made, pgToken)).body.outcome).toBe('DUPLICATE');
  expect(await kakaopay.charged(made.orderNo)).toBe(AMOUNT);
  const part = await merchant.cancel(made.paymentId, { cancelAmount: 10_000 });
  expect(part.body).toMatchObject({ status: 'PARTIALLY_CANCELLED', balanceAmount: 20_000 });
  const rest = await merchant.cancel(made.paymentId);
  expect(rest.body).toMatchObject({ status: 'CANCELLED', balanceAmount: 0 });
  expect((await kakaopay.ledger(made.orderNo)).map(({ kind, amount }) => [kind, amount])).toEqual([
    ['approval', AMOUNT],
    ['cancel', 10_000],
    ['cancel', 20_000],
  ]);
});

it('takes nothing of a payer who has not authenticated, whatever the page brings', async () => {
  const made = await checkout();
  const early = await confirm(made, 'no-such-token');
  expect(early.body.code).toBe('CHECKOUT_NOT_PAID');
  expect(await kakaopay.ledger(made.orderNo)).toEqual([]);
});

it.each([
  ['CARD', '4000000000009995', 'CARD_LIMIT_EXCEEDED'],
  ['MONEY', '4000000000000002', 'CARD_BALANCE_INSUFFICIENT'],
])('is declined where the payer used %s with %s', async (method, cardNumber, code) => {
  const made = await checkout();
  const refused = await confirm(made, await pays(made, { method, cardNumber }));
  expect([refused.status, refused.body.code]).toEqual([402, code]);
  expect(await kakaopay.ledger(made.orderNo)).toEqual([]);
});

it('gives back what was taken by a confirm whose answer was lost', async () => {
  const made = await checkout();
  const pgToken = await pays(made);
  await kakaopay.arm('confirm', 'drop-after', { times: 1 });
  const lost = await confirm(made, pgToken);
  expect([lost.status, lost.body.code]).toEqual([504, 'ACQUIRER_TIMEOUT']);
  await eventually(
    async () => ((await merchant.payment(made.paymentId)).body.status === 'REVERSED' ? true : undefined),
    { withinMs: 60_000, what: 'the payment is undone' },
  );
  expect(await kakaopay.charged(made.orderNo)).toBe(0);
});

it('makes no checkout where KakaoPay opens no window', async () => {
  await kakaopay.arm('token', 'decline:-731', { times: 1 });
  const order = { orderNo: newOrderNo(), amount: AMOUNT, goodsName: '만년필', acquirer: 'kakaopay' };
  const refused = await merchant.send('POST', '/v1/checkouts', order);
  expect([refused.status, refused.body.code]).toEqual([503, 'ACQUIRER_UNAVAILABLE']);
});

it('leaves books that agree', async () => {
  const verified = await stack.verify();
  expect([verified.code, verified.output]).toEqual([0, expect.stringContaining('0 violations')]);
});
