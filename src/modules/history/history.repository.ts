import { Inject, Injectable } from '@nestjs/common';
import type { SqlConnection, SqlPool } from '../../common/db/pool';
import { scopeCondition } from '../../common/http/data-scope';
import { wonFromDatabase } from '../../common/money/won';
import { Clock } from '../../common/time/clock';
import { fromDatabaseTime } from '../../common/time/korean-time';
import { AppConfig } from '../../config/app-config';
import { HISTORY_POOL } from './history-pool';
import type {
  HistoryPage,
  HistoryRow,
  HistorySummary,
  Movement,
  Position,
  SearchCriteria,
} from './history.types';
import {
  exactFilterOf,
  type Fragment,
  isNarrowed,
  LANES_MAX,
  lanesOf,
  LOWEST_KEY,
  streamsOf,
} from './search/criteria-sql';
import { historyRow, movementFromRow, type Row } from './search/history-row';
import {
  boundarySql,
  exactSql,
  exactSummarySql,
  pageSql,
  type PageShape,
  type Span,
  summarySql,
  type Walk,
} from './search/page-sql';

/** Entries of an index that the first part of a narrowed walk goes through, and the most that a later one does. */
const PART_ENTRIES = 2_000;
const PART_ENTRIES_MAX = 50_000;
const MOVEMENTS_MAX = 1_000;

export interface PageRequest {
  readonly limit: number;
  /** Where to go on; from the newest row without it. */
  readonly after?: Position;
  /** A narrowed walk that has not filled its page by then ends with what it has. */
  readonly budgetMs: number;
  readonly shape: PageShape;
}

/** A page of rows as one moment shows them. */
type Snapshot = <T>(work: (connection: SqlConnection) => Promise<T>) => Promise<T>;

/** Reads of history, through a pool of its own: nothing here keeps a payment waiting for a connection. */
@Injectable()
export class HistoryRepository {
  private readonly timeLimit: string;

  constructor(
    @Inject(HISTORY_POOL) private readonly pool: SqlPool,
    private readonly clock: Clock,
    { history }: AppConfig,
  ) {
    this.timeLimit = `SET STATEMENT max_statement_time = ${history.queryTimeoutMs / 1_000} FOR`;
  }

  /**
   * One page, newest first. Costs the same at any depth. Where filters leave rows out it walks the index in parts and
   * stops when the page is full, the period is over, or the budget is used up: then it says where to go on.
   */
  async page(criteria: SearchCriteria, request: PageRequest): Promise<HistoryPage> {
    const walk = await this.walkOf(criteria, request.shape);
    const after = request.after ?? { at: criteria.before, key: LOWEST_KEY };
    const exact = exactFilterOf(criteria);
    if (exact !== null) {
      const found = exactSql(walk, exact, { from: criteria.from, after });
      const rows = await this.rows(this.pool, limited(found, request.limit + 1));
      return pageOf(rows, request.limit);
    }
    if (walk.lanes.length === 0) return { rows: [], next: null };
    return this.walk(walk, after, request);
  }

  /** Counts and sums of the whole list. The database gives up after the time limit: error 1969. */
  async summary(criteria: SearchCriteria): Promise<HistorySummary> {
    const walk = await this.walkOf(criteria, { accounts: criteria.bankCode !== undefined });
    const span = { from: criteria.from, after: { at: criteria.before, key: LOWEST_KEY } };
    const exact = exactFilterOf(criteria);
    const wanted =
      exact !== null
        ? [exactSummarySql(walk, exact, span)]
        : walk.lanes.length === 0
          ? []
          : streamsOf(criteria).map((stream) => summarySql(walk, stream, span));
    const rows = await this.snapshot(async (connection) => {
      const found: Row[] = [];
      for (const { sql, values } of wanted) {
        found.push(...(await connection.query<Row[]>(`${this.timeLimit} ${sql}`, values)));
      }
      return found;
    });
    const sum = (column: string) => rows.reduce((total, row) => total + wonFromDatabase(row[column] ?? 0), 0);
    return {
      count: sum('n'),
      approvedCount: sum('approved'),
      approvedAmount: sum('amount'),
      cancelledAmount: sum('cancelled'),
    };
  }

  /** The payment of a cancel; null when there is none in scope. */
  async paymentOfCancel(scope: SearchCriteria['scope'], cancelId: string): Promise<string | null> {
    const { sql, values } = scopeCondition(scope, { mid: 'p.mid', branchId: 'p.branch_id' });
    const [row] = await this.pool.execute<{ id: string }[]>(
      `SELECT p.id FROM payment_cancels c JOIN payments p ON p.id = c.payment_id WHERE c.id = ? AND ${sql}`,
      [cancelId, ...values],
    );
    return row?.id ?? null;
  }

