import { Secret } from '../../common/masking/secret';
import type { ContractAccess } from '../port/acquirer.types';
import type { ConfirmOrder } from '../port/window.types';
import { nicepayExchange, readAnswer } from './nicepay.answers';
import { NICEPAY_CANCEL_REFUSALS, NICEPAY_DECLINES, NICEPAY_NOT_FOUND } from './nicepay.codes';
import { sign } from './nicepay.crypto';
import { cancelOutcome, confirmOutcome, inquiryOutcome } from './nicepay.mapper';

const SECRET_KEY = '0123456789abcdefFEDCBA9876543210';
const TID = 'UT0000000m01012601020304050001';
const EDI_DATE = '2026-01-02T03:04:06.100+0900';
const access: ContractAccess = {
  contractId: 'c',
  acquirerMerchantId: 'testmid01m',
  credentials: new Secret({ clientKey: 'ck', secretKey: SECRET_KEY, merchantKey: 'k'.repeat(32) }),
  connectTimeoutMs: 1,
  answerTimeoutMs: 1,
};
const order: ConfirmOrder = {
  acquirerOrderNo: 'pay_1',
  acquirerTransactionId: null,
  amount: 1_004,
  taxFreeAmount: 0,
  requestedAt: new Date('2026-01-01T18:04:05.000Z'),
  proof: { tid: TID },
};
const unsigned = {
  resultCode: '0000',
  resultMsg: '정상 처리되었습니다.',
  tid: TID,
  cancelledTid: null as string | null,
  orderId: 'pay_1',
  ediDate: EDI_DATE,
  status: 'paid',
  paidAt: '2026-01-02T03:04:06.000+0900',
  payMethod: 'card',
  amount: 1_004,
  balanceAmt: 1_004,
  currency: 'KRW',
  approveNo: '000123',
  card: { cardCode: '04', cardType: 'check', isInterestFree: false } as object | null,
  cancels: null as unknown,
};
/** The answer with these changes, rightly signed. */
const payment = (change: Partial<typeof unsigned> = {}) => {
  const body = { ...unsigned, ...change };
  return { ...body, signature: sign(body.tid, body.amount, body.ediDate, SECRET_KEY) };
};
const answer = (body: unknown, status = 200) =>
  readAnswer({
    kind: 'ANSWER',
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    latencyMs: 1,
  });
const exchange = nicepayExchange(
  'POST /x',
  {},
  { kind: 'NOT_SENT', reason: 'ECONNREFUSED', latencyMs: 1 },
  { kind: 'NOT_SENT' },
);

describe('the confirming of a window', () => {
  const confirm = (body: unknown, status = 200) =>
    confirmOutcome(access, order, answer(body, status), exchange);

  it('is approved only when everything is as it was asked, and signed', () => {
    expect(confirm(payment())).toMatchObject({
      kind: 'APPROVED',
      acquirerTransactionId: TID,
      approvedAt: new Date('2026-01-01T18:04:06.000Z'),
      method: 'CARD',
      card: { approvalNo: '000123', issuer: 'SAMSUNG', cardType: 'CHECK' },
    });
    expect(confirm(payment({ payMethod: 'kakaopay', card: null }))).toMatchObject({
      kind: 'APPROVED',
      method: 'EASY_PAY',
      card: null,
    });
  });

  it.each<[string, Partial<typeof unsigned>]>([
    ['AMOUNT', { amount: 1_005, balanceAmt: 1_005 }],
    ['ORDER_NO', { orderId: 'pay_2' }],
    ['CURRENCY', { currency: 'USD' }],
  ])('that took money of another %s is told as a mismatch', (what, change) => {
    expect(confirm(payment(change))).toMatchObject({
      kind: 'MISMATCH',
      what,
      acquirerTransactionId: TID,
      acquirerOrderNo: change.orderId ?? 'pay_1',
      amount: change.amount ?? 1_004,
    });
  });

  it.each([
    ['no signature', unsigned],
    ['another signature', { ...payment(), signature: sign('x') }],
    ['a signature over another amount', { ...payment(), amount: 1_003, balanceAmt: 1_003 }],
    ['another tid', payment({ tid: `${TID.slice(0, -1)}2` })],
    ['another status', payment({ status: 'cancelled' })],
    ['another balance', payment({ balanceAmt: 1_003 })],
    ['no time', payment({ paidAt: '0' })],
    ['an unknown status', payment({ status: 'PAID' })],
    ['half an object', '{"resultCode":"0000","tid'],
    ['an unknown code', { resultCode: 'Z999', resultMsg: '' }],
    ['a number that was used', { resultCode: 'U112', resultMsg: '' }],
    ['an approval before', { resultCode: '2201', resultMsg: '' }],
    ['a delay', { resultCode: 'U303', resultMsg: '' }],
  ])('is unknown with %s', (_, body) => {
    expect(confirm(body).kind).toBe('UNKNOWN');
  });

  it.each([
    [500, { resultCode: '3095', resultMsg: '' }],
    [404, { resultCode: 'U320', resultMsg: '' }],
    [401, payment()],
    [401, 'Unauthorized'],
  ])('is unknown on HTTP %i %p', (status, body) => {
    expect(confirm(body, status).kind).toBe('UNKNOWN');
  });

  it.each(Object.entries(NICEPAY_DECLINES))('is declined on %s', (code, decline) => {
    expect(confirm({ resultCode: code, resultMsg: '' })).toMatchObject({
      kind: 'DECLINED',
      declineCode: decline.code,
      notProcessed: decline.notProcessed ?? false,
    });
  });

  it('is declined for refused keys, and not paid while it is ready', () => {
    expect(confirm({ resultCode: 'U304', resultMsg: '' }, 401)).toMatchObject({ notProcessed: true });
    expect(confirm(payment({ status: 'ready' })).kind).toBe('NOT_PAID');
  });

  it('takes no tid from the browser for its own while there is no answer', () => {
    const broken = readAnswer({ kind: 'BROKEN', reason: 'ECONNRESET', latencyMs: 1 });
    expect(confirmOutcome(access, order, broken, exchange)).toMatchObject({
      kind: 'UNKNOWN',
      acquirerTransactionId: null,
    });
    const refused = readAnswer({ kind: 'NOT_SENT', reason: 'ECONNREFUSED', latencyMs: 1 });
    expect(confirmOutcome(access, order, refused, exchange).kind).toBe('NOT_SENT');
  });

  it('leaves no signature in what is kept', () => {
    const told = payment();
    const result = { kind: 'ANSWER', status: 200, body: '', latencyMs: 1 } as const;
    const kept = JSON.stringify(nicepayExchange('POST /x', { tid: TID }, result, answer(told)));
    expect(kept).toContain(TID);
    expect(kept).not.toContain(told.signature);
  });
});

