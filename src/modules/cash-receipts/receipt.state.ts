/**
 * Every state of a cash receipt and of a cancel of one, and the states that may follow. Nothing else changes a state.
 * UNCONFIRMED: an answer was lost and the provider offers no look-up. It may have been done, so it is never asked for
 * again; people have to settle it with the provider.
 */
export const RECEIPT_TRANSITIONS = {
  IN_PROGRESS: ['ISSUED', 'FAILED', 'UNCONFIRMED'],
  ISSUED: ['PARTIALLY_CANCELLED', 'CANCELLED'],
  PARTIALLY_CANCELLED: ['PARTIALLY_CANCELLED', 'CANCELLED'],
  CANCELLED: [],
  /** Nothing was issued: the same order number may be tried again. */
  FAILED: ['IN_PROGRESS'],
  UNCONFIRMED: [],
} as const satisfies Record<string, readonly string[]>;

export const RECEIPT_CANCEL_TRANSITIONS = {
  IN_PROGRESS: ['DONE', 'FAILED', 'UNCONFIRMED'],
  DONE: [],
  /** Back to IN_PROGRESS: only one that a payment's cancel made, and that has to be done some day. */
  FAILED: ['IN_PROGRESS'],
  UNCONFIRMED: [],
} as const satisfies Record<string, readonly string[]>;

export type ReceiptStatus = keyof typeof RECEIPT_TRANSITIONS;
export type ReceiptCancelStatus = keyof typeof RECEIPT_CANCEL_TRANSITIONS;
export const RECEIPT_STATUSES = Object.keys(RECEIPT_TRANSITIONS) as ReceiptStatus[];
export const RECEIPT_CANCEL_STATUSES = Object.keys(RECEIPT_CANCEL_TRANSITIONS) as ReceiptCancelStatus[];

/** Throws when the table does not allow the change: a programming error, caught before anything is written. */
export function assertReceiptTransition(from: ReceiptStatus, to: ReceiptStatus): void {
  if (!(RECEIPT_TRANSITIONS[from] as readonly ReceiptStatus[]).includes(to))
    throw new Error(`a cash receipt may not go from ${from} to ${to}`);
}

export function assertReceiptCancelTransition(from: ReceiptCancelStatus, to: ReceiptCancelStatus): void {
  if (!(RECEIPT_CANCEL_TRANSITIONS[from] as readonly ReceiptCancelStatus[]).includes(to))
    throw new Error(`a cancel of a cash receipt may not go from ${from} to ${to}`);
}

/** Only of what is gone whole, or was never issued, may another take the place: never do two of an order stand. */
export function isReplaceable(status: ReceiptStatus): boolean {
  return status === 'CANCELLED' || status === 'FAILED';
}

export function isStanding(status: ReceiptStatus): boolean {
  return status === 'ISSUED' || status === 'PARTIALLY_CANCELLED';
}
