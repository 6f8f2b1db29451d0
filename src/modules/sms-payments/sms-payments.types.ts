import type { MessageState } from '../messaging/messaging.types';
import type { LinkStanding } from '../payments/link-payments.types';
import type { SmsPaymentStatus } from './sms-payment.state';

/** An SMS payment as it is stored. Amounts in won. */
export interface SmsPayment {
  readonly smsPaymentId: string;
  readonly mid: string;
  readonly branchId: string | null;
  readonly orderNo: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly goodsName: string;
  readonly buyerName: string | null;
  readonly phoneSealed: Buffer;
  readonly phoneIndex: Buffer;
  readonly installmentMonthsMax: number;
  readonly status: SmsPaymentStatus;
  /** Grows with every change; the fence of every compare-and-set. */
  readonly version: number;
  readonly paymentId: string | null;
  readonly failureCode: string | null;
  readonly linkSends: number;
  readonly linkSentAt: Date;
  /** Keyed hash of the code, bound to this payment, its amount and its phone. */
  readonly codeHash: Buffer | null;
  readonly codeTries: number;
  readonly codeExpiresAt: Date | null;
  readonly keyId: string | null;
  /** The public half as JWK. */
  readonly keyPublic: string | null;
  readonly keyPrivateSealed: Buffer | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly paidAt: Date | null;
}

export interface SmsPaymentEvent {
  readonly from: SmsPaymentStatus | null;
  readonly to: SmsPaymentStatus;
  readonly actor: string;
  readonly reason: string;
  readonly occurredAt: Date;
}

/** How a confirm found the code. */
export type CodeVerdict =
  | { readonly kind: 'CLAIM' }
  | { readonly kind: 'WRONG'; readonly triesLeft: number }
  | { readonly kind: 'NO_CODE' }
  | { readonly kind: 'OLD_KEY' }
  | { readonly kind: 'BUSY' }
  | { readonly kind: 'CLOSED'; readonly status: SmsPaymentStatus };

/** A code that was just sent. */
export interface SentCode {
  readonly sentTo: string;
  readonly expiresAt: Date;
  readonly nextSendAt: Date;
  readonly sendsLeft: number;
}

export interface SmsPaymentDetail {
  readonly smsPayment: SmsPayment;
  readonly phone: string;
  readonly standing: LinkStanding | null;
  readonly messages: readonly MessageState[];
  readonly events: readonly SmsPaymentEvent[];
}
