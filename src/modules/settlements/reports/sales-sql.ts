import { places } from '../../../common/db/places';
import type { DataScope } from '../../../common/http/data-scope';
import { scopeCondition } from '../../../common/http/data-scope';
import { rolledThrough } from '../../../common/roll-up/roll-up';

/*
 * Figures of sales: the daily roll-ups of settled days, the roll-up of days that are not settled yet, and the movements
 * that are not in it yet, read by one statement, so that what is rolled up or settled meanwhile counts once. Fee and VAT
 * of an open day are not reckoned before it is over: it is told as unsettled.
 */

/** The roll-up's row of `roll_ups`. */
export const OPEN_DAY_SALES = { name: 'open-day-sales', source: 'transactions', key: 'seq' } as const;

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
  /** Whether the roll-up of open days is near enough to be read; else every movement of them is. */
  readonly isRolled: boolean;
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

/** The merchant was left out of its part of a row's day, and waits for a person. */
export const waits = (row: string) => `EXISTS (SELECT 1 FROM settlement_run_parts w
  WHERE w.captured_day = ${row}.captured_day AND w.done_at IS NULL AND w.case_id IS NOT NULL AND w.first_mid = ${row}.mid)`;

/** The merchant's part of a row's day is not settled: nobody has done the part of the run that it is in, or it waits. */
export const notSettled = (row: string) => `(NOT EXISTS (SELECT 1 FROM settlement_run_parts p
  WHERE p.captured_day = ${row}.captured_day AND p.done_at IS NOT NULL AND ${row}.mid BETWEEN p.first_mid AND p.last_mid)
  OR ${waits(row)})`;

/** Up to it every day is settled, but for merchants that wait; the date before all days while none is. */
export const LAST_SETTLED_DAY = `COALESCE((SELECT MAX(r.captured_day) FROM settlement_runs r WHERE r.status = 'DONE'),
  '1970-01-01')`;

const OF_MOVEMENT = `t.kind = 'APPROVAL', IF(t.kind = 'APPROVAL', t.settled_amount, 0), t.kind <> 'APPROVAL',
  IF(t.kind = 'APPROVAL', 0, t.settled_amount)`;
const OPEN_FIGURES = ['approval_count', 'approval_amount', 'cancel_count', 'cancel_amount'] as const;
const TOTALS = [...OPEN_FIGURES, 'fee', 'vat'] as const;

/** Parameters: the last movement that is summed up, and the last one to sum up now. */
export const ADD_MOVEMENTS = `
INSERT INTO open_day_sales (captured_day, mid, branch_id, method, ${OPEN_FIGURES.join(', ')})
SELECT t.captured_day, t.mid, COALESCE(t.branch_id, ''), t.method, SUM(t.kind = 'APPROVAL'),
  SUM(IF(t.kind = 'APPROVAL', t.settled_amount, 0)), SUM(t.kind <> 'APPROVAL'),
  SUM(IF(t.kind = 'APPROVAL', 0, t.settled_amount))
FROM transactions t FORCE INDEX (PRIMARY)
WHERE t.seq > ? AND t.seq <= ? AND (t.captured_day > ${LAST_SETTLED_DAY} OR ${waits('t')})
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
ON DUPLICATE KEY UPDATE ${OPEN_FIGURES.map((name) => `${name} = ${name} + VALUES(${name})`).join(', ')}`;

/** Settled days are in the daily roll-ups. */
export const REMOVE_SETTLED = `DELETE FROM open_day_sales WHERE captured_day <= ${LAST_SETTLED_DAY}
  AND NOT ${waits('open_day_sales')} LIMIT 5000`;

