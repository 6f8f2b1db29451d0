import type { DataScope } from '../../common/http/data-scope';
import type { PaymentStatus } from '../payments/payments.facade';

/** By which date a list goes: `approved` lists payments, `cancelled` lists cancels. */
export const DATE_BASES = ['approved', 'cancelled'] as const;
export type DateBasis = (typeof DATE_BASES)[number];

export const METHODS = ['CARD', 'EASY_PAY', 'BANK_TRANSFER', 'VIRTUAL_ACCOUNT', 'OTHER'] as const;
export type Method = (typeof METHODS)[number];

/** A part of time, from an instant to before another. */
export interface Period {
  readonly from: Date;
  readonly before: Date;
}

/** What a list holds: everything that is given narrows it. Amounts are whole won, both ends included. */
export interface SearchCriteria extends Period {
  readonly scope: DataScope;
  readonly dateBasis: DateBasis;
  readonly mid?: string;
  readonly branchId?: string;
  readonly status?: PaymentStatus;
  readonly methods?: readonly Method[];
  /** Of the payment, or of the cancel where the list is one of cancels. */
  readonly minAmount?: number;
  readonly maxAmount?: number;
  readonly orderNo?: string;
  readonly approvalNo?: string;
  readonly cardLast4?: string;
  /** The beginning of it. */
  readonly buyerName?: string;
  readonly acquirer?: string;
  readonly acquirerTransactionId?: string;
  /** Of a virtual account. */
  readonly bankCode?: string;
}

/** One row of a list: a payment, or one cancel of it. Amounts are whole won. */
export interface HistoryRow {
  readonly place: Position;
  readonly paymentId: string;
  readonly mid: string;
  readonly branchId: string | null;
  readonly orderNo: string;
  readonly status: PaymentStatus;
  readonly method: Method;
  readonly amount: number;
  readonly pointAmount: number;
  readonly balanceAmount: number;
  readonly cancelledAmount: number;
  readonly goodsName: string;
  readonly buyerName: string | null;
  readonly cardNumber: string | null;
  readonly cardIssuer: string | null;
  readonly cardType: string | null;
  readonly installmentMonths: number;
  readonly acquirer: string;
  readonly acquirerTransactionId: string | null;
  readonly approvalNo: string | null;
  readonly failureCode: string | null;
  readonly approvedAt: Date | null;
  readonly createdAt: Date;
  readonly cancel: HistoryCancel | null;
  readonly account: HistoryAccount | null;
}

export interface HistoryCancel {
  readonly cancelId: string;
  readonly amount: number;
  readonly reason: string;
  readonly cancelledAt: Date;
}

export interface HistoryAccount {
  readonly virtualAccountId: string;
  readonly bankCode: string;
  readonly accountMasked: string | null;
  readonly holderName: string;
  readonly depositor: string | null;
  readonly dueAt: Date;
  readonly depositedAt: Date | null;
}

/**
 * The place of a row in a list, newest first. Of several at the same millisecond those with a movement come first (key: its
 * number), then payments that have none (key: their id).
 */
export interface Position {
  readonly at: Date;
  readonly key: string;
}

export interface HistoryPage {
  readonly rows: readonly HistoryRow[];
  /** Where to go on; null at the end. A page may be short and yet not be the last. */
  readonly next: Position | null;
}

/** Sums over a whole list. Whole won. */
export interface HistorySummary {
  readonly count: number;
  readonly approvedCount: number;
  readonly approvedAmount: number;
  readonly cancelledAmount: number;
}

/** A movement of money: an approval, a cancel or a reversal. Whole won, negative where it goes back. */
export interface Movement {
  readonly kind: string;
  readonly sourceId: string;
  readonly amount: number;
  readonly settledAmount: number;
  readonly capturedOn: string;
  readonly occurredAt: Date;
}
