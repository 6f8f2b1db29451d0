import fc from 'fast-check';
import { shareOf } from '../../common/money/share';
import { clawBackDue, discountOf, earnedPoints, effectiveAt, mostPointsFor, useFault } from './points.calc';
import type { PointTerms } from './points.types';

const won = fc.integer({ min: 0, max: 9_999_999_999 });
const ppm = fc.integer({ min: 0, max: 1_000_000 });

const terms: PointTerms = {
  earnRatePpm: 10_000,
  minimumUse: 1_000,
  maximumSharePpm: 500_000,
  discount: null,
  refundOrder: 'CARD_FIRST',
};

describe('rates', () => {
  it('are rounded down to the won', () => {
    expect(earnedPoints(33_333, 10_000)).toBe(333);
    expect(earnedPoints(99, 10_000)).toBe(0);
    expect(earnedPoints(9_999_999_999, 1_000_000)).toBe(9_999_999_999);
  });

  it('never give more than the share, and less than one won less', () => {
    fc.assert(
      fc.property(won, ppm, (amount, rate) => {
        const share = BigInt(shareOf(amount, rate)) * 1_000_000n;
        const exact = BigInt(amount) * BigInt(rate);
        expect(share <= exact && exact - share < 1_000_000n).toBe(true);
      }),
    );
  });
});

describe('clawBackDue', () => {
  it('takes back all but what the rest would have earned', () => {
    const soFar = { earned: 500, clawedBack: 0, earnRatePpm: 10_000 };
    expect(clawBackDue(40_050, soFar)).toBe(100);
    expect(clawBackDue(40_050, { ...soFar, clawedBack: 100 })).toBe(0);
    expect(clawBackDue(0, { ...soFar, clawedBack: 100 })).toBe(400);
  });

  it('comes to the same sum by any series of cancels, and to all by a full one', () => {
    fc.assert(
      fc.property(won, ppm, fc.array(won, { maxLength: 10 }), (amount, earnRatePpm, cancels) => {
        const earned = earnedPoints(amount, earnRatePpm);
        let left = amount;
        let clawedBack = 0;
        for (const cancel of [...cancels, amount]) {
          left -= Math.min(left, cancel);
          clawedBack += clawBackDue(left, { earned, clawedBack, earnRatePpm });
          expect(earned - clawedBack).toBe(earnedPoints(left, earnRatePpm));
        }
        expect(clawedBack).toBe(earned);
      }),
    );
  });
});

describe('discountOf', () => {
  it('takes off a fixed amount or a rate, and no more than there is', () => {
    expect(discountOf(10_000, null)).toBe(0);
    expect(discountOf(10_000, { kind: 'FIXED', value: 1_500 })).toBe(1_500);
    expect(discountOf(1_000, { kind: 'FIXED', value: 1_500 })).toBe(1_000);
    expect(discountOf(9_999, { kind: 'RATE', value: 50_000 })).toBe(499);
  });
});

describe('the use of points', () => {
  it('is refused below the minimum and above the share', () => {
    expect(useFault(10_000, 999, terms)).toBe('BELOW_MINIMUM_USE');
    expect(useFault(10_000, 1_000, terms)).toBeNull();
    expect(useFault(10_000, 5_000, terms)).toBeNull();
    expect(useFault(10_000, 5_001, terms)).toBe('OVER_MAXIMUM_SHARE');
  });

  it('always leaves a card part that an acquirer takes', () => {
    expect(mostPointsFor(10_000, { ...terms, maximumSharePpm: 1_000_000 })).toBe(9_900);
    expect(mostPointsFor(50, { ...terms, maximumSharePpm: 1_000_000 })).toBe(0);
  });
});

describe('effectiveAt', () => {
  const policy = (seq: number, from: string) => ({ seq, effectiveFrom: new Date(from) });

  it('is the latest begun, the newest of one moment, and none before the first', () => {
    const first = policy(1, '2026-01-01T00:00:00Z');
    const planned = policy(2, '2026-02-01T00:00:00Z');
    const corrected = policy(3, '2026-02-01T00:00:00Z');
    const all = [first, planned, corrected];
    expect(effectiveAt(all, new Date('2025-12-31T23:59:59Z'))).toBeNull();
    expect(effectiveAt(all, new Date('2026-01-31T23:59:59Z'))).toBe(first);
    expect(effectiveAt(all, new Date('2026-02-01T00:00:00Z'))).toBe(corrected);
    expect(effectiveAt([corrected, planned, first], new Date('2026-03-01T00:00:00Z'))).toBe(corrected);
  });
});
