import type { DataScope } from '../../../common/http/data-scope';
import { scopeCondition } from '../../../common/http/data-scope';

/*
 * What the statements of sales are made of. Every source of figures is a SELECT of one shape: captured_day, branch_id
 * (empty: none), method, approvals, approved, cancels, cancelled, fee, vat, unsettled, unsettled_amount.
 */

export interface Statement {
  readonly sql: string;
  readonly values: (string | number)[];
}

export interface SalesQuestion {
  readonly scope: DataScope;
  /** Korean days of capture, both included. */
  readonly from: string;
  readonly to: string;
  readonly branchId?: string;
  /** Only what was paid without a branch. */
  readonly branchless?: boolean;
  /** The days of the period that are not known to be settled. */
  readonly openDays: readonly string[];
  /** Whether the roll-up of open days is near enough to be read; else every movement of them is. */
  readonly isRolled: boolean;
}

export const MOVEMENT_FIGURES = [
  ...['approval_count', 'approval_amount', 'cancel_count', 'cancel_amount'],
] as const;
export const SALES_FIGURES = [...MOVEMENT_FIGURES, 'fee', 'vat'] as const;

export const listOf = (names: readonly string[], of: (name: string) => string = (name) => name) =>
  names.map(of).join(', ');

/** Adds a row's figures to those that are there. */
export const added = (names: readonly string[]) =>
  `ON DUPLICATE KEY UPDATE ${listOf(names, (name) => `${name} = ${name} + VALUES(${name})`)}`;

/** The answer's columns, over sources (`x`). */
export const SUMS = `CAST(COALESCE(SUM(x.approvals), 0) AS CHAR) AS approval_count,
  CAST(COALESCE(SUM(x.approved), 0) AS CHAR) AS approval_amount,
  CAST(COALESCE(SUM(x.cancels), 0) AS CHAR) AS cancel_count, CAST(COALESCE(SUM(x.cancelled), 0) AS CHAR) AS cancel_amount,
  CAST(COALESCE(SUM(x.fee), 0) AS CHAR) AS fee, CAST(COALESCE(SUM(x.vat), 0) AS CHAR) AS vat,
  CAST(COALESCE(SUM(x.unsettled), 0) AS CHAR) AS unsettled_count,
  CAST(COALESCE(SUM(x.unsettled_amount), 0) AS CHAR) AS unsettled_amount`;

/** From the method on, of a roll-up of settled days (`d`). */
export const SETTLED = `d.method, d.approval_count AS approvals, d.approval_amount AS approved, d.cancel_count AS cancels,
  d.cancel_amount AS cancelled, d.fee, d.vat, 0 AS unsettled, 0 AS unsettled_amount`;
/** From the method on, of a roll-up of open days (`o`). */
export const OPEN = `o.method, o.approval_count, o.approval_amount, o.cancel_count, o.cancel_amount, 0, 0,
  o.approval_count + o.cancel_count, o.approval_amount + o.cancel_amount`;

/** What movements (`t`) sum up to, by the names of MOVEMENT_FIGURES. */
export const MOVEMENT_SUMS = `SUM(t.kind = 'APPROVAL'), SUM(IF(t.kind = 'APPROVAL', t.settled_amount, 0)),
  SUM(t.kind <> 'APPROVAL'), SUM(IF(t.kind = 'APPROVAL', 0, t.settled_amount))`;

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

/** What of a table's merchants and branches is asked for. */
export function limitsOf({ scope, branchId, branchless }: SalesQuestion, table: string): Statement {
  const { sql, values } = scopeCondition(scope, { mid: `${table}.mid`, branchId: `${table}.branch_id` });
  const branch = branchless === true ? '' : branchId;
  if (branch === undefined) return { sql, values };
  return { sql: `${sql} AND ${table}.branch_id = ?`, values: [...values, branch] };
}
