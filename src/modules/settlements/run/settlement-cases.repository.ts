import { places } from '../../../common/db/places';
import { insertRows, valuesOf } from '../../../common/db/insert-rows';
import type { SqlConnection, SqlPool, SqlValue } from '../../../common/db/pool';
import { newId } from '../../../common/ids/id';
import type { RunPart } from './run-parts.policy';
import type { OpenCase } from './settlement-case.types';
import { COUNTED, LOCK_RUN } from './settlement-run.repository';

/**
 * Cases of merchants that a run could not settle, and the parts that wait for them. Whoever settles or adds anything of a
 * merchant that waits holds its case's row, so that its days are settled one after the other.
 */
export class SettlementCasesRepository {
  constructor(private readonly pool: SqlPool) {}

  /** By merchant, id of the open cases among a part's merchants. Locked until the transaction ends. */
  async lockOpen(tx: SqlConnection, { firstMid, lastMid }: RunPart): Promise<Map<string, string>> {
    const rows = await tx.execute<{ id: string; mid: string }[]>(
      'SELECT id, mid FROM settlement_cases WHERE open_mid BETWEEN ? AND ? ORDER BY open_mid FOR UPDATE',
      [firstMid, lastMid],
    );
    return new Map(rows.map(({ id, mid }) => [mid, id]));
  }

  /** Opens cases for merchants, by the code of what was found; answers their ids by merchant. */
  async open(
    tx: SqlConnection,
    day: string,
    codes: ReadonlyMap<string, string>,
  ): Promise<Map<string, string>> {
    const rows = [...codes].map(([mid, code]) => {
      return { id: newId('stc'), mid, status: 'OPEN', code, first_day: day };
    });
    await insertRows(tx, 'settlement_cases', { given: CASE_COLUMNS }, valuesOf(CASE_COLUMNS, rows));
    return new Map(rows.map(({ id, mid }) => [mid, id]));
  }

  /** Takes merchants out of a part, each into a part of its own that waits. Answers how many movements those have. */
  async setAside(
    tx: SqlConnection,
    { day }: RunPart,
    caseByMid: ReadonlyMap<string, string>,
  ): Promise<number> {
    const mids = [...caseByMid.keys()];
    if (mids.length === 0) return 0;
    // Part numbers are given one by one, also where two parts of the day leave somebody out at once.
    await tx.execute(LOCK_RUN, [day]);
    const [last] = await tx.execute<{ part: number | string }[]>(
      'SELECT MAX(part) AS part FROM settlement_run_parts WHERE captured_day = ?',
      [day],
    );
    const counts = await tx.execute<{ mid: string; n: number | string }[]>(
      `SELECT mid, COUNT(*) AS n FROM transactions WHERE captured_day = ? AND mid IN (${places(mids)}) GROUP BY mid`,
      [day, ...mids],
    );
    const rows = counts.map(({ mid, n }, index) => ({
      ...{ captured_day: day, part: Number(last!.part) + 1 + index, first_mid: mid, last_mid: mid },
      ...{ transaction_count: Number(n), case_id: caseByMid.get(mid)! },
    }));
    await insertRows(tx, 'settlement_run_parts', { given: WAITING_COLUMNS }, valuesOf(WAITING_COLUMNS, rows));
    return rows.reduce((sum, { transaction_count: n }) => sum + n, 0);
  }

  /** Those that were open when it began, by merchant, after one where it is given. */
  async page(after: string, count: number): Promise<OpenCase[]> {
    const rows = await this.pool.execute<{ id: string; mid: string }[]>(
      'SELECT id, mid FROM settlement_cases WHERE open_mid > ? ORDER BY open_mid LIMIT ?',
      [after, String(count)],
    );
    return rows.map(({ id, mid }) => ({ caseId: id, mid }));
  }

  async countOpen(): Promise<number> {
    const [row] = await this.pool.execute<{ n: number | string }[]>(
      "SELECT COUNT(*) AS n FROM settlement_cases WHERE status = 'OPEN'",
    );
    return Number(row!.n);
  }

  /** The first day that waits for a case; null when nothing does any more. */
  async firstWaiting(caseId: string): Promise<RunPart | null> {
    const [row] = await this.pool.execute<Row[]>(FIRST_WAITING, [caseId]);
    return row === undefined ? null : partOf(row);
  }

  /** Whether a part is still the first that waits for an open case, which nobody works on. Both are locked if so. */
  async claim(tx: SqlConnection, caseId: string, part: RunPart): Promise<boolean> {
    const open = await tx.execute<unknown[]>(
      "SELECT id FROM settlement_cases WHERE id = ? AND status = 'OPEN' FOR UPDATE SKIP LOCKED",
      [caseId],
    );
    if (open.length === 0) return false;
    const [first] = await tx.execute<Row[]>(`${FIRST_WAITING} FOR UPDATE`, [caseId]);
    return first !== undefined && Number(first.part) === part.part && String(first.day) === part.day;
  }

  /** Still not to be settled, for what was found now. */
  async tried(caseId: string, code: string): Promise<void> {
    await this.pool.execute(
      "UPDATE settlement_cases SET code = ?, tried_at = UTC_TIMESTAMP(3) WHERE id = ? AND status = 'OPEN'",
      [code, caseId],
    );
  }

  /** After a waiting part was settled: its run counts its lines, and its case ends with the last of them. */
  async settled(tx: SqlConnection, caseId: string, { day }: RunPart): Promise<void> {
    // Also of a run that goes on, which the UPDATE alone would not hold: who ends it waits for us.
    await tx.execute(LOCK_RUN, [day]);
    await tx.execute(
      `UPDATE settlement_runs r SET ${COUNTED} WHERE r.captured_day = ? AND r.status = 'DONE'`,
      [...[day, day, day]],
    );
    const [next] = await tx.execute<Row[]>(FIRST_WAITING, [caseId]);
    if (next === undefined) {
      await tx.execute(
        `UPDATE settlement_cases SET status = 'CLOSED', closed_at = UTC_TIMESTAMP(3) WHERE id = ? AND status = 'OPEN'`,
        [caseId],
      );
    } else {
      await tx.execute("UPDATE settlement_cases SET first_day = ? WHERE id = ? AND status = 'OPEN'", [
        ...[String(next.day), caseId],
      ]);
    }
  }
}

type Row = Readonly<Record<string, SqlValue>>;

const CASE_COLUMNS = ['id', 'mid', 'status', 'code', 'first_day'] as const;
const WAITING_COLUMNS = [
  'captured_day',
  'part',
  'first_mid',
  'last_mid',
  'transaction_count',
  'case_id',
] as const;

const FIRST_WAITING = `SELECT CAST(captured_day AS CHAR) AS day, part, first_mid, last_mid, transaction_count
FROM settlement_run_parts WHERE case_id = ? AND done_at IS NULL ORDER BY captured_day LIMIT 1`;

/** A row of settlement_run_parts with its day as text. */
export const partOf = (row: Row): RunPart => ({
  day: String(row.day),
  part: Number(row.part),
  firstMid: String(row.first_mid),
  lastMid: String(row.last_mid),
  transactionCount: Number(row.transaction_count),
});
