import { nextTryOn } from './subscription.calc';
import type { SubscriptionCharge } from './subscription.types';

/** What became of one request for a charge's payment. */
export type ChargeAnswer =
  | { readonly kind: 'APPROVED'; readonly paymentId: string }
  /** A problem answer: its code, and the members that tell of the payment. */
  | {
      readonly kind: 'PROBLEM';
      readonly code: string;
      readonly isDecline: boolean;
      readonly paymentId: string | null;
      readonly paymentStatus: string | null;
    };

export type ChargeVerdict =
  | { readonly kind: 'PAID'; readonly paymentId: string }
  /** This try is over and nobody was charged. `retryOn` null: it was the last. */
  | { readonly kind: 'TRY_FAILED'; readonly code: string; readonly retryOn: string | null }
  /** This try was undone, so that nobody was charged and nobody declined: the next one is on the same day. */
  | { readonly kind: 'TRY_UNDONE'; readonly code: string }
  /** Neither approved nor declined: asked again under the same order number. `sentAnew`: nothing is left of this one. */
  | { readonly kind: 'WAIT'; readonly sentAnew: boolean };

/** Answers that say nothing of the card: nothing was sent, or its outcome is still open. */
const PASSING: ReadonlySet<string> = new Set([
  'PAYMENT_IN_PROGRESS',
  'ACQUIRER_UNAVAILABLE',
  'SERVICE_UNAVAILABLE',
  'PAYMENT_OUTCOME_UNKNOWN',
]);

/** Definite refusals other than the acquirer's: of the key, the order, the contract. Anything else is not believed. */
const REFUSALS: ReadonlySet<string> = new Set([
  'BILLING_KEY_REVOKED',
  'BILLING_KEY_NOT_ACTIVE',
  'BILLING_KEY_NOT_FOUND',
  'ORDER_NO_CONFLICT',
  'ORDER_NET_CANCELLED',
  'NO_ACQUIRER_CONTRACT',
  'AMOUNT_OVER_CONTRACT_LIMIT',
  'VALIDATION_FAILED',
]);

/** After so many undone tries of a period another one counts as failed, so that it cannot go on for ever. */
export const UNDONE_TRIES_MAX = 5;

/**
 * What an answer means for the charge. An unknown outcome is neither success nor decline; a payment that was undone
 * declined nobody, and uses up none of the retries; an acquirer in maintenance declined nobody.
 */
export function judgeAnswer(
  answer: ChargeAnswer,
  charge: Pick<SubscriptionCharge, 'tryNumber' | 'undoneTries' | 'firstFailedOn'>,
  today: string,
): ChargeVerdict {
  if (answer.kind === 'APPROVED') return { kind: 'PAID', paymentId: answer.paymentId };
  const { code, isDecline, paymentStatus } = answer;
  if (code === 'ACQUIRER_MAINTENANCE') return { kind: 'WAIT', sentAnew: true };
  const undone = code === 'ACQUIRER_TIMEOUT' && paymentStatus === 'REVERSED';
  if (undone && charge.undoneTries < UNDONE_TRIES_MAX) return { kind: 'TRY_UNDONE', code };
  if (isDecline || undone || REFUSALS.has(code)) {
    const failedTries = charge.tryNumber - charge.undoneTries;
    const retryOn = nextTryOn(failedTries, charge.firstFailedOn ?? today, today);
    return { kind: 'TRY_FAILED', code, retryOn };
  }
  return { kind: 'WAIT', sentAnew: false };
}

/** Whether an answer is of those that a charge waits out; any other is a fault of ours, and is logged as one. */
export function isPassing(code: string): boolean {
  return PASSING.has(code) || code === 'ACQUIRER_TIMEOUT' || code === 'ACQUIRER_MAINTENANCE';
}

const WAIT_FIRST_MS = 5_000;
const WAIT_MAX_MS = 10 * 60_000;

/** Milliseconds until a charge that waits is asked for again: five seconds, doubled up to ten minutes. */
export function waitMs(waits: number): number {
  return Math.min(WAIT_FIRST_MS * 2 ** Math.min(waits, 10), WAIT_MAX_MS);
}

const UNDONE_GROWTH = 3;
const UNDONE_PAUSE_MAX = 12;

/** Milliseconds until the try after an undone one: the first pause, tripled each time up to twelve of it. */
export function undonePauseMs(undoneTries: number, firstMs: number): number {
  return firstMs * Math.min(UNDONE_GROWTH ** Math.min(undoneTries, 10), UNDONE_PAUSE_MAX);
}
