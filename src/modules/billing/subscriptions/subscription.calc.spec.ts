import { UNDONE_TRIES_MAX } from './charge.policy';
import fc from 'fast-check';
import { addDays, isCalendarDay } from '../../../common/time/korean-time';
import {
  chargeOrderNo,
  dayOfPeriod,
  duePeriods,
  INTERVAL_UNITS,
  MISSED_POLICIES,
  nextTryOn,
  noticeOn,
  PERIOD_MAX,
  periodFrom,
  periodOf,
  type Plan,
  RETRY_DAYS,
} from './subscription.calc';

const plan = (
  anchorOn: string,
  unit: Plan['interval']['unit'],
  count = 1,
  more: Partial<Plan> = {},
): Plan => ({
  anchorOn,
  interval: { unit, count },
  totalCount: null,
  endOn: null,
  ...more,
});
const days = (of: Plan, count: number) =>
  Array.from({ length: count }, (_, index) => dayOfPeriod(of, index + 1));

describe('the days of periods', () => {
  it('keep to the last day of months that lack the day, and come back to it', () => {
    expect(days(plan('2027-01-31', 'MONTH'), 5)).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
      '2027-05-31',
    ]);
    expect(days(plan('2028-01-31', 'MONTH'), 3)).toEqual(['2028-01-31', '2028-02-29', '2028-03-31']);
    expect(days(plan('2026-11-30', 'MONTH', 3), 3)).toEqual(['2026-11-30', '2027-02-28', '2027-05-30']);
  });

  it('know leap years, also those of a century', () => {
    expect(days(plan('2028-02-29', 'YEAR'), 5)).toEqual([
      '2028-02-29',
      '2029-02-28',
      '2030-02-28',
      '2031-02-28',
      '2032-02-29',
    ]);
    expect(dayOfPeriod(plan('2096-02-29', 'YEAR', 4), 2)).toBe('2100-02-28');
  });

  it('go over the end of a year by days and weeks', () => {
    expect(days(plan('2026-12-30', 'DAY', 2), 2)).toEqual(['2026-12-30', '2027-01-01']);
    expect(days(plan('2026-12-28', 'WEEK'), 2)).toEqual(['2026-12-28', '2027-01-04']);
  });

  it('end by count or by day', () => {
    expect(periodOf(plan('2026-01-01', 'DAY', 1, { totalCount: 2 }), 2)).not.toBeNull();
    expect(periodOf(plan('2026-01-01', 'DAY', 1, { totalCount: 2 }), 3)).toBeNull();
    expect(periodOf(plan('2026-01-01', 'DAY', 1, { endOn: '2026-01-02' }), 2)).not.toBeNull();
    expect(periodOf(plan('2026-01-01', 'DAY', 1, { endOn: '2026-01-02' }), 3)).toBeNull();
  });
});

const anyDay = fc.integer({ min: 0, max: 20_000 }).map((offset) => addDays('2020-01-01', offset));
const anyPlan = fc
  .record({
    anchorOn: anyDay,
    unit: fc.constantFrom(...INTERVAL_UNITS),
    count: fc.integer({ min: 1, max: 24 }),
  })
  .map(({ anchorOn, unit, count }) => plan(anchorOn, unit, count));

describe('for every plan', () => {
  it('days exist, grow strictly, and months keep the anchor’s day where the month has it', () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 1, max: 60 }), (of, period) => {
        const [day, next] = [dayOfPeriod(of, period), dayOfPeriod(of, period + 1)];
        expect(isCalendarDay(day)).toBe(true);
        expect(next > day).toBe(true);
        if (of.interval.unit === 'DAY' || of.interval.unit === 'WEEK') return;
        const isLastOfMonth = addDays(day, 1).endsWith('-01');
        const same = day.slice(8) === of.anchorOn.slice(8);
        expect(same || (isLastOfMonth && day.slice(8) < of.anchorOn.slice(8))).toBe(true);
      }),
    );
  });

  it('every period comes due once, however the days between two looks are cut', () => {
    fc.assert(
      fc.property(anyPlan, fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 8 }), (of, pauses) => {
        let [from, today] = [1, of.anchorOn];
        const seen: number[] = [];
        for (const pause of [0, ...pauses]) {
          today = addDays(today, pause);
          const { due, next } = duePeriods(of, from, { today, policy: 'CHARGE_ALL' });
          seen.push(...due.map(({ period }) => period));
          expect(next!.chargeOn > today).toBe(true);
          from = next!.period;
        }
        expect(seen).toEqual(Array.from({ length: from - 1 }, (_, index) => index + 1));
      }),
    );
  });

  it('a policy changes what is charged, never which periods are done with', () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 0, max: 400 }), (of, later) => {
        const today = addDays(of.anchorOn, later);
        const by = (policy: (typeof MISSED_POLICIES)[number]) => duePeriods(of, 1, { today, policy }).due;
        const [all, latest, skip] = [by('CHARGE_ALL'), by('CHARGE_LATEST'), by('SKIP')];
        expect(latest.map(({ period }) => period)).toEqual(all.map(({ period }) => period));
        expect(all.every(({ charged }) => charged)).toBe(true);
        expect(latest.filter(({ charged }) => charged)).toEqual([all.at(-1)]);
        expect(skip.every(({ charged, chargeOn }) => charged === (chargeOn === today))).toBe(true);
      }),
    );
  });
});

describe('a pause', () => {
  it('goes on with the first period that has not passed', () => {
    const monthly = plan('2026-01-31', 'MONTH', 1, { totalCount: 6 });
    expect(periodFrom(monthly, 2, '2026-03-31')).toEqual({ period: 3, chargeOn: '2026-03-31' });
    expect(periodFrom(monthly, 2, '2026-04-01')).toEqual({ period: 4, chargeOn: '2026-04-30' });
    expect(periodFrom(monthly, 2, '2026-07-01')).toBeNull();
  });
});

describe('tries', () => {
  it('are 1, 3 and 7 days after the first decline, then no more', () => {
    expect(nextTryOn(1, '2026-02-27', '2026-02-27')).toBe('2026-02-28');
    expect(nextTryOn(2, '2026-02-27', '2026-02-28')).toBe('2026-03-02');
    expect(nextTryOn(3, '2026-02-27', '2026-03-02')).toBe('2026-03-06');
    expect(nextTryOn(4, '2026-02-27', '2026-03-06')).toBeNull();
  });

  it('never follow on the same day, even when the worker was away', () => {
    expect(nextTryOn(2, '2026-02-01', '2026-02-20')).toBe('2026-02-21');
  });

  it('have order numbers that every order may have', () => {
    const longest = chargeOrderNo(
      `sub_${'0'.repeat(26)}`,
      PERIOD_MAX,
      RETRY_DAYS.length + 1 + UNDONE_TRIES_MAX,
    );
    expect(longest).toMatch(/^[A-Za-z0-9_-]{6,40}$/);
  });
});

it('tells of a charge so many days before it, or never', () => {
  expect(noticeOn('2026-03-01', 3)).toBe('2026-02-26');
  expect(noticeOn('2026-03-01', 0)).toBeNull();
  expect(noticeOn(undefined, 3)).toBeNull();
});
