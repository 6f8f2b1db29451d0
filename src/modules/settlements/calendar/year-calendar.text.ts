import { AppError } from '../../../common/errors/app-error';
import { addDays } from '../../../common/time/korean-time';
import { isBusinessDay, isLabourDay, weekdayOf } from './business-days.calc';
import { cycleOf, payoutOn } from './cycle.policy';
import { HolidayBook } from './holiday-book';
import { LIBRARY_HOLIDAYS } from './library-holidays';

const DAILY = ['D+0', 'D+1', 'D+2', 'D+3', 'D+4', 'D+5', 'D+6', 'D+7', 'D+10', 'D+15', 'D+30'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const KOREAN_WEEKDAYS = ['일', '월', '화', '수', '목', '금', '토'];
const WEEKLY_LAG = 3;
const MONTHLY_LAG = 5;
const CLOSING_DAYS_MAX = 31;

/**
 * A year's payout days as a Markdown page, by the library alone, without what an operator may say over it. A day that is
 * not known yet is a dash. Throws RangeError for a year that the library lacks.
 */
export function yearCalendarText(year: string): string {
  if (!LIBRARY_HOLIDAYS.has(year)) throw new RangeError(`the holiday library has no ${year}`);
  const book = new HolidayBook(LIBRARY_HOLIDAYS, [], new Set());
  const payout = (cycle: string, day: string) => shown(year, () => payoutOn(cycleOf(cycle), day, book.years));
  const days = daysOf(year);
  const names = new Map(book.view(year).map(({ day, name }) => [day, name]));
  const open = days.filter((day) => isBusinessDay(day, book.years));
  const lines = [
    `# 정산 달력 ${year} / Settlement calendar ${year}`,
    '',
    `Written by \`npm run calendar -- --year ${year}\` from the holidays that the gateway comes with; what operators add or`,
    'strike is not in it (`GET /v1/settlements/calendar` tells what holds). Days are month-day; another year is written out;',
    '— is a day in a year whose holidays are not known yet. Days in **bold** are no business days: what is captured then counts',
    `as captured on the next business day. ${year} has ${open.length} business days.`,
    '',
    '## 쉬는 날 / Holidays',
    '',
    ...table(
      ['날짜', '요일', '이름'],
      days.flatMap((day) => {
        const name = names.get(day) ?? (isLabourDay(day) ? '근로자의 날' : undefined);
        return name === undefined ? [] : [[day.slice(5), KOREAN_WEEKDAYS[weekdayOf(day)]!, name]];
      }),
    ),
    '',
    '## 일 정산 D+N / Daily',
    '',
    'The day of payout for each day of capture.',
  ];
  for (let month = 1; month <= 12; month += 1) {
    const prefix = `${year}-${String(month).padStart(2, '0')}`;
    const rows = days
      .filter((day) => day.startsWith(prefix))
      .map((day) => {
        const label = `${day.slice(5)} ${KOREAN_WEEKDAYS[weekdayOf(day)]!}`;
        const isOpen = isBusinessDay(day, book.years);
        return [isOpen ? label : `**${label}**`, ...DAILY.map((cycle) => payout(cycle, day))];
      });
    lines.push('', `### ${prefix}`, '', ...table(['매입', ...DAILY], rows));
  }
  const weeks = days.filter((day) => weekdayOf(day) === 1);
  lines.push(
    '',
    `## 주 정산 W-요일+${WEEKLY_LAG} / Weekly`,
    '',
    `The day of payout of the period that a week's Monday falls in, for each closing weekday, ${WEEKLY_LAG} business days after it.`,
    '',
    ...table(
      ['월요일', ...WEEKDAYS.map((name) => `W-${name}+${WEEKLY_LAG}`)],
      weeks.map((day) => [day.slice(5), ...WEEKDAYS.map((name) => payout(`W-${name}+${WEEKLY_LAG}`, day))]),
    ),
    '',
    `## 월 정산 M-일+${MONTHLY_LAG} / Monthly`,
    '',
    `The day of payout of the period that closes on that day of the month (31 = its end), ${MONTHLY_LAG} business days after it.`,
    '',
    ...table(
      ['마감일', ...Array.from({ length: 12 }, (_, index) => `${index + 1}월`)],
      Array.from({ length: CLOSING_DAYS_MAX }, (_, index) => [
        `M-${index + 1}+${MONTHLY_LAG}`,
        ...Array.from({ length: 12 }, (_month, month) =>
          payout(`M-${index + 1}+${MONTHLY_LAG}`, `${year}-${String(month + 1).padStart(2, '0')}-01`),
        ),
      ]),
    ),
    '',
  );
  return lines.join('\n');
}

function daysOf(year: string): string[] {
  const days: string[] = [];
  for (let day = `${year}-01-01`; day.startsWith(year); day = addDays(day, 1)) days.push(day);
  return days;
}

function shown(year: string, reckon: () => string): string {
  try {
    const day = reckon();
    return day.startsWith(`${year}-`) ? day.slice(5) : day;
  } catch (error) {
    if (error instanceof AppError && error.code === 'CALENDAR_YEAR_UNKNOWN') return '—';
    throw error;
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}
