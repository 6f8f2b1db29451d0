import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { isLockWaitTimeout } from './database-errors';

export interface LockPatience {
  readonly waitSeconds: number;
  readonly pauseMs: number;
  readonly tries: number;
}

/** Each commits what was open before it, and leaves nothing behind when it did not get its lock: it may be tried again. */
const DEFINITION = /^\s*(?:ALTER|CREATE|DROP|RENAME|TRUNCATE)\b/i;
const SHOWN_CHARACTERS = 80;

/** Others did not let go of the table for as long as was to be tried. */
export class TableInUse extends Error {
  constructor(statement: string, { waitSeconds, tries }: LockPatience, cause: unknown) {
    const shown = statement.trim().replace(/\s+/g, ' ').slice(0, SHOWN_CHARACTERS);
    super(
      `"${shown}" was tried ${tries} times, ${waitSeconds} s each, and did not get its table: a transaction that does not ` +
        'end has used it. SELECT trx_mysql_thread_id, trx_started FROM information_schema.innodb_trx ORDER BY trx_started ' +
        'names it; KILL it, or wait for its end.',
      { cause },
    );
    this.name = 'TableInUse';
  }
}

/** The source's statements that define tables are tried again when they waited in vain. Throws TableInUse in the end. */
export function withPatience(source: DataSource, patience: LockPatience): DataSource {
  const make = source.createQueryRunner.bind(source);
  source.createQueryRunner = (mode) => {
    const runner = make(mode);
    const query = runner.query.bind(runner) as (...given: unknown[]) => Promise<unknown>;
    const patient = (...given: unknown[]): Promise<unknown> => {
      const statement = String(given[0]);
      return DEFINITION.test(statement)
        ? untilUnlocked(statement, patience, () => query(...given))
        : query(...given);
    };
    runner.query = patient as typeof runner.query;
    return runner;
  };
  return source;
}

async function untilUnlocked<T>(
  statement: string,
  patience: LockPatience,
  run: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (!isLockWaitTimeout(error)) throw error;
      if (tries >= patience.tries) throw new TableInUse(statement, patience, error);
      await sleep(patience.pauseMs);
    }
  }
}
