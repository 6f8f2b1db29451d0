import type { WindowProof } from '../../../acquirers/port/window.types';
import type { AcquirerContract, PaymentMethod } from '../../merchants/merchants.types';
import type { SealedReceiptWish } from '../receipts/receipt-wish.types';
import type { Payment } from '../payments.types';

/** A checkout as it is stored, beside its payment. */
export interface Checkout {
  readonly checkoutId: string;
  readonly paymentId: string;
  readonly mid: string;
  /** SHA-256 of the one-time token. */
  readonly tokenHash: Buffer;
  readonly expiresAt: Date;
  /** Null where the merchant did not ask for it. */
  readonly acknowledgeWithinSeconds: number | null;
  readonly acknowledgedAt: Date | null;
  readonly createdAt: Date;
}

export interface CheckoutWithPayment {
  readonly checkout: Checkout;
  readonly payment: Payment;
}

export interface NewCheckout {
  readonly checkoutId: string;
  readonly paymentId: string;
  readonly mid: string;
  readonly orderNo: string;
  readonly contract: AcquirerContract;
  readonly method: PaymentMethod;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly vat: number;
  readonly goodsName: string;
  readonly buyerName: string | null;
  readonly buyerContactSealed: Buffer | null;
  readonly customerKey: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly contentFingerprint: string;
  readonly tokenHash: Buffer;
  readonly lifetimeMs: number;
  readonly acknowledgeWithinSeconds: number | null;
  /** Null where the payer wants no cash receipt. */
  readonly receiptWish: SealedReceiptWish | null;
  readonly actor: string;
  readonly at: Date;
}

export interface ConfirmCommand {
  readonly checkoutId: string;
  readonly paymentToken: string;
  /** What the payer's browser says was paid. Won. */
  readonly amount: number;
  readonly proof: WindowProof;
}

export interface ConfirmResult {
  readonly outcome: 'SUCCESS' | 'DUPLICATE';
  readonly payment: Payment;
}
