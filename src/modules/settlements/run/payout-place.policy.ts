import { fault } from '../../../common/errors/app-error';
import type { Payout } from './price.types';
import { SETTLEMENT_RUN_ERRORS } from './settlement-run.errors';

/** More payout days than a year has: so many frozen ones in a row are an error in the data, not a late settlement. */
export const FROZEN_DAYS_MAX = 366;

export const payoutKey = ({ mid, contractId, payoutDay }: Payout) => `${mid}|${contractId}|${payoutDay}`;

/**
 * The payout that money due on a day goes into: where that day's sum is frozen already, the next payout day's whose sum is
 * not. `frozen` holds payoutKeys. Throws PAYOUT_DAYS_FROZEN after FROZEN_DAYS_MAX of them.
 */
export function openPayout(
  due: Payout,
  following: (payoutDay: string) => string,
  frozen: ReadonlySet<string>,
): Payout {
  let payout = due;
  for (let passed = 0; passed <= FROZEN_DAYS_MAX; passed += 1) {
    if (!frozen.has(payoutKey(payout))) return payout;
    payout = { ...payout, payoutDay: following(payout.payoutDay) };
  }
  throw fault(SETTLEMENT_RUN_ERRORS, 'PAYOUT_DAYS_FROZEN', {
    members: { mid: due.mid, payoutDay: due.payoutDay },
  });
}
