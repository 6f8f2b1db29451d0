import { CARD, keyIn, MerchantClient } from '../support/merchant';
import { Customer, memberOf, POLICY, setPolicy } from '../support/points';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start('points');
  expect((await setPolicy(stack)).status).toBe(200);
});
afterAll(() => stack?.stop());

const newCustomer = (points: number) => Customer.with(stack.merchant, points);

describe('a customer’s points', () => {
  it('are those of its merchant alone', async () => {
    const customer = await newCustomer(1_000);
    expect(await customer.points()).toMatchObject({ balance: 1_000, heldAmount: 0, debtAmount: 0 });
    const stranger = new MerchantClient(stack.api.url, 'M0000002');
    for (const path of ['', '/history', '/quote?method=CARD&amount=1000']) {
      const answer = await stranger.send('GET', `/v1/points/${customer.key}${path}`);
      expect([answer.status, answer.body.code]).toEqual([404, 'POINT_ACCOUNT_NOT_FOUND']);
    }
    const used = await stranger.approve(keyIn({ customerKey: customer.key, pointAmount: 500 }));
    expect([used.status, used.body.code]).toEqual([409, 'POINTS_NOT_CONTRACTED']);
    await stranger.send('POST', `/v1/points/${customer.key}/adjustments`, { amount: 7, reason: 'x' });
    expect(await customer.points()).toMatchObject({ balance: 1_000 });
  });

  it('are corrected either way, once for each key, and never below zero', async () => {
    const customer = await newCustomer(1_000);
    const headers = { 'idempotency-key': `adjust-${customer.key}` };
    const first = await customer.adjust(-400, headers);
    expect(first.status).toBe(201);
    expect((await customer.adjust(-400, headers)).text).toBe(first.text);
    const short = await customer.adjust(-601);
    expect([short.status, short.body.code]).toEqual([409, 'POINT_BALANCE_TOO_SMALL']);
    expect(await customer.points()).toMatchObject({ balance: 600 });
    expect(await customer.lines()).toEqual(['ADJUST 1000', 'ADJUST -400']);
    for (const amount of [0, 1.5, '7', 10_000_000_000]) {
      const path = `/v1/points/${customer.key}/adjustments`;
      const bad = await stack.merchant.send('POST', path, { amount, reason: 'x' });
      const fields = new Set(bad.body.errors?.map(({ field }) => field));
      expect([bad.status, [...fields]]).toEqual([400, ['amount']]);
    }
    const path = `/v1/points/${encodeURIComponent('no spaces')}`;
    expect((await stack.merchant.send('GET', path)).body.errors).toMatchObject([{ field: 'customerKey' }]);
  });

  it('show their history page by page, newest first', async () => {
    const customer = await newCustomer(100);
    for (let step = 0; step < 6; step += 1) await customer.adjust(10);
    const whole = await customer.history();
    expect(whole).toHaveLength(7);
    expect(await customer.history(2)).toEqual(whole);
    expect(whole.map(({ balanceAfter }) => balanceAfter)).toEqual([100, 110, 120, 130, 140, 150, 160]);
    const bad = await stack.merchant.send('GET', `/v1/points/${customer.key}/history?cursor=nonsense`);
    expect([bad.status, bad.body.code]).toEqual([400, 'VALIDATION_FAILED']);
  });
});

