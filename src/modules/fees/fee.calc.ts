import { shareOf } from '../../common/money/share';
import type { FeeAmounts, FeeTerms } from './fees.types';

const VAT_PPM = 100_000;
const NOTHING: FeeAmounts = { fee: 0, vat: 0 };

/** VAT on a fee: a tenth of it, cut down to the won. */
export function vatOf(feeWon: number): number {
  return shareOf(feeWon, VAT_PPM);
}

/**
 * Fee and VAT of a payment of which so many won (more than 0) are left: the rate's share cut down to whole won, plus the
 * fixed fee, and never less than the minimum. May be more than the payment itself where that is very small.
 */
export function feeOf(amountWon: number, { ratePpm, fixedFee, minimumFee }: FeeTerms): FeeAmounts {
  return withVat(Math.max(shareOf(amountWon, ratePpm) + fixedFee, minimumFee));
}

/** How a payment stands before and after a cancel, won. Nothing left = a full cancel. */
export interface CancelStep {
  readonly leftBefore: number;
  readonly leftAfter: number;
  /** Whether the cancel is of the Korean day of the capture. */
  readonly isSameDay: boolean;
}

/**
 * What stays due of a payment. Of a payment that was cancelled in full nothing but the fixed fee, and not even that when
 * the last of it was cancelled on the day of its capture.
 */
export function feeOfRest(left: number, terms: FeeTerms, isSameDay: boolean): FeeAmounts {
  if (left > 0) return feeOf(left, terms);
  return isSameDay ? NOTHING : withVat(terms.fixedFee);
}

/**
 * The line of a cancel: what stays due less what was due before, never above 0. All lines of a payment thus sum to what
 * stays due of it, however it was cancelled.
 */
export function cancelFee({ leftBefore, leftAfter, isSameDay }: CancelStep, terms: FeeTerms): FeeAmounts {
  const before = feeOf(leftBefore, terms);
  const after = feeOfRest(leftAfter, terms, isSameDay);
  return { fee: after.fee - before.fee, vat: after.vat - before.vat };
}

function withVat(fee: number): FeeAmounts {
  return { fee, vat: vatOf(fee) };
}
