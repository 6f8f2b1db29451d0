import { absenceBelieved, nextTryIn, pauseAfter } from './reversal.policy';

describe('reversal policy', () => {
  it('pauses longer and longer, to two minutes, scaled, with a tenth of jitter', () => {
    expect([0, 1, 2, 3, 4, 5, 99].map((tries) => pauseAfter(tries, 1, 0))).toEqual([
      5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 120_000,
    ]);
    expect(pauseAfter(0, 0.1, 0)).toBe(500);
    expect(pauseAfter(0, 1, 1)).toBe(5_500);
  });

  it('believes an absence only after the longest processing time, and never on the first asking', () => {
    expect(absenceBelieved(59_999, 60_000, 5)).toBe(false);
    expect(absenceBelieved(60_000, 60_000, 0)).toBe(false);
    expect(absenceBelieved(60_000, 60_000, 1)).toBe(true);
  });

  it('asks again at the moment from which absence is believed, not a whole pause later', () => {
    expect(nextTryIn(30_000, 50_000, 60_000)).toBe(10_001);
    expect(nextTryIn(5_000, 10_000, 60_000)).toBe(5_000);
    expect(nextTryIn(30_000, 70_000, 60_000)).toBe(30_000);
  });
});