describe('the policy', () => {
  it('is set by a member of the merchant, from now or later, and never for the past', async () => {
    const authorization = await memberOf(stack.api.url);
    const put = (body: Record<string, unknown>, headers: Record<string, string> = { authorization }) =>
      stack.merchant.send('PUT', '/v1/point-policies/EASY_PAY', { ...POLICY, ...body }, headers);
    expect((await put({}, {})).status).toBe(403);
    expect((await put({}, { authorization: await memberOf(stack.api.url, 'operator') })).status).toBe(403);
    const past = await put({ effectiveFrom: '2026-01-01T00:00:00+09:00' });
    expect([past.status, past.body.errors]).toMatchObject([
      400,
      [{ field: 'effectiveFrom', code: 'IN_THE_PAST' }],
    ]);
    const rate = await put({ discount: { kind: 'RATE', value: 1_000_001 }, earnRatePpm: -1 });
    expect(rate.body.errors).toMatchObject([{ field: 'earnRatePpm', code: 'OUT_OF_RANGE' }]);
    const discount = await put({ discount: { kind: 'RATE', value: 1_000_001 } });
    expect(discount.body.errors).toMatchObject([{ field: 'discount.value' }]);
    const now = await put({ discount: { kind: 'FIXED', value: 500 } });
    const later = await put({ effectiveFrom: '2099-01-01T00:00:00+09:00', earnRatePpm: 1 });
    expect([now.status, later.status]).toEqual([200, 200]);
    const { text } = await stack.merchant.send('GET', '/v1/point-policies/EASY_PAY');
    const found = JSON.parse(text) as { current: unknown; data: unknown[] };
    expect(found.current).toEqual(now.body);
    expect(found.data).toEqual([later.body, now.body]);
    expect((await stack.merchant.send('GET', '/v1/point-policies/BARTER')).status).toBe(400);
  });

  it('tells what an order would come to', async () => {
    const customer = await newCustomer(20_000);
    const quote = async (query: string) =>
      JSON.parse(
        (await stack.merchant.send('GET', `/v1/points/${customer.key}/quote?${query}`)).text,
      ) as unknown;
    expect(await quote('method=CARD&amount=10000&pointAmount=9500')).toMatchObject({
      ...{ balance: 20_000, discountAmount: 0, payableAmount: 10_000, maximumUse: 9_000 },
      ...{ pointAmount: 9_000, cardAmount: 1_000, earnedPoints: 10 },
    });
    expect(await quote('method=EASY_PAY&amount=10000')).toMatchObject({
      ...{ discountAmount: 500, payableAmount: 9_500, pointAmount: 0, cardAmount: 9_500 },
    });
  });
});

