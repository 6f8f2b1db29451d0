/**
 * Every state of a settlement, and the states that may follow it. SCHEDULED takes lines; in every other state its sum is
 * frozen. HELD: withheld from its payout. CARRIED_OVER: below zero, and part of a later settlement now.
 */
export const SETTLEMENT_TRANSITIONS = {
  SCHEDULED: ['CONFIRMED', 'HELD', 'CARRIED_OVER'],
  CONFIRMED: ['PAID', 'PAYOUT_FAILED', 'HELD'],
  HELD: ['CONFIRMED'],
  PAYOUT_FAILED: ['CONFIRMED', 'HELD'],
  PAID: [],
  CARRIED_OVER: [],
} as const satisfies Record<string, readonly string[]>;

export type SettlementStatus = keyof typeof SETTLEMENT_TRANSITIONS;
export const SETTLEMENT_STATUSES = Object.keys(SETTLEMENT_TRANSITIONS) as SettlementStatus[];

export function mayBecome(from: SettlementStatus, to: SettlementStatus): boolean {
  return (SETTLEMENT_TRANSITIONS[from] as readonly SettlementStatus[]).includes(to);
}

/** Of the hold of a whole merchant. */
export const HOLD_TRANSITIONS = { ACTIVE: ['RELEASED'], RELEASED: [] } as const satisfies Record<
  string,
  readonly string[]
>;
export type HoldStatus = keyof typeof HOLD_TRANSITIONS;

/** Of an adjustment: whoever asked for it never decides on it. */
export const ADJUSTMENT_TRANSITIONS = {
  REQUESTED: ['APPROVED', 'REJECTED'],
  APPROVED: [],
  REJECTED: [],
} as const satisfies Record<string, readonly string[]>;
export type AdjustmentStatus = keyof typeof ADJUSTMENT_TRANSITIONS;
export const ADJUSTMENT_STATUSES = Object.keys(ADJUSTMENT_TRANSITIONS) as AdjustmentStatus[];

/** Of a merchant that the daily run could not settle: closed by the run that settles the last of what waits. */
export const SETTLEMENT_CASE_TRANSITIONS = { OPEN: ['CLOSED'], CLOSED: [] } as const satisfies Record<
  string,
  readonly string[]
>;
export type SettlementCaseStatus = keyof typeof SETTLEMENT_CASE_TRANSITIONS;
