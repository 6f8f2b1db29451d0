import type { SqlConnection, SqlPool, SqlValue } from '../../../common/db/pool';
import { places } from '../../../common/db/places';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { newId } from '../../../common/ids/id';
import { fromDatabaseTime } from '../../../common/time/korean-time';
import { partsOf } from './run-parts.policy';
import type { WaitingMerchant } from './settlement-case.types';

/** How long after midnight a day may still get movements, doubled: see `transactions.captured_day`. */
const DAY_ENDS_AFTER_SECONDS = 600;
/** A run tells how many merchants wait, and names so many of them. */
const WAITING_SHOWN_MAX = 20;

export interface RunState {
  readonly runId: string;
  readonly capturedDay: string;
  /** DONE also while merchants wait: those are settled by a later run. */
  readonly status: 'RUNNING' | 'DONE';
  readonly lineCount: number | null;
  readonly settlementCount: number | null;
  readonly requestedBy: string;
  readonly startedAt: Date;
  /** null while it runs. */
  readonly finishedAt: Date | null;
  /** How many merchants of the day could not be settled yet. */
  readonly waitingCount: number;
  /** The first of them, WAITING_SHOWN_MAX at most. */
  readonly waiting: readonly WaitingMerchant[];
}

type Row = Readonly<Record<string, SqlValue>>;
type WaitingByDay = ReadonlyMap<string, { readonly count: number; readonly shown: WaitingMerchant[] }>;

/** The rows of daily runs, one for each day of capture. */
export class SettlementRunRepository {
  constructor(private readonly pool: SqlPool) {}

  /**
   * The first day that has movements and is over, but not settled, or whose run was begun and not ended, also where it has
   * no movements: later days are summed up after it. Null when there is none up to that day.
   */
  async firstUnsettledDay(upTo: string): Promise<string | null> {
    const [row] = await this.pool.execute<{ day: string | null }[]>(
      `SELECT CAST(MIN(d.day) AS CHAR) AS day FROM (
         SELECT MIN(t.captured_day) AS day FROM transactions t
         WHERE t.captured_day > COALESCE((SELECT MAX(r.captured_day) FROM settlement_runs r WHERE r.status = 'DONE'),
             '1970-01-01')
           AND t.captured_day <= ?
         UNION ALL
         SELECT MIN(b.captured_day) FROM settlement_runs b WHERE b.status = 'RUNNING' AND b.captured_day <= ?) d`,
      [upTo, upTo],
    );
    return row?.day ?? null;
  }

  /** The last Korean day that is over by the database's clock and gets no more movements. */
  async lastClosedDay(): Promise<string> {
    const [row] = await this.pool.execute<{ day: string }[]>(
      'SELECT CAST(DATE(UTC_TIMESTAMP(3) + INTERVAL 9 HOUR - INTERVAL ? SECOND) - INTERVAL 1 DAY AS CHAR) AS day',
      [DAY_ENDS_AFTER_SECONDS],
    );
    return row!.day;
  }

  async find(day: string): Promise<RunState | null> {
    const [row] = await this.pool.execute<Row[]>(
      'SELECT *, CAST(captured_day AS CHAR) AS day FROM settlement_runs WHERE captured_day = ?',
      [day],
    );
    return row === undefined ? null : runFromRow(row, await this.waitingOn([day]));
  }

  /** Writes the run and its parts down, once, and `close`s the day; who comes second finds the same parts. */
  async begin(day: string, requestedBy: string, close: (tx: SqlConnection) => Promise<void>): Promise<void> {
    await retryConflicts(() =>
      this.pool.transaction('begin-settlement-run', async (tx) => {
        const { affectedRows } = await tx.execute<{ affectedRows: number }>(
          `INSERT IGNORE INTO settlement_runs (captured_day, id, status, requested_by, started_at)
           VALUES (?, ?, 'RUNNING', ?, UTC_TIMESTAMP(3))`,
          [day, newId('run'), requestedBy],
        );
        if (affectedRows === 0) return;
        const counts = await tx.execute<{ mid: string; n: number | string }[]>(
          'SELECT mid, COUNT(*) AS n FROM transactions WHERE captured_day = ? GROUP BY mid ORDER BY mid',
          [day],
        );
        await close(tx);
        for (const { part, firstMid, lastMid, transactionCount } of partsOf(day, counts)) {
          await tx.execute(
            `INSERT INTO settlement_run_parts (captured_day, part, first_mid, last_mid, transaction_count)
             VALUES (?, ?, ?, ?, ?)`,
            [day, part, firstMid, lastMid, transactionCount],
          );
        }
      }),
    );
  }

