import { Secret } from '../../common/masking/secret';
import type { ApprovalOrder, CancelOrder, ContractAccess } from '../port/acquirer.types';
import { TOSS_CANCEL_REFUSALS, TOSS_DECLINES } from './toss.codes';
import {
  approvalOutcome,
  cancelOutcome,
  tossExchange,
  inquiryOutcome,
  keyInRequest,
  maskedKeyIn,
  readAnswer,
} from './toss.mapper';

const order: ApprovalOrder = {
  acquirerTransactionId: null,
  requestedAt: new Date('2026-01-02T03:04:05Z'),
  acquirerOrderNo: 'pay_1',
  amount: 1_004,
  taxFreeAmount: 0,
  goodsName: 'Sample',
  installmentMonths: 0,
  card: new Secret({ cardNumber: '4242424242424242', cardExpiry: '3012', cardPasswordTwoDigits: '98' }),
};
const access = { contractId: 'c', acquirerMerchantId: 'tosstest01' } as ContractAccess;
const payment = {
  mId: 'tosstest01',
  paymentKey: 'tk_1',
  orderId: 'pay_1',
  status: 'DONE',
  currency: 'KRW',
  totalAmount: 1_004,
  balanceAmount: 1_004,
  approvedAt: '2026-01-02T03:04:06+09:00',
  lastTransactionKey: 'LTK',
  cancels: null as unknown,
  card: {
    issuerCode: '41',
    approveNo: '00012345',
    cardType: '신용',
    ownerType: '개인',
    isInterestFree: false,
  },
};
const answer = (status: number, body: unknown) =>
  readAnswer({
    kind: 'ANSWER',
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    latencyMs: 1,
  });
const exchange = tossExchange(
  'POST /x',
  {},
  { kind: 'NOT_SENT', reason: 'ECONNREFUSED', latencyMs: 1 },
  { kind: 'NOT_SENT' },
);
const approve = (status: number, body: unknown) =>
  approvalOutcome(access, { order }, answer(status, body), exchange);

describe('an approval', () => {
  it('is approved only when everything is as it was asked', () => {
    expect(approve(200, payment)).toMatchObject({
      kind: 'APPROVED',
      acquirerTransactionId: 'tk_1',
      approvedAt: new Date('2026-01-01T18:04:06.000Z'),
      card: { approvalNo: '00012345', issuer: 'SHINHAN', cardType: 'CREDIT', ownerType: 'PERSONAL' },
    });
  });

  it.each([
    ['amount', { totalAmount: 1_005 }],
    ['balance', { balanceAmount: 1_003 }],
    ['order number', { orderId: 'pay_2' }],
    ['merchant', { mId: 'someoneelse' }],
    ['currency', { currency: 'USD' }],
    ['state', { status: 'IN_PROGRESS' }],
    ['time', { approvedAt: null }],
    ['card', { card: null }],
  ])('is unknown when the %s is another, and its key is kept for undoing it', (_, change) => {
    expect(approve(200, { ...payment, ...change })).toMatchObject({
      kind: 'UNKNOWN',
      acquirerTransactionId: 'tk_1',
    });
  });

  it.each([
    [500, { code: 'FAILED_INTERNAL_SYSTEM_PROCESSING', message: '' }],
    [500, payment],
    [503, '<html>'],
    [302, ''],
    [200, '{"paymentKey":'],
    [200, {}],
    [400, { code: 'SOMETHING_NEW', message: '' }],
    [400, { code: 'PROVIDER_ERROR', message: '' }],
    [400, { code: 'DUPLICATED_ORDER_ID', message: '' }],
    [409, { code: 'IDEMPOTENT_REQUEST_PROCESSING', message: '' }],
    [429, { message: 'slow down' }],
  ])('is unknown on %i %p', (status, body) => {
    expect(approve(status, body)).toMatchObject({ kind: 'UNKNOWN', acquirerTransactionId: null });
  });

  it.each(Object.entries(TOSS_DECLINES))(
    'is declined on %s',
    (code, { code: declineCode, notProcessed = false }) => {
      expect(approve(400, { code, message: 'm' })).toMatchObject({
        kind: 'DECLINED',
        declineCode,
        notProcessed,
      });
    },
  );

  it('was not sent when no connection was had, and unknown when one broke', () => {
    const refused = readAnswer({ kind: 'NOT_SENT', reason: 'ECONNREFUSED', latencyMs: 1 });
    const broken = readAnswer({ kind: 'BROKEN', reason: 'ECONNRESET', latencyMs: 1 });
    expect(approvalOutcome(access, { order }, refused, exchange).kind).toBe('NOT_SENT');
    expect(approvalOutcome(access, { order }, broken, exchange).kind).toBe('UNKNOWN');
  });

  it('keeps nothing of the card but six and four digits', () => {
    const kept = JSON.stringify(maskedKeyIn(keyInRequest(order)));
    expect(kept).toContain('424242******4242');
    expect(kept).not.toMatch(/4242424242424242|3012|"98"/);
  });

  it('strikes digit runs out of messages', () => {
    const failed = answer(400, { code: 'INVALID_REQUEST', message: '카드번호 4242424242424242 오류' });
    const seen = tossExchange('POST /x', {}, { kind: 'ANSWER', status: 400, body: '', latencyMs: 1 }, failed);
    expect(seen.message).toBe('카드번호 ****** 오류');
  });
});