describe('a hybrid approval', () => {
  it('asks the card for the rest, uses the points and earns on the card part', async () => {
    const customer = await newCustomer(20_000);
    const content = customer.order(20_000);
    const { status, body } = await stack.merchant.approve(content);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ amount: 50_000, pointAmount: 20_000, cardAmount: 30_000, balanceAmount: 50_000 },
      ...{ outcome: 'SUCCESS', status: 'APPROVED' },
    });
    expect(await stack.control.charged(body.paymentId)).toBe(30_000);
    expect(await customer.lines()).toEqual(['ADJUST 20000', 'HOLD 20000', 'USE 20000', 'EARN 300']);
    expect(await customer.points()).toMatchObject({ balance: 300, heldAmount: 0 });
    const again = await stack.merchant.approve({ ...content, requestedAt: new Date().toISOString() });
    expect(again.body).toEqual({ ...body, outcome: 'DUPLICATE' });
    const other = await stack.merchant.approve({ ...content, pointAmount: 19_000 });
    expect([other.status, other.body.code]).toEqual([409, 'ORDER_NO_CONFLICT']);
    const slip = await stack.merchant.send('GET', `/v1/payments/${body.paymentId}/receipt`);
    expect(slip.body).toMatchObject({ amount: 50_000, pointAmount: 20_000, cardAmount: 30_000 });
  });

  it('is refused where the terms, the balance or the card part do not allow it, and leaves nothing', async () => {
    const customer = await newCustomer(45_000);
    const refused = async (pointAmount: number, more: Record<string, unknown> = {}) => {
      const { status, body } = await stack.merchant.approve(customer.order(pointAmount, more));
      return [status, body.code, ...(body.errors ?? []).map(({ field, code }) => `${field} ${code}`)];
    };
    expect(await refused(45_001)).toEqual([400, 'VALIDATION_FAILED', 'pointAmount OVER_MAXIMUM_SHARE']);
    expect(await refused(99)).toEqual([400, 'VALIDATION_FAILED', 'pointAmount BELOW_MINIMUM_USE']);
    expect(await refused(50_000)).toEqual([400, 'VALIDATION_FAILED', 'pointAmount CARD_PART_TOO_SMALL']);
    expect(await refused(1_000, { customerKey: undefined })).toEqual([
      ...[400, 'VALIDATION_FAILED', 'customerKey REQUIRED'],
    ]);
    expect(await refused(50_000, { amount: 100_000 })).toEqual([409, 'POINT_BALANCE_TOO_SMALL']);
    expect(await refused(100, { customerKey: 'nobody-knows-this-one' })).toEqual([
      ...[409, 'POINT_BALANCE_TOO_SMALL'],
    ]);
    expect(await customer.lines()).toEqual(['ADJUST 45000']);
  });

  it('frees the points with a decline, and holds them again for the next try', async () => {
    const customer = await newCustomer(20_000);
    const content = customer.order(20_000, { cardNumber: '4000000000000002' });
    expect((await stack.merchant.approve(content)).status).toBe(402);
    expect(await customer.points()).toMatchObject({ balance: 20_000, heldAmount: 0 });
    const retried = await stack.merchant.approve({ ...content, cardNumber: CARD.approved });
    expect(retried.body).toMatchObject({ outcome: 'SUCCESS', pointAmount: 20_000 });
    expect(await customer.lines()).toEqual([
      ...['ADJUST 20000', 'HOLD 20000', 'FREE 20000', 'HOLD 20000', 'USE 20000', 'EARN 300'],
    ]);
  });

  it('does not try again after a decline when the points are gone meanwhile', async () => {
    const customer = await newCustomer(20_000);
    const content = customer.order(20_000, { cardNumber: '4000000000000002' });
    await stack.merchant.approve(content);
    await customer.adjust(-1);
    const retried = await stack.merchant.approve({ ...content, cardNumber: CARD.approved });
    expect([retried.status, retried.body.code]).toEqual([409, 'POINT_BALANCE_TOO_SMALL']);
    expect((await stack.merchant.order(content.orderNo)).body.status).toBe('FAILED');
    expect(await customer.points()).toMatchObject({ balance: 19_999, heldAmount: 0 });
  });

  it.each([CARD.silentAfterApproving, CARD.silent, CARD.errorAfterApproving])(
    'whose answer is lost (%s) frees the points once it is undone, and gives none',
    async (cardNumber) => {
      const customer = await newCustomer(20_000);
      const content = customer.order(20_000, { cardNumber });
      const answer = await stack.merchant.approve(content);
      expect([answer.status, answer.body.code]).toEqual([504, 'ACQUIRER_TIMEOUT']);
      const { paymentId } = answer.body;
      await eventually(
        async () => ((await stack.merchant.payment(paymentId)).body.status === 'REVERSED' ? true : undefined),
        { withinMs: 60_000, what: 'the approval is undone' },
      );
      expect(await customer.points()).toMatchObject({ balance: 20_000, heldAmount: 0 });
      expect(await customer.lines()).toEqual(['ADJUST 20000', 'HOLD 20000', 'FREE 20000']);
      expect(await stack.control.charged(paymentId)).toBe(0);
    },
  );

  it('that the merchant net-cancels gives the points back and takes the earned ones', async () => {
    const customer = await newCustomer(20_000);
    const content = customer.order(20_000);
    const { body } = await stack.merchant.approve(content);
    expect((await stack.merchant.netCancel(content.orderNo)).body.status).toBe('REVERSED');
    expect(await customer.lines()).toEqual([
      ...['ADJUST 20000', 'HOLD 20000', 'USE 20000', 'EARN 300', 'RESTORE 20000', 'CLAW_BACK 300'],
    ]);
    expect(await customer.points()).toMatchObject({ balance: 20_000, heldAmount: 0, debtAmount: 0 });
    expect(await stack.control.charged(body.paymentId)).toBe(0);
  });
});