describe('a cancel', () => {
  const entry = { tid: 'UT0000000m01102601020304050002', amount: 500, cancelledAt: unsigned.paidAt };
  const partial = { status: 'partialCancelled', balanceAmt: 504, cancelledTid: entry.tid, cancels: [entry] };
  const expected = { tid: TID, acquirerOrderNo: null, cancelAmount: 500 };
  const cancel = (body: unknown, more = {}) =>
    cancelOutcome(access, { ...expected, ...more }, answer(body), exchange);

  it('is done when the cancel of the answer is the one that was asked for', () => {
    expect(cancel(payment(partial))).toMatchObject({ kind: 'CANCELLED', acquirerCancelId: entry.tid });
    expect(cancel(payment({ ...partial, cancelledTid: null })).kind).toBe('CANCELLED');
    const netCancel = { tid: null, acquirerOrderNo: 'pay_1' };
    expect(cancel(payment(partial), netCancel).kind).toBe('CANCELLED');
    expect(cancel(payment({ ...partial, orderId: 'pay_2' }), netCancel).kind).toBe('UNKNOWN');
  });

  it.each([
    ['another amount', payment({ ...partial, cancels: [{ ...entry, amount: 501 }] })],
    ['another tid', payment({ ...partial, tid: `${TID.slice(0, -1)}2` })],
    ['no cancel', payment({ ...partial, cancels: null })],
    ['no cancelled state', payment({ ...partial, status: 'paid' })],
    ['no signature', { ...payment(partial), signature: null }],
    ['no time', payment({ ...partial, cancels: [{ ...entry, cancelledAt: '0' }] })],
    ['a request before it', { resultCode: '2015', resultMsg: '' }],
    ['a number that was used', { resultCode: 'U112', resultMsg: '' }],
    ['an unknown code', { resultCode: 'Z999', resultMsg: '' }],
    ['garbage', 'garbage'],
  ])('is unknown with %s', (_, body) => {
    expect(cancel(body).kind).toBe('UNKNOWN');
  });

  it.each(Object.entries(NICEPAY_CANCEL_REFUSALS))('is refused on %s', (code, refusal) => {
    expect(cancel({ resultCode: code, resultMsg: '' })).toMatchObject({ kind: 'REFUSED', ...refusal });
  });
});

describe('an inquiry', () => {
  const inquire = (body: unknown, status = 200) =>
    inquiryOutcome(access, { acquirerOrderNo: 'pay_1' }, answer(body, status), exchange);

  it.each([
    ['paid', 'APPROVED'],
    ['partialCancelled', 'PARTIALLY_CANCELLED'],
    ['cancelled', 'CANCELLED'],
    ['failed', 'NOT_APPROVED'],
    ['expired', 'NOT_APPROVED'],
    ['ready', 'PENDING'],
  ])('reads %s as %s', (status, state) => {
    expect(inquire(payment({ status }))).toMatchObject({ kind: 'FOUND', state, acquirerTransactionId: TID });
  });

  it('reads partial cancels with nothing left as cancelled', () => {
    expect(inquire(payment({ status: 'partialCancelled', balanceAmt: 0 }))).toMatchObject({
      state: 'CANCELLED',
    });
  });

  it.each([...NICEPAY_NOT_FOUND])('takes %s for an absence', (resultCode) => {
    expect(inquire({ resultCode, resultMsg: '' }).kind).toBe('NOT_FOUND');
  });

  it.each([
    [404, { resultCode: 'U320', resultMsg: '' }],
    [401, { resultCode: 'U304', resultMsg: '' }],
    [200, { resultCode: 'A115', resultMsg: '' }],
    [200, payment({ orderId: 'pay_2' })],
    [200, unsigned],
    [200, 'proxy says no'],
  ])('learns nothing from HTTP %i %p', (status, body) => {
    expect(inquire(body, status).kind).toBe('UNKNOWN');
  });

  it('believes without a signature only that nothing was taken', () => {
    expect(inquire({ ...unsigned, status: 'failed' })).toMatchObject({ state: 'NOT_APPROVED' });
    expect(inquire({ ...payment({ status: 'failed' }), signature: sign('x') }).kind).toBe('UNKNOWN');
  });
});
