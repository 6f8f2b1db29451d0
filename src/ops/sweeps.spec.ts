import { Clock } from '../common/time/clock';
import { type Sweep, sweepUntilStopped } from './sweeps';

const stopping = () => {
  const stop = new AbortController();
  const failures: unknown[] = [];
  const loop = {
    clock: new Clock(),
    pollMs: 1,
    stop: stop.signal,
    onFailure: (error: unknown) => void failures.push(error),
    settled: () => Promise.resolve(),
    graceMs: 60_000,
  };
  return { stop, failures, loop };
};

/** Answers `taken` so many times, then stops everything. */
function counted(times: number, taken: number, stop: AbortController): Sweep {
  let seen = 0;
  return () => {
    seen += 1;
    if (seen === times) stop.abort();
    return Promise.resolve(taken);
  };
}

it('goes on with one sweep while another waits, and ends when that has ended, too', async () => {
  const { stop, loop } = stopping();
  let answer: (taken: number) => void = () => undefined;
  let hasEnded = false;
  const silent: Sweep = () => new Promise((resolve) => (answer = resolve));
  const all = sweepUntilStopped([silent, counted(5, 0, stop)], loop).then(() => (hasEnded = true));
  await new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
  await new Promise(setImmediate);
  expect(hasEnded).toBe(false);
  answer(0);
  await all;
});

it('outlives a sweep that fails', async () => {
  const { stop, failures, loop } = stopping();
  const failing: Sweep = () => Promise.reject(new Error('away'));
  await sweepUntilStopped([failing, counted(3, 0, stop)], loop);
  expect(failures.length).toBeGreaterThan(0);
});

it('asks again at once while there is work, and rests when there is none', async () => {
  const { stop, loop } = stopping();
  const sleep = jest.fn().mockResolvedValue(undefined);
  await sweepUntilStopped([counted(4, 1, stop)], { ...loop, clock: { sleep } });
  expect(sleep).not.toHaveBeenCalledWith(loop.pollMs, expect.anything());
});

describe('once it is told to stop', () => {
  const never = () => new Promise<never>(() => undefined);

  it.each([
    ['a sweep', { sweep: never, settled: () => Promise.resolve() }],
    ['what a sweep took up', { sweep: () => Promise.resolve(0), settled: never }],
  ])('waits for %s no longer than its grace', async (_what, { sweep, settled }) => {
    const { stop, loop } = stopping();
    const startedAt = performance.now();
    const all = sweepUntilStopped([sweep], { ...loop, settled, graceMs: 50 });
    stop.abort();
    expect(await all).toBe(false);
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeGreaterThanOrEqual(45);
    expect(tookMs).toBeLessThan(5_000);
  });

  it('tells that all has ended, without waiting for the grace', async () => {
    const { stop, loop } = stopping();
    const settled = jest.fn().mockResolvedValue(undefined);
    expect(await sweepUntilStopped([counted(2, 0, stop)], { ...loop, settled })).toBe(true);
    expect(settled).toHaveBeenCalledTimes(1);
  });
});
