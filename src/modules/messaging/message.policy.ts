const SEND_PAUSES_MS = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000] as const;
const LOOK_PAUSES_MS = [2_000, 5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000] as const;
/** A result that has not come after so many looks (about a day) will not come. */
export const LOOKS_MAX = 28;

/** How long to wait before it is tried again, after so many tries. Milliseconds, before scaling. */
export function sendPauseMs(tries: number): number {
  return SEND_PAUSES_MS[Math.min(Math.max(tries, 1), SEND_PAUSES_MS.length) - 1]!;
}

/** How long to wait before the provider is asked again what became of it. Null: it is not asked any more. */
export function lookPauseMs(looks: number): number | null {
  return looks >= LOOKS_MAX ? null : LOOK_PAUSES_MS[Math.min(looks, LOOK_PAUSES_MS.length - 1)]!;
}
