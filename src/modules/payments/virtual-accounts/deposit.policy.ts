import type { InquiryOutcome } from '../../../acquirers/port/acquirer.types';
import type { AccountCase } from './virtual-account.types';

/** What the acquirer's answer means for an account that waits for `amount` won. */
export type DepositJudgement =
  | {
      readonly kind: 'DEPOSITED';
      readonly acquirerTransactionId: string;
      readonly depositor: string | null;
      /** Null where the acquirer does not say when. */
      readonly depositedAt: Date | null;
    }
  | { readonly kind: 'WAITING' }
  /** Closed or run out at the acquirer, with nothing deposited. */
  | { readonly kind: 'ENDED' }
  | { readonly kind: 'CASE'; readonly code: AccountCase; readonly amount: number }
  /** The acquirer says that it knows no such account. */
  | { readonly kind: 'ABSENT' }
  | { readonly kind: 'UNKNOWN' };

/** Only the whole amount, and all of it still there, is a deposit. Pure. */
export function judgeDeposit(seen: InquiryOutcome, amount: number): DepositJudgement {
  if (seen.kind !== 'FOUND') return { kind: seen.kind === 'NOT_FOUND' ? 'ABSENT' : 'UNKNOWN' };
  switch (seen.state) {
    case 'PENDING':
      return { kind: 'WAITING' };
    case 'NOT_APPROVED':
      return { kind: 'ENDED' };
    case 'APPROVED':
      if (seen.amount !== amount || seen.balanceAmount !== amount) {
        return { kind: 'CASE', code: 'AMOUNT_MISMATCH', amount: seen.amount };
      }
      return {
        kind: 'DEPOSITED',
        acquirerTransactionId: seen.acquirerTransactionId,
        depositor: seen.deposit?.depositor ?? null,
        depositedAt: seen.deposit?.depositedAt ?? null,
      };
    case 'PARTIALLY_CANCELLED':
    case 'CANCELLED':
      return { kind: 'CASE', code: 'REFUNDED_ELSEWHERE', amount: seen.amount };
  }
}

/** Whether the acquirer holds money of the order, whatever we think of it. */
export function holdsMoney(seen: InquiryOutcome): boolean {
  return seen.kind === 'FOUND' && (seen.state === 'APPROVED' || seen.state === 'PARTIALLY_CANCELLED');
}

const MINUTE_MS = 60_000;
/** Between two looks at an account whose deposit notice may have been lost, before scaling. */
const PAUSES_MS = [1, 2, 5, 15, 30, 60, 180].map((minutes) => minutes * MINUTE_MS);
const JITTER_SHARE = 0.1;
/** After it is due, so that a deposit of the last second is in the acquirer's book. */
const GRACE_MS = 5_000;

export interface LookTimes {
  /** Looks so far. */
  readonly tries: number;
  readonly untilDueMs: number;
  readonly timeScale: number;
  /** 0 to 1. */
  readonly random: number;
}

/** Milliseconds until the next look: by growing pauses, but soon after it is due. Pure. */
export function nextLookIn({ tries, untilDueMs, timeScale, random }: LookTimes): number {
  const pause = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]!;
  const next = Math.round(pause * timeScale * (1 + JITTER_SHARE * random));
  const afterDue = untilDueMs + Math.round(GRACE_MS * timeScale);
  return Math.max(1, untilDueMs > 0 ? Math.min(next, afterDue) : next);
}

/** From when on an account that has not ended is a matter for a person: both have to be reached. */
export interface OverdueBound {
  readonly looks: number;
  /** Milliseconds past its due moment. */
  readonly afterMs: number;
}

/** Whether so many looks so long after it was due are enough. Pure. */
export function isOverdue(
  { tries, untilDueMs }: Pick<LookTimes, 'tries' | 'untilDueMs'>,
  { looks, afterMs }: OverdueBound,
): boolean {
  return tries >= looks && -untilDueMs >= afterMs;
}
