import { createHash } from 'node:crypto';
import { type MadeCheckout, Shop } from '../support/checkouts';
import { MerchantClient, newOrderNo } from '../support/merchant';
import { eventually } from '../support/program';
import type { SandboxControl } from '../support/sandbox-control';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

let stack: Stack;
let toss: SandboxControl;
let shop: Shop;

beforeAll(async () => {
  stack = await Stack.start('checkouts', {
    apis: 2,
    webhookUrl: true,
    env: { CHECKOUT_LIFETIME_MS: '40000' },
  });
  toss = stack.control.of('toss');
  shop = new Shop(stack.merchant, stack.api.url);
});
afterAll(() => stack?.stop());
afterEach(() => stack.control.clear());

/** Waits until it is so; a test's own limit is longer. */
const soon = (isSo: () => Promise<boolean>) =>
  eventually(async () => ((await isSo()) ? true : undefined), { withinMs: 60_000, what: isSo.toString() });

const pays = ({ orderNo, amount }: MadeCheckout, more: Record<string, unknown> = {}) =>
  toss.play<{ paymentKey: string }>({ orderId: orderNo, amount, ...more });

const payment = (paymentId: string) => shop.payment({ paymentId });

describe('a checkout at TossPayments', () => {
  it('is an order before the payer sees a window, and holds no token in clear', async () => {
    const made = await shop.checkout();
    expect(await payment(made.paymentId)).toMatchObject({
      status: 'CREATED',
      amount: 30_000,
      balanceAmount: 0,
    });
    expect(made.clientParams).toMatchObject({ orderId: made.orderNo, amount: 30_000 });
    const found = await stack.merchant.send('GET', `/v1/checkouts/${made.checkoutId}`);
    expect(found.text).not.toContain(made.paymentToken);
    expect(JSON.stringify(found.body)).not.toContain(
      createHash('sha256').update(made.paymentToken).digest('hex'),
    );
    const again = await stack.merchant.send('POST', '/v1/checkouts', {
      orderNo: made.orderNo,
      amount: 30_000,
      goodsName: '수제 만년필',
    });
    expect([again.status, again.body.code]).toEqual([409, 'ORDER_NO_CONFLICT']);
  });

  it('takes the wish for a cash receipt only where it may be paid by transfer', async () => {
    const cashReceipt = { purpose: 'VOLUNTARY' };
    const ask = (merchant: MerchantClient, more: object) =>
      merchant.send('POST', '/v1/checkouts', {
        ...{ orderNo: newOrderNo(), amount: 30_000, goodsName: '수제 만년필', cashReceipt },
        ...more,
      });
    for (const answer of [
      await ask(stack.merchant, { method: 'CARD' }),
      // Its acquirers are wallets.
      await ask(stack.merchant.as('M0000006'), {}),
    ]) {
      const fields = answer.body.errors?.map(({ field }) => field);
      expect([answer.status, answer.body.code, fields]).toEqual([400, 'VALIDATION_FAILED', ['cashReceipt']]);
    }
    expect((await ask(stack.merchant, { method: 'BANK_TRANSFER' })).status).toBe(201);
  });

  it('is confirmed once, and then a duplicate', async () => {
    const made = await shop.checkout();
    const { paymentKey } = await pays(made);
    const first = await shop.confirm(made, { paymentKey });
    expect([first.status, first.body.outcome]).toEqual([200, 'SUCCESS']);
    expect(first.body.payment).toMatchObject({
      status: 'APPROVED',
      amount: 30_000,
      acquirerTransactionId: paymentKey,
    });
    const second = await shop.confirm(made, { paymentKey });
    expect([second.status, second.body.outcome]).toEqual([200, 'DUPLICATE']);
    expect(await toss.charged(made.orderNo)).toBe(30_000);
    const { events } = await payment(made.paymentId);
    expect(events.map(({ to }) => to)).toEqual(['CREATED', 'IN_PROGRESS', 'APPROVED']);
  });

  it('is approved once by 30 confirms at once over two API processes', async () => {
    const made = await shop.checkout();
    const { paymentKey } = await pays(made);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => shop.confirm(made, { paymentKey }, stack.apis[n % 2]!.url)),
    );
    const outcomes = answers.map(({ status, body }) => `${status} ${body.outcome ?? body.code}`);
    expect(outcomes.filter((outcome) => outcome === '200 SUCCESS')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(
      new Set(
        outcomes.filter((outcome) => /^(200 SUCCESS|200 DUPLICATE|409 PAYMENT_IN_PROGRESS)$/.test(outcome)),
      ),
    );
    expect(await toss.charged(made.orderNo)).toBe(30_000);
    const { events } = await payment(made.paymentId);
    expect(events.map(({ to }) => to)).toEqual(['CREATED', 'IN_PROGRESS', 'APPROVED']);
  });

  it('takes no other token, and says the same of every wrong one', async () => {
    const made = await shop.checkout();
    const { paymentKey } = await pays(made);
    const other = await shop.checkout();
    for (const paymentToken of [other.paymentToken, 'x'.repeat(43), `${made.paymentToken.slice(0, -1)}-`]) {
      const refused = await shop.confirm({ ...made, paymentToken }, { paymentKey });
      expect([refused.status, refused.body.code]).toEqual([403, 'CHECKOUT_TOKEN_INVALID']);
    }
    expect(await toss.charged(made.orderNo)).toBe(0);
  });

  it.each([
    ['4000000000000002', 'CARD_DECLINED'],
    ['4000000000009995', 'CARD_LIMIT_EXCEEDED'],
  ])('is declined with %s: %s, and is over then', async (cardNumber, code) => {
    const made = await shop.checkout();
    const { paymentKey } = await pays(made, { cardNumber });
    const declined = await shop.confirm(made, { paymentKey });
    expect([declined.status, declined.body.code, declined.body.outcome]).toEqual([402, code, 'FAILURE']);
    expect((await payment(made.paymentId)).status).toBe('FAILED');
    expect(await toss.charged(made.orderNo)).toBe(0);
  });

  it('charges nothing when the page claims another amount', async () => {
    const made = await shop.checkout();
    const { paymentKey } = await pays(made);
    const refused = await shop.confirm(made, { paymentKey, amount: 29_999 });
    expect([refused.status, refused.body.code, refused.body.outcome]).toEqual([
      422,
      'AMOUNT_MISMATCH',
      'FAILURE',
    ]);
    expect(await toss.calls('confirm', made.orderNo)).toBe(0);
  });

  it('is given back when the answer to its confirm is lost', async () => {
    const made = await shop.checkout();
    const { paymentKey } = await pays(made, { cardNumber: '4000000000006108' });
    const lost = await shop.confirm(made, { paymentKey });
    expect([lost.status, lost.body.code]).toEqual([504, 'ACQUIRER_TIMEOUT']);
    await soon(async () => (await payment(made.paymentId)).status === 'REVERSED');
    expect(await toss.charged(made.orderNo)).toBe(0);
  });

  it.each([
    ['', 0],
    ['also where the answer to the closing is lost', 1],
  ])('an account that the payer chose in the window is closed there, %s', async (_how, lost) => {
    const made = await shop.checkout();
    const { paymentKey } = await pays(made, { method: 'VIRTUAL_ACCOUNT' });
    if (lost > 0) await toss.arm('cancel', 'drop-after', { times: lost });
    const answer = await shop.confirm(made, { paymentKey });
    expect([answer.status, answer.body.code]).toEqual([504, 'ACQUIRER_TIMEOUT']);
    await soon(async () => (await payment(made.paymentId)).status === 'REVERSED');
    const path = `${stack.sandboxUrl}/toss/v1/payments/orders/${made.orderNo}`;
    const secretKey = `test_sk_sandbox_toss_${stack.merchant.mid}`;
    const authorization = `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`;
    const there = (await (await fetch(path, { headers: { authorization } })).json()) as {
      status: string;
      virtualAccount: { accountNumber: string };
    };
    expect(there.status).toBe('CANCELED');
    expect(await toss.deposit(there.virtualAccount.accountNumber, made.amount, '홍길동')).toBe(false);
    expect(await toss.charged(made.orderNo)).toBe(0);
  });

  it('may be tried again when the acquirer could not be reached', async () => {
    const made = await shop.checkout();
    const { paymentKey } = await pays(made);
    await toss.arm('confirm', 'refuse-connection');
    const refused = await shop.confirm(made, { paymentKey });
    expect([refused.status, refused.body.code]).toEqual([503, 'ACQUIRER_UNAVAILABLE']);
    await stack.control.clear();
    const done = await shop.confirm(made, { paymentKey });
    expect(done.body.outcome).toBe('SUCCESS');
  });

  it('ends when the payer closes the window; a confirm that came first stands', async () => {
    const made = await shop.checkout();
    const page = new MerchantClient(stack.api.url, 'M0000001', '');
    const path = `/v1/checkouts/${made.checkoutId}/fail`;
    expect((await page.send('POST', path, { code: 'USER_CANCEL' })).status).toBe(401);
    const failed = await stack.merchant.send('POST', path, { code: 'USER_CANCEL', message: '창을 닫음' });
    expect(failed.body).toMatchObject({ status: 'FAILED' });
    const late = await shop.confirm(made, { paymentKey: (await pays(made)).paymentKey });
    expect([late.status, late.body.code]).toEqual([409, 'CHECKOUT_CLOSED']);
    const done = await shop.checkout();
    await shop.confirm(done, { paymentKey: (await pays(done)).paymentKey });
    const body = { code: 'USER_CANCEL', paymentToken: done.paymentToken };
    const kept = await page.send('POST', `/v1/checkouts/${done.checkoutId}/fail`, body);
    expect(kept.body).toMatchObject({ status: 'APPROVED' });
  });

  it('expires', async () => {
    const made = await shop.checkout();
    await soon(async () => (await payment(made.paymentId)).status === 'EXPIRED');
    const late = await shop.confirm(made, { paymentKey: 'tk_late' });
    expect([late.status, late.body.code]).toEqual([409, 'CHECKOUT_CLOSED']);
  });

  it('is cancelled by itself when the merchant asked for that and does not acknowledge', async () => {
    const [silent, heard] = [
      await shop.checkout({ acknowledgeWithinSeconds: 10 }),
      await shop.checkout({ acknowledgeWithinSeconds: 10 }),
    ];
    for (const made of [silent, heard]) {
      expect((await shop.confirm(made, { paymentKey: (await pays(made)).paymentKey })).body.outcome).toBe(
        'SUCCESS',
      );
    }
    const told = await stack.merchant.send('POST', `/v1/checkouts/${heard.checkoutId}/acknowledge`);
    expect(told.body).toMatchObject({ status: 'APPROVED', acknowledgedAt: expect.any(String) });
    await soon(async () => (await payment(silent.paymentId)).status === 'CANCELLED');
    expect([await toss.charged(silent.orderNo), await toss.charged(heard.orderNo)]).toEqual([0, 30_000]);
  });
});

