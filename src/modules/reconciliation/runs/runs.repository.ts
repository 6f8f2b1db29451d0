import { Inject, Injectable } from '@nestjs/common';
import { places } from '../../../common/db/places';
import { type SqlConnection, SqlPool, type SqlValue } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { newId } from '../../../common/ids/id';
import { databaseTime, fromDatabaseTime, startOfKoreanDay } from '../../../common/time/korean-time';
import { RECONCILIATION_POOL } from '../reconciliation-pool';
import type { Basis, ClaimedRun, ListName, ReconciliationRun, RunStatus } from '../reconciliation.types';

type Row = Readonly<Record<string, SqlValue>>;

const CONTRACTS_AT_ONCE = 500;
const COLUMNS = 'r.*, CAST(r.day AS CHAR) AS on_day';
const IN = (ms: number) => `UTC_TIMESTAMP(3) + INTERVAL ${Math.max(0, Math.round(ms)) * 1_000} MICROSECOND`;

/** The work has passed to another process, whose lease it is now; nothing more may be written for it. */
export class LeaseLost extends Error {
  constructor() {
    super('the lease of a reconciliation run has passed to somebody else');
    this.name = 'LeaseLost';
  }
}

/** Runs that are to be: of which acquirers, by which basis, for which merchant (absent = all). */
export interface WantedRuns {
  readonly day: string;
  readonly list: ListName;
  readonly bases: ReadonlyMap<string, Basis>;
  readonly mid?: string;
  readonly requestedBy: string;
  /** Also of contracts that were made after that day. */
  readonly anyContract: boolean;
}

/** Rows of runs. Work is claimed in a transaction of its own before anything is read; every later write is fenced. */
@Injectable()
export class ReconciliationRuns {
  constructor(@Inject(RECONCILIATION_POOL) private readonly pool: SqlPool) {}

  /** Makes what is missing. Answers how many are new. */
  async ensure({ day, list, bases, mid, requestedBy, anyContract }: WantedRuns): Promise<number> {
    const acquirers = [...bases.keys()];
    if (acquirers.length === 0) return 0;
    const dayEnds = databaseTime(new Date(startOfKoreanDay(day).getTime() + 86_400_000));
    const values = [list, day, ...acquirers, ...(mid === undefined ? [] : [mid])];
    for (let made = 0; ;) {
      const contracts = await this.pool.execute<{ id: string; mid: string; acquirer: string }[]>(
        `SELECT c.id, c.mid, c.acquirer FROM acquirer_contracts c
         LEFT JOIN reconciliation_runs r ON r.contract_id = c.id AND r.list = ? AND r.day = ?
         WHERE r.id IS NULL AND c.acquirer IN (${places(acquirers)}) ${mid === undefined ? '' : 'AND c.mid = ?'}
           AND (c.removed_at IS NULL OR c.removed_at >= '${databaseTime(startOfKoreanDay(day))}')
           ${anyContract ? '' : `AND c.created_at < '${dayEnds}'`} LIMIT ${CONTRACTS_AT_ONCE}`,
        values,
      );
      for (const contract of contracts) {
        await this.pool.execute(
          `INSERT IGNORE INTO reconciliation_runs (id, day, list, contract_id, mid, acquirer, basis, status, due_at,
             requested_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'WAITING', UTC_TIMESTAMP(3), ?, UTC_TIMESTAMP(3))`,
          [
            ...[newId('run'), day, list, contract.id, contract.mid, contract.acquirer],
            ...[bases.get(contract.acquirer)!, requestedBy],
          ],
        );
      }
      made += contracts.length;
      if (contracts.length < CONTRACTS_AT_ONCE) return made;
    }
  }

  /** Due now, whatever came of them before; one that somebody is at stays with them. Answers the day's runs. */
  async wake(day: string, mid: string | undefined): Promise<number> {
    const ofMid = mid === undefined ? '' : 'AND mid = ?';
    const values = mid === undefined ? [day] : [day, mid];
    await retryConflicts(() =>
      this.pool.execute(
        `UPDATE reconciliation_runs SET status = 'WAITING', tries = 0, due_at = UTC_TIMESTAMP(3)
         WHERE day = ? ${ofMid} AND (status <> 'RUNNING' OR due_at <= UTC_TIMESTAMP(3))`,
        values,
      ),
    );
    const [row] = await this.pool.execute<{ n: number | string }[]>(
      `SELECT COUNT(*) AS n FROM reconciliation_runs WHERE day = ? ${ofMid}`,
      values,
    );
    return Number(row!.n);
  }

