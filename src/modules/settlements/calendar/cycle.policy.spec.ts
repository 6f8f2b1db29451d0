import fc from 'fast-check';
import { envSchema } from '../../../config/env.schema';
import { addDays } from '../../../common/time/korean-time';
import { isBusinessDay, weekdayOf } from './business-days.calc';
import { closingDayOf, type Cycle, cycleOf, parseCycle, payoutOn, printCycle } from './cycle.policy';
import { HolidayBook } from './holiday-book';
import { LIBRARY_HOLIDAYS } from './library-holidays';

const years = new HolidayBook(LIBRARY_HOLIDAYS, [], new Set()).years;

const lag = fc.integer({ min: 0, max: 30 });
const cycles: fc.Arbitrary<Cycle> = fc.oneof(
  fc.record({ kind: fc.constant('DAILY' as const), lag }),
  fc.record({
    kind: fc.constant('WEEKLY' as const),
    weekday: fc.constantFrom('SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'),
    lag,
  }) as fc.Arbitrary<Cycle>,
  fc.record({ kind: fc.constant('MONTHLY' as const), closingDay: fc.integer({ min: 1, max: 31 }), lag }),
);
/** 2018-01-01 to 2027-09-30: a month's period and 30 business days more still end in a known year. */
const days = fc.integer({ min: 0, max: 3_559 }).map((count) => addDays('2018-01-01', count));

it.each(['D+0', 'D+30', 'W-MON+3', 'W-SUN+0', 'M-1+5', 'M-15+10', 'M-31+0'])(
  'reads and writes %s',
  (text) => {
    expect(printCycle(cycleOf(text))).toBe(text);
  },
);

it('writes each cycle in one way, which it reads again, and which the configuration takes', () => {
  const setting = envSchema.shape.SETTLEMENT_CYCLE_DEFAULT;
  fc.assert(
    fc.property(cycles, (cycle) => {
      const text = printCycle(cycle);
      expect(parseCycle(text)).toEqual(cycle);
      expect(setting.parse(text)).toBe(text);
    }),
  );
});

it.each([
  ...['', 'D', 'D+', 'D+31', 'D+02', 'D-2', 'd+2', 'D+2 ', 'D+2.5', 'D 2', '2', 'D+2\n'],
  ...['W+3', 'W-FRI', 'W-fri+3', 'W-ABC+3', 'M-0+1', 'M-32+1', 'M-05+1', 'M+1', 'M-31', 'M-31+31'],
])('%j is no cycle, here and in the configuration', (text) => {
  expect(parseCycle(text)).toBeNull();
  expect(() => cycleOf(text)).toThrow(RangeError);
  expect(envSchema.shape.SETTLEMENT_CYCLE_DEFAULT.safeParse(text).success).toBe(false);
});

it.each([
  ['D+2', '2026-11-20', '2026-11-24', 'Friday: Monday, Tuesday'],
  ['D+2', '2026-11-21', '2026-11-25', 'Saturday counts as Monday'],
  ['D+0', '2026-11-21', '2026-11-23', 'paid when it counts'],
  ['W-SUN+3', '2026-11-16', '2026-11-26', 'Monday to Sunday; Sunday counts as Monday; three days on'],
  ['W-SUN+3', '2026-11-22', '2026-11-26', 'the Sunday itself'],
  ['W-SUN+3', '2026-11-23', '2026-12-03', 'the next week'],
  ['W-FRI+1', '2026-10-09', '2026-10-13', 'closes on a holiday, Friday 9 October: counts as Monday'],
  ['W-FRI+1', '2026-10-10', '2026-10-19', 'the Saturday after is of the next period'],
  ['M-15+5', '2026-08-15', '2026-08-25', 'closes on Saturday, a holiday; 17 August is its substitute'],
  ['M-15+5', '2026-08-16', '2026-09-22', 'the day after is of the next month’s period'],
  ['M-31+3', '2026-01-31', '2026-02-05', 'a Saturday at the month’s end is still January’s'],
  ['M-31+3', '2026-02-01', '2026-03-06', 'February ends on the 28th, a Saturday; 2 March is a substitute'],
  ['M-30+0', '2024-02-29', '2024-02-29', 'in a shorter month its last day'],
  ['M-30+0', '2026-03-31', '2026-04-30', 'and in a longer one the 31st is of the next'],
  ['M-31+0', '2026-12-31', '2026-12-31', 'the end of a year'],
  ['M-15+0', '2026-12-16', '2027-01-15', 'a period over the end of a year'],
])('%s: captured on %s, paid on %s (%s)', (cycle, capturedOn, expected) => {
  expect(payoutOn(cycleOf(cycle), capturedOn, years)).toBe(expected);
});

it('never pays a later capture earlier', () => {
  fc.assert(
    fc.property(cycles, days, fc.integer({ min: 0, max: 40 }), (cycle, day, more) => {
      const later = addDays(day, more);
      fc.pre(later <= '2027-09-30');
      return payoutOn(cycle, day, years) <= payoutOn(cycle, later, years);
    }),
    { numRuns: 500 },
  );
});

it('pays on a business day, with so many business days between', () => {
  fc.assert(
    fc.property(cycles, days, (cycle, day) => {
      const payout = payoutOn(cycle, day, years);
      expect(isBusinessDay(payout, years)).toBe(true);
      let counted = 0;
      for (let each = closingDayOf(cycle, day); each <= payout; each = addDays(each, 1)) {
        if (isBusinessDay(each, years)) counted += 1;
      }
      // The day that counts is the first of them.
      expect(counted).toBe(cycle.lag + 1);
    }),
    { numRuns: 500 },
  );
});

it('closes a period within a week or a month, on its day', () => {
  fc.assert(
    fc.property(cycles, days, (cycle, day) => {
      const closing = closingDayOf(cycle, day);
      expect(closing >= day).toBe(true);
      expect(closing < addDays(day, { DAILY: 1, WEEKLY: 7, MONTHLY: 31 }[cycle.kind])).toBe(true);
      expect(closingDayOf(cycle, closing)).toBe(closing);
      const names = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
      if (cycle.kind === 'WEEKLY') expect(names[weekdayOf(closing)]).toBe(cycle.weekday);
      if (cycle.kind === 'MONTHLY') {
        const isLast = addDays(closing, 1).endsWith('-01');
        expect(Number(closing.slice(8)) === cycle.closingDay || (isLast && cycle.closingDay > 28)).toBe(true);
      }
    }),
  );
});
