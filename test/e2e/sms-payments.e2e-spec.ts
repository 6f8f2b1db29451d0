import { SqlPool } from '../../src/common/db/pool';
import { basic, CARD, MerchantClient, newOrderNo } from '../support/merchant';
import { eventually } from '../support/program';
import { newPhone, SmsShop } from '../support/sms-payer';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

const DECLINED = '4000000000000002';
const PAUSE_MS = 1_500;

let stack: Stack;
let shop: SmsShop;
let pool: SqlPool;

beforeAll(async () => {
  stack = await Stack.start('sms_payments', { apis: 2, env: { SMS_PAUSE_MS: String(PAUSE_MS) } });
  shop = new SmsShop(stack);
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});
afterEach(() => stack.control.clear());

/** From the request to the code, as a payer would come to it. */
async function atTheCode(more: Record<string, unknown> = {}) {
  const made = await shop.request(more);
  const token = await shop.token(made.phone);
  const code = await shop.code(token, made.phone);
  return { made, token, code };
}

const otherCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const charged = async (paymentId: string | null) => {
  const { body } = await stack.merchant.payment(paymentId!);
  const orders = new Set(body.attempts.map(({ acquirerOrderNo }) => acquirerOrderNo));
  let sum = 0;
  for (const order of orders) sum += await stack.control.of('toss').charged(order);
  return sum;
};

