import type { ReceiptIdentifierKind, ReceiptPurpose } from '../../../common/cash-receipts/receipt-identifier';
import type { Secret } from '../../../common/masking/secret';
import type { PaymentStatus } from '../payment.state';

/** A payer's wish for a cash receipt, as the order tells it. */
export interface ReceiptWish {
  readonly purpose: ReceiptPurpose;
  /** As written; absent for VOLUNTARY. */
  readonly identifier?: string;
}

/** A wish ready to be written in the transaction of its payment. */
export interface SealedReceiptWish {
  readonly paymentId: string;
  readonly mid: string;
  readonly purpose: ReceiptPurpose;
  readonly identifierKind: ReceiptIdentifierKind;
  readonly identifierMasked: string;
  readonly identifierSealed: Buffer;
}

/** A cancel of the payment that is done. Whole won. */
export interface DonePaymentCancel {
  readonly cancelId: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly reason: string;
}

/** A wish that is to be looked at, with its payment as it stands. */
export interface ClaimedReceiptWish {
  readonly paymentId: string;
  readonly mid: string;
  /** The claim; a later wake makes it void. */
  readonly looks: number;
  readonly ageMs: number;
  readonly purpose: ReceiptPurpose;
  readonly identifier: Secret<string>;
  readonly identifierKind: ReceiptIdentifierKind;
  readonly identifierMasked: string;
  readonly payment: {
    readonly orderNo: string;
    readonly status: PaymentStatus;
    readonly method: string;
    readonly contractId: string;
    readonly goodsName: string;
    readonly amount: number;
    readonly taxFreeAmount: number;
    readonly serviceCharge: number;
    readonly vat: number;
    readonly approvedAt: Date | null;
    readonly cancels: readonly DonePaymentCancel[];
  };
}
