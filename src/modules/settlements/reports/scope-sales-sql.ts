import { type DataScope, scopeCondition } from '../../../common/http/data-scope';
import { added, listOf, SALES_FIGURES, SETTLED, type SalesQuestion, type Statement } from './sales-rows-sql';

/*
 * Sales of settled days of all merchants together, and of all that are below an agency, read as one row a day and method.
 * `sales_scopes` says up to which day. Whoever moves a merchant or an agency (`agency_merchants`) has that forgotten in the
 * same transaction: a reader goes by the merchants then, until the worker has summed up the scope anew.
 */

/** The name of all merchants. */
export const ALL_MERCHANTS = '';

/** The scope whose sums answer a question; null for what belongs to one merchant. */
export function summedScope(scope: DataScope): string | null {
  if (scope.kind === 'ALL') return ALL_MERCHANTS;
  return scope.kind === 'AGENCY' ? scope.agencyCode : null;
}

/** Agencies that have never been summed up. */
export const ADD_SCOPES = `
INSERT IGNORE INTO sales_scopes (scope)
SELECT a.code FROM agencies a LEFT JOIN sales_scopes c ON c.scope = a.code WHERE c.scope IS NULL LIMIT 1000`;

/** The next scope that is behind. */
export const NEXT_SCOPE = `
SELECT c.scope, CAST(c.summed_through AS CHAR) AS summed_through FROM sales_scopes c
WHERE COALESCE(c.summed_through, '1970-01-01') <
  (SELECT MAX(r.captured_day) FROM settlement_runs r WHERE r.totals_at IS NOT NULL)
ORDER BY c.scope > ? DESC, c.scope LIMIT 1`;

/** The days that come next. Held, so that no merchant is settled late on them. Parameters: the day before, how many. */
export const NEXT_DAYS = `
SELECT CAST(r.captured_day AS CHAR) AS day FROM settlement_runs r
WHERE r.totals_at IS NOT NULL AND r.captured_day > COALESCE(?, '1970-01-01')
ORDER BY r.captured_day LIMIT ? LOCK IN SHARE MODE`;

/** Parameters: the scope, and up to which day it is summed up. */
export const CLAIM_SCOPE = `
SELECT c.scope FROM sales_scopes c WHERE c.scope = ? AND c.summed_through <=> ? FOR UPDATE SKIP LOCKED`;

const COLUMNS = `scope, branchless, captured_day, method, ${listOf(SALES_FIGURES)}`;
/** What of a merchant's sales (`m`) of a day and method had no branch. */
const BRANCHLESS = `STRAIGHT_JOIN daily_branch_sales d ON d.mid = m.mid AND d.branch_id = ''
  AND d.captured_day = m.captured_day AND d.method = m.method`;

/** Both sums over merchants' sales (`m`) of settled days. */
const bothOf = (scope: string, merchants: string, where: string) =>
  [
    { branchless: 0, table: 'm', join: '' },
    { branchless: 1, table: 'd', join: BRANCHLESS },
  ].map(
    ({ branchless, table, join }) => `INSERT INTO daily_scope_sales (${COLUMNS})
SELECT ${scope}, ${branchless}, m.captured_day, m.method, ${listOf(SALES_FIGURES, (name) => `SUM(${table}.${name})`)}
FROM ${merchants} ${join} WHERE ${where} GROUP BY 1, 2, 3, 4`,
  );

/** Parameters: the first and the last day. */
export const ADD_DAYS_OF_ALL = bothOf(
  `'${ALL_MERCHANTS}'`,
  'daily_merchant_sales m',
  'm.captured_day BETWEEN ? AND ?',
);
/** Day by day, so that no other days of a merchant are read. Parameters: the first and the last day, the agency. */
export const ADD_DAYS_OF_AGENCY = bothOf(
  's.ancestor_code',
  `settlement_runs r STRAIGHT_JOIN agency_merchants s
     STRAIGHT_JOIN daily_merchant_sales m ON m.mid = s.mid AND m.captured_day = r.captured_day`,
  'r.captured_day BETWEEN ? AND ? AND s.ancestor_code = ?',
);

/**
 * Who waits for the scopes that a merchant is in holds them, each by its key: a scan would wait for scopes that others
 * sum up. Parameter: the merchant.
 */
export const HOLD_SCOPES_OF = `
SELECT c.scope FROM (SELECT '${ALL_MERCHANTS}' AS scope UNION ALL
    SELECT a.ancestor_code FROM agency_merchants a WHERE a.mid = ?) s
  STRAIGHT_JOIN sales_scopes c ON c.scope = s.scope LOCK IN SHARE MODE`;
/** Of a merchant that waited, where its day is summed up already. Parameters: the merchant, twice; the day. */
export const ADD_LATE_SALES = bothOf(
  'c.scope',
  `(SELECT '${ALL_MERCHANTS}' AS scope UNION ALL SELECT a.ancestor_code FROM agency_merchants a WHERE a.mid = ?) s
     STRAIGHT_JOIN sales_scopes c ON c.scope = s.scope
     STRAIGHT_JOIN daily_merchant_sales m ON m.captured_day <= c.summed_through`,
  'm.mid = ? AND m.captured_day = ?',
).map((insert) => `${insert} ${added(SALES_FIGURES)}`);

/** Days that the scope is summed up to, and its merchants' after them. */
export function scopeDays({ scope, from, to, branchless }: SalesQuestion, summed: string): Statement {
  const figures = `SELECT d.captured_day, '' AS branch_id, ${SETTLED}`;
  const isBranchless = branchless === true;
  const { sql, values } = scopeCondition(scope, { mid: isBranchless ? 'm.mid' : 'd.mid' });
  const merchants = isBranchless ? `daily_merchant_sales m ${BRANCHLESS}` : 'daily_merchant_sales d';
  const day = `${isBranchless ? 'm' : 'd'}.captured_day`;
  return {
    sql: `${figures} FROM sales_scopes c STRAIGHT_JOIN daily_scope_sales d ON d.scope = c.scope
        WHERE c.scope = ? AND d.branchless = ? AND d.captured_day BETWEEN ? AND ? AND d.captured_day <= c.summed_through
      UNION ALL ${figures} FROM ${merchants} WHERE ${sql} AND ${day} BETWEEN ? AND ?
        AND ${day} > COALESCE((SELECT c.summed_through FROM sales_scopes c WHERE c.scope = ?), '1970-01-01')`,
    values: [summed, isBranchless ? 1 : 0, from, to, ...values, from, to, summed],
  };
}
