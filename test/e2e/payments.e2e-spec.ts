import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import { CARD, demoKey, encrypt, keyIn, MerchantClient, newOrderNo } from '../support/merchant';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

let stack: Stack;
let merchant: MerchantClient;

beforeAll(async () => {
  stack = await Stack.start('payments');
  merchant = stack.merchant;
});
afterAll(() => stack?.stop());

describe('the encrypted request', () => {
  it('answers ENC_DATA_INVALID for everything that is wrong with it, and tells nothing else', async () => {
    const content = keyIn();
    const sealed = await encrypt('M0000001', content);
    const parts = sealed.split('.');
    const flip = (text: string) => `${text.slice(0, -2)}${text.at(-2) === 'A' ? 'B' : 'A'}${text.at(-1)}`;
    const wrong = [
      [...parts.slice(0, 3), flip(parts[3]!), parts[4]].join('.'),
      [...parts.slice(0, 4), flip(parts[4]!)].join('.'),
      await encrypt('M0000001', content, { kid: 'ek_test_M0000002' }),
      await encrypt('M0000001', content, { kid: 'ek_test_nobody' }),
      await encrypt('M0000002', content),
      'not-a-jwe',
      'a.b.c.d.e',
    ];
    const answers = await Promise.all(wrong.map((encData) => merchant.approveSealed(encData)));
    const shown = answers.map(({ status, body: { traceId: _, ...body } }) => ({ ...body, status }));
    expect(shown[0]).toMatchObject({ status: 400, code: 'ENC_DATA_INVALID' });
    for (const answer of shown) expect(answer).toEqual(shown[0]);
  });

  it('names every bad field, and repeats no value of a card field', async () => {
    const content = keyIn({
      cardNumber: '4242424242424241',
      cardExpiry: '2001',
      amount: 99,
      orderNo: 'a b',
      cardPasswordTwoDigits: '1x',
      surprise: 1,
    });
    const answer = await merchant.approve(content);
    expect([answer.status, answer.body.code]).toEqual([400, 'VALIDATION_FAILED']);
    const fields = answer.body.errors?.map(({ field }) => field).sort();
    expect(fields).toEqual([
      'amount',
      'cardExpiry',
      'cardNumber',
      'cardPasswordTwoDigits',
      'orderNo',
      'surprise',
    ]);
    expect(answer.text).not.toMatch(/4242424242424241|2001|1x/);
  });

  it('refuses the wish for a cash receipt: a card payment has none', async () => {
    const wanted = await merchant.approve(keyIn({ autoCashReceipt: true }));
    expect([wanted.status, wanted.body.errors?.map(({ field }) => field)]).toEqual([
      400,
      ['autoCashReceipt'],
    ]);
    expect((await merchant.approve(keyIn({ autoCashReceipt: false }))).status).toBe(200);
  });

  it('refuses installments under 50,000 won, and a request that is older than five minutes', async () => {
    const small = await merchant.approve(keyIn({ amount: 49_999, installmentMonths: 3 }));
    expect(small.body.errors?.map(({ field }) => field)).toEqual(['installmentMonths']);
    const old = new Date(Date.now() - 301_000).toISOString();
    const late = await merchant.approve(keyIn({ requestedAt: old }));
    expect([late.status, late.body.code]).toEqual([400, 'REQUEST_EXPIRED']);
  });

  it('takes the CBC form only where the contract allows it, and checks its MAC', async () => {
    const sealed = cbc(keyIn());
    const refused = await merchant.send('POST', '/v1/payments/card', sealed);
    expect(refused.body.code).toBe('ENC_DATA_INVALID');
  });

  it('is for its own merchant: another mid is not found', async () => {
    const encData = await encrypt('M0000002', keyIn());
    const answer = await merchant.send('POST', '/v1/payments/card', { mid: 'M0000002', encData });
    expect([answer.status, answer.body.code]).toEqual([404, 'MERCHANT_NOT_FOUND']);
  });

  function cbc(content: unknown): object {
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', demoKey('M0000001'), iv);
    const encData = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final()]).toString(
      'base64',
    );
    const signed = `M0000001|${iv.toString('base64')}|${encData}`;
    const mac = createHmac('sha256', demoKey('M0000001')).update(signed).digest('hex');
    return { mid: 'M0000001', iv: iv.toString('base64'), encData, mac };
  }
});