describe('a payment by SMS', () => {
  it('goes from the request by link and code to the sales slip', async () => {
    const made = await shop.request({ buyerName: '홍길동' });
    expect((await shop.info(made)).status).toBe('REQUESTED');
    // Sent after the answer: the token is waited for.
    const token = await shop.token(made.phone);
    const [link] = await shop.messages(made.phone);
    expect(link).toMatchObject({ channel: 'sms', to: made.phone });
    expect(link!.text).toContain('50,000원');
    expect((await shop.view(token)).body).toMatchObject({ status: 'REQUESTED', amount: 50_000, code: null });
    const code = await shop.code(token, made.phone);
    const paid = await shop.confirm(token, code, { installmentMonths: 3 });
    expect([paid.status, paid.body.outcome, paid.body.status]).toEqual([200, 'SUCCESS', 'PAID']);
    const info = await shop.info(made);
    expect(info).toMatchObject({ status: 'PAID', paymentStatus: 'APPROVED' });
    expect(info.events.map(({ to }) => to)).toEqual(['REQUESTED', 'PAYING', 'PAID']);
    const payment = (await stack.merchant.payment(info.paymentId!)).body;
    expect(payment).toMatchObject({ orderNo: made.orderNo, amount: 50_000, status: 'APPROVED' });
    expect(payment.card).toMatchObject({ installmentMonths: 3 });
    const status = await stack.merchant.send('GET', `/v1/sms-payments/${made.smsPaymentId}/status`);
    expect(status.body).toMatchObject({ status: 'PAID', paymentId: info.paymentId });
    const receipt = await stack.merchant.send('GET', `/v1/sms-payments/${made.smsPaymentId}/receipt`);
    expect(receipt.body).toMatchObject({ paymentId: info.paymentId, amount: 50_000 });
    const slip = await shop.payer.send('GET', `/pay/${token}/receipt`);
    expect(slip.status).toBe(200);
    expect(slip.text).toContain(made.orderNo);
  });

  it('tells when its messages arrived, and when nobody has the number', async () => {
    const [good, bad] = await Promise.all([shop.request(), shop.request({ buyerPhone: '01000000000' })]);
    const ends = (made: typeof good) =>
      eventually(
        async () =>
          (await shop.info(made)).messages.find(({ status }) => ['DELIVERED', 'FAILED'].includes(status)),
        { withinMs: 60_000, what: 'the report of the message' },
      );
    expect(await ends(good)).toMatchObject({ purpose: 'sms-payment.link', status: 'DELIVERED' });
    expect(await ends(bad)).toMatchObject({ status: 'FAILED', failureCode: '3032' });
  });

  it('is made once for an order, and again the same for the same Idempotency-Key', async () => {
    const phone = newPhone();
    const content = { orderNo: newOrderNo(), buyerPhone: phone };
    const first = await shop.ask(content, { 'idempotency-key': content.orderNo });
    const again = await shop.ask(content, { 'idempotency-key': content.orderNo });
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([
      201,
      first.text,
      'true',
    ]);
    const other = await shop.ask(content);
    expect([other.status, other.body.code]).toEqual([409, 'ORDER_NO_CONFLICT']);
    const sent = async () => ((await shop.messages(phone)).length > 0 ? true : undefined);
    await eventually(sent, { withinMs: 20_000, what: 'the link' });
    expect(await shop.messages(phone)).toHaveLength(1);
  });

  it('names every field that is bad, and repeats none', async () => {
    const bad = {
      orderNo: 'x',
      amount: 99,
      goodsName: '',
      buyerPhone: '02-123-4567',
      expiresInMinutes: 0,
      extra: 1,
    };
    const answer = await shop.ask(bad);
    expect([answer.status, answer.body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(new Set(answer.body.errors?.map(({ field }) => field))).toEqual(new Set(Object.keys(bad)));
    expect(answer.text).not.toContain('02-123-4567');
    const small = await shop.ask({ buyerPhone: newPhone(), amount: 49_999, installmentMonthsMax: 3 });
    expect(small.body.errors).toMatchObject([{ field: 'installmentMonthsMax' }]);
  });

  it('is refused to a merchant that has no contract for cards', async () => {
    const wallets = new SmsShop(stack, new MerchantClient(stack.api.url, 'M0000006'));
    const answer = await wallets.ask({ buyerPhone: newPhone() });
    expect([answer.status, answer.body.code]).toEqual([422, 'NO_ACQUIRER_CONTRACT']);
  });
});

describe('a code', () => {
  it('tells how many tries are left, and is void after five', async () => {
    const { made, token, code } = await atTheCode();
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      const wrong = await shop.confirm(token, otherCode(code));
      expect([wrong.status, wrong.body.code, wrong.body.triesLeft]).toEqual([
        422,
        'SMS_CODE_WRONG',
        triesLeft,
      ]);
    }
    const late = await shop.confirm(token, code);
    expect([late.status, late.body.code]).toEqual([422, 'SMS_CODE_EXPIRED']);
    expect((await shop.info(made)).status).toBe('REQUESTED');
    expect((await stack.merchant.order(made.orderNo)).status).toBe(404);
  });

  it('is not guessed by 50 wrong ones at once: five of them count', async () => {
    const { made, token, code } = await atTheCode();
    const encData = await shop.encrypted(token);
    const wrong = Array.from({ length: 50 }, (_, n) =>
      shop.confirmSealed(token, { code: otherCode(code), encData }, stack.apis[n % 2]!.url),
    );
    const codes = (await Promise.all(wrong)).map(({ body }) => body.code);
    expect(codes.filter((each) => each === 'SMS_CODE_WRONG')).toHaveLength(5);
    expect(codes.filter((each) => each === 'SMS_CODE_EXPIRED')).toHaveLength(45);
    expect((await shop.confirm(token, code)).body.code).toBe('SMS_CODE_EXPIRED');
    expect((await shop.info(made)).status).toBe('REQUESTED');
  });

  it('works once: of 50 confirms at once over two processes one pays', async () => {
    const { made, token, code } = await atTheCode();
    const encData = await shop.encrypted(token);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        shop.confirmSealed(token, { code, encData }, stack.apis[n % 2]!.url),
      ),
    );
    const outcomes = answers.map(({ status, body }) => `${status} ${body.outcome ?? body.code}`);
    expect(outcomes.filter((outcome) => outcome === '200 SUCCESS')).toHaveLength(1);
    const others = new Set(outcomes.filter((outcome) => outcome !== '200 SUCCESS'));
    for (const other of others) expect(other).toMatch(/^409 SMS_PAYMENT_(IN_PROGRESS|CLOSED)$/);
    const { paymentId, events } = await shop.info(made);
    expect(await charged(paymentId)).toBe(50_000);
    expect(events.map(({ to }) => to)).toEqual(['REQUESTED', 'PAYING', 'PAID']);
  });

  it('is of its own payment only', async () => {
    const phone = newPhone();
    const first = await shop.request({ buyerPhone: phone });
    const firstToken = await shop.token(phone);
    const code = await shop.code(firstToken, phone);
    await shop.request({ buyerPhone: phone, amount: 90_000 });
    const answer = await shop.confirm(await shop.token(phone), code);
    expect([answer.status, answer.body.code]).toEqual([422, 'SMS_CODE_EXPIRED']);
    expect((await shop.confirm(firstToken, code)).status).toBe(200);
    expect((await shop.info(first)).status).toBe('PAID');
  });

  it('is sent five times a day to a phone, and not at once again', async () => {
    const phone = newPhone();
    const tokens: string[] = [];
    for (let n = 0; n < 2; n += 1) {
      await shop.request({ buyerPhone: phone });
      tokens.push(await shop.token(phone));
    }
    await shop.code(tokens[0]!, phone);
    const soon = await shop.payer.send('POST', `/v1/pay/${tokens[1]}/code`);
    expect([soon.status, soon.body.code]).toEqual([429, 'SMS_SENT_RECENTLY']);
    expect(Number(soon.headers.get('retry-after'))).toBeGreaterThan(0);
    for (let n = 1; n < 5; n += 1)
      await afterThePause(() => shop.payer.send('POST', `/v1/pay/${tokens[n % 2]}/code`));
    const sixth = await eventually(
      async () => {
        const answer = await shop.payer.send('POST', `/v1/pay/${tokens[0]}/code`);
        return answer.body.code === 'SMS_SENT_RECENTLY' ? undefined : answer;
      },
      { withinMs: 20_000, what: 'the sixth code' },
    );
    expect([sixth.status, sixth.body.code]).toEqual([429, 'SMS_SENDS_EXHAUSTED']);
    const codes = (await shop.messages(phone)).filter(({ text }) => text.includes('인증번호'));
    expect(codes).toHaveLength(5);
  });
});

