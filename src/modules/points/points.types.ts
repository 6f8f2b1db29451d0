import type { PaymentMethod } from '../merchants/merchants.types';

/** Why a customer's points changed. */
export const POINT_KINDS = [
  /** A payment gave points. */
  'EARN',
  /** Set aside for a payment whose outcome is not known yet. */
  'HOLD',
  /** A hold that was given back: declined, or undone. */
  'FREE',
  /** A hold that was spent: approved. */
  'USE',
  /** Spent points that came back with a cancel. */
  'RESTORE',
  /** Earned points that were taken back with a cancel. */
  'CLAW_BACK',
  /** The merchant's own correction, either way. */
  'ADJUST',
] as const;
export type PointKind = (typeof POINT_KINDS)[number];

/** A customer's points, in whole won. None of them is ever below zero. */
export interface PointBalances {
  /** What may be used now. */
  readonly balance: number;
  /** Set aside for payments under way; not in `balance`. */
  readonly held: number;
  /** Earned points that a cancel should have taken back and that were spent already: later earnings repay it. */
  readonly debt: number;
}

export interface PointAccount extends PointBalances {
  readonly mid: string;
  /** The merchant's key of its customer. */
  readonly customerKey: string;
  readonly updatedAt: Date;
}

/** One line of a customer's history. The sum of all changes is what the account holds, at any moment. */
export interface PointEntry {
  readonly entryId: string;
  /** Grows with each line. */
  readonly seq: number;
  readonly kind: PointKind;
  /** What was asked for, in won: positive, but for a correction downwards. */
  readonly amount: number;
  readonly balanceChange: number;
  readonly heldChange: number;
  readonly debtChange: number;
  readonly balanceAfter: number;
  readonly paymentId: string | null;
  readonly cancelId: string | null;
  readonly actor: string;
  readonly reason: string;
  readonly occurredAt: Date;
}

/** Which money a partial cancel of a hybrid payment gives back first. */
export const REFUND_ORDERS = ['CARD_FIRST', 'POINTS_FIRST'] as const;
export type RefundOrder = (typeof REFUND_ORDERS)[number];

export const DISCOUNT_KINDS = ['FIXED', 'RATE'] as const;

/** What a merchant takes off an order paid by a method: whole won, or parts per million of the order. */
export interface Discount {
  readonly kind: (typeof DISCOUNT_KINDS)[number];
  readonly value: number;
}

/** What holds for one payment method of a merchant from a moment on. Rates and shares are parts per million. */
export interface PointTerms {
  /** Of what is paid otherwise than with points. */
  readonly earnRatePpm: number;
  /** Fewest points of one payment, won. */
  readonly minimumUse: number;
  /** Greatest part of an order that points may pay. */
  readonly maximumSharePpm: number;
  readonly discount: Discount | null;
  readonly refundOrder: RefundOrder;
}

export interface PointPolicy extends PointTerms {
  readonly policyId: string;
  readonly seq: number;
  readonly mid: string;
  readonly method: PaymentMethod;
  readonly effectiveFrom: Date;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** What points have to do with one payment, fixed when it is asked for. */
export interface PaymentPoints {
  /** Paid with points, won. */
  readonly pointAmount: number;
  readonly earnRatePpm: number;
  readonly refundOrder: RefundOrder;
}

/** A payment whose points move. */
export interface PointPayment {
  readonly paymentId: string;
  readonly mid: string;
  readonly customerKey: string;
  /** Paid otherwise than with points, won. */
  readonly cardAmount: number;
  readonly actor: string;
  readonly at: Date;
}
