import { envelope, ORDER_NO, paid, read, refusal } from '../../../test/support/portone-samples';
import type { CancelOrder } from '../port/acquirer.types';
import { PORTONE_CANCEL_REFUSALS, type PortoneRefusal } from './portone.codes';
import { inquiryOutcome } from './portone.inquiry';
import { cancelOutcome, cancelRequest } from './portone.mapper';

const NOW = new Date('2026-01-02T03:04:05Z');

describe('a cancel', () => {
  const cancel: CancelOrder = {
    reference: {
      acquirerOrderNo: ORDER_NO,
      acquirerTransactionId: 'imp_000000000001',
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
  const outcome = (status: number, body: unknown) => {
    const { answer, exchange } = read(status, body);
    return cancelOutcome(cancel, answer, exchange);
  };
  const row = { pg_tid: 'T', amount: 500, cancelled_at: 1_767_326_400, cancellation_id: 'C2' };
  const done = { ...paid, cancel_amount: 500, cancelled_at: 1_767_326_400, cancel_history: [row] };

  it('is a compare-and-set on the balance, by the id where it is known', () => {
    expect(cancelRequest(cancel)).toEqual({
      imp_uid: 'imp_000000000001',
      amount: 500,
      tax_free: 0,
      checksum: 1_004,
      reason: 'r',
    });
    const unseen = { ...cancel.reference, acquirerTransactionId: null };
    expect(cancelRequest({ ...cancel, reference: unseen })).toMatchObject({ merchant_uid: ORDER_NO });
  });

  it('is done when the balance is lower by what was asked for', () => {
    expect(outcome(200, envelope(done))).toMatchObject({
      kind: 'CANCELLED',
      acquirerCancelId: 'C2',
      cancelledAt: new Date('2026-01-02T04:00:00.000Z'),
    });
    const earlier = { ...row, cancelled_at: row.cancelled_at - 9, cancellation_id: 'C1' };
    const two = { ...done, cancel_history: [row, earlier] };
    expect(outcome(200, envelope(two))).toMatchObject({ acquirerCancelId: 'C2' });
    expect(outcome(200, envelope({ ...done, cancel_history: null }))).toMatchObject({
      kind: 'CANCELLED',
      acquirerCancelId: null,
    });
  });

  it.each([
    ['balance', { cancel_amount: 1_004 }],
    ['id', { imp_uid: 'imp_000000000002' }],
    ['time', { cancelled_at: 0, cancel_history: [] }],
  ])('is unknown when the %s is another', (_, change) => {
    expect(outcome(200, envelope({ ...done, ...change })).kind).toBe('UNKNOWN');
  });

  it.each<[string, PortoneRefusal]>([
    ...Object.entries(PORTONE_CANCEL_REFUSALS).map(
      ([code, told]) => [`[${code}] 실패`, told] as [string, PortoneRefusal],
    ),
    ['이미 전액취소된 주문입니다.', { reason: 'ALREADY_CANCELLED', retryLater: false }],
    ['취소할 결제건이 존재하지 않습니다.', { reason: 'NOT_FOUND', retryLater: false }],
    ['취소 가능 금액이 맞지 않습니다', { reason: 'BALANCE', retryLater: false }],
  ])('is refused on %s', (message, told) => {
    expect(outcome(200, refusal(message, 1))).toMatchObject({ kind: 'REFUSED', ...told });
  });

  it('is refused for now when the token was not taken', () => {
    expect(outcome(401, refusal('Unauthorized'))).toMatchObject({ kind: 'REFUSED', retryLater: true });
  });

  it.each([
    [500, refusal('[2013] 취소 완료 거래')],
    [200, refusal('[2015] 취소 요청중', 1)],
    [200, refusal('이미 전액취소된 주문입니다. (PG 응답 지연)', 1)],
    [200, refusal('알 수 없는 오류', 1)],
    [200, 'garbage'],
  ])('is unknown on %i %j', (status, body) => expect(outcome(status, body).kind).toBe('UNKNOWN'));
});

describe('an inquiry', () => {
  const reference = {
    acquirerOrderNo: ORDER_NO,
    acquirerTransactionId: null as string | null,
    channel: 'KEY_IN' as const,
    requestedAt: new Date('2026-01-02T03:04:05Z'),
    amount: 1_004,
  };
  const inquire = (status: number, body: unknown, asked = reference) => {
    return inquiryOutcome(asked, read(status, body), NOW);
  };

  it.each([
    ['paid', 0, 'APPROVED', 1_004],
    ['paid', 4, 'PARTIALLY_CANCELLED', 1_000],
    ['cancelled', 4, 'PARTIALLY_CANCELLED', 1_000],
    ['paid', 1_004, 'CANCELLED', 0],
    ['cancelled', 1_004, 'CANCELLED', 0],
    ['failed', 0, 'NOT_APPROVED', 1_004],
    ['ready', 0, 'PENDING', 1_004],
  ])('reads %s with %i cancelled as %s', (status, cancel_amount, state, balanceAmount) => {
    expect(inquire(200, envelope({ ...paid, status, cancel_amount }))).toMatchObject({
      kind: 'FOUND',
      state,
      acquirerTransactionId: 'imp_000000000001',
      amount: 1_004,
      balanceAmount,
    });
  });

  it.each([
    ['cancelled', 0],
    ['failed', 4],
    ['ready', 4],
    ['paid', 1_005],
  ])('does not believe %s with %i cancelled', (status, cancel_amount) => {
    expect(inquire(200, envelope({ ...paid, status, cancel_amount })).kind).toBe('UNKNOWN');
  });

  it('takes only the 404 of an envelope for an absence', () => {
    expect(inquire(404, refusal('존재하지 않는 결제정보입니다.')).kind).toBe('NOT_FOUND');
    expect(inquire(404, 'proxy says no').kind).toBe('UNKNOWN');
    expect(inquire(401, refusal('Unauthorized')).kind).toBe('UNKNOWN');
    expect(inquire(200, refusal('존재하지 않는 결제정보입니다.')).kind).toBe('UNKNOWN');
  });

  it('takes a cut order number for ours only when it is long enough and over the same amount', () => {
    const known = { ...reference, acquirerTransactionId: 'imp_000000000001' };
    const of = (change: object) => inquire(200, envelope({ ...paid, ...change }), known).kind;
    expect(of({ merchant_uid: ORDER_NO.slice(0, 16) })).toBe('FOUND');
    expect(of({ merchant_uid: ORDER_NO.slice(0, 15) })).toBe('UNKNOWN');
    expect(of({ merchant_uid: ORDER_NO.slice(0, 20), amount: 1_005 })).toBe('UNKNOWN');
    expect(of({ merchant_uid: `${ORDER_NO}x` })).toBe('UNKNOWN');
    expect(of({ imp_uid: 'imp_000000000002' })).toBe('UNKNOWN');
  });
});
