/** Pauses before each next try of a reversal or an unresolved cancel, in milliseconds, before scaling. */
const PAUSES_MS = [5_000, 10_000, 15_000, 30_000, 60_000, 120_000];
const JITTER_SHARE = 0.1;

/** How long to wait after so many tries, growing to two minutes; `random` is 0 to 1. */
export function pauseAfter(tries: number, timeScale: number, random: number): number {
  const base = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] ?? PAUSES_MS[0]!;
  return Math.max(1, Math.round(base * timeScale * (1 + JITTER_SHARE * random)));
}

/**
 * "No such transaction" is believed only once the acquirer can no longer be working on the order: its longest
 * processing time after we gave up waiting, and never on the first asking.
 */
export function absenceBelieved(unknownForMs: number, maxProcessingMs: number, tries: number): boolean {
  return unknownForMs >= maxProcessingMs && tries >= 1;
}

/** The next try: by the growing pauses, but not later than the moment from which the acquirer is done with the last. */
export function nextTryIn(pauseMs: number, unknownForMs: number, maxProcessingMs: number): number {
  const untilDone = maxProcessingMs - unknownForMs;
  return untilDone > 0 ? Math.min(pauseMs, untilDone + 1) : pauseMs;
}
