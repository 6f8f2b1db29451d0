import type { Channel, DeclineCode } from '../../acquirers/port/acquirer.types';
import type { PaymentStatus } from './payment.state';

export type Operation = 'APPROVE' | 'CANCEL' | 'NET_CANCEL' | 'INQUIRE' | 'OPEN';

export type AttemptOutcome =
  | 'SENDING'
  | 'APPROVED'
  | 'DECLINED'
  | 'NOT_SENT'
  | 'UNKNOWN'
  | 'CANCELLED'
  | 'REFUSED'
  | 'FOUND'
  | 'NOT_FOUND'
  /** A payment window was prepared. */
  | 'OPENED'
  /** The payer has not finished. */
  | 'NOT_PAID'
  /** Money was taken, but not what was asked for. */
  | 'MISMATCH';

export type CancelStatus = 'IN_PROGRESS' | 'DONE' | 'FAILED';

/** Why money that was taken in a payment window went back, or none was taken. */
export type MismatchCode = 'AMOUNT_MISMATCH' | 'ORDER_NO_MISMATCH' | 'CURRENCY_MISMATCH';

export type FailureCode =
  | DeclineCode
  | MismatchCode
  | 'ACQUIRER_UNAVAILABLE'
  | 'AMOUNT_OVER_CONTRACT_LIMIT'
  | 'PAYER_CANCELLED'
  | 'CHECKOUT_EXPIRED';

/** A payment as it is stored. Amounts are whole won; times are instants. */
export interface Payment {
  readonly paymentId: string;
  readonly mid: string;
  readonly orderNo: string;
  readonly status: PaymentStatus;
  /** Grows with every change; the fence of every compare-and-set. */
  readonly version: number;
  readonly method: 'CARD' | 'EASY_PAY' | 'BANK_TRANSFER' | 'VIRTUAL_ACCOUNT' | 'OTHER';
  readonly channel: Channel;
  /** The whole order, points and card together. */
  readonly amount: number;
  /** What of it is paid with points; the acquirer knows of the rest only. */
  readonly pointAmount: number;
  readonly taxFreeAmount: number;
  readonly serviceCharge: number;
  readonly vat: number;
  /** What may still be cancelled: amount less done and pending cancels. */
  readonly balanceAmount: number;
  readonly pendingCancelAmount: number;
  readonly cancelledAmount: number;
  readonly taxFreeBalance: number;
  readonly goodsName: string;
  readonly buyerName: string | null;
  readonly customerKey: string | null;
  readonly branchId: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** Hex of a keyed hash over the whole content but the password digits. */
  readonly contentFingerprint: string;
  readonly requestHash: string;
  readonly contractId: string;
  readonly acquirer: string;
  readonly attemptId: string;
  readonly attemptCount: number;
  readonly acquirerOrderNo: string;
  readonly acquirerTransactionId: string | null;
  readonly approvalNo: string | null;
  readonly cardFirst6: string | null;
  readonly cardLast4: string | null;
  readonly cardNumberLength: number | null;
  readonly cardIssuer: string | null;
  readonly cardType: string | null;
  readonly cardOwnerType: string | null;
  readonly interestFree: boolean | null;
  readonly installmentMonths: number;
  readonly failureCode: FailureCode | null;
  readonly failureAcquirerCode: string | null;
  readonly failureAcquirerMessage: string | null;
  /** The Korean day whose contract limits it counts towards; null when its contract has none. */
  readonly usageDay: string | null;
  readonly unknownSince: Date | null;
  readonly reversalTries: number;
  readonly reversalRefusals: number;
  readonly dueAt: Date | null;
  readonly approvedAt: Date | null;
  readonly failedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface PaymentAttempt {
  readonly attemptId: string;
  readonly operation: Operation;
  readonly outcome: AttemptOutcome;
  readonly acquirer: string;
  readonly acquirerOrderNo: string;
  readonly acquirerTransactionId: string | null;
  readonly code: string | null;
  readonly httpStatus: number | null;
  readonly latencyMs: number | null;
  readonly startedAt: Date;
}

export interface PaymentCancel {
  readonly cancelId: string;
  readonly paymentId: string;
  readonly status: CancelStatus;
  readonly version: number;
  /** All that is given back, points and card together. */
  readonly amount: number;
  /** What of it is given back as points. */
  readonly pointAmount: number;
  readonly taxFreeAmount: number;
  /** Tax-free part of what goes back to the card. */
  readonly cardTaxFreeAmount: number;
  readonly reason: string;
  readonly requestedBy: string;
  readonly cancelKey: string;
  /** Where the money of a virtual account went to; the number masked. */
  readonly refundAccount: { readonly bankCode: string; readonly accountMasked: string } | null;
  readonly acquirerCancelId: string | null;
  readonly failureCode: string | null;
  readonly failureAcquirerCode: string | null;
  readonly failureAcquirerMessage: string | null;
  readonly balanceAfter: number | null;
  readonly tries: number;
  readonly dueAt: Date | null;
  readonly requestedAt: Date;
  readonly cancelledAt: Date | null;
}

export interface PaymentEvent {
  readonly from: PaymentStatus | null;
  readonly to: PaymentStatus;
  readonly actor: string;
  readonly reason: string;
  readonly cancelId: string | null;
  readonly amount: number | null;
  readonly occurredAt: Date;
}

export interface PaymentWithHistory {
  readonly payment: Payment;
  readonly cancels: readonly PaymentCancel[];
  readonly events: readonly PaymentEvent[];
  readonly attempts: readonly PaymentAttempt[];
}
