export const CODE_DIGITS = 6;
/** Guesses at one code from one place: a stranger's must not use up its member's. */
export const SOURCE_TRIES_MAX = 5;
/** From all places together; the database holds the same number. Twenty in a million is the chance of all of them. */
export const CODE_TRIES_MAX = 20;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How often messages may be asked for, and what is counted. */
export interface SendLimit {
  readonly sendsMax: number;
  readonly windowMs: number;
  /** Whether the pause between two messages is kept. */
  readonly paused: boolean;
}

/**
 * By the asking address; by the address or number written to; and by both login id and contact. Not by login id alone:
 * a stranger who knows it could then keep its member from being sent anything.
 */
export const SEND_LIMITS = {
  source: { sendsMax: 30, windowMs: HOUR_MS, paused: false },
  contact: { sendsMax: 10, windowMs: DAY_MS, paused: false },
  account: { sendsMax: 5, windowMs: DAY_MS, paused: true },
} as const satisfies Record<string, SendLimit>;

/** What was counted. Times are milliseconds since 1970, by the database's clock. */
export interface SendCount {
  readonly sends: number;
  /** The window ends then. */
  readonly countedUntil: number;
  readonly lastSentAt: number;
}

export type SendVerdict =
  | { readonly kind: 'SEND'; readonly sends: number; readonly countedUntil: number }
  | { readonly kind: 'WAIT'; readonly untilMs: number };

/** Whether one more may be sent now. */
export function judgeSend(seen: SendCount, limit: SendLimit, now: number, pauseMs: number): SendVerdict {
  if (seen.countedUntil <= now) return { kind: 'SEND', sends: 1, countedUntil: now + limit.windowMs };
  if (seen.sends >= limit.sendsMax) return { kind: 'WAIT', untilMs: seen.countedUntil };
  const next = seen.lastSentAt + pauseMs;
  if (limit.paused && next > now) return { kind: 'WAIT', untilMs: next };
  return { kind: 'SEND', sends: seen.sends + 1, countedUntil: seen.countedUntil };
}
