import type { FieldError } from '../../../common/errors/app-error';
import type { HolidayKind } from '../settlements.types';
import { HOLIDAYS_OF_YEAR_MAX, isLabourDay } from './business-days.calc';

/** What an operator wants to say of a day. */
export interface WantedHoliday {
  readonly day: string;
  readonly kind: HolidayKind;
  readonly name: string;
}

/**
 * Public holidays with a date of their own (관공서의 공휴일에 관한 규정, as of 2026). Each must be spoken of before a year is
 * complete; one that the law has dropped is struck.
 */
const FIXED_DAYS = ['01-01', '03-01', '05-05', '06-06', '07-17', '08-15', '10-03', '10-09', '12-25'];
/** Seollal and Chuseok, three days each, and Buddha's Birthday: where two fall together, a substitute takes the place. */
const MOVING_DAYS_MIN = 7;

/** What is wrong with a change by itself. `pastThrough`: the last day that is past; null where past days may be told. */
export function changeFaults(
  year: string,
  wanted: readonly WantedHoliday[],
  pastThrough: string | null,
): FieldError[] {
  return wanted.flatMap(({ day, kind }, index): FieldError[] => {
    const field = `holidays.${index}.day`;
    if (!day.startsWith(`${year}-`)) return [{ field, code: 'OTHER_YEAR', message: OTHER_YEAR }];
    if (pastThrough !== null && day <= pastThrough) return [{ field, code: 'IN_THE_PAST', message: PAST }];
    if (kind === 'STRIKE' && isLabourDay(day)) return [{ field, code: 'NOT_ALLOWED', message: LABOUR_DAY }];
    return [];
  });
}

/** What a year would lack or have too much of, if it held these days. */
export function yearFaults(
  days: readonly { readonly day: string; readonly holiday: boolean }[],
  { complete }: { readonly complete: boolean },
): FieldError[] {
  const holidays = days.filter(({ holiday }) => holiday);
  if (holidays.length > HOLIDAYS_OF_YEAR_MAX)
    return [{ field: 'holidays', code: 'BAD_LENGTH', message: FULL }];
  if (!complete) return [];
  const named = new Set(days.map(({ day }) => day.slice(5)));
  const missing = FIXED_DAYS.filter((day) => !named.has(day));
  const moving = holidays.filter(({ day }) => !FIXED_DAYS.includes(day.slice(5)) && !isLabourDay(day));
  if (missing.length === 0 && moving.length >= MOVING_DAYS_MIN) return [];
  const lacking = missing.length > 0 ? missing.join(', ') : null;
  return [{ field: 'yearComplete', code: 'YEAR_INCOMPLETE', message: incomplete(lacking) }];
}

const PAST = {
  ko: '오늘까지의 날은 바꿀 수 없습니다.',
  en: 'Today and what is past cannot be changed.',
};
const OTHER_YEAR = { ko: 'year의 날이어야 합니다.', en: 'Must be a day of year.' };
const LABOUR_DAY = { ko: '5월 1일은 언제나 쉬는 날입니다.', en: '1 May is never a business day.' };
const FULL = {
  ko: `한 해의 공휴일은 ${HOLIDAYS_OF_YEAR_MAX}일까지입니다.`,
  en: `A year has ${HOLIDAYS_OF_YEAR_MAX} holidays at most.`,
};

function incomplete(missing: string | null) {
  return missing === null
    ? {
        ko: '설날, 부처님 오신 날, 추석과 대체공휴일이 모두 있어야 합니다.',
        en: 'Seollal, Buddha’s Birthday, Chuseok and the substitute holidays must be told.',
      }
    : {
        ko: `다음 날을 ADD하거나 STRIKE해야 합니다: ${missing}`,
        en: `These days must be added or struck: ${missing}`,
      };
}
