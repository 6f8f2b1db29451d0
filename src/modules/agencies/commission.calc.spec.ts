import fc from 'fast-check';
import { commissionChange, commissionsOf } from './commission.calc';
import type { CommissionLevel } from './agencies.types';

const level = (code: string, ratePpm: number): CommissionLevel => ({ kind: 'AGENCY', code, ratePpm });

it('gives each level its share in whole won', () => {
  const levels = [level('AG0002', 333_333), level('AG0001', 100_000), level('AG0000', 0)];
  expect(commissionsOf(1_600, levels).map(({ amount }) => amount)).toEqual([533, 160, 0]);
  expect(commissionsOf(-1_600, levels).map(({ amount }) => amount)).toEqual([-533, -160, 0]);
});

/** Rates that sum to the whole at most, for up to eight levels. */
const levels = fc
  .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 8 })
  .map((parts) => {
    const sum = Math.max(
      1_000_000,
      parts.reduce((total, part) => total + part, 0),
    );
    return parts.map((part, index) =>
      level(`AG${String(index).padStart(4, '0')}`, Math.floor((part * 1_000_000) / sum)),
    );
  });
const fee = fc.oneof(fc.nat(10_000), fc.nat(1_000_000_000_000));
const total = (all: readonly { amount: number }[]) => all.reduce((sum, { amount }) => sum + amount, 0);

it('never gives more than the fee, nor loses a won for each level or more, and takes back exactly that', () => {
  fc.assert(
    fc.property(fee, levels, (won, path) => {
      const given = commissionsOf(won, path);
      const taken = commissionsOf(-won, path);
      const exact = path.reduce((sum, { ratePpm }) => sum + BigInt(won) * BigInt(ratePpm), 0n);
      return (
        given.every(({ amount }) => Number.isSafeInteger(amount) && amount >= 0) &&
        total(given) <= won &&
        BigInt(total(given) + path.length) * 1_000_000n > exact &&
        given.every(({ amount }, index) => amount + taken[index]!.amount === 0)
      );
    }),
    { numRuns: 50_000 },
  );
});

it('sums over the lines of a payment to the commission of the fee that stays due', () => {
  const falling = fc.array(fee, { minLength: 1, maxLength: 6 }).map((fees) => fees.sort((a, b) => b - a));
  fc.assert(
    fc.property(falling, levels, (fees, path) => {
      const sums = commissionsOf(fees[0]!, path).map(({ amount }) => amount);
      for (let step = 1; step < fees.length; step += 1) {
        const line = commissionChange(fees[step - 1]!, fees[step]!, path);
        if (line.some(({ amount }) => amount > 0)) return false;
        line.forEach(({ amount }, index) => (sums[index]! += amount));
      }
      const due = commissionsOf(fees.at(-1)!, path);
      return sums.every((sum, index) => sum === due[index]!.amount);
    }),
    { numRuns: 20_000 },
  );
});
