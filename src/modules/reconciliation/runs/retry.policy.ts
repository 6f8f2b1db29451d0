const GROWTH = 4;
const PAUSE_MAX_FACTOR = 256;

/** Milliseconds until a list that could not be read is tried again, after so many tries: four times as long each time. */
export function pauseAfter(tries: number, firstMs: number): number {
  return firstMs * Math.min(PAUSE_MAX_FACTOR, GROWTH ** Math.max(0, tries - 1));
}
