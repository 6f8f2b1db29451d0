import fc from 'fast-check';
import { cancelFee, feeOf, feeOfRest, vatOf } from './fee.calc';
import type { FeeTerms } from './fees.types';

const AMOUNT_MAX = 1_000_000_000_000;
/** `FEE_CASES=1000000` for a long run; the seed is printed where it fails. */
const RUNS = Number(process.env.FEE_CASES ?? 100_000);

const terms = (more: Partial<FeeTerms> = {}): FeeTerms => ({
  ratePpm: 32_000,
  fixedFee: 0,
  minimumFee: 0,
  ...more,
});

describe('the fee of an amount', () => {
  it.each([
    [50_000, terms(), 1_600, 160],
    [50_000, terms({ ratePpm: 32_010 }), 1_600, 160],
    [33_333, terms({ ratePpm: 15_000 }), 499, 49],
    [1, terms(), 0, 0],
    [10_000, terms({ fixedFee: 100 }), 420, 42],
    [10_000, terms({ minimumFee: 500 }), 500, 50],
    [0 + 30_000, terms({ ratePpm: 0, fixedFee: 300 }), 300, 30],
    [AMOUNT_MAX, terms({ ratePpm: 999_999 }), 999_999_000_000, 99_999_900_000],
  ])('of %i won under %j is %i and VAT %i', (amount, under, fee, vat) => {
    expect(feeOf(amount, under)).toEqual({ fee, vat });
  });

  it('counts a won only when it is whole', () => {
    expect([vatOf(9), vatOf(10), vatOf(19), vatOf(20)]).toEqual([0, 1, 1, 2]);
  });
});

describe('a cancel', () => {
  const under = terms({ fixedFee: 100, minimumFee: 700 });

  it('in full on the same day gives all of it back', () => {
    const { fee, vat } = feeOf(50_000, under);
    const line = cancelFee({ leftBefore: 50_000, leftAfter: 0, isSameDay: true }, under);
    expect(line).toEqual({ fee: -fee, vat: -vat });
  });

  it('in full on another day keeps the fixed fee', () => {
    const line = cancelFee({ leftBefore: 50_000, leftAfter: 0, isSameDay: false }, under);
    expect(line).toEqual({ fee: -1_600, vat: -160 });
    expect(feeOfRest(0, under, false)).toEqual({ fee: 100, vat: 10 });
  });

  it('in part gives back the difference, and nothing below the minimum', () => {
    expect(cancelFee({ leftBefore: 50_000, leftAfter: 30_000, isSameDay: false }, under)).toEqual({
      fee: -640,
      vat: -64,
    });
    expect(cancelFee({ leftBefore: 15_000, leftAfter: 5_000, isSameDay: true }, under)).toEqual({
      fee: 0,
      vat: 0,
    });
  });
});

interface Life {
  readonly amount: number;
  readonly under: FeeTerms;
  readonly cuts: readonly number[];
  readonly endsSameDay: boolean;
  readonly endsInFull: boolean;
}

const life: fc.Arbitrary<Life> = fc.record({
  amount: fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: AMOUNT_MAX })),
  under: fc.record({
    ratePpm: fc.integer({ min: 0, max: 1_000_000 }),
    fixedFee: fc.integer({ min: 0, max: 10_000 }),
    minimumFee: fc.integer({ min: 0, max: 10_000 }),
  }),
  cuts: fc.array(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 6 }),
  endsSameDay: fc.boolean(),
  endsInFull: fc.boolean(),
});

/** Each cut takes so many millionths of what is left, at least a won, and never the whole. */
function stepsOf({ amount, cuts, endsInFull }: Life): number[] {
  const left = [amount];
  for (const cut of cuts) {
    const now = left.at(-1)!;
    const less = now - Math.max(1, Math.floor((now / 1_000_000) * cut));
    if (less > 0) left.push(less);
  }
  if (endsInFull) left.push(0);
  return left;
}

it('sums over all lines to the fee and VAT of what is left, in whole won, and no cancel ever costs', () => {
  fc.assert(
    fc.property(life, (lived) => {
      const { under, endsSameDay } = lived;
      const left = stepsOf(lived);
      let sum = feeOf(lived.amount, under);
      if (sum.fee < 0 || sum.vat < 0) return false;
      for (let step = 1; step < left.length; step += 1) {
        const line = cancelFee(
          { leftBefore: left[step - 1]!, leftAfter: left[step]!, isSameDay: endsSameDay },
          under,
        );
        if (!Number.isSafeInteger(line.fee) || !Number.isSafeInteger(line.vat)) return false;
        if (line.fee > 0 || line.vat > 0) return false;
        sum = { fee: sum.fee + line.fee, vat: sum.vat + line.vat };
        const due = feeOfRest(left[step]!, under, endsSameDay);
        if (sum.fee !== due.fee || sum.vat !== due.vat || sum.fee < 0 || sum.vat < 0) return false;
      }
      return left.at(-1) !== 0 || (endsSameDay ? sum.fee === 0 && sum.vat === 0 : sum.fee === under.fixedFee);
    }),
    { numRuns: RUNS },
  );
}, 600_000);

it('never falls when the amount grows', () => {
  fc.assert(
    fc.property(life, ({ amount, under }) => feeOf(amount, under).fee <= feeOf(amount + 1, under).fee),
    { numRuns: 10_000 },
  );
});
