import { addDays } from '../../../common/time/korean-time';

export const INTERVAL_UNITS = ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const;
export type IntervalUnit = (typeof INTERVAL_UNITS)[number];

export interface Interval {
  readonly unit: IntervalUnit;
  readonly count: number;
}

export const MISSED_POLICIES = ['CHARGE_LATEST', 'CHARGE_ALL', 'SKIP'] as const;
export type MissedPolicy = (typeof MISSED_POLICIES)[number];

/** What decides the days of a subscription's periods. Days are Korean calendar days, `YYYY-MM-DD`. */
export interface Plan {
  /** The day of period 1: the start, after the trial. Every other day is reckoned from it. */
  readonly anchorOn: string;
  readonly interval: Interval;
  /** null = without end. */
  readonly totalCount: number | null;
  /** The last day on which a period may be charged; null = without end. */
  readonly endOn: string | null;
}

export interface Period {
  /** From 1. */
  readonly period: number;
  readonly chargeOn: string;
}

/** A period whose day has come, and whether it is charged or only told as skipped. */
export interface DuePeriod extends Period {
  readonly charged: boolean;
}

const pad = (value: number, length: number) => String(value).padStart(length, '0');

/**
 * The day so many months later. A day that the month lacks is its last day: 31 January, then 28 or 29 February, then
 * 31 March, since every month is reckoned from the anchor and not from the month before.
 */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))];
  const index = year * 12 + (month - 1) + months;
  const [inYear, inMonth] = [Math.floor(index / 12), index % 12];
  const last = new Date(Date.UTC(inYear, inMonth + 1, 0)).getUTCDate();
  return `${pad(inYear, 4)}-${pad(inMonth + 1, 2)}-${pad(Math.min(date, last), 2)}`;
}

/** The Korean day on which a period, from 1, is charged. */
export function dayOfPeriod({ anchorOn, interval: { unit, count } }: Plan, period: number): string {
  const steps = (period - 1) * count;
  switch (unit) {
    case 'DAY':
      return addDays(anchorOn, steps);
    case 'WEEK':
      return addDays(anchorOn, steps * 7);
    case 'MONTH':
      return addMonths(anchorOn, steps);
    case 'YEAR':
      return addMonths(anchorOn, steps * 12);
  }
}

/** The period with its day; null when the plan ends before it. */
export function periodOf(plan: Plan, period: number): Period | null {
  const chargeOn = dayOfPeriod(plan, period);
  if (plan.totalCount !== null && period > plan.totalCount) return null;
  if (plan.endOn !== null && chargeOn > plan.endOn) return null;
  return { period, chargeOn };
}

/** The first period from `from` on whose day is `day` or later; null when the plan ends before it. */
export function periodFrom(plan: Plan, from: number, day: string): Period | null {
  let next = periodOf(plan, from);
  while (next !== null && next.chargeOn < day) next = periodOf(plan, next.period + 1);
  return next;
}

/**
 * The periods from `from` on whose day has come, and the one after them (null at the end). More than one, or one of an
 * earlier day, was missed: `CHARGE_ALL` charges each, `CHARGE_LATEST` the last one only, `SKIP` only one of today.
 */
export function duePeriods(
  plan: Plan,
  from: number,
  { today, policy }: { readonly today: string; readonly policy: MissedPolicy },
): { readonly due: readonly DuePeriod[]; readonly next: Period | null } {
  const come: Period[] = [];
  let next = periodOf(plan, from);
  while (next !== null && next.chargeOn <= today) {
    come.push(next);
    next = periodOf(plan, next.period + 1);
  }
  const isCharged = ({ chargeOn }: Period, index: number) =>
    policy === 'CHARGE_ALL' || (policy === 'CHARGE_LATEST' ? index === come.length - 1 : chargeOn === today);
  return { due: come.map((each, index) => ({ ...each, charged: isCharged(each, index) })), next };
}

/** Days after the first decline of a period on which it is tried again. */
export const RETRY_DAYS = [1, 3, 7] as const;

/** When a charge that failed so many times is tried again, never on the same day; null: no more. */
export function nextTryOn(failedTries: number, firstFailedOn: string, today: string): string | null {
  const days = RETRY_DAYS[failedTries - 1];
  if (days === undefined) return null;
  const planned = addDays(firstFailedOn, days);
  const tomorrow = addDays(today, 1);
  return planned > tomorrow ? planned : tomorrow;
}

/** When the merchant is told that a charge is to come; null when it wants no notice. */
export function noticeOn(chargeOn: string | undefined, noticeDays: number): string | null {
  return chargeOn === undefined || noticeDays === 0 ? null : addDays(chargeOn, -noticeDays);
}

/** Names one try of one period for ever: 39 characters at most, of those that an order number may have. */
export function chargeOrderNo(subscriptionId: string, period: number, tryNumber: number): string {
  return `${subscriptionId}-${period}-${tryNumber}`;
}

/** So that the order number of a last try stays within 40 characters. */
export const PERIOD_MAX = 99_999;
