import { Problem } from '../output.mjs';

export const DAY_MS = 86_400_000;
export const KOREA_MS = 9 * 3_600_000;

/**
 * What the traffic is, in numbers. Times are milliseconds since 1970; `endMs` is where it ends, which is the start of a
 * Korean day unless `lastDayMs` says how long the last one was when it was looked at: it has as many payments as the others.
 * `largest`: the part of all payments that is the first merchant's, beside its part of the others. `everyState`: payments
 * that wait, run out or were undone, too, and of every method. `alike`: merchants of one kind of policy and terms.
 */
export function planOf(given) {
  const { largest = 0, everyState = false, alike = false, lastDayMs = DAY_MS } = given;
  const plan = numbersOf(given);
  const { until } = given;
  const end = until === undefined ? startOfToday() : Date.parse(`${until}T00:00:00+09:00`);
  if (Number.isNaN(end))
    throw new Problem(`--until ${until} is not a day.`, 'Give it as in --until 2026-06-30.');
  const startMs = end - plan.days * DAY_MS;
  return { ...plan, startMs, endMs: end - DAY_MS + lastDayMs, lastDayMs, largest, everyState, alike };
}

function numbersOf({ payments, days, merchants, branches, seed }) {
  return {
    payments: whole('payments', payments, 100_000_000),
    days: whole('days', days, 3_650),
    merchants: whole('merchants', merchants, 99_999),
    branches: whole('branches', branches, 10_000),
    seed: whole('seed', seed, 2 ** 31),
  };
}

/** The start of the present Korean day. */
export function startOfToday() {
  return Math.floor((Date.now() + KOREA_MS) / DAY_MS) * DAY_MS - KOREA_MS;
}

function whole(name, text, max) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new Problem(`--${name} ${text} is not a number from 1 to ${max}.`, `Give it as in --${name} 100.`);
}
