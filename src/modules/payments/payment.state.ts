/** Every state of a payment, and the states that may follow it. Nothing else changes a state. */
export const PAYMENT_TRANSITIONS = {
  CREATED: ['IN_PROGRESS', 'FAILED', 'EXPIRED'],
  /** Back to CREATED: a confirm found that the payer has not finished, or could not be sent. */
  IN_PROGRESS: ['APPROVED', 'FAILED', 'WAITING_FOR_DEPOSIT', 'REVERSING', 'CREATED'],
  WAITING_FOR_DEPOSIT: ['APPROVED', 'CANCELLED', 'EXPIRED'],
  APPROVED: ['PARTIALLY_CANCELLED', 'CANCELLED', 'REVERSING'],
  PARTIALLY_CANCELLED: ['PARTIALLY_CANCELLED', 'CANCELLED'],
  CANCELLED: [],
  /** A declined order may be tried again, with another card if need be; the order number stays. */
  FAILED: ['IN_PROGRESS', 'REVERSING'],
  /** REVERSING from FAILED or EXPIRED: the payer paid in a window that was given up already; the money goes back. */
  EXPIRED: ['REVERSING'],
  /** An approval is never reported once this has begun. */
  REVERSING: ['REVERSED'],
  REVERSED: [],
} as const satisfies Record<string, readonly string[]>;

export type PaymentStatus = keyof typeof PAYMENT_TRANSITIONS;
export const PAYMENT_STATUSES = Object.keys(PAYMENT_TRANSITIONS) as PaymentStatus[];

/** States of a payment that is not yet settled one way or the other: a worker brings each of them to an end. */
export const UNRESOLVED_STATUSES: readonly PaymentStatus[] = ['IN_PROGRESS', 'REVERSING'];

/**
 * Whether the payer was charged; money that has gone back since included. A virtual account that was closed before any
 * deposit is CANCELLED too, and was never approved.
 */
export function wasCharged(payment: {
  readonly status: PaymentStatus;
  readonly approvedAt: Date | null;
}): boolean {
  const { status, approvedAt } = payment;
  if (status === 'CANCELLED') return approvedAt !== null;
  return status === 'APPROVED' || status === 'PARTIALLY_CANCELLED';
}

export function mayFollow(from: PaymentStatus, to: PaymentStatus): boolean {
  return (PAYMENT_TRANSITIONS[from] as readonly PaymentStatus[]).includes(to);
}

/** Throws when the table does not allow the change: a programming error, caught before anything is written. */
export function assertTransition(from: PaymentStatus, to: PaymentStatus): void {
  if (!mayFollow(from, to)) throw new Error(`a payment may not go from ${from} to ${to}`);
}

/** Where a payment stands after a cancel of so much was done. Amounts in won. */
export function statusAfterCancel(
  amount: number,
  cancelledAmount: number,
): 'PARTIALLY_CANCELLED' | 'CANCELLED' {
  if (cancelledAmount <= 0 || cancelledAmount > amount)
    throw new RangeError('cancelled amount out of bounds');
  return cancelledAmount === amount ? 'CANCELLED' : 'PARTIALLY_CANCELLED';
}
