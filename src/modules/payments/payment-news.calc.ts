import type { PaymentStatus } from './payment.state';
import type { Payment } from './payments.types';

/** What a merchant is told of its payments. */
export type PaymentNewsType = 'approved' | 'failed' | 'cancelled' | 'partially_cancelled' | 'reversed';

const NEWS: Partial<Record<PaymentStatus, PaymentNewsType>> = {
  APPROVED: 'approved',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  PARTIALLY_CANCELLED: 'partially_cancelled',
  REVERSED: 'reversed',
};

/**
 * What a change of state is told as; null when it is not. An account that was closed before any deposit was never
 * approved: `virtual_account.closed` tells of it.
 */
export function newsOf(from: PaymentStatus | null, to: PaymentStatus): PaymentNewsType | null {
  if (from === 'WAITING_FOR_DEPOSIT' && to === 'CANCELLED') return null;
  return NEWS[to] ?? null;
}

const CHARGED: readonly PaymentStatus[] = ['APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED'];

/**
 * The payment as it was once a change was committed, although it may have changed again since: state and amounts by the
 * change, and nothing of an approval that came later. `cancelledAmount`: of all cancels up to this change, in won.
 */
export function paymentAfter(payment: Payment, to: PaymentStatus, cancelledAmount: number): Payment {
  const then: Payment = {
    ...payment,
    status: to,
    cancelledAmount,
    balanceAmount: payment.amount - cancelledAmount,
    pendingCancelAmount: 0,
    dueAt: null,
  };
  if (CHARGED.includes(to)) return { ...then, failureCode: null };
  return { ...then, approvedAt: null, approvalNo: null, cancelledAmount: 0 };
}
