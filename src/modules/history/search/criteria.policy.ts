import { type FieldError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { addDays, startOfKoreanDay } from '../../../common/time/korean-time';
import type { Period } from '../history.types';

const DAYS_DEFAULT = 30;
const DAYS_MAX = 366;
const FIRST_DAY = '2000-01-01';

const TOO_LONG = {
  ko: '기간은 거꾸로일 수 없고 366일까지입니다.',
  en: 'A period cannot run backwards, and may last 366 days at most.',
};

export interface Ranges {
  readonly from?: string;
  readonly to?: string;
  readonly minAmount?: number;
  readonly maxAmount?: number;
}

export interface Days {
  readonly from: string;
  readonly to: string;
}

/** The days that are meant, both included: up to today, thirty of them, where nothing is said. */
export function daysOf({ from, to }: Ranges, today: string): Days {
  const last = to ?? today;
  return { from: from ?? addDays(last, 1 - DAYS_DEFAULT), to: last };
}

/** What no single field can tell. `path` goes before the names of the fields. */
export function rangeFaults(ranges: Ranges, today: string, path = ''): FieldError[] {
  const { from, to } = daysOf(ranges, today);
  const errors: FieldError[] = [];
  if (from > to || from < addDays(to, 1 - DAYS_MAX)) {
    errors.push({ field: `${path}from`, code: 'OUT_OF_RANGE', message: TOO_LONG });
  }
  const { minAmount = 0, maxAmount = Infinity } = ranges;
  if (minAmount > maxAmount) errors.push({ field: `${path}minAmount`, code: 'OUT_OF_RANGE' });
  return errors;
}

/**
 * The period that a search is about. Of any time, where one payment's own number is looked for and no day is said. Throws
 * VALIDATION_FAILED for a period that is too long or backwards, and for amounts that are.
 */
export function periodOf(ranges: Ranges, today: string, isOfAnyTime = false): Period {
  const errors = rangeFaults(ranges, today);
  if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
  const days = daysOf(ranges, today);
  const from = isOfAnyTime && ranges.from === undefined && ranges.to === undefined ? FIRST_DAY : days.from;
  return { from: startOfKoreanDay(from), before: startOfKoreanDay(addDays(days.to, 1)) };
}
