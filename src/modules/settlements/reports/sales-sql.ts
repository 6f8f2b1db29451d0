import { limitsOf, SETTLED, type SalesQuestion, type Statement, SUMS } from './sales-rows-sql';
import {
  movements,
  OPEN_DAY_SALES,
  OPEN_MERCHANT_SALES,
  openDaySales,
  openMerchantSales,
} from './open-sales-sql';
import { scopeDays, summedScope } from './scope-sales-sql';

/*
 * Figures of sales: the daily roll-ups of settled days, the roll-up of days that are not settled yet, and the movements
 * that are not in it yet, read by one statement, so that what is rolled up or settled meanwhile counts once.
 */

export const GROUPS = ['day', 'month', 'branch', 'method'] as const;
export type GroupBy = (typeof GROUPS)[number];

const KEYS: Readonly<Record<GroupBy, string>> = {
  day: 'CAST(x.captured_day AS CHAR)',
  month: `DATE_FORMAT(x.captured_day, '%Y-%m')`,
  branch: `x.branch_id`,
  method: 'x.method',
};

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
    // Where merchants joined or left an agency, a group may have nothing left.
    sql: `SELECT ${key} AS group_key, ${SUMS} FROM (${source.sql}) x WHERE ${after} GROUP BY 1
      HAVING SUM(x.approvals + x.cancels) > 0 ORDER BY 1 LIMIT ?`,
    values: [...source.values, ...(group.after === null ? [] : [group.after]), group.limit],
  };
}

/** The roll-up of open days that a question is answered from. */
export const openRollUpOf = (
  { scope, branchId }: Pick<SalesQuestion, 'scope' | 'branchId'>,
  byBranch: boolean,
) => (byBranch || branchId !== undefined || scope.kind === 'BRANCH' ? OPEN_DAY_SALES : OPEN_MERCHANT_SALES);

function sourceOf(question: SalesQuestion, byBranch: boolean): Statement {
  const rollUp = openRollUpOf(question, byBranch);
  const needsBranch = rollUp === OPEN_DAY_SALES;
  const summed = needsBranch ? null : summedScope(question.scope);
  const settled = summed === null ? daysOf(question, needsBranch) : scopeDays(question, summed);
  const parts = [settled];
  if (question.openDays.length > 0) {
    if (question.isRolled) parts.push(needsBranch ? openDaySales(question) : openMerchantSales(question));
    parts.push(movements(question, rollUp));
  }
  return {
    sql: parts.map(({ sql }) => sql).join(' UNION ALL '),
    values: parts.flatMap(({ values }) => values),
  };
}

/** Of a merchant, or of branches. */
function daysOf(question: SalesQuestion, needsBranch: boolean): Statement {
  const { sql, values } = limitsOf(question, 'd');
  const isOfBranches = needsBranch || question.branchless === true;
  const [branch, table] = isOfBranches
    ? ['d.branch_id AS branch_id', 'daily_branch_sales']
    : [`'' AS branch_id`, 'daily_merchant_sales'];
  return {
    sql: `SELECT d.captured_day, ${branch}, ${SETTLED} FROM ${table} d
      WHERE ${sql} AND d.captured_day BETWEEN ? AND ?`,
    values: [...values, question.from, question.to],
  };
}
