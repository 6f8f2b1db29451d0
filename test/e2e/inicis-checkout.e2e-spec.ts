import { type MadeCheckout, Shop } from '../support/checkouts';
import { MerchantClient } from '../support/merchant';
import { eventually } from '../support/program';
import type { SandboxControl } from '../support/sandbox-control';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

/** KG Inicis authenticates in its window; the money is taken by our confirm. */
let stack: Stack;
let inicis: SandboxControl;
let shop: Shop;

beforeAll(async () => {
  stack = await Stack.start('inicis-checkout', { apis: 2, env: { CHECKOUT_LIFETIME_MS: '20000' } });
  inicis = stack.control.of('inicis');
  shop = new Shop(new MerchantClient(stack.api.url, 'M0000002'), stack.api.url);
});
afterAll(() => stack?.stop());
afterEach(() => stack.control.clear());

interface Proof {
  readonly authToken: string;
  readonly idcName: string;
}
const pays = ({ orderNo, amount }: MadeCheckout, more: Record<string, unknown> = {}): Promise<Proof> =>
  inicis.play<Proof>({ orderId: orderNo, amount, ...more });
const soon = (isSo: () => Promise<boolean>) =>
  eventually(async () => ((await isSo()) ? true : undefined), { withinMs: 60_000, what: isSo.toString() });
const kinds = async ({ orderNo }: MadeCheckout) => (await inicis.ledger(orderNo)).map(({ kind }) => kind);

describe('a payment in the window', () => {
  it('is approved by the confirm, once, and goes back in parts', async () => {
    const made = await shop.checkout();
    expect(made.clientParams).toMatchObject({ oid: made.orderNo, price: '30000', mid: 'inictest02' });
    expect(JSON.stringify(made.clientParams)).not.toContain('sandbox_inicis_sign');
    const proof = await pays(made);
    const answers = await Promise.all([
      shop.confirm(made, { ...proof }),
      shop.confirm(made, { ...proof }, stack.apis[1]!.url),
    ]);
    const told = answers.map(({ status, body }) => (status === 409 ? body.code : body.outcome));
    expect(told).toContain('SUCCESS');
    for (const one of told) expect(['SUCCESS', 'DUPLICATE', 'PAYMENT_IN_PROGRESS']).toContain(one);
    expect((await shop.confirm(made, { ...proof })).body.outcome).toBe('DUPLICATE');
    expect(await shop.payment(made)).toMatchObject({ status: 'APPROVED', method: 'CARD' });
    expect(await inicis.calls('confirm', made.orderNo)).toBe(1);
    const part = await shop.server.cancel(made.paymentId, { cancelAmount: 10_000 });
    expect(part.body).toMatchObject({ status: 'PARTIALLY_CANCELLED', balanceAmount: 20_000 });
    const rest = await shop.server.cancel(made.paymentId);
    expect(rest.body).toMatchObject({ status: 'CANCELLED', balanceAmount: 0 });
    expect(await inicis.charged(made.orderNo)).toBe(0);
  });

  it('may be a transfer from the payer’s account, and goes back to it', async () => {
    const made = await shop.checkout();
    const confirmed = await shop.confirm(made, { ...(await pays(made, { method: 'BANK_TRANSFER' })) });
    expect(confirmed.body).toMatchObject({ outcome: 'SUCCESS', payment: { method: 'BANK_TRANSFER' } });
    expect((await shop.server.cancel(made.paymentId)).body).toMatchObject({ status: 'CANCELLED' });
    expect(await inicis.charged(made.orderNo)).toBe(0);
  });

  it('is declined with the reason of the card company', async () => {
    const made = await shop.checkout();
    const proof = await pays(made, { cardNumber: '4000000000009995' });
    const refused = await shop.confirm(made, { ...proof });
    expect([refused.status, refused.body.code]).toEqual([402, 'CARD_LIMIT_EXCEEDED']);
    expect(await inicis.ledger(made.orderNo)).toEqual([]);
  });

  it('takes nothing where the page or the payer names another amount', async () => {
    const claimed = await shop.checkout();
    const refused = await shop.confirm(claimed, { ...(await pays(claimed)), amount: 29_999 });
    expect([refused.status, refused.body.code]).toEqual([422, 'AMOUNT_MISMATCH']);
    const cheap = await shop.checkout();
    const cheaply = await shop.confirm(cheap, { ...(await pays(cheap, { amount: 1_000 })) });
    expect(cheaply.status).toBe(402);
    for (const made of [claimed, cheap]) expect(await inicis.ledger(made.orderNo)).toEqual([]);
  });

  it('takes nothing of a payer who has not authenticated', async () => {
    const made = await shop.checkout();
    expect((await shop.confirm(made, {})).body.code).toBe('CHECKOUT_NOT_PAID');
    expect(await inicis.calls('confirm', made.orderNo)).toBe(0);
  });

  it('takes nothing of a payer whose browser vanished, and the checkout runs out', async () => {
    const made = await shop.checkout();
    await pays(made);
    await soon(async () => (await shop.payment(made)).status === 'EXPIRED');
    expect(await inicis.ledger(made.orderNo)).toEqual([]);
  });
});

