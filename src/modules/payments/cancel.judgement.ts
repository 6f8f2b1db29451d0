import type { InquiryOutcome } from '../../acquirers/port/acquirer.types';

/** What our book holds of a payment's other cancels, while no other one is under way. */
export interface CancelBook {
  /** Won. */
  readonly doneAmount: number;
  readonly doneIds: readonly string[];
}

export type CancelJudgement =
  | { readonly kind: 'DONE'; readonly acquirerCancelId: string | null }
  | { readonly kind: 'NOT_DONE' }
  /** The acquirer has cancelled an amount that is neither with nor without ours. */
  | { readonly kind: 'BOOKS_DIFFER' }
  | { readonly kind: 'UNKNOWN' };

const CHARGED = new Set(['APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED']);

/** Whether one cancel of `amount` won is in the acquirer's book, by what it says is left. Pure. */
export function judgeCancel(seen: InquiryOutcome, book: CancelBook, amount: number): CancelJudgement {
  if (seen.kind !== 'FOUND' || !CHARGED.has(seen.state)) return { kind: 'UNKNOWN' };
  const gone = seen.amount - seen.balanceAmount;
  if (gone === book.doneAmount) return { kind: 'NOT_DONE' };
  if (gone !== book.doneAmount + amount) return { kind: 'BOOKS_DIFFER' };
  const known = new Set(book.doneIds);
  const own = seen.cancels.find(
    (cancel) =>
      cancel.amount === amount && (cancel.acquirerCancelId === null || !known.has(cancel.acquirerCancelId)),
  );
  return { kind: 'DONE', acquirerCancelId: own?.acquirerCancelId ?? null };
}
