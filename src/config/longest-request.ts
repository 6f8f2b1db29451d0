import type { Env } from './env.schema';

/** A contract's own time-out included. */
const LONGEST_ANSWER_MS = 60_000;

/**
 * How long a request takes at most: its intent is written, the acquirer connected and waited for, the outcome written, and
 * what is unknown undone. What must outlast every request is held to this.
 */
export function longestRequestMs(env: Env, scaled: (ms: number) => number = (ms) => ms): number {
  const writingMs = env.DB_POOL_WAIT_MS + env.DB_QUERY_TIMEOUT_MS;
  const callingMs = env.ACQUIRER_CONNECT_TIMEOUT_MS + LONGEST_ANSWER_MS + env.REVERSAL_INLINE_BUDGET_MS;
  return 2 * writingMs + scaled(callingMs);
}
