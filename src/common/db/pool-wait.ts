/** The pool was exhausted for as long as a caller may wait; nothing was sent to the database. */
export class PoolWaitExceeded extends Error {
  readonly code = 'POOL_WAIT_EXCEEDED';
  constructor() {
    super('no database connection became free in time');
    this.name = 'PoolWaitExceeded';
  }
}

/** Told of every wait for a connection that was over, how long it was, and whether the caller gave up. */
export type PoolWaitListener = (waitedMs: number, isRefused: boolean) => void;

/** mysql2's own pools wait for ever: this ends the wait, counts who waits, and gives back what comes too late. */
export class PoolWait {
  private count = 0;
  private listener: PoolWaitListener | undefined;

  /** `isFull`: every connection is taken. To fetch a free one is no sign of a database that is too slow. */
  constructor(
    private readonly limitMs: number,
    private readonly isFull: () => boolean,
  ) {}

  get waiting(): number {
    return this.count;
  }

  onWait(listener: PoolWaitListener): void {
    this.listener = listener;
  }

  /** Throws PoolWaitExceeded. */
  async forConnection<T extends { release(): void }>(ask: () => Promise<T>): Promise<T> {
    const waits = this.isFull() ? 1 : 0;
    this.count += waits;
    const since = performance.now();
    let timer: NodeJS.Timeout | undefined;
    let gaveUp = false;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        gaveUp = true;
        reject(new PoolWaitExceeded());
      }, this.limitMs);
    });
    const wanted = ask();
    wanted.then(
      (late) => gaveUp && late.release(),
      () => undefined,
    );
    try {
      return await Promise.race([wanted, limit]);
    } finally {
      clearTimeout(timer);
      this.count -= waits;
      if (waits > 0 || gaveUp) this.listener?.(performance.now() - since, gaveUp);
    }
  }
}
