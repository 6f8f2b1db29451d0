import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inSpan } from '../tracing/spans';
import { insideTransaction } from './active-transaction';
import { unitSpan } from './database-spans';
import { isRetryableConflict } from './database-errors';

const TRIES_MAX = 5;

/**
 * Transactions as an explicit argument: `unitOfWork.run('name', tx => …)`. A deadlock, lock wait or snapshot conflict
 * runs the whole callback again in a fresh transaction, since InnoDB has undone all of the first. A connection lost at
 * COMMIT is not among these: its outcome is unknown and the caller reads back.
 */
@Injectable()
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  run<T>(name: string, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return retryConflicts(() =>
      insideTransaction(name, () => inSpan(unitSpan(name), () => this.dataSource.transaction(work))),
    );
  }
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
