import type { SqlConnection, SqlPool, SqlValue } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { newId } from '../../../common/ids/id';
import { places } from '../../../common/db/places';
import { fromDatabaseTime } from '../../../common/time/korean-time';
import { openSettlement } from '../open-settlement';
import {
  APPROVAL_COMMISSIONS,
  CANCEL_COMMISSIONS,
  COMMISSION_TRANSFERS,
  DAILY_COMMISSIONS,
} from './commission-sql';
import type { CommissionPrice, Payout, PlacedPrice, PriceSubject } from './price.types';
import { partsOf, type RunPart } from './run-parts.policy';
import * as sql from './run-sql';

/** How long after midnight a day may still get movements, doubled: see `transactions.captured_day`. */
const DAY_ENDS_AFTER_SECONDS = 600;
const ROWS_AT_ONCE = 500;

export interface RunState {
  readonly runId: string;
  readonly capturedDay: string;
  readonly status: 'RUNNING' | 'DONE';
  readonly lineCount: number | null;
  readonly settlementCount: number | null;
  readonly requestedBy: string;
  readonly startedAt: Date;
  /** null while it runs. */
  readonly finishedAt: Date | null;
}

type Row = Readonly<Record<string, SqlValue>>;

/** The rows of daily runs. A run's parts are done under their row locks: two runs of a day share its parts. */
export class SettlementRunRepository {
  constructor(private readonly pool: SqlPool) {}

