import type { InquiryOutcome } from '../../../acquirers/port/acquirer.types';
import { holdsMoney, isOverdue, judgeDeposit, nextLookIn } from './deposit.policy';

type Found = Extract<InquiryOutcome, { kind: 'FOUND' }>;
const exchange = {} as Found['exchange'];
const at = new Date('2026-01-02T03:04:05Z');

const found = (over: Partial<Found> = {}): InquiryOutcome => ({
  kind: 'FOUND',
  state: 'APPROVED',
  acquirerTransactionId: 'tk_1',
  amount: 1_000,
  balanceAmount: 1_000,
  cancels: [],
  deposit: { depositor: '홍길동', depositedAt: at },
  exchange,
  ...over,
});

describe('what an acquirer says of a waiting account', () => {
  it('is a deposit when all of it is there', () => {
    expect(judgeDeposit(found(), 1_000)).toEqual({
      kind: 'DEPOSITED',
      acquirerTransactionId: 'tk_1',
      depositor: '홍길동',
      depositedAt: at,
    });
    expect(judgeDeposit(found({ deposit: undefined }), 1_000)).toMatchObject({ depositedAt: null });
  });

  it.each([999, 1_001])('is a case, never a deposit, with %d of 1,000 won', (amount) => {
    expect(judgeDeposit(found({ amount, balanceAmount: amount }), 1_000)).toEqual({
      kind: 'CASE',
      code: 'AMOUNT_MISMATCH',
      amount,
    });
  });

  it('is no deposit while a part of it is missing', () => {
    expect(judgeDeposit(found({ balanceAmount: 400 }), 1_000).kind).toBe('CASE');
  });

  it.each(['CANCELLED', 'PARTIALLY_CANCELLED'] as const)('is a case when it is %s already', (state) => {
    expect(judgeDeposit(found({ state }), 1_000)).toMatchObject({ kind: 'CASE', code: 'REFUNDED_ELSEWHERE' });
  });

  it.each<[InquiryOutcome, string]>([
    [found({ state: 'PENDING' }), 'WAITING'],
    [found({ state: 'NOT_APPROVED' }), 'ENDED'],
    [{ kind: 'NOT_FOUND', exchange }, 'ABSENT'],
    [{ kind: 'UNKNOWN', exchange }, 'UNKNOWN'],
  ])('%# is %s', (seen, kind) => {
    expect(judgeDeposit(seen, 1_000).kind).toBe(kind);
  });

  it('holds money while any of it is there', () => {
    expect(holdsMoney(found())).toBe(true);
    expect(holdsMoney(found({ state: 'PARTIALLY_CANCELLED' }))).toBe(true);
    for (const state of ['PENDING', 'NOT_APPROVED', 'CANCELLED'] as const)
      expect(holdsMoney(found({ state }))).toBe(false);
  });
});

describe('the next look', () => {
  const times = { tries: 0, untilDueMs: 10 ** 9, timeScale: 1, random: 0 };

  it('comes after pauses that grow to three hours', () => {
    const pauses = Array.from({ length: 9 }, (_, tries) => nextLookIn({ ...times, tries }));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect([pauses[0], pauses[8]]).toEqual([60_000, 3 * 3_600_000]);
  });

  it('does not pass the time at which it is due by more than the grace', () => {
    expect(nextLookIn({ ...times, tries: 6, untilDueMs: 1_000 })).toBe(6_000);
  });

  it('goes by the pauses again once it is past due', () => {
    expect(nextLookIn({ ...times, tries: 1, untilDueMs: -50_000 })).toBe(120_000);
  });

  it('is scaled, and never at once', () => {
    expect(nextLookIn({ ...times, timeScale: 0.1, random: 1 })).toBe(6_600);
    expect(nextLookIn({ ...times, timeScale: 0, untilDueMs: 0 })).toBe(1);
  });
});

describe('an account that has not ended', () => {
  it.each([
    [20, -1_000, true],
    [500, -90_000, true],
    [19, -1_000, false],
    [20, -999, false],
    [500, 1_000, false],
  ])('after %d looks, %d ms before it is due, is for a person: %s', (tries, untilDueMs, expected) => {
    expect(isOverdue({ tries, untilDueMs }, { looks: 20, afterMs: 1_000 })).toBe(expected);
  });
});
