import { judgeAnswer, waitMs } from './charge.policy';

const charge = { tryNumber: 1, firstFailedOn: null };
const today = '2026-03-01';
const problem = (code: string, more: object = {}) =>
  judgeAnswer(
    { kind: 'PROBLEM', code, isDecline: false, paymentId: null, paymentStatus: null, ...more },
    charge,
    today,
  );

describe('what an answer means for a charge', () => {
  it('is paid only by an approval', () => {
    expect(judgeAnswer({ kind: 'APPROVED', paymentId: 'pay_1' }, charge, today)).toEqual({
      kind: 'PAID',
      paymentId: 'pay_1',
    });
  });

  it('a decline, a revoked key or an undone payment is a failed try', () => {
    const failed = { kind: 'TRY_FAILED', retryOn: '2026-03-02' };
    expect(problem('CARD_DECLINED', { isDecline: true })).toMatchObject(failed);
    expect(problem('BILLING_KEY_REVOKED')).toMatchObject(failed);
    expect(problem('ORDER_NO_CONFLICT')).toMatchObject(failed);
    expect(problem('ACQUIRER_TIMEOUT', { paymentStatus: 'REVERSED' })).toMatchObject(failed);
  });

  it.each([
    'PAYMENT_IN_PROGRESS',
    'ACQUIRER_UNAVAILABLE',
    'PAYMENT_OUTCOME_UNKNOWN',
    'INTERNAL_ERROR',
    'NEW_CODE',
  ])('%s is neither success nor decline', (code) =>
    expect(problem(code)).toEqual({ kind: 'WAIT', sentAnew: false }),
  );

  it('an outcome that is not known yet waits', () => {
    expect(problem('ACQUIRER_TIMEOUT', { paymentStatus: 'REVERSING' })).toEqual({
      kind: 'WAIT',
      sentAnew: false,
    });
  });

  it('an acquirer in maintenance declined nobody', () => {
    expect(problem('ACQUIRER_MAINTENANCE', { isDecline: true })).toEqual({ kind: 'WAIT', sentAnew: true });
  });

  it('the fourth failed try is the last', () => {
    const last = judgeAnswer(
      { kind: 'PROBLEM', code: 'CARD_DECLINED', isDecline: true, paymentId: null, paymentStatus: null },
      { tryNumber: 4, firstFailedOn: '2026-02-22' },
      today,
    );
    expect(last).toEqual({ kind: 'TRY_FAILED', code: 'CARD_DECLINED', retryOn: null });
  });
});

it('waits longer each time, ten minutes at most', () => {
  expect([0, 1, 2, 7, 90].map(waitMs)).toEqual([5_000, 10_000, 20_000, 600_000, 600_000]);
});
