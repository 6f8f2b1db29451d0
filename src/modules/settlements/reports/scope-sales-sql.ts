import { type DataScope, scopeCondition } from '../../../common/http/data-scope';
import { added, listOf, SALES_FIGURES, SETTLED, type SalesQuestion, type Statement } from './sales-rows-sql';
import {
  belongsToPart,
  isSummed,
  isUnsummedPart,
  ofPart,
  type PartRange,
  partValues,
} from './settled-sums-sql';

/*
 * Sales of settled days of all merchants together, and of all that are below an agency, read as one row a day and method.
 * Who moves a merchant or an agency (`agency_merchants`) has that written down in the same transaction
 * (`sales_scope_changes`): a reader adds or takes away that one merchant, until the worker has done so in the sums.
 */

/** The name of all merchants. */
const ALL_MERCHANTS = '';

/** The scope whose sums answer a question; null for what belongs to one merchant. */
export function summedScope(scope: DataScope): string | null {
  if (scope.kind === 'ALL') return ALL_MERCHANTS;
  return scope.kind === 'AGENCY' ? scope.agencyCode : null;
}

/** What of a merchant's sales (`m`) of a day and method had no branch. */
const BRANCHLESS = `STRAIGHT_JOIN daily_branch_sales d ON d.mid = m.mid AND d.branch_id = ''
  AND d.captured_day = m.captured_day AND d.method = m.method`;

/** Both sums over merchants' sales (`m`) of settled days: of everything, and of what had no branch. */
const GRAINS = [
  { branchless: 0, table: 'm', join: '' },
  { branchless: 1, table: 'd', join: BRANCHLESS },
] as const;

const times = (weight: string, table: string) =>
  listOf(SALES_FIGURES, (name) => `${weight} * CAST(${table}.${name} AS SIGNED) AS ${name}`);

/**
 * Who counts in which sums, by a merchant's row (`m`): who was below an agency when its changes were last worked into the
 * sums. Read by one statement: whoever is moved meanwhile is in two of these or in none.
 */
const MEMBERSHIPS = [
  { scope: `'${ALL_MERCHANTS}'`, join: '', weight: '1' },
  { scope: 's.ancestor_code', join: 'STRAIGHT_JOIN agency_merchants s ON s.mid = m.mid', weight: '1' },
  { scope: 'c.scope', join: 'STRAIGHT_JOIN sales_scope_changes c ON c.mid = m.mid', weight: '-c.delta' },
] as const;

const upserted = (rows: string) => `
INSERT INTO daily_scope_sales (scope, branchless, captured_day, method, ${listOf(SALES_FIGURES)})
SELECT x.scope, x.branchless, x.captured_day, x.method, ${listOf(SALES_FIGURES, (name) => `SUM(x.${name})`)}
FROM (${rows}) x GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4 ${added(SALES_FIGURES)}`;

/** Some merchants of a part, in all scopes that they are in. */
export function addPartOfScopes(range: PartRange): Statement {
  const parts = MEMBERSHIPS.flatMap(({ scope, join: member, weight }) =>
    GRAINS.map(
      ({
        branchless,
        table,
        join,
      }) => `SELECT ${scope} AS scope, ${branchless} AS branchless, m.captured_day, m.method,
        ${times(weight, table)} FROM daily_merchant_sales m ${join} ${member} WHERE ${ofPart('m')}`,
    ),
  );
  return { sql: upserted(parts.join(' UNION ALL ')), values: parts.flatMap(() => partValues(range)) };
}

/** A merchant that joined or left an agency, held until the sums have it. */
export const NEXT_CHANGE = `
SELECT c.scope, c.mid FROM sales_scope_changes c ORDER BY c.scope, c.mid LIMIT 1 FOR UPDATE SKIP LOCKED`;
/** All of the merchant that is summed up. Parameters: the scope and the merchant, twice. */
export const WORK_CHANGE_IN = upserted(
  GRAINS.map(
    ({ branchless, table, join }) => `SELECT c.scope, ${branchless} AS branchless, m.captured_day, m.method,
      ${times('c.delta', table)} FROM sales_scope_changes c STRAIGHT_JOIN daily_merchant_sales m ON m.mid = c.mid ${join}
    WHERE c.scope = ? AND c.mid = ? AND c.delta <> 0 AND ${isSummed('m')}`,
  ).join(' UNION ALL '),
);
/** Parameters: the scope, the merchant. */
export const FORGET_CHANGE = 'DELETE FROM sales_scope_changes WHERE scope = ? AND mid = ?';

/** The sums of a scope, its parts that are not in them yet, and its merchants that they lack or have too many. */
export function scopeDays({ scope, from, to, branchless }: SalesQuestion, summed: string): Statement {
  const { join, table } = GRAINS[branchless === true ? 1 : 0];
  const { sql, values } = scopeCondition(scope, { mid: 'm.mid' });
  const settled = SETTLED.replaceAll('d.', `${table}.`);
  const parts: Statement[] = [
    {
      sql: `SELECT d.captured_day, '' AS branch_id, ${SETTLED} FROM daily_scope_sales d
        WHERE d.scope = ? AND d.branchless = ? AND d.captured_day BETWEEN ? AND ?`,
      values: [summed, branchless === true ? 1 : 0, from, to],
    },
    {
      sql: `SELECT m.captured_day, '', ${settled} FROM settlement_run_parts p
          STRAIGHT_JOIN daily_merchant_sales m ON ${belongsToPart('m')} ${join}
        WHERE ${isUnsummedPart} AND p.captured_day BETWEEN ? AND ? AND ${sql}`,
      values: [from, to, ...values],
    },
  ];
  if (scope.kind === 'AGENCY') {
    parts.push({
      sql: `SELECT m.captured_day, '', m.method, ${times('c.delta', table)}, 0, 0
        FROM sales_scope_changes c STRAIGHT_JOIN daily_merchant_sales m ON m.mid = c.mid ${join}
        WHERE c.scope = ? AND m.captured_day BETWEEN ? AND ? AND ${isSummed('m')}`,
      values: [summed, from, to],
    });
  }
  return {
    sql: parts.map((part) => part.sql).join(' UNION ALL '),
    values: parts.flatMap((part) => part.values),
  };
}
