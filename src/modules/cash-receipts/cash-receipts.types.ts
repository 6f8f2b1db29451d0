import type { ReceiptIdentifierKind, ReceiptPurpose } from '../../common/cash-receipts/receipt-identifier';
import type { ReceiptAmounts } from './amounts.calc';
import type { ReceiptCancelStatus, ReceiptStatus } from './receipt.state';

/** A cash receipt as it is stored. Amounts are whole won. */
export interface CashReceipt extends ReceiptAmounts {
  readonly receiptId: string;
  readonly mid: string;
  readonly orderNo: string;
  /** The payment whose wish made it; null where the merchant asked for it. */
  readonly paymentId: string | null;
  /** From 1; a payment's receipt that had to be taken back whole for a part is followed by the next, for the rest. */
  readonly generation: number;
  /** The next one. */
  readonly replacedById: string | null;
  readonly status: ReceiptStatus;
  /** Grows with every change; the fence of every compare-and-set. */
  readonly version: number;
  readonly purpose: ReceiptPurpose;
  readonly identifierKind: ReceiptIdentifierKind;
  readonly identifierMasked: string;
  readonly identifierSealed: Buffer;
  readonly goodsName: string;
  readonly balanceAmount: number;
  readonly pendingCancelAmount: number;
  readonly cancelledAmount: number;
  readonly contentFingerprint: string;
  readonly contractId: string;
  readonly provider: string;
  /** Our own number of it at the provider; a new one only after a definite refusal. */
  readonly acquirerOrderNo: string;
  readonly attemptCount: number;
  readonly providerReceiptId: string | null;
  /** 국세청 승인번호. */
  readonly approvalNo: string | null;
  readonly issuedAt: Date | null;
  readonly failureCode: ReceiptFailureCode | null;
  readonly failureProviderCode: string | null;
  readonly failureProviderMessage: string | null;
  /** How often it was asked for, and how often its lost answer was looked up. */
  readonly sends: number;
  readonly looks: number;
  readonly lastSentAt: Date;
  readonly dueAt: Date | null;
  readonly requestedBy: string;
  readonly createdAt: Date;
}

/** A provider's own code and text. */
export interface ProviderWord {
  readonly code: string | null;
  readonly message: string | null;
}

export type ReceiptFailureCode = 'CASH_RECEIPT_REFUSED' | 'CANCEL_REFUSED' | 'ACQUIRER_UNAVAILABLE';

export interface CashReceiptCancel extends ReceiptAmounts {
  readonly cancelId: string;
  readonly receiptId: string;
  /** The payment's cancel that made it. */
  readonly paymentCancelId: string | null;
  readonly status: ReceiptCancelStatus;
  readonly version: number;
  readonly reason: string;
  readonly acquirerOrderNo: string;
  readonly approvalNo: string | null;
  readonly cancelledAt: Date | null;
  readonly failureCode: ReceiptFailureCode | null;
  readonly failureProviderCode: string | null;
  readonly failureProviderMessage: string | null;
  readonly sends: number;
  readonly looks: number;
  /** Null while it waits for its turn. */
  readonly lastSentAt: Date | null;
  readonly dueAt: Date | null;
  readonly requestedAt: Date;
}

export interface CashReceiptEvent {
  readonly cancelId: string | null;
  readonly from: string | null;
  readonly to: string;
  readonly actor: string;
  readonly reason: string;
  readonly occurredAt: Date;
}

export interface CashReceiptWithHistory {
  readonly receipt: CashReceipt;
  readonly cancels: readonly CashReceiptCancel[];
  readonly events: readonly CashReceiptEvent[];
}