  /** The merchants with movements on a day. */
  async midsOf(day: string): Promise<string[]> {
    const rows = await this.pool.execute<{ mid: string }[]>(
      'SELECT DISTINCT mid FROM transactions WHERE captured_day = ?',
      [day],
    );
    return rows.map(({ mid }) => mid);
  }

  /** Runs from the latest day back, before a day where it is given. */
  async page(before: string | null, count: number): Promise<RunState[]> {
    const rows = await this.pool.execute<Row[]>(
      `SELECT *, CAST(captured_day AS CHAR) AS day FROM settlement_runs
       WHERE captured_day < COALESCE(?, '9999-12-31') ORDER BY captured_day DESC LIMIT ?`,
      // A prepared LIMIT takes a text here.
      [before, String(count)],
    );
    const waiting = await this.waitingOn(rows.map(({ day }) => String(day)));
    return rows.map((row) => runFromRow(row, waiting));
  }

  /** Ends the run when all of its parts are done but those that wait; nothing happens else, or when it has ended. */
  async finish(day: string): Promise<void> {
    await retryConflicts(() =>
      this.pool.transaction('finish-settlement-run', async (tx) => {
        // First, so that the lines of a merchant that is settled late in this moment are counted.
        await tx.execute(LOCK_RUN, [day]);
        await tx.execute(
          `UPDATE settlement_runs r SET r.status = 'DONE', r.finished_at = UTC_TIMESTAMP(3), ${COUNTED}
           WHERE r.captured_day = ? AND r.status = 'RUNNING' AND NOT EXISTS (SELECT 1 FROM settlement_run_parts p
             WHERE p.captured_day = ? AND p.done_at IS NULL AND p.case_id IS NULL)`,
          [day, day, day, day],
        );
      }),
    );
  }

  private async waitingOn(days: readonly string[]): Promise<WaitingByDay> {
    const found = new Map<string, { count: number; shown: WaitingMerchant[] }>();
    if (days.length === 0) return found;
    const rows = await this.pool.execute<Row[]>(
      `SELECT * FROM (SELECT CAST(p.captured_day AS CHAR) AS day, p.first_mid AS mid, p.transaction_count AS n,
           c.id AS case_id, c.code, ROW_NUMBER() OVER (PARTITION BY p.captured_day ORDER BY p.first_mid) AS place,
           COUNT(*) OVER (PARTITION BY p.captured_day) AS total
         FROM settlement_run_parts p JOIN settlement_cases c ON c.id = p.case_id
         WHERE p.captured_day IN (${places(days)}) AND p.done_at IS NULL) w
       WHERE w.place <= ${WAITING_SHOWN_MAX} ORDER BY w.day, w.place`,
      days,
    );
    for (const { day, mid, n, case_id: caseId, code, total } of rows) {
      const known = found.get(String(day)) ?? { count: Number(total), shown: [] };
      found.set(String(day), known);
      known.shown.push({
        ...{ caseId: String(caseId), mid: String(mid), code: String(code), movementCount: Number(n) },
      });
    }
    return found;
  }
}

/** Parameter: the day. */
export const LOCK_RUN = 'SELECT captured_day FROM settlement_runs WHERE captured_day = ? FOR UPDATE';

/** Parameters: the day, twice. */
export const COUNTED = `r.line_count = (SELECT COUNT(*) FROM settlement_lines l WHERE l.captured_day = ?),
  r.settlement_count = (SELECT COUNT(DISTINCT l.settlement_id) FROM settlement_lines l WHERE l.captured_day = ?)`;

function runFromRow(row: Row, waiting: WaitingByDay): RunState {
  const count = (value: SqlValue | undefined) => (value === null ? null : Number(value));
  const day = String(row.day);
  return {
    runId: String(row.id),
    capturedDay: day,
    status: row.status as RunState['status'],
    lineCount: count(row.line_count),
    settlementCount: count(row.settlement_count),
    requestedBy: String(row.requested_by),
    startedAt: fromDatabaseTime(String(row.started_at)),
    finishedAt: row.finished_at === null ? null : fromDatabaseTime(String(row.finished_at)),
    waitingCount: waiting.get(day)?.count ?? 0,
    waiting: waiting.get(day)?.shown ?? [],
  };
}
