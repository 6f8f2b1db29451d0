/** Failures from one source after which it is locked out of a login id. */
export const SOURCE_FAILURES_MAX = 5;
/** Failures from all sources together (PCI DSS 8.3.4: ten at most). */
export const ACCOUNT_FAILURES_MAX = 10;
/** A source from which a member has logged in is spared the lock that others' failures caused. Days. */
export const TRUSTED_DAYS = 30;

const DELAY_FIRST_MS = 100;
const DELAY_MAX_MS = 1_600;

/** What is counted of a login id, or of a login id from one source. Times are milliseconds since 1970. */
export interface AttemptCount {
  readonly failures: number;
  /** The failures count until then. */
  readonly countedUntil: number;
  readonly trustedUntil: number;
}

export interface AttemptDecision {
  /** 0 = the password may be checked. */
  readonly lockedUntil: number;
  /** Failures, this attempt among them: it counts as one until it has succeeded. */
  readonly source: number;
  readonly account: number;
}

/**
 * Whether a login may be tried. First the source is locked out, then the login id for every source from which its
 * member has not logged in lately: so a stranger cannot lock a member out (ASVS 6.1.1). Decided before the password is
 * checked and counted in the same transaction, so that parallel guesses cannot pass the limit (ASVS 15.4.2).
 */
export function decideAttempt(account: AttemptCount, source: AttemptCount, now: number): AttemptDecision {
  const counted = (count: AttemptCount) => (count.countedUntil > now ? count.failures : 0);
  const bySource = counted(source);
  const byAccount = counted(account);
  const isTrusted = source.trustedUntil > now;
  let lockedUntil = 0;
  if (bySource >= SOURCE_FAILURES_MAX) lockedUntil = source.countedUntil;
  else if (byAccount >= ACCOUNT_FAILURES_MAX && !isTrusted) lockedUntil = account.countedUntil;
  return { lockedUntil, source: bySource + 1, account: Math.min(byAccount + 1, 200) };
}

/** How long the answer to a failure is held back: doubled by each. Milliseconds. */
export function failureDelayMs(failures: number): number {
  return Math.min(DELAY_FIRST_MS * 2 ** (failures - 1), DELAY_MAX_MS);
}

/** Whether this very failure begins a lock: told once to the audit trail. */
export function beginsLock(decision: AttemptDecision): boolean {
  return decision.source === SOURCE_FAILURES_MAX || decision.account === ACCOUNT_FAILURES_MAX;
}
