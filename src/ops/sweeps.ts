import type { Clock } from '../common/time/clock';

/** One sweep over what is due; answers how much it took up. */
export type Sweep = () => Promise<number>;

export interface SweepLoop {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Between two sweeps of a kind, where the first found nothing to do or failed. */
  readonly pollMs: number;
  readonly stop: AbortSignal;
  readonly onFailure: (error: unknown) => void;
  /** Resolves when nothing that a sweep took up is running any more; asked once the sweeps have ended. */
  readonly settled: () => Promise<unknown>;
  /** From the stop, for the sweeps under way and what they took up together. */
  readonly graceMs: number;
}

/**
 * Repeats every sweep until it is told to stop, each at its own pace: one that waits for somebody who is silent keeps none
 * of the others. Resolves with true when the last one under way and all that they took up has ended, with false when that
 * took longer after the stop than the grace: what is left has its leases, and is taken up again by another worker.
 */
export async function sweepUntilStopped(sweeps: readonly Sweep[], loop: SweepLoop): Promise<boolean> {
  const ended = new AbortController();
  const all = async () => {
    await Promise.all(sweeps.map((sweep) => repeat(sweep, loop)));
    await loop.settled();
    // Else the timer would keep the process for the whole of the grace.
    ended.abort();
  };
  await Promise.race([all(), graceOver(loop, ended.signal)]);
  return ended.signal.aborted;
}

async function graceOver({ clock, stop, graceMs }: SweepLoop, ended: AbortSignal): Promise<void> {
  if (!stop.aborted) await new Promise((told) => stop.addEventListener('abort', told, { once: true }));
  await clock.sleep(graceMs, ended);
}

async function repeat(sweep: Sweep, { clock, pollMs, stop, onFailure }: SweepLoop): Promise<void> {
  while (!stop.aborted) {
    let taken = 0;
    try {
      taken = await sweep();
    } catch (error) {
      // The database being away is no reason to die: it will be back, and the work is still there.
      onFailure(error);
    }
    if (taken === 0) await clock.sleep(pollMs, stop);
  }
}
