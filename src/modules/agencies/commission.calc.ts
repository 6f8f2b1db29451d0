import { shareOf } from '../../common/money/share';
import type { CommissionLevel } from './agencies.types';

export interface Commission extends CommissionLevel {
  /** Won; negative where it is taken back. */
  readonly amount: number;
}

/**
 * What each level earns of a fee (won, before VAT): its share, cut down to the won, so that all of them together are never
 * more than the fee. Of a negative fee the exact negative is taken back. Rates may sum to the whole at most.
 */
export function commissionsOf(feeWon: number, levels: readonly CommissionLevel[]): Commission[] {
  const sign = feeWon < 0 ? -1 : 1;
  return levels.map((level) => {
    const share = shareOf(Math.abs(feeWon), level.ratePpm);
    return { ...level, amount: share === 0 ? 0 : sign * share };
  });
}

/**
 * The line of a cancel: what each level keeps of the fee that stays due, less what it had of the fee before. All lines of
 * a payment thus sum to the commission of what stays due.
 */
export function commissionChange(
  feeBefore: number,
  feeAfter: number,
  levels: readonly CommissionLevel[],
): Commission[] {
  const before = commissionsOf(feeBefore, levels);
  return commissionsOf(feeAfter, levels).map((after, index) => ({
    ...after,
    amount: after.amount - before[index]!.amount,
  }));
}