describe('cancels', () => {
  it('in parts, then the rest; then nothing is left', async () => {
    const { body } = await merchant.approve(keyIn({ amount: 55_000, taxFreeAmount: 11_000 }));
    const part = await merchant.cancel(body.paymentId, {
      cancelAmount: 15_000,
      expectedBalanceAmount: 55_000,
    });
    expect(part.body).toMatchObject({
      status: 'PARTIALLY_CANCELLED',
      balanceAmount: 40_000,
      cancelledAmount: 15_000,
      cancel: { status: 'DONE', amount: 15_000, balanceAfter: 40_000 },
    });
    const stale = await merchant.cancel(body.paymentId, { cancelAmount: 1, expectedBalanceAmount: 55_000 });
    expect([stale.status, stale.body.code]).toEqual([409, 'BALANCE_CHANGED']);
    const over = await merchant.cancel(body.paymentId, { cancelAmount: 40_001 });
    expect([over.status, over.body.code]).toEqual([409, 'CANCEL_AMOUNT_EXCEEDS_BALANCE']);
    const rest = await merchant.cancel(body.paymentId);
    expect(rest.body).toMatchObject({ status: 'CANCELLED', balanceAmount: 0, cancel: { amount: 40_000 } });
    const again = await merchant.cancel(body.paymentId);
    expect([again.status, again.body.code]).toEqual([409, 'ALREADY_CANCELLED']);
    expect(await stack.control.charged(body.paymentId)).toBe(0);
  });

  it('of a payment that nobody has, or another merchant has: not found', async () => {
    const { body } = await merchant.approve(keyIn());
    const other = await new MerchantClient(stack.api.url, 'M0000002').cancel(body.paymentId);
    const none = await merchant.cancel('pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH');
    for (const answer of [other, none])
      expect([answer.status, answer.body.code]).toEqual([404, 'PAYMENT_NOT_FOUND']);
  });
});

describe('the merchant’s own net cancel', () => {
  it('undoes an approval by its order number, and may be repeated', async () => {
    const content = keyIn();
    const { body } = await merchant.approve(content);
    for (let times = 0; times < 2; times += 1) {
      const undone = await merchant.netCancel(content.orderNo);
      expect([undone.status, undone.body.status]).toEqual([200, 'REVERSED']);
    }
    expect(await stack.control.charged(body.paymentId)).toBe(0);
    const again = await merchant.approve(content);
    expect(again.status).not.toBe(200);
  });

  it('bars an order number that has not arrived yet', async () => {
    const orderNo = newOrderNo();
    const early = await merchant.netCancel(orderNo);
    expect([early.status, early.body.barred]).toEqual([404, true]);
    const late = await merchant.approve(keyIn({ orderNo }));
    expect([late.status, late.body.code]).toEqual([409, 'ORDER_NET_CANCELLED']);
  });

  it('while the approval is still running: it is never reported as approved', async () => {
    await stack.control.latency(600);
    const content = keyIn();
    const running = merchant.approve(content);
    await new Promise((resolve) => setTimeout(resolve, 250));
    const undone = await merchant.netCancel(content.orderNo);
    await stack.control.latency(0);
    const answer = await running;
    expect(answer.status).toBe(504);
    expect([200, 504]).toContain(undone.status);
  });
});