describe('a cancel', () => {
  const cancel: CancelOrder = {
    reference: {
      acquirerOrderNo: 'pay_1',
      acquirerTransactionId: 'tk_1',
      channel: 'KEY_IN',
      requestedAt: new Date('2026-01-02T03:04:05Z'),
      amount: 1_004,
    },
    balanceAmount: 1_004,
    cancelKey: 'pcn_1',
    cancelAmount: 500,
    taxFreeAmount: 0,
    reason: 'r',
  };
  const outcome = (status: number, body: unknown) => cancelOutcome(cancel, answer(status, body), exchange);
  const done = { cancelAmount: 500, transactionKey: 'CTK', canceledAt: '2026-01-02T04:00:00+09:00' };

  it('is done when the last cancel is the one that was asked for', () => {
    expect(outcome(200, { ...payment, cancels: [done] })).toMatchObject({
      kind: 'CANCELLED',
      acquirerCancelId: 'CTK',
    });
    expect(outcome(200, { ...payment, cancels: [{ ...done, cancelAmount: 501 }] }).kind).toBe('UNKNOWN');
    expect(outcome(200, { ...payment, cancels: null }).kind).toBe('UNKNOWN');
  });

  it.each(Object.entries(TOSS_CANCEL_REFUSALS))('is refused on %s', (code, refusal) => {
    expect(outcome(403, { code, message: 'm' })).toMatchObject({ kind: 'REFUSED', ...refusal });
  });

  it.each([
    [500, { code: 'FAILED_REFUND_PROCESS', message: '' }],
    [400, { code: 'PROVIDER_ERROR', message: '' }],
    [409, { code: 'IDEMPOTENT_REQUEST_PROCESSING', message: '' }],
    [200, 'garbage'],
  ])('is unknown on %i %p', (status, body) => expect(outcome(status, body).kind).toBe('UNKNOWN'));
});

describe('an inquiry', () => {
  const inquire = (status: number, body: unknown) => inquiryOutcome('pay_1', answer(status, body), exchange);

  it.each([
    ['DONE', 'APPROVED'],
    ['PARTIAL_CANCELED', 'PARTIALLY_CANCELLED'],
    ['CANCELED', 'CANCELLED'],
    ['ABORTED', 'NOT_APPROVED'],
    ['EXPIRED', 'NOT_APPROVED'],
    ['READY', 'PENDING'],
    ['IN_PROGRESS', 'PENDING'],
    ['WAITING_FOR_DEPOSIT', 'PENDING'],
  ])('reads %s as %s', (status, state) => {
    expect(inquire(200, { ...payment, status })).toMatchObject({ kind: 'FOUND', state });
  });

  it('reads a partial cancel with nothing left as cancelled', () => {
    expect(inquire(200, { ...payment, status: 'PARTIAL_CANCELED', balanceAmount: 0 })).toMatchObject({
      state: 'CANCELLED',
    });
  });

  it('takes only the documented 404 for an absence', () => {
    expect(inquire(404, { code: 'NOT_FOUND_PAYMENT', message: '' }).kind).toBe('NOT_FOUND');
    expect(inquire(404, { code: 'NOT_FOUND', message: '' }).kind).toBe('UNKNOWN');
    expect(inquire(404, 'proxy says no').kind).toBe('UNKNOWN');
    expect(inquire(200, { ...payment, orderId: 'pay_2' }).kind).toBe('UNKNOWN');
  });
});
