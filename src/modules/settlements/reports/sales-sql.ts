import type { DataScope } from '../../../common/http/data-scope';
import { scopeCondition } from '../../../common/http/data-scope';

/*
 * Figures of sales: the daily roll-ups of settled days, and the movements of days that are not settled yet, read by one
 * statement, so that a day which is settled meanwhile counts once. Fee and VAT of the latter are not reckoned before their
 * day is over: they are told as unsettled.
 */

export const GROUPS = ['day', 'month', 'branch', 'method'] as const;
export type GroupBy = (typeof GROUPS)[number];

export interface SalesQuestion {
  readonly scope: DataScope;
  /** Korean days of capture, both included. */
  readonly from: string;
  readonly to: string;
  readonly branchId?: string;
  /** The days of the period that are not known to be settled. */
  readonly openDays: readonly string[];
}

const KEYS: Readonly<Record<GroupBy, string>> = {
  day: 'CAST(x.captured_day AS CHAR)',
  month: `DATE_FORMAT(x.captured_day, '%Y-%m')`,
  branch: `x.branch_id`,
  method: 'x.method',
};

const SUMS = `CAST(COALESCE(SUM(x.approvals), 0) AS CHAR) AS approval_count,
  CAST(COALESCE(SUM(x.approved), 0) AS CHAR) AS approval_amount,
  CAST(COALESCE(SUM(x.cancels), 0) AS CHAR) AS cancel_count, CAST(COALESCE(SUM(x.cancelled), 0) AS CHAR) AS cancel_amount,
  CAST(COALESCE(SUM(x.fee), 0) AS CHAR) AS fee, CAST(COALESCE(SUM(x.vat), 0) AS CHAR) AS vat,
  CAST(COALESCE(SUM(x.unsettled), 0) AS CHAR) AS unsettled_count,
  CAST(COALESCE(SUM(x.unsettled_amount), 0) AS CHAR) AS unsettled_amount`;

/**
 * The merchant's part of the day is not settled: nobody has done the part of the run that it is in, or it was left out of
 * that and waits.
 */
export const NOT_SETTLED = `(NOT EXISTS (SELECT 1 FROM settlement_run_parts p WHERE p.captured_day = t.captured_day
    AND p.done_at IS NOT NULL AND t.mid BETWEEN p.first_mid AND p.last_mid)
  OR EXISTS (SELECT 1 FROM settlement_run_parts w WHERE w.captured_day = t.captured_day
    AND w.done_at IS NULL AND w.case_id IS NOT NULL AND w.first_mid = t.mid))`;

interface Statement {
  readonly sql: string;
  readonly values: (string | number)[];
}

/** Totals; with `groupBy` one row for each group, the first key first, after a key where it is given. */
export function salesStatement(
  question: SalesQuestion,
  group?: { readonly by: GroupBy; readonly after: string | null; readonly limit: number },
): Statement {
  const source = sourceOf(question, group?.by === 'branch');
  if (group === undefined) return { sql: `SELECT ${SUMS} FROM (${source.sql}) x`, values: source.values };
  const key = KEYS[group.by];
  const after = group.after === null ? 'TRUE' : `${key} > ?`;
  return {
    sql: `SELECT ${key} AS group_key, ${SUMS} FROM (${source.sql}) x WHERE ${after} GROUP BY 1 ORDER BY 1 LIMIT ?`,
    values: [...source.values, ...(group.after === null ? [] : [group.after]), group.limit],
  };
}

function sourceOf(question: SalesQuestion, byBranch: boolean): Statement {
  const { scope, from, to, branchId, openDays } = question;
  const needsBranch = byBranch || branchId !== undefined || scope.kind === 'BRANCH';
  const rolled = limitsOf(question, 'd');
  const table = needsBranch ? 'daily_branch_sales' : 'daily_merchant_sales';
  const branch = needsBranch ? 'd.branch_id' : `''`;
  const settled = `SELECT d.captured_day, ${branch} AS branch_id, d.method, d.approval_count AS approvals,
      d.approval_amount AS approved, d.cancel_count AS cancels, d.cancel_amount AS cancelled, d.fee, d.vat,
      0 AS unsettled, 0 AS unsettled_amount
    FROM ${table} d WHERE ${rolled.sql} AND d.captured_day BETWEEN ? AND ?`;
  if (openDays.length === 0) return { sql: settled, values: [...rolled.values, from, to] };
  const open = limitsOf(question, 't');
  const tail = `SELECT t.captured_day, COALESCE(t.branch_id, ''), t.method, t.kind = 'APPROVAL',
      IF(t.kind = 'APPROVAL', t.settled_amount, 0), t.kind <> 'APPROVAL', IF(t.kind = 'APPROVAL', 0, t.settled_amount),
      0, 0, 1, t.settled_amount
    FROM transactions t WHERE t.captured_day IN (${openDays.map(() => '?').join(', ')}) AND ${open.sql}
      AND ${NOT_SETTLED}`;
  return {
    sql: `${settled} UNION ALL ${tail}`,
    values: [...rolled.values, from, to, ...openDays, ...open.values],
  };
}

function limitsOf({ scope, branchId }: SalesQuestion, table: 'd' | 't'): { sql: string; values: string[] } {
  const { sql, values } = scopeCondition(scope, { mid: `${table}.mid`, branchId: `${table}.branch_id` });
  if (branchId === undefined) return { sql, values };
  return { sql: `${sql} AND ${table}.branch_id = ?`, values: [...values, branchId] };
}
