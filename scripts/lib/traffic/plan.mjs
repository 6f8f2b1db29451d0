import { Problem } from '../output.mjs';

const DAY_MS = 86_400_000;
const KOREA_MS = 9 * 3_600_000;

/** What the traffic is, in numbers; `end` is the first Korean day after it. Times are milliseconds since 1970. */
export function planOf({ payments, days, merchants, branches, seed, until }) {
  const plan = {
    payments: whole('payments', payments, 100_000_000),
    days: whole('days', days, 3_650),
    merchants: whole('merchants', merchants, 99_999),
    branches: whole('branches', branches, 10_000),
    seed: whole('seed', seed, 2 ** 31),
  };
  const end = until === undefined ? startOfToday() : Date.parse(`${until}T00:00:00+09:00`);
  if (Number.isNaN(end))
    throw new Problem(`--until ${until} is not a day.`, 'Give it as in --until 2026-06-30.');
  return { ...plan, startMs: end - plan.days * DAY_MS, endMs: end };
}

function startOfToday() {
  return Math.floor((Date.now() + KOREA_MS) / DAY_MS) * DAY_MS - KOREA_MS;
}

function whole(name, text, max) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new Problem(`--${name} ${text} is not a number from 1 to ${max}.`, `Give it as in --${name} 100.`);
}