  /** Up to so many runs that are due, for a lease. Who had them before and has not ended writes nothing any more. */
  claim(count: number, leaseMs: number): Promise<ClaimedRun[]> {
    return retryConflicts(() =>
      this.pool.transaction('claim-reconciliation-runs', async (tx) => {
        const due = await tx.execute<{ id: string }[]>(
          `SELECT id FROM reconciliation_runs WHERE due_at <= UTC_TIMESTAMP(3)
           ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED`,
          [String(count)],
        );
        if (due.length === 0) return [];
        const ids = due.map(({ id }) => id);
        await tx.execute(
          `UPDATE reconciliation_runs SET status = 'RUNNING', claim = claim + 1, tries = tries + 1,
             started_at = UTC_TIMESTAMP(3), finished_at = NULL, due_at = ${IN(leaseMs)} WHERE id IN (${places(ids)})`,
          ids,
        );
        const rows = await tx.execute<Row[]>(
          `SELECT ${COLUMNS} FROM reconciliation_runs r WHERE r.id IN (${places(ids)})`,
          ids,
        );
        return rows.map((row) => {
          const run = runFromRow(row);
          return { ...run, claim: Number(row.claim), startedAt: run.startedAt! };
        });
      }),
    );
  }

  /** Throws LeaseLost. */
  async extend({ runId, claim }: ClaimedRun, leaseMs: number): Promise<void> {
    const { affectedRows } = await this.pool.execute<{ affectedRows: number }>(
      `UPDATE reconciliation_runs SET due_at = ${IN(leaseMs)} WHERE id = ? AND claim = ? AND status = 'RUNNING'`,
      [runId, claim],
    );
    if (affectedRows !== 1) throw new LeaseLost();
  }

  /** One transaction of whoever holds the run, with its row locked. Throws LeaseLost. */
  fenced<T>(run: ClaimedRun, work: (tx: SqlConnection) => Promise<T>): Promise<T> {
    return retryConflicts(() =>
      this.pool.transaction('reconcile', async (tx) => {
        const [row] = await tx.execute<{ claim: number | string; status: string }[]>(
          'SELECT claim, status FROM reconciliation_runs WHERE id = ? FOR UPDATE',
          [run.runId],
        );
        if (row === undefined || Number(row.claim) !== run.claim || row.status !== 'RUNNING')
          throw new LeaseLost();
        return work(tx);
      }),
    );
  }

  /** Within `fenced`. `againInMs`: when it has to be compared once more; null = never. */
  async finish(
    tx: SqlConnection,
    { runId }: ClaimedRun,
    counts: { own: number; open: number; listed: number | null; againInMs: number | null },
  ): Promise<void> {
    const { own, open, listed, againInMs } = counts;
    await tx.execute(
      `UPDATE reconciliation_runs r SET r.status = 'DONE', r.tries = 0, r.failure = NULL, r.own_count = ?,
         r.open_count = ?, r.listed_count = COALESCE(?, r.listed_count), r.finished_at = UTC_TIMESTAMP(3),
         r.difference_count = (SELECT COUNT(*) FROM reconciliation_cases k
           WHERE k.run_id = ? AND k.confirmed_at >= r.started_at),
         r.due_at = ${againInMs === null ? 'NULL' : IN(againInMs)}
       WHERE r.id = ?`,
      [own, open, listed, runId, runId],
    );
  }

  /** Within `fenced`. */
  async giveUp(
    tx: SqlConnection,
    { runId }: ClaimedRun,
    { status, failure, againInMs }: { status: RunStatus; failure: string; againInMs: number | null },
  ): Promise<void> {
    await tx.execute(
      `UPDATE reconciliation_runs SET status = ?, failure = ?,
         due_at = ${againInMs === null ? 'NULL' : IN(againInMs)} WHERE id = ?`,
      [status, failure.replace(/[^\x21-\x7e]/g, '?').slice(0, 60), runId],
    );
  }

  /** The newest first, below an id where it is given. */
  async page(
    filter: { readonly mid?: string; readonly day?: string },
    before: string | null,
    count: number,
  ): Promise<ReconciliationRun[]> {
    const conditions = ['r.id < ?'];
    const values: string[] = [before ?? 'run_~'];
    for (const [column, value] of Object.entries(filter)) {
      if (value === undefined) continue;
      conditions.push(`r.${column} = ?`);
      values.push(value);
    }
    const rows = await this.pool.execute<Row[]>(
      `SELECT ${COLUMNS} FROM reconciliation_runs r WHERE ${conditions.join(' AND ')} ORDER BY r.id DESC LIMIT ?`,
      [...values, String(count)],
    );
    return rows.map(runFromRow);
  }
}

function runFromRow(row: Row): ReconciliationRun {
  const count = (name: string) => (row[name] === null ? null : Number(row[name]));
  const time = (name: string) => (row[name] === null ? null : fromDatabaseTime(String(row[name])));
  return {
    runId: String(row.id),
    day: String(row.on_day),
    list: row.list as ListName,
    contractId: String(row.contract_id),
    mid: String(row.mid),
    acquirer: String(row.acquirer),
    basis: row.basis as Basis,
    status: row.status as RunStatus,
    tries: Number(row.tries),
    listedCount: count('listed_count'),
    ownCount: count('own_count'),
    differenceCount: count('difference_count'),
    openCount: count('open_count'),
    failure: row.failure === null ? null : String(row.failure),
    requestedBy: String(row.requested_by),
    createdAt: time('created_at')!,
    startedAt: time('started_at'),
    finishedAt: time('finished_at'),
  };
}
