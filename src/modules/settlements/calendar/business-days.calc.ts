import { fault } from '../../../common/errors/app-error';
import { addDays } from '../../../common/time/korean-time';
import { SETTLEMENT_ERRORS } from '../settlements.errors';
import type { HolidayYears } from '../settlements.types';

/** A year holds at most this many holidays, so that every walk to the next business day ends. */
export const HOLIDAYS_OF_YEAR_MAX = 60;
/** Longer than two years' holidays and their weekends can ever stand in a row. */
const STEPS_MAX = 366;
const SUNDAY = 0;
const SATURDAY = 6;

/** 0 = Sunday … 6 = Saturday, of a Korean day `YYYY-MM-DD`. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00.000Z`).getUTCDay();
}

/** 1 May: banks and card companies are closed, also in the years in which it was no public holiday (before 2026). */
export function isLabourDay(day: string): boolean {
  return day.endsWith('-05-01');
}

/**
 * Neither Saturday, Sunday, a holiday nor 1 May. Throws CALENDAR_YEAR_UNKNOWN for any day of a year whose holidays are
 * not known.
 */
export function isBusinessDay(day: string, holidays: HolidayYears): boolean {
  const year = day.slice(0, 4);
  const ofYear = holidays(year);
  if (ofYear === undefined) throw fault(SETTLEMENT_ERRORS, 'CALENDAR_YEAR_UNKNOWN', { members: { year } });
  const weekday = weekdayOf(day);
  return weekday !== SATURDAY && weekday !== SUNDAY && !isLabourDay(day) && !ofYear.has(day);
}

/** The day itself when it is a business day, else the next one that is. */
export function businessDayFrom(day: string, holidays: HolidayYears): string {
  for (let steps = 0; steps <= STEPS_MAX; steps += 1) {
    const candidate = addDays(day, steps);
    if (isBusinessDay(candidate, holidays)) return candidate;
  }
  throw new RangeError(`no business day within ${STEPS_MAX} days of ${day}`);
}

/** The business day so many business days later. 0 = the first one that is not before the day. */
export function addBusinessDays(day: string, count: number, holidays: HolidayYears): string {
  let reached = businessDayFrom(day, holidays);
  for (let done = 0; done < count; done += 1) reached = businessDayFrom(addDays(reached, 1), holidays);
  return reached;
}