  /** The first day that has movements and is over, but not settled; null when there is none up to that day. */
  async firstUnsettledDay(upTo: string): Promise<string | null> {
    const [row] = await this.pool.execute<{ day: string | null }[]>(
      `SELECT CAST(MIN(t.captured_day) AS CHAR) AS day FROM transactions t
       WHERE t.captured_day > COALESCE((SELECT MAX(r.captured_day) FROM settlement_runs r WHERE r.status = 'DONE'),
           '1970-01-01')
         AND t.captured_day <= ?`,
      [upTo],
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
    return row === undefined ? null : runFromRow(row);
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

  /** A part that nobody works on; null when there is none just now. */
  async nextPart(tx: SqlConnection, day: string): Promise<RunPart | null> {
    const [row] = await tx.execute<Row[]>(
      `SELECT part, first_mid, last_mid, transaction_count FROM settlement_run_parts
       WHERE captured_day = ? AND done_at IS NULL ORDER BY part LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [day],
    );
    if (row === undefined) return null;
    const { part, first_mid: firstMid, last_mid: lastMid, transaction_count: transactionCount } = row;
    return {
      day,
      part: Number(part),
      firstMid: String(firstMid),
      lastMid: String(lastMid),
      transactionCount: Number(transactionCount),
    };
  }

  async openParts(day: string): Promise<number> {
    const [row] = await this.pool.execute<{ n: number | string }[]>(
      'SELECT COUNT(*) AS n FROM settlement_run_parts WHERE captured_day = ? AND done_at IS NULL',
      [day],
    );
    return Number(row!.n);
  }

  subjects(tx: SqlConnection, part: RunPart): Promise<PriceSubject[]> {
    return tx.execute<PriceSubject[]>(sql.SUBJECTS, rangeOf(part));
  }

  /** By `payoutKey`: the payouts of a part's merchants from a day on whose sums are frozen already. */
  async frozenPayouts(tx: SqlConnection, part: RunPart, from: string): Promise<Set<string>> {
    const rows = await tx.execute<{ mid: string; contract_id: string; day: string }[]>(
      `SELECT mid, contract_id, CAST(payout_day AS CHAR) AS day FROM settlements
       WHERE mid BETWEEN ? AND ? AND payout_day >= ? AND status <> 'SCHEDULED'`,
      [part.firstMid, part.lastMid, from],
    );
    return new Set(
      rows.map(({ mid, contract_id: contractId, day }) => payoutKey({ mid, contractId, payoutDay: day })),
    );
  }

  /** The settlements that take more lines for these payouts, made where there is none. By `payoutKey`. */
  async openSettlements(
    tx: SqlConnection,
    payouts: readonly Payout[],
    actor: string,
  ): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const query = <T>(sql: string, values: SqlValue[]) => tx.execute<T>(sql, values);
    for (const payout of payouts) {
      found.set(payoutKey(payout), await openSettlement(query, payout, { actor, reason: 'daily run' }));
    }
    return found;
  }

  /** Makes the part's lines and everything that follows from them, and marks it done. All within the caller's transaction. */
  async settle(
    tx: SqlConnection,
    part: RunPart,
    { prices, commissions }: { prices: readonly PlacedPrice[]; commissions: readonly CommissionPrice[] },
  ): Promise<void> {
    const range = rangeOf(part);
    await insertRows(tx, 'settlement_prices', PRICE_COLUMNS, prices);
    await insertRows(tx, 'settlement_commission_rates', COMMISSION_COLUMNS, commissions);
    await tx.execute(sql.APPROVAL_LINES, range);
    await tx.execute(sql.CANCEL_LINES, range);
    const [{ n }] = (await tx.execute<{ n: number | string }[]>(sql.COUNT_LINES, range)) as [
      { n: number | string },
    ];
    if (Number(n) !== part.transactionCount) {
      throw new Error(
        `part ${part.part} of ${part.day} has ${part.transactionCount} movements, and ${n} lines`,
      );
    }
    for (const statement of [sql.ADD_TO_SETTLEMENTS, sql.FEE_TRANSFERS, sql.VAT_TRANSFERS]) {
      await tx.execute(statement, range);
    }
    for (const statement of [sql.BRANCH_SALES, sql.MERCHANT_SALES, sql.BRANCH_TOTALS]) {
      await tx.execute(statement, range);
    }
    if (await this.mayHaveCommissions(tx, part, commissions)) {
      for (const statement of [APPROVAL_COMMISSIONS, CANCEL_COMMISSIONS, DAILY_COMMISSIONS]) {
        await tx.execute(statement, range);
      }
      await tx.execute(COMMISSION_TRANSFERS, [part.day, part.part, ...range]);
    }
    for (const table of ['settlement_prices', 'settlement_commission_rates']) {
      await tx.execute(`DELETE FROM ${table} WHERE mid BETWEEN ? AND ?`, [part.firstMid, part.lastMid]);
    }
    await tx.execute(
      'UPDATE settlement_run_parts SET done_at = UTC_TIMESTAMP(3) WHERE captured_day = ? AND part = ?',
      [part.day, part.part],
    );
  }

  /** Cancels may take back what an agency had that earns nothing any more: where there was ever one, all is looked at. */
  private async mayHaveCommissions(
    tx: SqlConnection,
    part: RunPart,
    commissions: readonly CommissionPrice[],
  ): Promise<boolean> {
    if (commissions.length > 0) return true;
    const [row] = await tx.execute<{ found: number | string }[]>(
      'SELECT EXISTS (SELECT 1 FROM commission_lines) AS found',
    );
    return Number(row!.found) === 1;
  }

  /** Runs from the latest day back, before a day where it is given. */
  async page(before: string | null, count: number): Promise<RunState[]> {
    const rows = await this.pool.execute<Row[]>(
      `SELECT *, CAST(captured_day AS CHAR) AS day FROM settlement_runs
       WHERE captured_day < COALESCE(?, '9999-12-31') ORDER BY captured_day DESC LIMIT ?`,
      // A prepared LIMIT takes a text here.
      [before, String(count)],
    );
    return rows.map(runFromRow);
  }

  /** Ends the run when all of its parts are done; nothing happens else, or when it has ended. */
  async finish(day: string): Promise<void> {
    await this.pool.execute(
      `UPDATE settlement_runs r SET r.status = 'DONE', r.finished_at = UTC_TIMESTAMP(3),
         r.line_count = (SELECT COUNT(*) FROM settlement_lines l WHERE l.captured_day = ?),
         r.settlement_count = (SELECT COUNT(DISTINCT l.settlement_id) FROM settlement_lines l WHERE l.captured_day = ?)
       WHERE r.captured_day = ? AND r.status = 'RUNNING' AND NOT EXISTS (SELECT 1 FROM settlement_run_parts p
         WHERE p.captured_day = ? AND p.done_at IS NULL)`,
      [day, day, day, day],
    );
  }
}

export const payoutKey = ({ mid, contractId, payoutDay }: Payout) => `${mid}|${contractId}|${payoutDay}`;

const rangeOf = ({ day, firstMid, lastMid }: RunPart): string[] => [day, firstMid, lastMid];

const PRICE_COLUMNS = [
  ...[
    'mid',
    'contract_id',
    'branch_id',
    'acquirer',
    'method',
    'card_issuer',
    'card_type',
    'amount_min',
    'amount_max',
  ],
  ...['policy_id', 'rate_ppm', 'fixed_fee', 'minimum_fee', 'acquirer_cost_ppm', 'settlement_id'],
] as const satisfies readonly (keyof PlacedPrice)[];

const COMMISSION_COLUMNS = [
  ...['mid', 'policy_id', 'earner_kind', 'earner_code', 'rate_ppm'],
] as const satisfies readonly (keyof CommissionPrice)[];

async function insertRows<T extends object>(
  tx: SqlConnection,
  table: string,
  columns: readonly (keyof T & string)[],
  rows: readonly T[],
): Promise<void> {
  const place = `(${places(columns)})`;
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const some = rows.slice(at, at + ROWS_AT_ONCE);
    await tx.query(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${some.map(() => place).join(', ')}`,
      some.flatMap((row) => columns.map((column) => row[column] as SqlValue)),
    );
  }
}

function runFromRow(row: Row): RunState {
  const count = (value: SqlValue | undefined) => (value === null ? null : Number(value));
  return {
    runId: String(row.id),
    capturedDay: String(row.day),
    status: row.status as RunState['status'],
    lineCount: count(row.line_count),
    settlementCount: count(row.settlement_count),
    requestedBy: String(row.requested_by),
    startedAt: fromDatabaseTime(String(row.started_at)),
    finishedAt: row.finished_at === null ? null : fromDatabaseTime(String(row.finished_at)),
  };
}
