import { type MadeCheckout, Shop } from '../support/checkouts';
import { MerchantClient, newOrderNo } from '../support/merchant';
import { eventually } from '../support/program';
import type { SandboxControl } from '../support/sandbox-control';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

/** PortOne takes the money in its window: what does not match has been taken already, and must go back. */
let stack: Stack;
let portone: SandboxControl;
let shop: Shop;

beforeAll(async () => {
  stack = await Stack.start('portone-checkout', {
    apis: 2,
    webhookUrl: true,
    env: { CHECKOUT_LIFETIME_MS: '60000' },
  });
  portone = stack.control.of('portone');
  shop = new Shop(new MerchantClient(stack.api.url, 'M0000003'), stack.api.url);
});
afterAll(() => stack?.stop());
afterEach(() => stack.control.clear());

const soon = (isSo: () => Promise<boolean>) =>
  eventually(async () => ((await isSo()) ? true : undefined), { withinMs: 60_000, what: isSo.toString() });

async function pays({ orderNo, amount }: MadeCheckout, more: Record<string, unknown> = {}): Promise<string> {
  const { imp_uid: impUid } = await portone.play<{ imp_uid: string }>({ orderId: orderNo, amount, ...more });
  return impUid;
}
const silently = () => portone.arm('*', 'no-webhook');

describe('a payment that matches', () => {
  it('is approved by the confirm, once, also with the webhook at the same time', async () => {
    const made = await shop.checkout();
    await portone.arm('*', 'duplicate-webhook');
    const impUid = await pays(made);
    const answers = await Promise.all([
      shop.confirm(made, { impUid }),
      shop.confirm(made, { impUid }, stack.apis[1]!.url),
    ]);
    for (const { status, body } of answers) {
      expect(['SUCCESS', 'DUPLICATE', 'PAYMENT_IN_PROGRESS']).toContain(
        status === 409 ? body.code : body.outcome,
      );
    }
    await soon(async () => (await shop.payment(made)).status === 'APPROVED');
    const { events } = await shop.payment(made);
    expect(events.map(({ to }) => to).filter((to) => to === 'APPROVED')).toHaveLength(1);
    expect(await portone.charged(made.orderNo)).toBe(30_000);
  });

  it('is approved by the webhook alone when the payer’s browser has gone', async () => {
    const made = await shop.checkout();
    await pays(made);
    await soon(async () => (await shop.payment(made)).status === 'APPROVED');
    expect(await portone.charged(made.orderNo)).toBe(30_000);
  });

  it('goes back when nobody confirms it and no webhook comes', async () => {
    await silently();
    const made = await shop.checkout();
    await pays(made);
    await soon(async () => (await shop.payment(made)).status === 'REVERSED');
    expect(await portone.charged(made.orderNo)).toBe(0);
  });

  it('is known under an order number that was cut short, if no other can be meant', async () => {
    await silently();
    const orderNo = `CUT-${newOrderNo()}`.padEnd(36, 'x').slice(0, 36);
    const made = await shop.checkout({ orderNo });
    const confirmed = await shop.confirm(made, { impUid: await pays(made, { cutTo: 30 }) });
    expect(confirmed.body).toMatchObject({ outcome: 'SUCCESS', payment: { status: 'APPROVED' } });
  });

  it('is known by the webhook alone under a number that was cut short', async () => {
    const made = await shop.checkout({ orderNo: `HOOK-${newOrderNo()}`.padEnd(36, 'x').slice(0, 36) });
    await pays(made, { cutTo: 30 });
    await soon(async () => (await shop.payment(made)).status === 'APPROVED');
  });

  it('is not guessed: a number cut short that two open orders begin with goes back', async () => {
    await silently();
    const begin = `TWO-${newOrderNo()}`.padEnd(30, 'x').slice(0, 30);
    const [made] = [
      await shop.checkout({ orderNo: `${begin}-a` }),
      await shop.checkout({ orderNo: `${begin}-b` }),
    ];
    const refused = await shop.confirm(made, { impUid: await pays(made, { cutTo: 30 }) });
    expect([refused.status, refused.body.code]).toEqual([422, 'ORDER_NO_MISMATCH_REFUNDED']);
    expect(await portone.charged(begin)).toBe(0);
  });
});

