/**
 * Every state of an SMS payment, and the states that may follow it. PAYING: a card was taken to the acquirer and it is
 * not settled what came of it; a decline leads back, so that another card may be tried. What happens to the money later
 * (cancels) is the payment's own state.
 */
export const SMS_PAYMENT_TRANSITIONS = {
  REQUESTED: ['PAYING', 'EXPIRED', 'CANCELLED'],
  PAYING: ['PAID', 'REQUESTED', 'FAILED'],
  PAID: [],
  FAILED: [],
  EXPIRED: [],
  CANCELLED: [],
} as const satisfies Record<string, readonly string[]>;

export type SmsPaymentStatus = keyof typeof SMS_PAYMENT_TRANSITIONS;

/** Throws when the table does not allow the change: a programming error, caught before anything is written. */
export function assertSmsTransition(from: SmsPaymentStatus, to: SmsPaymentStatus): void {
  if (!(SMS_PAYMENT_TRANSITIONS[from] as readonly SmsPaymentStatus[]).includes(to))
    throw new Error(`an SMS payment may not go from ${from} to ${to}`);
}

/** As its payer and its merchant see it: one whose time is up is expired, also before the worker has come by. */
export function shownStatus(status: SmsPaymentStatus, expiresAt: Date, now: Date): SmsPaymentStatus {
  return status === 'REQUESTED' && expiresAt <= now ? 'EXPIRED' : status;
}
