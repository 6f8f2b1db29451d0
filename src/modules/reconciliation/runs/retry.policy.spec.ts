import { pauseAfter } from './retry.policy';

it('pauses four times as long each time, up to a bound', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map((tries) => pauseAfter(tries, 1_000))).toEqual([
    1_000, 4_000, 16_000, 64_000, 256_000, 256_000, 256_000,
  ]);
});
