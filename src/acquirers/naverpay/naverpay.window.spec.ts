import {
  access,
  AMOUNT,
  failure,
  lost,
  NOW,
  ORDER_NO,
  PAYMENT_ID,
  refused,
  row,
  success,
  wired,
} from '../../../test/support/naverpay-wire';
import { Secret } from '../../common/masking/secret';
import { NAVERPAY_DECLINES } from './naverpay.codes';

const order = {
  acquirerOrderNo: ORDER_NO,
  amount: AMOUNT,
  taxFreeAmount: 4,
  goodsName: '만년필'.repeat(50),
  requestedAt: NOW,
  returnUrl: 'https://shop.test/return',
};
const confirm = { ...order, acquirerTransactionId: null, proof: { paymentId: PAYMENT_ID } };
const applied = (change: Record<string, unknown> = {}, paymentId = PAYMENT_ID) =>
  success({ paymentId, detail: row(change) });

describe('opening the window', () => {
  it('reserves, and gives the browser no secret', async () => {
    const { adapter, sent, json } = wired(success({ reserveId: 'r1' }));
    const outcome = await adapter.openWindow(access, { ...order, customerKey: 'customer-1' });
    expect(sent[0]).toMatchObject({
      method: 'POST',
      url: 'http://naver.test/naverpay-partner/naverpay/payments/v2/reserve',
      headers: {
        'x-naver-client-id': 'client-id',
        'x-naver-client-secret': 'client-secret',
        'x-naverpay-chain-id': 'chain-id',
      },
    });
    expect(json()).toMatchObject({
      modelVersion: '2',
      merchantPayKey: ORDER_NO,
      merchantUserKey: 'customer-1',
      totalPayAmount: AMOUNT,
      taxScopeAmount: AMOUNT - 4,
      taxExScopeAmount: 4,
      productName: '만년필'.repeat(50).slice(0, 128),
      returnUrl: order.returnUrl,
    });
    expect(outcome).toMatchObject({
      kind: 'OPENED',
      acquirerTransactionId: null,
      clientParams: {
        reserveId: 'r1',
        clientId: 'client-id',
        chainId: 'chain-id',
        merchantPayKey: ORDER_NO,
        totalPayAmount: AMOUNT,
      },
    });
    expect(JSON.stringify(outcome)).not.toContain('client-secret');
    expect(JSON.stringify(outcome.exchange)).not.toContain('customer-1');
  });

  it('sends the financial id of contracts that have one, and no call without a secret', async () => {
    const { adapter, sent } = wired(success({ reserveId: 'r1' }));
    const of = (more: Record<string, string>) => ({
      ...access,
      credentials: new Secret({ ...access.credentials.expose(), ...more }),
    });
    await adapter.openWindow(of({ financialId: 'f1' }), order);
    expect(sent[0]?.headers).toHaveProperty('x-naverpay-financial-id', 'f1');
    await expect(adapter.openWindow(of({ clientSecret: '' }), order)).rejects.toThrow('clientSecret');
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['REFUSED', failure('InvalidParameter', 400)],
    ['REFUSED', failure('Unauthorized', 401)],
    ['UNKNOWN', success({})],
    ['UNKNOWN', { status: 503, body: { code: 'MaintenanceOngoing', message: 'm' } }],
    ['UNKNOWN', lost],
    ['NOT_SENT', refused],
  ])('is %s', async (kind, answer) => {
    expect((await wired(answer).adapter.openWindow(access, order)).kind).toBe(kind);
  });
});

