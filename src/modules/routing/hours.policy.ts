import { type OpenHours, WEEKDAYS } from '../merchants/merchants.types';

const KOREA_OFFSET_MINUTES = 9 * 60;
const DAY_MINUTES = 24 * 60;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 3;

/** Whether a contract takes payments at that instant. `to` is not included; one before `from` is on the next day. */
export function isOpen({ from, to, days }: OpenHours, at: Date): boolean {
  const minutes = Math.floor(at.getTime() / 60_000) + KOREA_OFFSET_MINUTES;
  const day = Math.floor(minutes / DAY_MINUTES);
  const minute = minutes - day * DAY_MINUTES;
  const [first, end] = [minuteOf(from), minuteOf(to)];
  const begins = (which: number) => days === null || days.includes(weekdayOf(which));
  if (first < end) return begins(day) && first <= minute && minute < end;
  return (begins(day) && minute >= first) || (begins(day - 1) && minute < end);
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function weekdayOf(day: number) {
  return WEEKDAYS[(((day + FIRST_WEEKDAY) % 7) + 7) % 7]!;
}