describe('cancels of a hybrid payment', () => {
  const parts = (answer: { body: Record<string, unknown> }) => {
    const { amount, pointAmount, cardAmount } = answer.body.cancel as Record<string, number>;
    return [amount, pointAmount, cardAmount];
  };

  it('give money back to the card first and points last, and take earned points back with it', async () => {
    const customer = await newCustomer(20_000);
    const { body } = await stack.merchant.approve(customer.order(20_000));
    const cancel = (cancelAmount?: number) => stack.merchant.cancel(body.paymentId, { cancelAmount });
    expect(parts(await cancel(10_050))).toEqual([10_050, 0, 10_050]);
    expect(await stack.control.charged(body.paymentId)).toBe(19_950);
    // 300 were earned on 30,000; the 19,950 that are left would have earned 199.
    expect(await customer.points()).toMatchObject({ balance: 199 });
    expect(parts(await cancel(24_950))).toEqual([24_950, 5_000, 19_950]);
    expect(await stack.control.charged(body.paymentId)).toBe(0);
    expect(await customer.points()).toMatchObject({ balance: 5_000 });
    const calls = await stack.control.calls('cancel', body.paymentId);
    // Only points are left: the acquirer is not asked.
    expect(parts(await cancel(1_000))).toEqual([1_000, 1_000, 0]);
    const last = await cancel();
    expect(parts(last)).toEqual([14_000, 14_000, 0]);
    expect(last.body).toMatchObject({ status: 'CANCELLED', balanceAmount: 0, cancelledAmount: 50_000 });
    expect(await stack.control.calls('cancel', body.paymentId)).toBe(calls);
    expect(await customer.points()).toMatchObject({ balance: 20_000, heldAmount: 0, debtAmount: 0 });
    const more = await cancel();
    expect([more.status, more.body.code]).toEqual([409, 'ALREADY_CANCELLED']);
  });

  it('give points back first where the policy of its approval says so', async () => {
    await setPolicy(stack, { refundOrder: 'POINTS_FIRST' });
    const customer = await newCustomer(20_000);
    const { body } = await stack.merchant.approve(customer.order(20_000, { taxFreeAmount: 10_000 }));
    await setPolicy(stack);
    const partial = await stack.merchant.cancel(body.paymentId, {
      cancelAmount: 25_000,
      taxFreeAmount: 10_000,
    });
    expect(parts(partial)).toEqual([25_000, 20_000, 5_000]);
    const rest = await stack.merchant.cancel(body.paymentId);
    expect(parts(rest)).toEqual([25_000, 0, 25_000]);
    expect(await stack.control.charged(body.paymentId)).toBe(0);
    expect(await customer.points()).toMatchObject({ balance: 20_000, debtAmount: 0 });
  });

  it('keep what was spent of the earned points as a debt, which later earnings repay', async () => {
    const customer = await newCustomer(1);
    const { body } = await stack.merchant.approve(customer.order(0));
    expect(await customer.points()).toMatchObject({ balance: 501 });
    await customer.adjust(-401);
    await stack.merchant.cancel(body.paymentId);
    expect(await customer.points()).toMatchObject({ balance: 0, debtAmount: 400 });
    await stack.merchant.approve(customer.order(0, { amount: 30_000 }));
    expect(await customer.points()).toMatchObject({ balance: 0, debtAmount: 100 });
    await stack.merchant.approve(customer.order(0, { amount: 30_000 }));
    expect(await customer.points()).toMatchObject({ balance: 200, debtAmount: 0 });
  });

  it('whose first answer is lost are found in the acquirer’s book by their card part', async () => {
    const customer = await newCustomer(20_000);
    const { body } = await stack.merchant.approve(
      customer.order(20_000, { cardNumber: CARD.silentFirstCancel }),
    );
    await stack.merchant.cancel(body.paymentId, { cancelAmount: 35_000 });
    const done = await eventually(
      async () => {
        const { body: now } = await stack.merchant.payment(body.paymentId);
        return now.cancels.some(({ status }) => status === 'IN_PROGRESS') ? undefined : now;
      },
      { withinMs: 60_000, what: 'the cancel is ended' },
    );
    expect(done).toMatchObject({ status: 'PARTIALLY_CANCELLED', balanceAmount: 15_000 });
    expect(await stack.control.charged(body.paymentId)).toBe(0);
    expect(await customer.points()).toMatchObject({ balance: 5_000, debtAmount: 0 });
  });

  it('that the acquirer refuses give nothing back', async () => {
    const customer = await newCustomer(20_000);
    const content = customer.order(20_000, { cardNumber: CARD.refusesCancels });
    const { body } = await stack.merchant.approve(content);
    const refused = await stack.merchant.cancel(body.paymentId);
    expect(refused.body.code).toBe('CANCEL_REFUSED');
    expect(await customer.points()).toMatchObject({ balance: 300 });
    expect((await stack.merchant.payment(body.paymentId)).body.balanceAmount).toBe(50_000);
  });
});

describe('earning', () => {
  it('needs no points, only a customer and a policy', async () => {
    const customer = new Customer(stack.merchant);
    await stack.merchant.approve(customer.order(0, { amount: 33_333 }));
    expect(await customer.lines()).toEqual(['EARN 333']);
    const declined = await stack.merchant.approve(customer.order(0, { cardNumber: '4000000000000002' }));
    expect(declined.status).toBe(402);
    expect(await customer.lines()).toEqual(['EARN 333']);
  });
});

it('comes to rest with nothing that verify objects to', async () => {
  const { code, output } = await stack.verify();
  expect(output).toContain(' 0 violations');
  expect(code).toBe(0);
});
