import type { Secret } from '../../common/masking/secret';
import type { ApprovedCard, DeclineCode, Exchange, KeyInCard } from './acquirer.types';

/* Abilities beyond approval, window and cancel. An adapter that has one declares it in its capabilities. */

export interface BillingKeyOrder {
  readonly customerKey: string;
  readonly acquirerOrderNo: string;
  readonly buyerName?: string;
  readonly buyerEmail?: string;
  readonly buyerPhone?: string;
  readonly card: Secret<KeyInCard>;
}

export type BillingKeyOutcome =
  | {
      readonly kind: 'ISSUED';
      readonly token: Secret<string>;
      readonly card: Omit<ApprovedCard, 'approvalNo'>;
      readonly exchange: Exchange;
    }
  | { readonly kind: 'DECLINED'; readonly declineCode: DeclineCode; readonly exchange: Exchange }
  | { readonly kind: 'NOT_SENT' | 'UNKNOWN'; readonly exchange: Exchange };

export interface BillingChargeOrder {
  readonly token: Secret<string>;
  readonly customerKey: string;
  readonly acquirerOrderNo: string;
  /** As in ApprovalOrder: where we make it up ourselves. */
  readonly acquirerTransactionId: string | null;
  readonly requestedAt: Date;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly goodsName: string;
  readonly installmentMonths: number;
  readonly buyerName?: string;
  readonly buyerEmail?: string;
}

export type BillingRevokeOutcome = {
  readonly kind: 'REVOKED' | 'REFUSED' | 'NOT_SENT' | 'UNKNOWN';
  readonly exchange: Exchange;
};

export interface VirtualAccountOrder {
  readonly acquirerOrderNo: string;
  /** The id that we make up for the acquirers which want that; null for all others. */
  readonly acquirerTransactionId: string | null;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly goodsName: string;
  readonly customerName: string;
  /** Three-digit bank code of the Korea Financial Telecommunications and Clearings Institute. */
  readonly bankCode: string;
  readonly dueAt: Date;
}

export type VirtualAccountOutcome =
  | {
      readonly kind: 'ISSUED';
      readonly acquirerTransactionId: string;
      readonly accountNumber: string;
      readonly bankCode: string;
      readonly dueAt: Date;
      /** What a deposit notice must carry, where the acquirer gives such a secret. */
      readonly depositSecret: Secret<string> | null;
      readonly exchange: Exchange;
    }
  | { readonly kind: 'REFUSED' | 'NOT_SENT' | 'UNKNOWN'; readonly exchange: Exchange };

export interface RefundAccount {
  readonly bankCode: string;
  readonly accountNumber: Secret<string>;
  readonly holderName: string;
}

export interface CashReceiptOrder {
  readonly acquirerOrderNo: string;
  readonly acquirerTransactionId: string | null;
  readonly purpose: 'INCOME_DEDUCTION' | 'EXPENSE_PROOF';
  readonly identifier: Secret<string>;
  readonly amount: number;
  readonly supplyAmount: number;
  readonly vat: number;
  readonly taxFreeAmount: number;
  readonly serviceCharge: number;
  readonly goodsName: string;
}

/** A cancel of a receipt, whole or of a part, against the receipt as it was issued. */
export interface CashReceiptCancelOrder {
  /** Our own number of this cancel, or of the receipt where the provider keeps its cancels under that: see `original`. */
  readonly acquirerOrderNo: string;
  readonly amount: number;
  readonly supplyAmount: number;
  readonly vat: number;
  readonly taxFreeAmount: number;
  readonly serviceCharge: number;
  readonly reason: string;
  /** The receipt: its own number of ours, its approval at the tax office, and what it was issued for. */
  readonly original: {
    readonly acquirerOrderNo: string;
    readonly approvalNo: string;
    readonly issuedAt: Date;
    readonly amount: number;
  };
}

/** Which receipt, or which cancel of one, is asked about. */
export interface CashReceiptReference {
  /** Our own number of what is asked about. */
  readonly acquirerOrderNo: string;
  /** When it was sent last. */
  readonly requestedAt: Date;
  /** Where a cancel is asked about: the receipt that it cancels, and that one's other cancels, by the provider's ids. */
  readonly cancel?: {
    readonly receiptId: string;
    readonly originalOrderNo: string;
    /** Whole won. */
    readonly amount: number;
    readonly knownCancelIds: readonly string[];
  };
}

export type CashReceiptOutcome =
  | {
      readonly kind: 'ISSUED' | 'CANCELLED';
      readonly receiptId: string;
      readonly approvalNo: string;
      readonly at: Date;
      readonly exchange: Exchange;
    }
  | { readonly kind: 'REFUSED' | 'NOT_SENT' | 'UNKNOWN'; readonly exchange: Exchange };

/** What the acquirer says of a cash receipt of ours, after an answer was lost. */
export type CashReceiptInquiry =
  | {
      readonly kind: 'FOUND';
      readonly state: 'ISSUED' | 'CANCELLED';
      readonly receiptId: string;
      readonly approvalNo: string;
      readonly at: Date;
      readonly exchange: Exchange;
    }
  | { readonly kind: 'NOT_FOUND' | 'NOT_SENT' | 'UNKNOWN'; readonly exchange: Exchange }
  /** The acquirer offers no look-up that can name it. With an exchange: it was asked, and told of others only. */
  | { readonly kind: 'UNSUPPORTED'; readonly exchange?: Exchange };

export type AccountHolderOutcome =
  | { readonly kind: 'FOUND'; readonly holderName: string; readonly exchange: Exchange }
  | { readonly kind: 'NOT_FOUND' | 'NOT_SENT' | 'UNKNOWN'; readonly exchange: Exchange };

/** One movement of money as the acquirer lists it. */
export interface AcquirerMovement {
  readonly kind: 'APPROVAL' | 'CANCEL';
  readonly acquirerOrderNo: string;
  readonly acquirerTransactionId: string;
  readonly movementId: string;
  readonly amount: number;
  readonly at: Date;
}

export interface AcquirerSettlementLine extends AcquirerMovement {
  readonly fee: number;
  readonly vat: number;
  readonly net: number;
  /** YYYY-MM-DD */
  readonly payoutDay: string;
}

export type ListOutcome<Line> =
  | { readonly kind: 'PAGE'; readonly lines: readonly Line[]; readonly next: string | null }
  | { readonly kind: 'REFUSED' | 'NOT_SENT' | 'UNKNOWN'; readonly exchange: Exchange };
