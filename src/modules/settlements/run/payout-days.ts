import type { SqlTransaction } from '../../../common/outbox/outbox';

/** What decides when a payment is paid out: the terms in force on the day of its capture. */
export interface PayoutSubject {
  readonly mid: string;
  readonly contractId: string;
  readonly method: string;
}

/** The payout days of what was captured on one Korean day. */
export interface PayoutBook {
  /** Throws CALENDAR_YEAR_UNKNOWN and SETTLEMENT_TERMS_UNREADABLE. */
  of(subject: PayoutSubject): string;
  /** The payout day after another one. */
  following(payoutDay: string): string;
}

/** When money captured on a Korean day is paid out, for every merchant. */
export abstract class PayoutDays {
  /** The terms and holidays are read once; the answer is asked for each kind of payment. */
  abstract on(capturedDay: string): Promise<PayoutBook>;

  /** Holidays up to this day can no longer be told otherwise: its payouts are being reckoned. */
  abstract close(tx: SqlTransaction, capturedDay: string): Promise<void>;
}
