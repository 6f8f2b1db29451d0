import { coverRatiosOf, ratioOn, requiredCover } from './cover-ratio.policy';

const RATIOS = coverRatiosOf('2026-01-01=600000,2027-12-17=800000,2028-12-17=1000000');

it.each([
  ['2025-12-31', 0],
  ['2026-01-01', 600_000],
  ['2027-12-16', 600_000],
  ['2027-12-17', 800_000],
  ['2028-12-16', 800_000],
  ['2028-12-17', 1_000_000],
  ['2040-01-01', 1_000_000],
])('on %s asks for %d parts per million', (day, ratioPpm) => {
  expect(ratioOn(RATIOS, day)).toBe(ratioPpm);
});

it.each([
  [0, 600_000, 0],
  [1, 600_000, 1],
  [10, 600_000, 6],
  [11, 600_000, 7],
  [1_000_003, 800_000, 800_003],
  [999, 1_000_000, 999],
  [9_007_199_254_740_991, 600_000, 5_404_319_552_844_595],
])('of %d won at %d parts per million covers %d', (obligation, ratioPpm, cover) => {
  expect(requiredCover(obligation, ratioPpm)).toBe(cover);
});
