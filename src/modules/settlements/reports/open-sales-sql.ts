import { places } from '../../../common/db/places';
import { scopeCondition } from '../../../common/http/data-scope';
import { rolledThrough } from '../../../common/roll-up/roll-up';
import {
  added,
  LAST_SETTLED_DAY,
  limitsOf,
  listOf,
  MOVEMENT_FIGURES,
  MOVEMENT_SUMS,
  notSettled,
  OPEN,
  type SalesQuestion,
  type Statement,
  waits,
} from './sales-rows-sql';

/*
 * Sales of days that are not settled yet: two roll-ups of the same movements, by branch, and by merchant and all together.
 * Fee and VAT of such a day are not reckoned before it is over: it is told as unsettled.
 */

/** The roll-ups' rows of `roll_ups`. */
export const OPEN_DAY_SALES = { name: 'open-day-sales', source: 'transactions', key: 'seq' } as const;
export const OPEN_MERCHANT_SALES = {
  name: 'open-merchant-sales',
  source: 'transactions',
  key: 'seq',
} as const;

/** Parameters: the last movement that is summed up, and the last one to sum up now. */
export const ADD_MOVEMENTS = `
INSERT INTO open_day_sales (captured_day, mid, branch_id, method, ${listOf(MOVEMENT_FIGURES)})
SELECT t.captured_day, t.mid, COALESCE(t.branch_id, ''), t.method, ${MOVEMENT_SUMS}
FROM transactions t FORCE INDEX (PRIMARY)
WHERE t.seq > ? AND t.seq <= ? AND (t.captured_day > ${LAST_SETTLED_DAY} OR ${waits('t')})
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
${added(MOVEMENT_FIGURES)}`;

/** A movement counts for its merchant and for all, and once more for both where it has no branch. */
export const OPEN_GRAINS = `JOIN (SELECT 0 AS of_all, 0 AS branchless UNION ALL SELECT 0, 1 UNION ALL SELECT 1, 0
  UNION ALL SELECT 1, 1) g ON g.branchless = 0 OR t.branch_id IS NULL`;

/** The same by merchant. All together only count on days that nobody has begun to settle: see `openMerchantSales`. */
export const ADD_MERCHANT_MOVEMENTS = `
INSERT INTO open_merchant_sales (captured_day, mid, branchless, method, ${listOf(MOVEMENT_FIGURES)})
SELECT t.captured_day, IF(g.of_all, '', t.mid), g.branchless, t.method, ${MOVEMENT_SUMS}
FROM transactions t FORCE INDEX (PRIMARY) ${OPEN_GRAINS}
WHERE t.seq > ? AND t.seq <= ? AND (t.captured_day > ${LAST_SETTLED_DAY} OR (g.of_all = 0 AND ${waits('t')}))
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
${added(MOVEMENT_FIGURES)}`;

/** Settled days are in the daily roll-ups. */
const removeSettled = (table: string) => `DELETE FROM ${table} WHERE captured_day <= ${LAST_SETTLED_DAY}
  AND NOT ${waits(table)} LIMIT 5000`;
export const REMOVE_SETTLED = removeSettled('open_day_sales');
export const REMOVE_SETTLED_OF_MERCHANTS = removeSettled('open_merchant_sales');

/** By branch. */
export function openDaySales(question: SalesQuestion): Statement {
  const { sql, values } = limitsOf(question, 'o');
  const { openDays } = question;
  return {
    sql: `SELECT o.captured_day, o.branch_id, ${OPEN}
      FROM open_day_sales o WHERE o.captured_day IN (${places(openDays)}) AND ${sql} AND ${notSettled('o')}`,
    values: [...openDays, ...values],
  };
}

const FIGURES = `SELECT o.captured_day, '', ${OPEN}`;

/**
 * By merchant. Of a day whose run has not begun nothing can be settled: nobody's part of it is looked for, and all
 * merchants together are read from one row. Of the moments of the run, and of days on which somebody waits, it is.
 */
export function openMerchantSales(question: SalesQuestion): Statement {
  const { scope, branchless, openDays } = question;
  const isBranchless = branchless === true ? 1 : 0;
  const before = salesBeforeRuns(question, isBranchless);
  const { sql, values } = scopeCondition(scope, { mid: 'o.mid' });
  return {
    sql: `${before.sql} AND NOT EXISTS (SELECT 1 FROM settlement_runs r WHERE r.captured_day = o.captured_day)
      UNION ALL ${FIGURES} FROM settlement_runs r STRAIGHT_JOIN open_merchant_sales o ON o.captured_day = r.captured_day
      WHERE r.captured_day IN (${places(openDays)}) AND o.mid > '' AND ${sql} AND o.branchless = ? AND ${notSettled('o')}`,
    values: [...before.values, ...openDays, ...values, isBranchless],
  };
}

/** An agency's merchants are gone to one by one: the rows of all others would be read, too. */
function salesBeforeRuns({ scope, openDays }: SalesQuestion, isBranchless: number): Statement {
  if (scope.kind === 'AGENCY') {
    const days = openDays.map(() => 'SELECT CAST(? AS DATE) AS day').join(' UNION ALL ');
    return {
      sql: `${FIGURES} FROM (${days}) d STRAIGHT_JOIN agency_merchants s STRAIGHT_JOIN open_merchant_sales o
          ON o.captured_day = d.day AND o.mid = s.mid
        WHERE s.ancestor_code = ? AND o.branchless = ?`,
      values: [...openDays, scope.agencyCode, isBranchless],
    };
  }
  const { sql, values } =
    scope.kind === 'ALL' ? { sql: "o.mid = ''", values: [] } : scopeCondition(scope, { mid: 'o.mid' });
  return {
    sql: `${FIGURES} FROM open_merchant_sales o
      WHERE o.captured_day IN (${places(openDays)}) AND ${sql} AND o.branchless = ?`,
    values: [...openDays, ...values, isBranchless],
  };
}

const OF_MOVEMENT = `t.kind = 'APPROVAL', IF(t.kind = 'APPROVAL', t.settled_amount, 0), t.kind <> 'APPROVAL',
  IF(t.kind = 'APPROVAL', 0, t.settled_amount)`;

/** Those that are not summed up yet by a roll-up; of one that is far behind all. */
export function movements(question: SalesQuestion, { name }: { readonly name: string }): Statement {
  const { openDays, isRolled, branchless, ...limits } = question;
  const { sql, values } = limitsOf({ ...limits, openDays, isRolled }, 't');
  const source = isRolled ? 'transactions t FORCE INDEX (PRIMARY)' : 'transactions t';
  const after = isRolled ? `t.seq > ${rolledThrough(name)} AND ` : '';
  const branch = branchless === true ? 'AND t.branch_id IS NULL' : '';
  return {
    sql: `SELECT t.captured_day, COALESCE(t.branch_id, ''), t.method, ${OF_MOVEMENT}, 0, 0, 1, t.settled_amount
      FROM ${source} WHERE ${after}t.captured_day IN (${places(openDays)}) AND ${sql} ${branch} AND ${notSettled('t')}`,
    values: [...openDays, ...values],
  };
}
