import type { CancelSplit, CancelWish } from '../cancel.calc';
import type { PaymentStatus } from '../payment.state';
import type { Payment, PaymentCancel } from '../payments.types';

export interface RefundColumns {
  readonly sealed: Buffer;
  readonly bankCode: string;
  readonly masked: string;
}

export interface CancelIntent {
  readonly cancelId: string;
  readonly paymentId: string;
  readonly wish: CancelWish;
  readonly expectedBalanceAmount?: number;
  readonly reason: string;
  readonly requestedBy: string;
  /** Hex; the same request sent again finds its first cancel by it. Null when the caller gave no key. */
  readonly requestKey: string | null;
  /** Where the money goes to, sealed; null where it goes back the way it came. */
  readonly refund?: RefundColumns | null;
  /** Milliseconds after which a worker may take the cancel over. */
  readonly dueInMs: number;
  readonly at: Date;
}

export type OpenCancelResult =
  | { readonly kind: 'OPENED'; readonly payment: Payment; readonly cancel: PaymentCancel }
  | { readonly kind: 'REPEATED'; readonly cancelId: string }
  | { readonly kind: 'NOT_FOUND' }
  | { readonly kind: 'NOT_CANCELLABLE'; readonly status: PaymentStatus }
  | { readonly kind: 'BALANCE_CHANGED'; readonly balanceAmount: number }
  | { readonly kind: Exclude<CancelSplit['kind'], 'SPLIT'>; readonly balanceAmount: number };

/** How a cancel ended at the acquirer. */
export type CancelEnd =
  | { readonly kind: 'DONE'; readonly acquirerCancelId: string | null; readonly cancelledAt: Date }
  | { readonly kind: 'FAILED'; readonly failureCode: string };

const CANCELLABLE: readonly PaymentStatus[] = ['APPROVED', 'PARTIALLY_CANCELLED'];

/** Why the payment as it stands takes no such cancel; null when its amounts decide. */
export function refusedNow(payment: Payment, intent: CancelIntent): OpenCancelResult | null {
  const { status, balanceAmount, channel } = payment;
  if (status === 'CANCELLED') return { kind: 'NOTHING_LEFT', balanceAmount };
  const hasNoWayBack = channel === 'VIRTUAL_ACCOUNT' && (intent.refund ?? null) === null;
  if (!CANCELLABLE.includes(status) || hasNoWayBack) return { kind: 'NOT_CANCELLABLE', status };
  const { expectedBalanceAmount = balanceAmount } = intent;
  return expectedBalanceAmount === balanceAmount ? null : { kind: 'BALANCE_CHANGED', balanceAmount };
}