  /** Oldest first. */
  async movementsOf(paymentId: string): Promise<readonly Movement[]> {
    const rows = await this.pool.execute<Row[]>(
      `SELECT kind, source_id, amount, settled_amount, CAST(captured_day AS CHAR) AS captured_day, occurred_at
       FROM transactions WHERE payment_id = ? ORDER BY seq LIMIT ${MOVEMENTS_MAX}`,
      [paymentId],
    );
    return rows.map(movementFromRow);
  }

  private async walk(walk: Walk, start: Position, request: PageRequest): Promise<HistoryPage> {
    const { criteria } = walk;
    const { limit, budgetMs } = request;
    const endsAt = this.clock.monotonicMs() + budgetMs;
    const isCut = isNarrowed(criteria, walk.lanes);
    const rows: HistoryRow[] = [];
    let after = start;
    for (let entries = PART_ENTRIES; ; entries = Math.min(entries * 2, PART_ENTRIES_MAX)) {
      const from = isCut ? await this.partStart(walk, after, entries) : criteria.from;
      rows.push(...(await this.part(walk, { from, after }, limit + 1 - rows.length)));
      if (rows.length > limit || from.getTime() === criteria.from.getTime()) return pageOf(rows, limit);
      after = { at: from, key: LOWEST_KEY };
      if (this.clock.monotonicMs() > endsAt) return { rows, next: after };
    }
  }

  /** From when on the next part is: as far back as `entries` entries of each stream's index reach. */
  private async partStart(walk: Walk, after: Position, entries: number): Promise<Date> {
    let start = walk.criteria.from;
    for (const stream of streamsOf(walk.criteria)) {
      const { sql, values } = boundarySql(walk, stream, { from: start, after }, entries);
      const [row] = await this.pool.use((connection) =>
        connection.query<{ at: string | null }[]>(`${this.timeLimit} ${sql}`, values),
      );
      if (row?.at) start = fromDatabaseTime(row.at);
    }
    return start;
  }

  /** The rows of one part, from both streams, as of one moment: a payment that is being approved is in one of them. */
  private part(walk: Walk, span: Span, limit: number): Promise<HistoryRow[]> {
    const [stream, second] = streamsOf(walk.criteria);
    if (second === undefined) return this.rows(this.pool, pageSql(walk, stream!, span, limit));
    return this.snapshot(async (connection) => {
      const found = await this.rows(connection, pageSql(walk, 'APPROVALS', span, limit));
      // What is older than the last of a full page cannot be on it, and is not looked through.
      const last = found.length < limit ? undefined : found.at(-1);
      const rest = { ...span, from: last?.place.at ?? span.from };
      const unapproved = await this.rows(connection, pageSql(walk, 'UNAPPROVED', rest, limit));
      return inOrder(found, unapproved).slice(0, limit);
    });
  }

  private async rows(on: SqlPool | SqlConnection, { sql, values }: Fragment): Promise<HistoryRow[]> {
    const statement = `${this.timeLimit} ${sql}`;
    const found =
      'use' in on
        ? await on.use((connection) => connection.query<Row[]>(statement, values))
        : await on.query<Row[]>(statement, values);
    return found.map(historyRow);
  }

  private readonly snapshot: Snapshot = (work) => this.pool.snapshot('read history', work);

  private async walkOf(criteria: SearchCriteria, shape: PageShape): Promise<Walk> {
    const { scope, mid, branchId } = criteria;
    const needsMerchants = scope.kind === 'AGENCY' && mid === undefined && branchId === undefined;
    const mids = needsMerchants ? await this.merchantsOf(criteria) : [];
    return { criteria, lanes: lanesOf(criteria, mids), shape };
  }

  private async merchantsOf({ scope }: SearchCriteria): Promise<readonly string[]> {
    const { sql, values } = scopeCondition(scope, { mid: 'mid' });
    const rows = await this.pool.execute<{ mid: string }[]>(
      `SELECT mid FROM merchants WHERE ${sql} ORDER BY mid LIMIT ${LANES_MAX + 1}`,
      values,
    );
    return rows.map(({ mid }) => mid);
  }
}

const limited = ({ sql, values }: Fragment, limit: number): Fragment => ({
  sql: `${sql} LIMIT ${limit}`,
  values,
});

function pageOf(rows: readonly HistoryRow[], limit: number): HistoryPage {
  const shown = rows.slice(0, limit);
  return { rows: shown, next: rows.length > limit ? shown.at(-1)!.place : null };
}

/** Two lists in order as one, those with a movement first where both are of the same millisecond. */
function inOrder(movements: readonly HistoryRow[], others: readonly HistoryRow[]): HistoryRow[] {
  const all: HistoryRow[] = [];
  let next = 0;
  for (const row of movements) {
    while (next < others.length && others[next]!.place.at > row.place.at) all.push(others[next++]!);
    all.push(row);
  }
  return [...all, ...others.slice(next)];
}
