import type { FeeTier, Tier } from './fees.types';

/** The tiers that hold on a Korean day, the smallest sales first. Pure. */
export function tiersOn(all: readonly FeeTier[], day: string): FeeTier[] {
  const latest = new Map<Tier, FeeTier>();
  for (const each of all) {
    if (each.effectiveFrom > day) continue;
    const known = latest.get(each.tier);
    if (known === undefined || each.effectiveFrom > known.effectiveFrom) latest.set(each.tier, each);
  }
  return [...latest.values()].sort((a, b) => salesMax(a) - salesMax(b));
}

/** The tier of so many won of yearly sales; its limit itself is still in it. Null where no tier reaches so far. */
export function tierOfSales(tiers: readonly FeeTier[], yearlySales: number): FeeTier | null {
  const reaching = tiers.filter((each) => yearlySales <= salesMax(each));
  return reaching.reduce<FeeTier | null>(
    (smallest, each) => (smallest === null || salesMax(each) < salesMax(smallest) ? each : smallest),
    null,
  );
}

/** The day of the next review of tiers after a Korean day: the first of January or July. */
export function nextReviewDay(day: string): string {
  const year = Number(day.slice(0, 4));
  return day < `${year}-07-01` ? `${year}-07-01` : `${year + 1}-01-01`;
}

const salesMax = ({ yearlySalesMax }: FeeTier) => yearlySalesMax ?? Infinity;
