import { isStatementTimeout } from './database-errors';

/**
 * How much one statement of a sweep takes on: half as much, down to one, each time the database has ended such a statement
 * because it took longer than it may. It stays at that until the process ends: more statements cost little, and what was
 * too much once is not tried again every time.
 */
export class StatementSize {
  constructor(private count: number) {}

  /** Runs `work`, which begins anew with each smaller count. Throws what it throws otherwise. */
  async run<T>(work: (count: number) => Promise<T>): Promise<T> {
    for (;;) {
      const { count } = this;
      try {
        return await work(count);
      } catch (error) {
        if (count === 1 || !isStatementTimeout(error)) throw error;
        this.count = Math.ceil(count / 2);
      }
    }
  }
}
