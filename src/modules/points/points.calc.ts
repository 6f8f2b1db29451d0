import { shareOf } from '../../common/money/share';
import type { Discount, PointTerms } from './points.types';

/** Least that a card is asked for beside points, won: acquirers take no less. */
export const CARD_PART_MIN = 100;

/** Points that a payment earns: a share of what was not paid with points, rounded down in the merchant's favour. */
export function earnedPoints(cardAmountWon: number, earnRatePpm: number): number {
  return shareOf(cardAmountWon, earnRatePpm);
}

export interface EarnedSoFar {
  readonly earned: number;
  readonly clawedBack: number;
  readonly earnRatePpm: number;
}

/**
 * Points to take back once `cardAmountLeft` won of a payment are left: all but what that rest would have earned. The
 * sum over any series of cancels is thus the same as of one, and a full cancel takes back all. Never negative.
 */
export function clawBackDue(
  cardAmountLeft: number,
  { earned, clawedBack, earnRatePpm }: EarnedSoFar,
): number {
  return Math.max(0, earned - clawedBack - Math.min(earned, earnedPoints(cardAmountLeft, earnRatePpm)));
}

/** What an order is reduced by, rounded down, and never to less than nothing. */
export function discountOf(amountWon: number, discount: Discount | null): number {
  if (discount === null) return 0;
  return Math.min(amountWon, discount.kind === 'FIXED' ? discount.value : shareOf(amountWon, discount.value));
}

/** Most points that may pay an order: the share rounded down, and a card part that an acquirer still takes. */
export function mostPointsFor(amountWon: number, { maximumSharePpm }: PointTerms): number {
  return Math.max(0, Math.min(shareOf(amountWon, maximumSharePpm), amountWon - CARD_PART_MIN));
}

export type UseFault = 'BELOW_MINIMUM_USE' | 'OVER_MAXIMUM_SHARE';

/** Why the terms do not let an order be paid with so many points; null when they do. */
export function useFault(amountWon: number, pointAmount: number, terms: PointTerms): UseFault | null {
  if (pointAmount < terms.minimumUse) return 'BELOW_MINIMUM_USE';
  return pointAmount > mostPointsFor(amountWon, terms) ? 'OVER_MAXIMUM_SHARE' : null;
}

/** The policy that holds at a moment: of those begun, the latest to begin; of several for one moment, the newest. */
export function effectiveAt<P extends { readonly effectiveFrom: Date; readonly seq: number }>(
  policies: readonly P[],
  at: Date,
): P | null {
  const begun = policies.filter(({ effectiveFrom }) => effectiveFrom.getTime() <= at.getTime());
  return begun.reduce<P | null>((latest, policy) => {
    if (latest === null) return policy;
    const later = policy.effectiveFrom.getTime() - latest.effectiveFrom.getTime();
    return later > 0 || (later === 0 && policy.seq > latest.seq) ? policy : latest;
  }, null);
}