describe('other merchants', () => {
  it('see nothing of it', async () => {
    const made = await shop.checkout();
    const stranger = new MerchantClient(stack.api.url, 'M0000002');
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['POST', '/fail', { code: 'X' }],
      ['POST', '/acknowledge', undefined],
    ] as const) {
      const answer = await stranger.send(method, `/v1/checkouts/${made.checkoutId}${path}`, body);
      expect([answer.status, answer.body.code]).toEqual([404, 'CHECKOUT_NOT_FOUND']);
    }
  });
});

describe('inbound webhooks', () => {
  it('are kept once, answered fast, and never believed', async () => {
    const made = await shop.checkout();
    const forged = {
      eventType: 'PAYMENT_STATUS_CHANGED',
      createdAt: '2026-01-02T03:04:05.000000',
      data: {
        paymentKey: 'tk_forged',
        orderId: made.orderNo,
        status: 'DONE',
        mId: 'tosstest01',
        totalAmount: 30_000,
      },
    };
    const acquirer = new MerchantClient(stack.api.url, 'M0000001', '');
    const headers = { 'tosspayments-webhook-transmission-id': 'forged-1' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => acquirer.send('POST', '/v1/webhooks/toss', forged, headers)),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(new Set(['200 OK']));
    const unreadable = await acquirer.send('POST', '/v1/webhooks/toss', 'half of i');
    expect([unreadable.status, unreadable.body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect((await acquirer.send('POST', '/v1/webhooks/nobody', {})).status).toBe(404);
    // Long enough for the worker to have looked at it.
    const next = await shop.checkout();
    await shop.confirm(next, { paymentKey: (await pays(next)).paymentKey });
    expect((await payment(made.paymentId)).status).not.toBe('APPROVED');
  });
});

describe('in the end', () => {
  it('the books agree', async () => {
    await soon(async () => (await stack.verify()).code === 0);
    expect((await stack.verify()).output).toMatch(/0 violations/);
  });
});
