import type { FeeTier, Tier } from './fees.types';
import { nextReviewDay, tierOfSales, tiersOn } from './tier.policy';

const tier = (name: Tier, yearlySalesMax: number | null, creditRatePpm: number): FeeTier => ({
  ...{ tier: name, effectiveFrom: '2025-02-14', yearlySalesMax, creditRatePpm },
  ...{ checkRatePpm: 0, creditCostPpm: 0, checkCostPpm: 0 },
  ...{ bankTransferRatePpm: 0, bankTransferMinimumFee: 0, virtualAccountFee: 0 },
});

/** In no order. */
const FEE_TIERS_2025 = [
  tier('SMALL', 300_000_000, 15_000),
  tier('GENERAL', null, 33_000),
  tier('MEDIUM_3', 3_000_000_000, 25_500),
  tier('MEDIUM_1', 500_000_000, 21_000),
  tier('MEDIUM_2', 1_000_000_000, 22_500),
];

const tiers = tiersOn(FEE_TIERS_2025, '2026-11-21');

it.each([
  [0, 'SMALL'],
  [300_000_000, 'SMALL'],
  [300_000_001, 'MEDIUM_1'],
  [500_000_000, 'MEDIUM_1'],
  [500_000_001, 'MEDIUM_2'],
  [1_000_000_000, 'MEDIUM_2'],
  [1_000_000_001, 'MEDIUM_3'],
  [3_000_000_000, 'MEDIUM_3'],
  [3_000_000_001, 'GENERAL'],
  [9_000_000_000_000, 'GENERAL'],
])('yearly sales of %i won are of tier %s', (sales, tier) => {
  expect(tierOfSales(tiers, sales)?.tier).toBe(tier);
});

it('knows no tier before the first day of any', () => {
  expect(tierOfSales(tiersOn(FEE_TIERS_2025, '2025-02-13'), 1)).toBeNull();
});

it('takes new rates from their day on, and keeps the tiers that did not change', () => {
  const changed = { ...FEE_TIERS_2025[0]!, effectiveFrom: '2027-01-01', creditRatePpm: 14_000 };
  const all = [changed, ...FEE_TIERS_2025];
  expect(tierOfSales(tiersOn(all, '2026-12-31'), 1)?.creditRatePpm).toBe(15_000);
  expect(tierOfSales(tiersOn(all, '2027-01-01'), 1)?.creditRatePpm).toBe(14_000);
  expect(tierOfSales(tiersOn(all, '2027-01-01'), 400_000_000)?.tier).toBe('MEDIUM_1');
});

it.each([
  ['2026-01-01', '2026-07-01'],
  ['2026-06-30', '2026-07-01'],
  ['2026-07-01', '2027-01-01'],
  ['2026-12-31', '2027-01-01'],
])('after %s tiers are reviewed on %s', (day, next) => {
  expect(nextReviewDay(day)).toBe(next);
});
