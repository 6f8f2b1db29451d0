/** The rules of HealthWindow but for what counts as slow, which depends on how long an answer is waited for. */
export const HEALTH_RULES = {
  callsMax: 50,
  windowMs: 300_000,
  judgedMax: 20,
  judgedMin: 8,
  failingBelow: 0.7,
  faultsMin: 4,
  recoveringAfter: 3,
  wellAfter: 8,
  forgetMs: 600_000,
} as const;

/** SLOW above this part of the time that an answer is waited for, and quick again below the other. */
export const SLOW_PART = 0.3;
export const QUICK_PART = 0.15;
