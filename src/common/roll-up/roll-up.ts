import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AppConfig } from '../../config/app-config';
import { isRetryableConflict } from '../db/database-errors';
import { UnitOfWork } from '../db/unit-of-work';
import { Clock } from '../time/clock';

/** Rows of a table that only grows, summed up into figures. */
export interface RollUp {
  /** Its row of `roll_ups`. */
  readonly name: string;
  /** The table that is summed up, and its AUTO_INCREMENT. */
  readonly source: string;
  readonly key: string;
  /** Adds to the figures what the rows after `from` and up to `through` change, in the caller's transaction. */
  readonly add: (tx: EntityManager, range: KeyRange) => Promise<void>;
}

export interface KeyRange {
  readonly from: number;
  readonly through: number;
}

/** Rows in one transaction: well within DB_QUERY_TIMEOUT_MS. */
const ROWS_AT_ONCE = 5_000;
/** A first filling goes on in the next sweep, so that the worker's other work has its turn. */
const SWEEP_MS = 1_000;
/** What a reader still reads row by row. Beyond, it counts the way that needs no roll-up. */
const TAIL_ROWS_MAX = 100_000;

interface Position {
  readonly rolled: string | number;
  readonly seen: string | number;
  readonly is_ripe: string | number;
}

/** A transaction over rows of the batch goes on, as that of a large part of a daily run may: they are left for later. */
class StillOpen extends Error {}

/**
 * Sums up the rows of growing tables. Figures plus the rows after `rolled_through`, read by one statement, are right at
 * every moment: both change in one transaction.
 *
 * Keys are given out before their rows are committed, so that a lower one may appear after a higher. Only what was seen
 * ROLL_UP_GRACE_MS ago is summed up, and it is read with a lock first: that waits for every row up to there whose
 * transaction is still open. The grace is for the moment between taking a key and writing its row, in one statement.
 *
 * Several workers may roll: the row of `roll_ups` is locked, and who finds it locked leaves it.
 */
@Injectable()
export class RollUps {
  private readonly nextAt = new Map<string, number>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Every ROLL_UP_EVERY_MS, and a call before that does nothing; answers how many batches were summed up. */
  async sweep(rollUp: RollUp): Promise<number> {
    const start = this.clock.monotonicMs();
    if (start < (this.nextAt.get(rollUp.name) ?? 0)) return 0;
    this.nextAt.set(rollUp.name, start + this.config.rollUp.everyMs);
    let batches = 0;
    while (await this.advance(rollUp)) {
      batches += 1;
      if (this.clock.monotonicMs() - start > SWEEP_MS) {
        this.nextAt.delete(rollUp.name);
        break;
      }
    }
    return batches;
  }

  /** Sums up a batch; false when there was none that is old enough and closed, or another process is at it. */
  async advance(rollUp: RollUp): Promise<boolean> {
    try {
      return await this.unitOfWork.run(`roll-up.${rollUp.name}`, (tx) => this.addBatch(tx, rollUp));
    } catch (error) {
      if (error instanceof StillOpen) return false;
      throw error;
    }
  }

  private async addBatch(tx: EntityManager, { name, source, key, add }: RollUp): Promise<boolean> {
    const [position] = await tx.query<Position[]>(
      `SELECT rolled_through AS rolled, seen_through AS seen,
         seen_at <= UTC_TIMESTAMP(3) - INTERVAL ? * 1000 MICROSECOND AS is_ripe
       FROM roll_ups WHERE name = ? FOR UPDATE SKIP LOCKED`,
      [this.config.rollUp.graceMs, name],
    );
    if (position === undefined) return false;
    const [from, seen] = [Number(position.rolled), Number(position.seen)];
    if (from >= seen) {
      await tx.query(
        `UPDATE roll_ups r JOIN (SELECT MAX(${key}) AS last FROM ${source}) s ON s.last > r.seen_through
         SET r.seen_through = s.last, r.seen_at = UTC_TIMESTAMP(3) WHERE r.name = ?`,
        [name],
      );
      return false;
    }
    if (Number(position.is_ripe) !== 1) return false;
    const through = Math.min(seen, from + ROWS_AT_ONCE);
    const locked = tx.query(
      `SELECT COUNT(*) FROM ${source} FORCE INDEX (PRIMARY) WHERE ${key} > ? AND ${key} <= ?
       LOCK IN SHARE MODE WAIT 1`,
      [from, through],
    );
    await locked.catch((error: unknown) => {
      throw isRetryableConflict(error) ? new StillOpen() : error;
    });
    await add(tx, { from, through });
    await tx.query('UPDATE roll_ups SET rolled_through = ? WHERE name = ?', [through, name]);
    return true;
  }

  /** Whether so little is left that the figures and the rest are read faster than everything. */
  async isNear({ name, source, key }: Pick<RollUp, 'name' | 'source' | 'key'>): Promise<boolean> {
    const [row] = await this.dataSource.manager.query<{ n: string | number }[]>(
      `SELECT CAST(COALESCE((SELECT MAX(${key}) FROM ${source}), 0) AS SIGNED) - CAST(rolled_through AS SIGNED) AS n
       FROM roll_ups WHERE name = ?`,
      [name],
    );
    return row !== undefined && Number(row.n) <= TAIL_ROWS_MAX;
  }
}

/** In a statement that reads figures and the rows after them: the last row that is among the figures. */
export const rolledThrough = (name: string) => `(SELECT rolled_through FROM roll_ups WHERE name = '${name}')`;