describe('a payment that does not match', () => {
  it.each([
    ['the payer paid less', { amount: 1_000 }, {}],
    ['the payer paid more', { amount: 30_001 }, {}],
    ['the page claims another amount', {}, { amount: 29_999 }],
  ])('goes back before the answer: %s', async (_, paid, claimed) => {
    await silently();
    const made = await shop.checkout();
    const refused = await shop.confirm(made, { impUid: await pays(made, paid), ...claimed });
    expect([refused.status, refused.body.code, refused.body.outcome]).toEqual([
      422,
      'AMOUNT_MISMATCH_REFUNDED',
      'FAILURE',
    ]);
    expect(await portone.charged(made.orderNo)).toBe(0);
    expect((await shop.payment(made)).status).toBe('REVERSED');
    const again = await shop.confirm(made, { impUid: 'imp_000000000000' });
    expect([again.status, again.body.code]).toEqual([422, 'AMOUNT_MISMATCH_REFUNDED']);
  });

  it('goes back when it is of an order that nobody knows', async () => {
    await silently();
    const made = await shop.checkout();
    const stray = newOrderNo();
    const impUid = await pays({ ...made, orderNo: stray });
    const refused = await shop.confirm(made, { impUid });
    expect([refused.status, refused.body.code]).toEqual([422, 'ORDER_NO_MISMATCH_REFUNDED']);
    expect(await portone.charged(stray)).toBe(0);
  });

  it('is left alone when it is another payer’s good payment', async () => {
    await silently();
    const [victim, thief] = [await shop.checkout(), await shop.checkout()];
    const impUid = await pays(victim);
    const refused = await shop.confirm(thief, { impUid });
    expect([refused.status, refused.body.code]).toEqual([422, 'ORDER_NO_MISMATCH']);
    expect(await portone.charged(victim.orderNo)).toBe(30_000);
    expect((await shop.confirm(victim, { impUid })).body.outcome).toBe('SUCCESS');
  });

  it('goes back by the worker while PortOne does not answer', async () => {
    await silently();
    const made = await shop.checkout();
    const impUid = await pays(made, { amount: 1_000 });
    await portone.arm('cancel', 'status:500', { times: 3 });
    const refused = await shop.confirm(made, { impUid });
    expect([refused.status, refused.body.code]).toEqual([422, 'AMOUNT_MISMATCH_REFUND_PENDING']);
    await soon(async () => (await shop.payment(made)).status === 'REVERSED');
    expect(await portone.charged(made.orderNo)).toBe(0);
  });

  it.each(['confirm.after-intent', 'confirm.after-call', 'confirm.after-outcome', 'reverse.after-begin'])(
    'goes back although the API dies at %s',
    async (point) => {
      await silently();
      const made = await shop.checkout();
      const impUid = await pays(made, { amount: 1_000 });
      const [, second] = stack.apis;
      second!.crashAt(point);
      await shop.confirm(made, { impUid }, second!.url).catch(() => undefined);
      await second!.program.ended();
      await second!.program.start();
      await soon(async () => (await shop.payment(made)).status === 'REVERSED');
      expect(await portone.charged(made.orderNo)).toBe(0);
    },
  );

  it('goes back when the payer pays after the checkout was given up', async () => {
    const made = await shop.checkout();
    await shop.server.send('POST', `/v1/checkouts/${made.checkoutId}/fail`, { code: 'USER_CANCEL' });
    await pays(made);
    await soon(async () => (await shop.payment(made)).status === 'REVERSED');
    expect(await portone.charged(made.orderNo)).toBe(0);
  });
});

describe('in the end', () => {
  it('the books agree', async () => {
    await soon(async () => (await stack.verify()).code === 0);
    expect((await stack.verify()).output).toMatch(/0 violations/);
  });
});
