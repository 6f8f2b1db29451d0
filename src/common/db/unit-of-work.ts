import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { inSpan } from '../tracing/spans';
import { insideTransaction } from './active-transaction';
import { committed } from './commit-outcome';
import { unitSpan } from './database-spans';
import { isConnectionFailure, isRetryableConflict } from './database-errors';

const TRIES_MAX = 5;

/**
 * Transactions as an explicit argument: `unitOfWork.run('name', tx => …)`. A deadlock, lock wait or snapshot conflict
 * runs the whole callback again in a fresh transaction, since InnoDB has undone all of the first. A connection lost at
 * COMMIT is not among these: it is CommitOutcomeUnknown, and the caller reads back.
 */
@Injectable()
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  run<T>(name: string, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return retryConflicts(() => insideTransaction(name, () => inSpan(unitSpan(name), () => this.once(work))));
  }

  /**
   * TypeORM's own transaction gives a connection back whatever ROLLBACK answered. A database node that has lost its
   * cluster refuses that too, and the next START TRANSACTION would commit what was left half done.
   */
  private async once<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const connection = (await runner.connect()) as { destroy(): void };
      try {
        await runner.startTransaction();
        const result = await work(runner.manager);
        await committed(() => runner.commitTransaction());
        return result;
      } catch (error) {
        // The pool makes a new connection in the place of one that is not sound.
        if (isConnectionFailure(error) || !(await isRolledBack(runner))) connection.destroy();
        throw error;
      }
    } finally {
      await runner.release();
    }
  }
}

function isRolledBack(runner: QueryRunner): Promise<boolean> {
  return runner.rollbackTransaction().then(
    () => true,
    () => false,
  );
}

/** Runs a whole transaction again, at most TRIES_MAX times in all, when the database chose it as a conflict's victim. */
export async function retryConflicts<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (tries >= TRIES_MAX || !isRetryableConflict(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** tries));
    }
  }
}
