import { absenceBelieved, nextLookIn, pauseAfter, watchPause } from './resolve.policy';

it('waits longer each time, up to an hour, with some jitter', () => {
  const pauses = [0, 1, 2, 3, 4, 5, 6, 7, 99].map((looks) => pauseAfter(looks, 1, 0));
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses.at(-1)).toBe(3_600_000);
  expect(pauseAfter(0, 0.1, 1)).toBe(550);
});

it('believes in absence only after the longest processing time, and not on the first look', () => {
  expect(absenceBelieved(60_000, 60_000, 1)).toBe(true);
  expect(absenceBelieved(59_999, 60_000, 5)).toBe(false);
  expect(absenceBelieved(999_999, 60_000, 0)).toBe(false);
  expect(nextLookIn(30_000, 50_000, 60_000)).toBe(10_001);
  expect(nextLookIn(30_000, 70_000, 60_000)).toBe(30_000);
});

it('watches a payment ever more rarely, at least once a day', () => {
  expect(watchPause(0, 1)).toBe(2_000);
  expect(watchPause(600_000, 1)).toBe(60_000);
  expect(watchPause(10 ** 12, 1)).toBe(86_400_000);
});