describe('lookups, slip, statistics', () => {
  it('finds a payment by id and by order, with cancels, events and attempts', async () => {
    const content = keyIn({ cardNumber: CARD.check, metadata: { cart: 'c-1' } });
    const { body } = await merchant.approve(content);
    await merchant.cancel(body.paymentId, { cancelAmount: 5_000 });
    const byId = await merchant.payment(body.paymentId);
    const byOrder = await merchant.order(content.orderNo);
    expect(byOrder.body).toEqual(byId.body);
    expect(byId.body).toMatchObject({
      orderNo: content.orderNo,
      metadata: { cart: 'c-1' },
      card: { number: '555555******4444' },
      cancels: [{ amount: 5_000, status: 'DONE' }],
      attempts: [
        { operation: 'APPROVE', outcome: 'APPROVED' },
        { operation: 'CANCEL', outcome: 'CANCELLED' },
      ],
    });
    expect(byId.body.events.map(({ to }) => to)).toEqual(['IN_PROGRESS', 'APPROVED', 'PARTIALLY_CANCELLED']);
  });

  it('gives the sales slip as JSON and as a page that runs nothing', async () => {
    const { body } = await merchant.approve(
      keyIn({ amount: 11_000, goodsName: '<script>alert(1)</script>' }),
    );
    const path = `/v1/payments/${body.paymentId}/receipt`;
    const slip = await merchant.send('GET', path);
    expect(slip.body).toMatchObject({
      amount: 11_000,
      vat: 1_000,
      supplyAmount: 10_000,
      approvalNo: expect.any(String),
    });
    const page = await merchant.send('GET', path, undefined, { accept: 'text/html' });
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.text).toContain('&lt;script&gt;');
    expect(page.text).not.toContain('<script');
  });

  it('counts a period, and refuses one that makes no sense', async () => {
    const other = new MerchantClient(stack.api.url, 'M0000005');
    const first = await other.approve(keyIn({ amount: 10_000 }));
    await other.approve(keyIn({ amount: 20_000 }));
    await other.cancel(first.body.paymentId);
    await other.approve(keyIn({ cardNumber: '4000000000000002' }));
    const stats = await other.send('GET', '/v1/payments/stats');
    expect(stats.body).toEqual({
      total: 3,
      completed: 1,
      cancelled: 1,
      pending: 0,
      failed: 1,
      totalAmount: 30_000,
      cancelledAmount: 10_000,
    });
    const wrong = await other.send('GET', '/v1/payments/stats?from=2026-02-30&to=2026-01-01');
    expect([wrong.status, wrong.body.code]).toEqual([400, 'VALIDATION_FAILED']);
  });
});

describe('what comes in', () => {
  it('is refused in both languages, with the same code', async () => {
    const english = await merchant.payment('pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH');
    const korean = await merchant.send('GET', '/v1/payments/pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', undefined, {
      'accept-language': 'ko',
    });
    expect(korean.body.code).toBe(english.body.code);
    expect(String(korean.body.title)).toMatch(/[가-힣]/);
    expect(String(english.body.title)).not.toMatch(/[가-힣]/);
  });

  it.each([
    ['no credentials', {}, 401],
    ['a wrong key', { authorization: `Basic ${Buffer.from('sk_test_wrong:').toString('base64')}` }, 401],
    ['a broken token', { authorization: 'Bearer a.b.c' }, 401],
  ])('with %s: %o answers %i', async (_what, headers, status) => {
    const answer = await fetch(`${stack.api.url}/v1/payments/stats`, {
      headers: headers as Record<string, string>,
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('www-authenticate')).toMatch(/Bearer|Basic/);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('too large, not JSON, or of another type is refused clearly', async () => {
    const send = (body: string, type: string) =>
      merchant.send('POST', '/v1/payments/card', body, { 'content-type': type });
    const big = await send(
      JSON.stringify({ mid: 'M0000001', encData: 'x'.repeat(2_000_000) }),
      'application/json',
    );
    const broken = await send('{"mid":', 'application/json');
    const text = await send('mid=M0000001', 'text/plain');
    expect([big, broken, text].map(({ status }) => status)).toEqual([413, 400, 415]);
    for (const answer of [big, broken, text]) expect(answer.body.code).toEqual(expect.any(String));
  });

  it('keeps the request id, and answers with safe headers', async () => {
    const answer = await merchant.send('GET', '/v1/payments/stats', undefined, {
      'x-request-id': 'my-request-0001',
    });
    expect(answer.headers.get('x-request-id')).toBe('my-request-0001');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toContain('no-store');
  });
});
