import type { Clock } from '../common/time/clock';

/** One sweep over what is due; answers how much it took up. */
export type Sweep = () => Promise<number>;

export interface SweepLoop {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Between two sweeps of a kind, where the first found nothing to do or failed. */
  readonly pollMs: number;
  readonly stop: AbortSignal;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Repeats every sweep until it is told to stop, each at its own pace: one that waits for somebody who is silent keeps none
 * of the others. Resolves when the last one under way has ended.
 */
export async function sweepUntilStopped(sweeps: readonly Sweep[], loop: SweepLoop): Promise<void> {
  await Promise.all(sweeps.map((sweep) => repeat(sweep, loop)));
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
