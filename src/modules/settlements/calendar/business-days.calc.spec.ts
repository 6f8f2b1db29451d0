import type { HolidayYears } from '../settlements.types';
import { addBusinessDays, businessDayFrom, HOLIDAYS_OF_YEAR_MAX, isBusinessDay } from './business-days.calc';
import { HolidayBook } from './holiday-book';
import { LIBRARY_HOLIDAYS } from './library-holidays';

const years = new HolidayBook(LIBRARY_HOLIDAYS, [], new Set()).years;

it('has the years of the library, and nothing else', () => {
  const wanted = ['2018', '2019', '2020', '2021', '2022', '2023', '2024', '2025', '2026', '2027'];
  expect([...LIBRARY_HOLIDAYS.keys()].sort()).toEqual(wanted);
  for (const [year, days] of LIBRARY_HOLIDAYS) {
    expect([...days.keys()].filter((day) => !day.startsWith(`${year}-`))).toEqual([]);
    expect(days.get(`${year}-12-25`)).toBe('기독탄신일');
  }
});

it.each([
  ['2026-11-20', true, 'a Friday'],
  ['2026-11-21', false, 'a Saturday'],
  ['2026-11-22', false, 'a Sunday'],
  ['2020-08-17', false, 'a temporary holiday'],
  ['2025-06-03', false, 'an election'],
  ['2026-08-17', false, 'a substitute holiday'],
  ['2024-05-01', false, '1 May, in a year in which it was no public holiday'],
  ['2027-05-01', false, '1 May on a Saturday'],
  ['2027-05-03', false, 'its substitute'],
  ['2027-06-07', true, 'the Monday after Memorial Day, which has no substitute'],
  ['2026-07-17', false, 'Constitution Day, a holiday again from 2026'],
  ['2025-07-17', true, 'and none before'],
])('%s: %s, %s', (day, expected) => {
  expect(isBusinessDay(day, years)).toBe(expected);
});

it('takes the day itself, or the next that is open', () => {
  expect(businessDayFrom('2025-01-24', years)).toBe('2025-01-24');
  expect(businessDayFrom('2025-01-25', years)).toBe('2025-01-31');
  expect(addBusinessDays('2025-01-25', 0, years)).toBe('2025-01-31');
  expect(addBusinessDays('2025-01-24', 2, years)).toBe('2025-02-03');
});

it('never guesses a year, not even its weekends', () => {
  for (const day of ['2017-12-29', '2028-01-01', '2028-01-03']) {
    expect(() => isBusinessDay(day, years)).toThrow(
      expect.objectContaining({
        code: 'CALENDAR_YEAR_UNKNOWN',
        extras: { members: { year: day.slice(0, 4) } },
      }),
    );
  }
  expect(addBusinessDays('2027-12-30', 1, years)).toBe('2027-12-31');
  expect(() => addBusinessDays('2027-12-31', 1, years)).toThrow('CALENDAR_YEAR_UNKNOWN');
});

it('finds its way out of two years that are as full of holidays as they may be', () => {
  const weekdays = (year: number, from: number, step: number): Set<string> => {
    const days = new Set<string>();
    for (let at = from; days.size < HOLIDAYS_OF_YEAR_MAX; at += step) {
      const day = new Date(Date.UTC(year, 0, 1 + at)).toISOString().slice(0, 10);
      if (![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) days.add(day);
    }
    return days;
  };
  const full: Record<string, Set<string>> = { '2026': weekdays(2026, 364, -1), '2027': weekdays(2027, 0, 1) };
  const lookup: HolidayYears = (year) => full[year];
  const [first = ''] = [...(full['2026'] ?? [])].sort();
  expect(businessDayFrom(first, lookup) > ([...(full['2027'] ?? [])].sort().at(-1) ?? '')).toBe(true);
});

it('lets a walk without an end fail', () => {
  const all: HolidayYears = () => ({ has: () => true }) as unknown as ReadonlySet<string>;
  expect(() => businessDayFrom('2026-01-01', all)).toThrow(RangeError);
});