async function afterThePause(send: () => Promise<{ status: number }>): Promise<void> {
  await eventually(async () => ((await send()).status === 200 ? true : undefined), {
    withinMs: 20_000,
    what: 'the pause to be over',
  });
}

describe('a link', () => {
  it('is sent again after a minute, five times, and the earlier one stays good', async () => {
    const made = await shop.request();
    const first = await shop.token(made.phone);
    const resend = () => stack.merchant.send('POST', `/v1/sms-payments/${made.smsPaymentId}/resend`, {});
    const soon = await resend();
    expect([soon.status, soon.body.code]).toEqual([429, 'SMS_SENT_RECENTLY']);
    for (let n = 0; n < 5; n += 1) await afterThePause(resend);
    const sixth = await resend();
    expect([sixth.status, sixth.body.code]).toEqual([429, 'SMS_SENDS_EXHAUSTED']);
    const second = await shop.token(made.phone);
    expect(second).not.toBe(first);
    for (const token of [first, second]) expect((await shop.view(token)).status).toBe(200);
    expect(await shop.messages(made.phone)).toHaveLength(6);
  });

  it('expires: by its time, and by the worker', async () => {
    const { made, token, code } = await atTheCode();
    const encData = await shop.encrypted(token);
    await pool.execute(
      `UPDATE sms_payments SET expires_at = UTC_TIMESTAMP(3), due_at = UTC_TIMESTAMP(3) + INTERVAL 2 SECOND WHERE id = ?`,
      [made.smsPaymentId],
    );
    const late = await shop.confirmSealed(token, { code, encData });
    expect([late.status, late.body.code]).toEqual([410, 'PAY_LINK_EXPIRED']);
    expect((await shop.view(token)).body).toMatchObject({ status: 'EXPIRED', publicKey: null });
    const { events } = await eventually(
      async () => {
        const seen = await shop.info(made);
        return seen.events.at(-1)?.to === 'EXPIRED' ? seen : undefined;
      },
      { withinMs: 60_000, what: 'the worker to end it' },
    );
    expect(events.at(-1)).toMatchObject({ from: 'REQUESTED', to: 'EXPIRED', actor: 'gateway:worker' });
    const resent = await stack.merchant.send('POST', `/v1/sms-payments/${made.smsPaymentId}/resend`, {});
    expect([resent.status, resent.body.code]).toEqual([410, 'PAY_LINK_EXPIRED']);
  });

  it('is nothing to anybody else: another merchant, another token', async () => {
    const made = await shop.request();
    const stranger = new MerchantClient(stack.api.url, 'M0000002', basic('sk_test_M0000002'));
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/status'],
      ['GET', '/receipt'],
      ['POST', '/resend'],
      ['POST', '/cancel'],
    ] as const) {
      const body = path === '/cancel' ? { reason: 'x' } : method === 'POST' ? {} : undefined;
      const answer = await stranger.send(method, `/v1/sms-payments/${made.smsPaymentId}${path}`, body);
      expect([path, answer.status, answer.body.code]).toEqual([path, 404, 'SMS_PAYMENT_NOT_FOUND']);
    }
    const token = await shop.token(made.phone);
    const wrong = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
    for (const guess of [wrong, 'x', `${token}x`, encodeURIComponent("' OR 1=1 --")]) {
      // What no token can be is no path either.
      expect((await shop.view(guess)).body.code).toMatch(
        guess.includes('%') ? /NOT_FOUND$/ : /^PAY_LINK_NOT_FOUND$/,
      );
      expect((await shop.payer.send('POST', `/v1/pay/${guess}/code`)).status).toBe(404);
      expect((await shop.payer.send('GET', `/pay/${guess}`)).status).toBe(404);
    }
  });

  it('can be taken back, and what was paid by it is cancelled', async () => {
    const { made, token, code } = await atTheCode();
    const cancel = (id: string) =>
      stack.merchant.send('POST', `/v1/sms-payments/${id}/cancel`, { reason: '주문 취소' });
    expect((await cancel(made.smsPaymentId)).body.status).toBe('CANCELLED');
    expect((await shop.view(token)).body).toMatchObject({ status: 'CANCELLED', publicKey: null });
    expect((await shop.payer.send('POST', `/v1/pay/${token}/code`)).body.code).toBe('SMS_PAYMENT_CLOSED');
    expect((await cancel(made.smsPaymentId)).body.code).toBe('SMS_PAYMENT_CLOSED');
    expect(code).toMatch(/^\d{6}$/);

    const paid = await atTheCode();
    expect((await shop.confirm(paid.token, paid.code)).status).toBe(200);
    const cancelled = await cancel(paid.made.smsPaymentId);
    expect(cancelled.body).toMatchObject({ status: 'PAID', paymentStatus: 'CANCELLED' });
    expect(await charged(cancelled.body.paymentId)).toBe(0);
  });

  it('belongs to the branch that asked', async () => {
    const login = async (loginId: string) => {
      const answer = await shop.payer.send('POST', '/v1/auth/login', { loginId, password: 'Demo!2026pass' });
      return new MerchantClient(stack.api.url, 'M0000001', `Bearer ${answer.body.accessToken as string}`);
    };
    const [one, other] = await Promise.all([login('branch1'), login('branch2')]);
    const made = await new SmsShop(stack, one).ask({ buyerPhone: newPhone() });
    expect([made.status, typeof made.body.branchId]).toEqual([201, 'string']);
    const path = `/v1/sms-payments/${made.body.smsPaymentId as string}`;
    expect((await one.send('GET', path)).status).toBe(200);
    expect((await other.send('GET', path)).status).toBe(404);
    const others = await new SmsShop(stack, other).ask({
      buyerPhone: newPhone(),
      branchId: made.body.branchId,
    });
    expect([others.status, others.body.code]).toEqual([422, 'BRANCH_NOT_FOUND']);
  });
});

