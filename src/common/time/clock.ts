import { Injectable } from '@nestjs/common';

/**
 * The one source of time. Tests replace or shift it; nothing else reads Date.now(). Leases and due times are reckoned by the
 * database's clock instead, so that no two machines' clocks need to agree.
 */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Milliseconds that only grow, for durations. */
  monotonicMs(): number {
    return performance.now();
  }

  /** Waits, or returns early when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done);
    });
  }
}

/** A clock that is ahead of the machine's (or behind, when negative), for trying what is due on another day. */
export class ShiftedClock extends Clock {
  constructor(private readonly offsetMs: number) {
    super();
  }

  override now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }
}
