/** Pauses before each next look at what a lost answer came to, in milliseconds, before scaling. */
const PAUSES_MS = [5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000];
const JITTER_SHARE = 0.1;
const WATCH_FIRST_MS = 2_000;
const WATCH_MAX_MS = 86_400_000;

/** How long to wait after so many looks, growing to an hour; `random` is 0 to 1. */
export function pauseAfter(looks: number, timeScale: number, random: number): number {
  const base = PAUSES_MS[Math.min(looks, PAUSES_MS.length - 1)]!;
  return Math.max(1, Math.round(base * timeScale * (1 + JITTER_SHARE * random)));
}

/**
 * "No such receipt" is believed only once the provider can no longer be working on it, its longest processing time
 * after it was sent last, and never on the first look.
 */
export function absenceBelieved(unansweredForMs: number, maxProcessingMs: number, looks: number): boolean {
  return unansweredForMs >= maxProcessingMs && looks >= 1;
}

/**
 * What the provider's book still does not hold after so many sendings is given up: each was found absent only after the
 * longest processing time, so that nothing was done, and it may be asked for again by whoever wants it.
 */
export const SENDS_MAX = 4;

/** The next look: by the growing pauses, but not later than the moment from which absence is believed. */
export function nextLookIn(pauseMs: number, unansweredForMs: number, maxProcessingMs: number): number {
  const untilBelieved = maxProcessingMs - unansweredForMs;
  return untilBelieved > 0 ? Math.min(pauseMs, untilBelieved + 1) : pauseMs;
}

const FOLLOW_UP_MS = 10_000;

/** When a wish is looked at again whose receipt, or a cancel of it, is between states: these have their own pauses. */
export function followUpPause(timeScale: number): number {
  return Math.round(FOLLOW_UP_MS * timeScale);
}

/** When a payment with a wish is looked at again, though nobody said that it changed: a tenth of its age, at most a day. */
export function watchPause(ageMs: number, timeScale: number): number {
  return Math.round(Math.min(Math.max(ageMs / 10, WATCH_FIRST_MS * timeScale), WATCH_MAX_MS));
}