describe('confirming', () => {
  it('applies once for an order and a payment, and is approved', async () => {
    const { adapter, sent, form } = wired(applied());
    const outcome = await adapter.confirmWindow(access, confirm);
    expect(outcome).toMatchObject({
      kind: 'APPROVED',
      acquirerTransactionId: PAYMENT_ID,
      acquirerOrderNo: ORDER_NO,
      approvedAt: NOW,
      method: 'EASY_PAY',
      card: { approvalNo: '30000001', issuer: 'SHINHAN', cardType: 'UNKNOWN', ownerType: 'UNKNOWN' },
    });
    expect(form()).toEqual({ paymentId: PAYMENT_ID });
    await adapter.confirmWindow(access, confirm);
    await adapter.confirmWindow(access, { ...confirm, acquirerOrderNo: 'pay_0002_1' });
    const keys = sent.map(({ headers }) => headers['x-naverpay-idempotency-key']);
    expect(keys[0]).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    expect([keys[0] === keys[1], keys[0] === keys[2]]).toEqual([true, false]);
    expect(JSON.stringify(outcome)).not.toMatch(/424242|client-|chain-id|somebody/);
  });

  it('reads the earlier answer that comes with HTTP 409', async () => {
    const again = { ...applied(), status: 409 };
    expect((await wired(again).adapter.confirmWindow(access, confirm)).kind).toBe('APPROVED');
    const declined = await wired(failure('Fail', 409)).adapter.confirmWindow(access, confirm);
    expect(declined).toMatchObject({ kind: 'DECLINED', declineCode: 'CARD_DECLINED' });
  });

  it('names no card where points or a bank account paid', async () => {
    for (const primaryPayMeans of ['', 'BANK'])
      expect(await wired(applied({ primaryPayMeans })).adapter.confirmWindow(access, confirm)).toMatchObject({
        kind: 'APPROVED',
        card: null,
      });
  });

  it.each([undefined, ''])('asks nothing without a payment id (%p)', async (paymentId) => {
    const { adapter, sent } = wired(applied());
    const outcome = await adapter.confirmWindow(access, { ...confirm, proof: { paymentId } });
    expect(outcome).toMatchObject({ kind: 'NOT_PAID', exchange: { code: 'NO_PAYMENT_ID' } });
    expect(sent).toEqual([]);
  });

  it.each([
    ['AMOUNT', { totalPayAmount: AMOUNT - 1 }, { acquirerOrderNo: ORDER_NO, amount: AMOUNT - 1 }],
    ['ORDER_NO', { merchantPayKey: 'other' }, { acquirerOrderNo: 'other', amount: AMOUNT }],
    ['ORDER_NO', { merchantPayKey: 'another shop/7' }, { acquirerOrderNo: 'another shop/7', amount: AMOUNT }],
  ])('says that money of another %s was taken', async (what, change, told) => {
    expect(await wired(applied(change)).adapter.confirmWindow(access, confirm)).toMatchObject({
      kind: 'MISMATCH',
      what,
      acquirerTransactionId: PAYMENT_ID,
      ...told,
    });
  });

  it.each([
    ['another merchant', { merchantId: 'other' }, PAYMENT_ID],
    ['a failed try', { admissionState: 'FAIL' }, PAYMENT_ID],
    ['a cancel', { admissionTypeCode: '03' }, PAYMENT_ID],
    ['no time', { admissionYmdt: '20260231030405' }, PAYMENT_ID],
    ['no amount', { totalPayAmount: null }, PAYMENT_ID],
    ['no order number', { merchantPayKey: null }, null],
    ['another payment in its detail', { paymentId: 'other' }, null],
    ['another merchant and order', { merchantId: 'other', merchantPayKey: 'other' }, null],
  ])('does not know what it got: %s', async (_, change, acquirerTransactionId) => {
    expect(await wired(applied(change)).adapter.confirmWindow(access, confirm)).toMatchObject({
      kind: 'UNKNOWN',
      acquirerTransactionId,
      exchange: { code: 'ANSWER_NOT_AS_ASKED' },
    });
  });

  it.each([
    ['another payment', applied({}, 'other')],
    ['an approval under way', failure('AlreadyOnGoing')],
    ['an approval that is through', failure('AlreadyComplete')],
    ['a code that is not listed', failure('SomethingNew')],
    ['a code that every object has', failure('constructor')],
    ['success with a wrong status', { ...applied(), status: 400 }],
    ['success without a body', success(null)],
    ['a decline with HTTP 503', failure('MaintenanceOngoing', 503)],
    ['a page', { status: 200, body: '<html></html>' }],
    ['a code that is no code', { body: { code: 'a b', message: 'm' } }],
    ['an answer that was lost', lost],
  ])('knows nothing of %s', async (_, answer) => {
    expect(await wired(answer).adapter.confirmWindow(access, confirm)).toMatchObject({
      kind: 'UNKNOWN',
      acquirerTransactionId: null,
    });
  });

  it.each(Object.entries(NAVERPAY_DECLINES))('is declined by %s', async (code, { code: declineCode }) => {
    expect(await wired(failure(code)).adapter.confirmWindow(access, confirm)).toMatchObject({
      kind: 'DECLINED',
      declineCode,
      exchange: { code },
    });
  });

  it('was not sent where there was no connection', async () => {
    expect((await wired(refused).adapter.confirmWindow(access, confirm)).kind).toBe('NOT_SENT');
  });
});
