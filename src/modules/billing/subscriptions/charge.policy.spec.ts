import { judgeAnswer, UNDONE_TRIES_MAX, undonePauseMs, waitMs } from './charge.policy';

const charge = { tryNumber: 1, undoneTries: 0, firstFailedOn: null };
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

  it('a decline or a revoked key is a failed try', () => {
    const failed = { kind: 'TRY_FAILED', retryOn: '2026-03-02' };
    expect(problem('CARD_DECLINED', { isDecline: true })).toMatchObject(failed);
    expect(problem('BILLING_KEY_REVOKED')).toMatchObject(failed);
    expect(problem('ORDER_NO_CONFLICT')).toMatchObject(failed);
  });

  const undone = (tryNumber: number, undoneTries: number, firstFailedOn: string | null = null) =>
    judgeAnswer(
      {
        ...{ kind: 'PROBLEM', code: 'ACQUIRER_TIMEOUT', isDecline: false },
        ...{ paymentId: 'pay_1', paymentStatus: 'REVERSED' },
      },
      { tryNumber, undoneTries, firstFailedOn },
      today,
    );

  it('an undone payment declined nobody, until that has been so too often in a period', () => {
    expect(undone(1, 0)).toEqual({ kind: 'TRY_UNDONE', code: 'ACQUIRER_TIMEOUT' });
    expect(undone(UNDONE_TRIES_MAX, UNDONE_TRIES_MAX - 1)).toMatchObject({ kind: 'TRY_UNDONE' });
    expect(undone(UNDONE_TRIES_MAX + 1, UNDONE_TRIES_MAX)).toEqual({
      kind: 'TRY_FAILED',
      code: 'ACQUIRER_TIMEOUT',
      retryOn: '2026-03-02',
    });
  });

  it('undone tries use up none of the retries', () => {
    const declined = { kind: 'PROBLEM', code: 'CARD_DECLINED', isDecline: true } as const;
    const second = judgeAnswer(
      { ...declined, paymentId: null, paymentStatus: null },
      { tryNumber: 5, undoneTries: 3, firstFailedOn: '2026-02-28' },
      today,
    );
    expect(second).toMatchObject({ kind: 'TRY_FAILED', retryOn: '2026-03-03' });
    expect(undone(9, UNDONE_TRIES_MAX, '2026-02-22')).toMatchObject({ kind: 'TRY_FAILED', retryOn: null });
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
      { tryNumber: 4, undoneTries: 0, firstFailedOn: '2026-02-22' },
      today,
    );
    expect(last).toEqual({ kind: 'TRY_FAILED', code: 'CARD_DECLINED', retryOn: null });
  });
});

it('waits longer each time, ten minutes at most', () => {
  expect([0, 1, 2, 7, 90].map(waitMs)).toEqual([5_000, 10_000, 20_000, 600_000, 600_000]);
});

it('asks again after an undone try in pauses that grow to an hour', () => {
  const minutes = [0, 1, 2, 3, 90].map((tries) => undonePauseMs(tries, 300_000) / 60_000);
  expect(minutes).toEqual([5, 15, 45, 60, 60]);
});