describe('a confirm whose answer was lost', () => {
  it.each(['drop-after', 'garbage'])('is taken back by its own network cancel: %s', async (fault) => {
    const made = await shop.checkout();
    const proof = await pays(made);
    await inicis.arm('confirm', fault, { times: 1 });
    const lost = await shop.confirm(made, { ...proof });
    expect([lost.status, lost.body.code, lost.body.outcome]).toEqual([504, 'ACQUIRER_TIMEOUT', 'FAILURE']);
    expect(await shop.payment(made)).toMatchObject({ status: 'REVERSED' });
    expect(await kinds(made)).toEqual(['approval', 'cancel']);
    expect(await inicis.calls('netCancel', made.orderNo)).toBe(1);
    expect(await inicis.calls('cancel', made.orderNo)).toBe(0);
  });

  it.each(['drop-before', 'drop-after', 'decline:500624', 'decline:500623'])(
    'is undone by inquiry and refund when the network cancel tells nothing: %s',
    async (fault) => {
      const made = await shop.checkout();
      const proof = await pays(made);
      await inicis.arm('confirm', 'drop-after', { times: 1 });
      await inicis.arm('netCancel', fault, { times: 1 });
      expect((await shop.confirm(made, { ...proof })).status).toBe(504);
      await soon(async () => (await shop.payment(made)).status === 'REVERSED');
      expect(await kinds(made)).toEqual(['approval', 'cancel']);
    },
  );

  it.each(['confirm.after-call', 'reverse.after-begin', 'reverse.before-finish'])(
    'goes back although the API dies at %s',
    async (point) => {
      const made = await shop.checkout();
      const proof = await pays(made);
      await inicis.arm('confirm', 'drop-after', { times: 1 });
      const [, second] = stack.apis;
      second!.crashAt(point);
      await shop.confirm(made, { ...proof }, second!.url).catch(() => undefined);
      await second!.program.ended();
      await second!.program.start();
      await soon(async () => (await shop.payment(made)).status === 'REVERSED');
      expect(await inicis.charged(made.orderNo)).toBe(0);
    },
  );

  it('never takes back another order whose proof was brought again', async () => {
    const [paid, other] = [await shop.checkout(), await shop.checkout()];
    const proof = await pays(paid);
    expect((await shop.confirm(paid, { ...proof })).body.outcome).toBe('SUCCESS');
    await inicis.arm('confirm', 'status:500', { times: 1 });
    const refused = await shop.confirm(other, { ...proof });
    expect([refused.status, refused.body.code]).toEqual([409, 'CHECKOUT_NOT_PAID']);
    expect(await inicis.charged(paid.orderNo)).toBe(30_000);
    expect(await inicis.calls('netCancel', paid.orderNo)).toBe(0);
  });
});

it('leaves books that agree', async () => {
  const verified = await eventually(
    async () => {
      const result = await stack.verify();
      return result.code === 0 ? result : undefined;
    },
    { withinMs: 60_000, what: 'the books agree' },
  );
  expect(verified.output).toMatch(/0 violations/);
});
