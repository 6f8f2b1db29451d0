import { places } from '../../../common/db/places';
import { addDays } from '../../../common/time/korean-time';
import { listOf, notSettled, OPEN, SALES_FIGURES, SETTLED, SUMS } from './sales-rows-sql';
import type { SalesQuestion, Statement } from './sales-rows-sql';
import { movements, OPEN_DAY_SALES } from './open-sales-sql';
import { belongsToPart, isUnsummedPart, ofPart } from './settled-sums-sql';

/*
 * Sales by branch, for a page of branches. What a branch has sold in a period is what it had sold at its end less what it
 * had sold before it began: two rows, however long it is.
 */

/** Some merchants of a part. */
export const ADD_TO_BRANCH_SUMS = `
INSERT INTO branch_sales_sums (branch_id, captured_day, ${listOf(SALES_FIGURES)})
SELECT n.branch_id, n.captured_day, ${listOf(SALES_FIGURES, (name) => `n.${name} + COALESCE(b.${name}, 0)`)}
FROM (SELECT d.branch_id, d.captured_day, ${listOf(SALES_FIGURES, (name) => `SUM(d.${name}) AS ${name}`)}
  FROM (SELECT DISTINCT m.mid, m.captured_day FROM daily_merchant_sales m WHERE ${ofPart('m')}) m
  STRAIGHT_JOIN daily_branch_sales d ON d.mid = m.mid AND d.captured_day = m.captured_day
  WHERE d.branch_id > '' GROUP BY d.branch_id, d.captured_day) n
LEFT JOIN branch_sales_sums b ON b.branch_id = n.branch_id AND b.captured_day = (
  SELECT l.captured_day FROM branch_sales_sums l WHERE l.branch_id = n.branch_id ORDER BY l.captured_day DESC LIMIT 1)`;

const NO_METHOD = SETTLED.replace('d.method', `''`);
const LESS = `'', -d.approval_count, -d.approval_amount, -d.cancel_count, -d.cancel_amount, -d.fee, -d.vat, 0, 0`;

/** Before the last sum of a branch is looked for backwards, it is looked for on so many days. */
const DAYS_TRIED = 3;

/** What branches had sold at the end of a day. A branch that sells every day has its sum on one of the days tried. */
function lastSums(columns: string, branchIds: readonly string[], day: string): Statement {
  const ofBranch =
    'SELECT l.captured_day FROM branch_sales_sums l WHERE l.branch_id = b.id AND l.captured_day';
  // One that began later has none: it is not looked for among all that came after.
  const first = `SELECT l.captured_day FROM branch_sales_sums l WHERE l.branch_id = b.id ORDER BY l.captured_day LIMIT 1`;
  const tried = Array.from({ length: DAYS_TRIED }, (_, back) => addDays(day, -back));
  return {
    sql: `SELECT d.captured_day, d.branch_id, ${columns}
      FROM branches b STRAIGHT_JOIN branch_sales_sums d ON d.branch_id = b.id AND d.captured_day = COALESCE(
        ${tried.map(() => `(${ofBranch} = ?)`).join(', ')}, 
        IF((${first}) < ?, (${ofBranch} < ? ORDER BY l.captured_day DESC LIMIT 1), NULL))
      WHERE b.id IN (${places(branchIds)})`,
    values: [...tried, tried.at(-1)!, tried.at(-1)!, ...branchIds],
  };
}

/** A row for each of some branches that has any sales, by id. */
export function branchesStatement(question: SalesQuestion, branchIds: readonly string[]): Statement {
  const { from, to, openDays } = question;
  const ids = places(branchIds);
  const parts: Statement[] = [
    lastSums(NO_METHOD, branchIds, to),
    lastSums(LESS, branchIds, addDays(from, -1)),
    {
      // Settled, but not summed up yet.
      sql: `SELECT d.captured_day, d.branch_id, ${SETTLED} FROM settlement_run_parts p STRAIGHT_JOIN branches b
          STRAIGHT_JOIN daily_branch_sales d ON d.branch_id = b.id AND d.mid = b.mid AND ${belongsToPart('d')}
        WHERE ${isUnsummedPart} AND p.captured_day BETWEEN ? AND ? AND b.id IN (${ids})`,
      values: [from, to, ...branchIds],
    },
    // Day by day: with several at once the database would read all branches of them.
    ...openDays.map((day) => ({
      sql: `SELECT o.captured_day, o.branch_id, ${OPEN} FROM branches b STRAIGHT_JOIN open_day_sales o
          ON o.captured_day = ? AND o.mid = b.mid AND o.branch_id = b.id
        WHERE b.id IN (${ids}) AND ${notSettled('o')}`,
      values: [day, ...branchIds],
    })),
  ];
  if (openDays.length > 0) {
    const { sql, values } = movements(question, OPEN_DAY_SALES);
    parts.push({ sql: `${sql} AND t.branch_id IN (${ids})`, values: [...values, ...branchIds] });
  }
  return {
    sql: `SELECT x.branch_id AS group_key, ${SUMS} FROM (${parts.map(({ sql }) => sql).join(' UNION ALL ')}) x
      GROUP BY 1 HAVING SUM(x.approvals + x.cancels) > 0 ORDER BY 1`,
    values: parts.flatMap(({ values }) => values),
  };
}