describe('a card', () => {
  it('that is declined leaves the way open for another one, on the same payment', async () => {
    const { made, token, code } = await atTheCode();
    const declined = await shop.confirm(token, code, { cardNumber: DECLINED });
    expect([declined.status, declined.body.code, declined.body.triesLeft]).toEqual([402, 'CARD_DECLINED', 4]);
    expect(declined.body.acquirer).toBeUndefined();
    expect(await shop.info(made)).toMatchObject({ status: 'REQUESTED', failureCode: 'CARD_DECLINED' });
    const paid = await shop.confirm(token, code);
    expect([paid.status, paid.body.status]).toEqual([200, 'PAID']);
    const { paymentId, events } = await shop.info(made);
    expect(events.map(({ to }) => to)).toEqual(['REQUESTED', 'PAYING', 'REQUESTED', 'PAYING', 'PAID']);
    expect(await charged(paymentId)).toBe(50_000);
  });

  it('is refused by field without using up the code, and a key opens once', async () => {
    const { token, code } = await atTheCode();
    const bad = await shop.confirm(token, code, {
      cardNumber: '4242424242424241',
      cardExpiry: '1912',
      installmentMonths: 13,
    });
    expect([bad.status, bad.body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(new Set(bad.body.errors?.map(({ field }) => field))).toEqual(
      new Set(['cardNumber', 'cardExpiry', 'installmentMonths']),
    );
    expect(bad.text).not.toContain('4242424242424241');
    const more = await shop.confirm(token, code, { amount: 1, orderNo: 'stolen-order' });
    expect(more.body.errors?.map(({ code: rule }) => rule)).toEqual(['UNKNOWN_FIELD', 'UNKNOWN_FIELD']);
    const encData = await shop.encrypted(token, { cardNumber: DECLINED });
    expect((await shop.confirmSealed(token, { code, encData })).status).toBe(402);
    const replayed = await shop.confirmSealed(token, { code, encData });
    expect([replayed.status, replayed.body.code]).toEqual([400, 'ENC_DATA_INVALID']);
    const [row] = await pool.execute<{ n: number }[]>(
      `SELECT COUNT(*) AS n FROM sms_payments WHERE key_private_sealed IS NOT NULL AND status <> 'REQUESTED'`,
    );
    expect(Number(row!.n)).toBe(0);
  });

  it('of which nobody knows what happened is told so, and undone', async () => {
    const { made, token, code } = await atTheCode();
    const lost = await shop.confirm(token, code, { cardNumber: CARD.silentAfterApproving });
    expect([lost.status, lost.body.code]).toEqual([504, 'ACQUIRER_TIMEOUT']);
    const ended = await shop.until(made, 'FAILED');
    expect(ended).toMatchObject({ paymentStatus: 'REVERSED', failureCode: 'ACQUIRER_TIMEOUT' });
    expect(await charged(ended.paymentId)).toBe(0);
    expect((await shop.view(token)).body).toMatchObject({
      status: 'FAILED',
      payment: { status: 'REVERSED' },
    });
  });

  it.each(['sms.after-claim', 'sms.after-approval', 'approve.before-call', 'approve.after-call'])(
    'is settled when the process dies at %s',
    async (point) => {
      const { made, token, code } = await atTheCode();
      const encData = await shop.encrypted(token);
      stack.api.crashAt(point);
      await expect(shop.confirmSealed(token, { code, encData })).rejects.toThrow();
      await stack.api.program.start();
      const ended = await eventually(
        async () => {
          const seen = await shop.info(made);
          return seen.status === 'PAYING' ? undefined : seen;
        },
        { withinMs: 90_000, what: 'the worker to settle it' },
      );
      const expected = { 'sms.after-claim': 'REQUESTED', 'sms.after-approval': 'PAID' }[point] ?? 'FAILED';
      expect(ended.status).toBe(expected);
      expect(ended.paymentId === null ? 0 : await charged(ended.paymentId)).toBe(
        expected === 'PAID' ? 50_000 : 0,
      );
    },
  );
});

describe('a message', () => {
  it.each([
    ['send', 'drop-after'],
    ['send', 'drop-before'],
    ['send', 'status:503'],
    ['token', 'drop-after'],
    ['token', 'garbage'],
    ['inquire', 'status:500'],
  ])('goes out once when %s meets %s', async (operation, fault) => {
    const phone = newPhone();
    await stack.control.of('sms').arm(operation, fault, { times: operation === 'inquire' ? 1 : 2 });
    if (operation === 'inquire') await stack.control.of('sms').arm('send', 'drop-after', { times: 1 });
    const made = await shop.request({ buyerPhone: phone });
    await shop.token(phone);
    await eventually(
      async () => ((await shop.info(made)).messages[0]?.status === 'DELIVERED' ? true : undefined),
      { withinMs: 60_000, what: 'the message to arrive' },
    );
    expect(await shop.messages(phone)).toHaveLength(1);
  });
});

it('leaves everything as the invariants want it', async () => {
  const { code, output } = await stack.verify();
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
});
