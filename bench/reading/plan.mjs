import { DAY_MS, planOf, startOfToday } from '../../scripts/lib/traffic/plan.mjs';

const KOREA_MS = 9 * 3_600_000;
const SEED = 1;
/** The part of all payments that is the big merchant's, beside its part of the others: a third with that. */
const LARGEST = 0.3;

/** The Korean day, `2026-11-20`, that an instant is on. */
export const koreanDay = (ms) => new Date(ms + KOREA_MS).toISOString().slice(0, 10);

/**
 * Two sizes of the same merchants, days and choices, and one day of its own for the run and the exports. `today` has a
 * whole day's payments, whatever the hour: what is not settled yet is as much at noon as at night.
 */
export function planOfReading({ payments, small, dayRows, smoke }) {
  const now = Date.now();
  const today = startOfToday();
  const people = smoke ? { merchants: 20, branches: 5, days: 8 } : { merchants: 500, branches: 10, days: 90 };
  const shape = { ...people, seed: SEED, everyState: true, alike: true, largest: LARGEST };
  const until = koreanDay(today + DAY_MS);
  const traffic = (count) => planOf({ ...shape, payments: count, until, lastDayMs: now - today });
  const day = (ms) => koreanDay(today + ms);
  return {
    small: traffic(small),
    large: traffic(payments),
    // Yesterday alone: nearly every payment is one movement, and every tenth or so has a cancel besides.
    oneDay: planOf({ ...shape, payments: dayRows, days: 1, until: koreanDay(today) }),
    today: day(0),
    yesterday: day(-DAY_MS),
    /** The payouts of the days after it are the worker's to confirm. */
    lastPaid: day(-3 * DAY_MS),
    /** The period of so many days up to today. */
    period: (days) => ({ from: day((1 - days) * DAY_MS), to: day(0) }),
    periods: smoke ? [4, 8] : [30, 90],
    bigMid: midOf(1),
    // Far from the biggest one, and from the smallest.
    smallMid: midOf(Math.ceil(people.merchants * 0.8)),
    branchId: branchOf(1, 1),
    agency: 'AG9000',
    people,
  };
}

const midOf = (number) => `M9${String(number).padStart(6, '0')}`;
const branchOf = (merchant, number) =>
  `brn_TRAFFIC${String(merchant - 1).padStart(6, '0')}${String(number - 1).padStart(9, '0')}0000`;