/** The next day whose sales of all merchants are to be summed up: in the order of days. */
export const NEXT_TOTALS = `
SELECT CAST(n.captured_day AS CHAR) AS day FROM settlement_runs n
WHERE n.status = 'DONE' AND n.totals_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM settlement_runs b WHERE b.captured_day < n.captured_day AND b.totals_at IS NULL)
ORDER BY n.captured_day LIMIT 1 FOR UPDATE SKIP LOCKED`;
const totalsOf = (condition: string) => `
INSERT INTO daily_sales (captured_day, method, ${TOTALS.join(', ')})
SELECT d.captured_day, d.method, ${TOTALS.map((name) => `SUM(d.${name})`).join(', ')}
FROM daily_merchant_sales d WHERE ${condition} GROUP BY 1, 2
ON DUPLICATE KEY UPDATE ${TOTALS.map((name) => `${name} = ${name} + VALUES(${name})`).join(', ')}`;
/** Parameter: the day. */
export const ADD_TOTALS = totalsOf('d.captured_day = ?');
/** Of a merchant that waited, where the day is summed up already. Parameters: the day, the merchant. */
export const ADD_LATE_TOTALS =
  totalsOf(`d.captured_day = ? AND d.mid = ? AND EXISTS (SELECT 1 FROM settlement_runs r
  WHERE r.captured_day = d.captured_day AND r.totals_at IS NOT NULL)`);

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
  const { scope, branchId, openDays, isRolled } = question;
  const needsBranch = byBranch || branchId !== undefined || scope.kind === 'BRANCH';
  const parts = [
    needsBranch ? branchDays(question) : scope.kind === 'ALL' ? allDays(question) : merchantDays(question),
  ];
  if (openDays.length > 0) {
    if (isRolled) parts.push(openDaySales(question));
    parts.push(movements(question));
  }
  return {
    sql: parts.map(({ sql }) => sql).join(' UNION ALL '),
    values: parts.flatMap(({ values }) => values),
  };
}

const SETTLED = `d.method, d.approval_count AS approvals, d.approval_amount AS approved, d.cancel_count AS cancels,
  d.cancel_amount AS cancelled, d.fee, d.vat, 0 AS unsettled, 0 AS unsettled_amount`;

function branchDays(question: SalesQuestion): Statement {
  const { sql, values } = limitsOf(question, 'd');
  return {
    sql: `SELECT d.captured_day, d.branch_id AS branch_id, ${SETTLED} FROM daily_branch_sales d
      WHERE ${sql} AND d.captured_day BETWEEN ? AND ?`,
    values: [...values, question.from, question.to],
  };
}

function merchantDays(question: SalesQuestion): Statement {
  const { sql, values } = limitsOf(question, 'd');
  return {
    sql: `SELECT d.captured_day, '' AS branch_id, ${SETTLED} FROM daily_merchant_sales d
      WHERE ${sql} AND d.captured_day BETWEEN ? AND ?`,
    values: [...values, question.from, question.to],
  };
}

/** Of all merchants: days that are summed up, and the merchants' of the last days, which are not yet. */
function allDays({ from, to }: SalesQuestion): Statement {
  const last = `COALESCE((SELECT MAX(r.captured_day) FROM settlement_runs r WHERE r.totals_at IS NOT NULL), '1970-01-01')`;
  return {
    sql: `SELECT d.captured_day, '' AS branch_id, ${SETTLED} FROM daily_sales d WHERE d.captured_day BETWEEN ? AND ?
      UNION ALL SELECT d.captured_day, '', ${SETTLED} FROM daily_merchant_sales d
      WHERE d.captured_day BETWEEN ? AND ? AND d.captured_day > ${last}`,
    values: [from, to, from, to],
  };
}

function openDaySales(question: SalesQuestion): Statement {
  const { sql, values } = limitsOf(question, 'o');
  const { openDays } = question;
  return {
    sql: `SELECT o.captured_day, o.branch_id, o.method, o.approval_count, o.approval_amount, o.cancel_count,
        o.cancel_amount, 0, 0, o.approval_count + o.cancel_count, o.approval_amount + o.cancel_amount
      FROM open_day_sales o WHERE o.captured_day IN (${places(openDays)}) AND ${sql} AND ${notSettled('o')}`,
    values: [...openDays, ...values],
  };
}

/** Those that are not summed up yet; of a roll-up that is far behind all. */
function movements(question: SalesQuestion): Statement {
  const { sql, values } = limitsOf(question, 't');
  const { openDays, isRolled } = question;
  const source = isRolled ? 'transactions t FORCE INDEX (PRIMARY)' : 'transactions t';
  const after = isRolled ? `t.seq > ${rolledThrough(OPEN_DAY_SALES.name)} AND ` : '';
  return {
    sql: `SELECT t.captured_day, COALESCE(t.branch_id, ''), t.method, ${OF_MOVEMENT}, 0, 0, 1, t.settled_amount
      FROM ${source} WHERE ${after}t.captured_day IN (${places(openDays)}) AND ${sql} AND ${notSettled('t')}`,
    values: [...openDays, ...values],
  };
}

function limitsOf({ scope, branchId }: SalesQuestion, table: string): { sql: string; values: string[] } {
  const { sql, values } = scopeCondition(scope, { mid: `${table}.mid`, branchId: `${table}.branch_id` });
  if (branchId === undefined) return { sql, values };
  return { sql: `${sql} AND ${table}.branch_id = ?`, values: [...values, branchId] };
}
