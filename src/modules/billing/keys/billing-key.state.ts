/** Every state of a billing key, and the states that may follow it. Nothing else changes a state. */
export const BILLING_KEY_TRANSITIONS = {
  /** The acquirer is being asked for a token. REVOKING: no usable answer, and what it may have made bears a name of ours. */
  ISSUING: ['ACTIVE', 'FAILED', 'ISSUE_UNKNOWN', 'REVOKING'],
  ACTIVE: ['REVOKING', 'REVOKED'],
  FAILED: [],
  /**
   * The acquirer gave no usable answer, so there may be a token that nobody here knows: nothing can be charged with it.
   * REVOKING: its answer came after all, too late, and what it made is taken back.
   */
  ISSUE_UNKNOWN: ['REVOKING'],
  /** It cannot pay any more; the acquirer is still to be told. */
  REVOKING: ['REVOKED'],
  REVOKED: [],
} as const satisfies Record<string, readonly string[]>;

export type BillingKeyStatus = keyof typeof BILLING_KEY_TRANSITIONS;
export const BILLING_KEY_STATUSES = Object.keys(BILLING_KEY_TRANSITIONS) as BillingKeyStatus[];

export function mayKeyFollow(from: BillingKeyStatus, to: BillingKeyStatus): boolean {
  return (BILLING_KEY_TRANSITIONS[from] as readonly BillingKeyStatus[]).includes(to);
}

/** Throws when the table does not allow the change: a programming error, caught before anything is written. */
export function assertKeyTransition(from: BillingKeyStatus, to: BillingKeyStatus): void {
  if (!mayKeyFollow(from, to)) throw new Error(`a billing key may not go from ${from} to ${to}`);
}

/** Whether it was revoked, or is being: it never pays again. */
export function isRevoked(status: BillingKeyStatus): boolean {
  return status === 'REVOKING' || status === 'REVOKED';
}

const MINUTE_MS = 60_000;
const REVOKE_PAUSE_MAX_MS = 60 * MINUTE_MS;

/** Milliseconds until an acquirer that did not confirm a revocation is told again: a minute, doubled up to an hour. */
export function revokePauseMs(tries: number): number {
  return Math.min(MINUTE_MS * 2 ** Math.min(tries, 10), REVOKE_PAUSE_MAX_MS);
}

/** A definite refusal is not repeated for ever: our copy is destroyed then, and with it the last that could be charged. */
export const REVOKE_REFUSALS_MAX = 5;
