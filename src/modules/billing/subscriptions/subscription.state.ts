/** Every state of a subscription, and the states that may follow it. Nothing else changes a state. */
export const SUBSCRIPTION_TRANSITIONS = {
  ACTIVE: ['PAUSED', 'PAST_DUE', 'CANCELLED', 'COMPLETED'],
  /** What was under way when it was paused may still end. */
  PAUSED: ['ACTIVE', 'PAST_DUE', 'CANCELLED', 'COMPLETED'],
  /** A period could not be charged by any of its tries: nothing is charged until the merchant resumes it. */
  PAST_DUE: ['ACTIVE', 'CANCELLED', 'COMPLETED'],
  CANCELLED: [],
  COMPLETED: [],
} as const satisfies Record<string, readonly string[]>;

export type SubscriptionStatus = keyof typeof SUBSCRIPTION_TRANSITIONS;
export const SUBSCRIPTION_STATUSES = Object.keys(SUBSCRIPTION_TRANSITIONS) as SubscriptionStatus[];

/** Every state of a period's charge. A period is charged, skipped or voided once; its tries are counted in its row. */
export const CHARGE_TRANSITIONS = {
  DUE: ['CHARGING', 'VOIDED'],
  /** A worker holds it; taken up again by another when that one's lease has run out. */
  CHARGING: ['PAID', 'RETRY', 'FAILED', 'WAITING'],
  /** Its payment is neither approved nor declined yet: asked again under the same order number. */
  WAITING: ['CHARGING'],
  /** Declined, and tried again on a later day; or undone, and tried again on the same. Under a new order number. */
  RETRY: ['CHARGING', 'VOIDED'],
  PAID: [],
  FAILED: [],
  SKIPPED: [],
  VOIDED: [],
} as const satisfies Record<string, readonly string[]>;

export type ChargeStatus = keyof typeof CHARGE_TRANSITIONS;
export const CHARGE_STATUSES = Object.keys(CHARGE_TRANSITIONS) as ChargeStatus[];
export const OPEN_CHARGE_STATUSES: readonly ChargeStatus[] = ['DUE', 'CHARGING', 'WAITING', 'RETRY'];

export function maySubscriptionFollow(from: SubscriptionStatus, to: SubscriptionStatus): boolean {
  return (SUBSCRIPTION_TRANSITIONS[from] as readonly SubscriptionStatus[]).includes(to);
}

export function mayChargeFollow(from: ChargeStatus, to: ChargeStatus): boolean {
  return (CHARGE_TRANSITIONS[from] as readonly ChargeStatus[]).includes(to);
}
