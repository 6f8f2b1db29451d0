import { addDays } from '../../../common/time/korean-time';
import type { HolidayYears } from '../settlements.types';
import { addBusinessDays, weekdayOf } from './business-days.calc';

/** Business days between the day that counts and the payout. */
export const LAG_MAX = 30;
const CLOSING_DAY_MAX = 31;
/** By their number, as `weekdayOf` tells it. */
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;
type Weekday = (typeof WEEKDAYS)[number];

/** The written form: `D+2`, `W-FRI+3`, `M-15+5`; no leading zeros, so that each cycle is written in one way only. */
export const CYCLE_PATTERN = /^(?:D|W-(SUN|MON|TUE|WED|THU|FRI|SAT)|M-([1-9]|[12]\d|3[01]))\+(\d|[12]\d|30)$/;

/** When captured money is paid out. `lag` counts business days, 0 to LAG_MAX. */
export type Cycle =
  | { readonly kind: 'DAILY'; readonly lag: number }
  /** The period ends with this weekday. */
  | { readonly kind: 'WEEKLY'; readonly weekday: Weekday; readonly lag: number }
  /** The period ends with this day of the month, 1 to 31; in a shorter month with its last day. */
  | { readonly kind: 'MONTHLY'; readonly closingDay: number; readonly lag: number };

/** null for what is no cycle. */
export function parseCycle(text: string): Cycle | null {
  const [, weekday, closingDay, lagText] = CYCLE_PATTERN.exec(text) ?? [];
  if (lagText === undefined) return null;
  const lag = Number(lagText);
  if (weekday !== undefined) return { kind: 'WEEKLY', weekday: weekday as Weekday, lag };
  return closingDay === undefined
    ? { kind: 'DAILY', lag }
    : { kind: 'MONTHLY', closingDay: Number(closingDay), lag };
}

/** `parseCycle` for what was checked before. Throws RangeError for anything else. */
export function cycleOf(text: string): Cycle {
  const cycle = parseCycle(text);
  if (cycle === null) throw new RangeError('not a settlement cycle');
  return cycle;
}

export function printCycle(cycle: Cycle): string {
  switch (cycle.kind) {
    case 'DAILY':
      return `D+${cycle.lag}`;
    case 'WEEKLY':
      return `W-${cycle.weekday}+${cycle.lag}`;
    case 'MONTHLY':
      return `M-${cycle.closingDay}+${cycle.lag}`;
  }
}

/**
 * The last calendar day of the period that a day of capture belongs to: the day itself for a daily cycle. A weekend's or
 * a month's end stays in the period by the calendar, so that a sale of 31 January is never one of February.
 */
export function closingDayOf(cycle: Cycle, capturedOn: string): string {
  switch (cycle.kind) {
    case 'DAILY':
      return capturedOn;
    case 'WEEKLY':
      return addDays(capturedOn, (WEEKDAYS.indexOf(cycle.weekday) - weekdayOf(capturedOn) + 7) % 7);
    case 'MONTHLY': {
      const month = capturedOn.slice(0, 7);
      const closing = closingIn(month, cycle.closingDay);
      return capturedOn <= closing
        ? closing
        : closingIn(addDays(`${month}-28`, 4).slice(0, 7), cycle.closingDay);
    }
  }
}

/** Closing day of a month `YYYY-MM`. */
function closingIn(month: string, closingDay: number): string {
  const next = addDays(`${month}-28`, 4).slice(0, 7);
  const last = addDays(`${next}-01`, -1);
  const wanted = `${month}-${String(Math.min(closingDay, CLOSING_DAY_MAX)).padStart(2, '0')}`;
  return wanted < last ? wanted : last;
}

/**
 * The day on which what was captured on a Korean day is paid out: `lag` business days after the day on which its period
 * closes. One that is no business day counts as the next one. Throws CALENDAR_YEAR_UNKNOWN.
 */
export function payoutOn(cycle: Cycle, capturedOn: string, holidays: HolidayYears): string {
  return addBusinessDays(closingDayOf(cycle, capturedOn), cycle.lag, holidays);
}
