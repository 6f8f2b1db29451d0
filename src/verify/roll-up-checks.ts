import { rolledThrough } from '../common/roll-up/roll-up';
import {
  changedCounts,
  COUNTED_PAYMENTS,
  FIGURES,
  PAYMENT_COUNTS,
} from '../modules/payments/statistics/payment-counts-sql';
import { MERCHANT_BALANCES, unsettledBy } from '../modules/settlements/obligations/obligations-sql';
import {
  OPEN_DAY_SALES,
  OPEN_GRAINS,
  OPEN_MERCHANT_SALES,
} from '../modules/settlements/reports/open-sales-sql';
import { LAST_SETTLED_DAY, waits } from '../modules/settlements/reports/sales-rows-sql';
import { isSummed } from '../modules/settlements/reports/settled-sums-sql';
import type { Check } from './violation';

const list = (names: readonly string[], of: (name: string) => string) => names.map(of).join(', ');
const differs = (names: readonly string[]) => names.map((name) => `SUM(x.${name}) <> 0`).join(' OR ');

const MOVEMENTS = ['approval_count', 'approval_amount', 'cancel_count', 'cancel_amount'] as const;
const SALES = [...MOVEMENTS, 'fee', 'vat'] as const;
/** When the Korean day of obligations (`o`) ends. */
const END = 'o.day + INTERVAL 15 HOUR';
const DAY_OF_TRANSFER = 'DATE(l.recorded_at + INTERVAL 9 HOUR)';
const change = (account: string) =>
  `CASE '${account}' WHEN l.credit_account THEN l.amount WHEN l.debit_account THEN -l.amount ELSE 0 END`;

/** What merchants were owed at the end of each day whose obligations are kept: payable and withheld. */
const LEDGER_AT = `SELECT o.day, SUM(l.payable) AS payable, SUM(l.held) AS held
  FROM settlement_obligations o JOIN (
    SELECT ${DAY_OF_TRANSFER} AS day, SUM(${change('MERCHANT_PAYABLE')}) AS payable, SUM(${change('MERCHANT_HELD')}) AS held
    FROM ledger_transfers l GROUP BY 1) l ON l.day <= o.day GROUP BY o.day`;

/** Every merchant in the scopes that its sales are summed up in: where it is, but for changes that the sums lack. */
const SUMMED_SCOPES = `SELECT '' AS scope, m.mid, 1 AS weight FROM merchants m UNION ALL
  SELECT a.ancestor_code, a.mid, 1 FROM agency_merchants a UNION ALL
  SELECT c.scope, c.mid, -c.delta FROM sales_scope_changes c`;
/** The sales of branches in parts of days that are summed up. */
const BRANCH_DAYS = `SELECT d.branch_id, d.captured_day, ${list(SALES, (name) => `SUM(CAST(d.${name} AS SIGNED)) AS ${name}`)}
  FROM daily_branch_sales d WHERE d.branch_id > '' AND ${isSummed('d')} GROUP BY 1, 2`;

/** Roll-ups against the rows that they sum up, whatever is not summed up yet, and what is kept of past days. */
export const ROLL_UP_CHECKS: readonly Check[] = [
  {
    invariant: 'INV-30',
    what: 'a roll-up of payments is not the count of its payments',
    sql: `SELECT IF(x.mid = '', 'all', x.mid) AS id FROM (
            SELECT mid, branch_id, created_day, ${list(FIGURES, (name) => name)} FROM daily_payment_counts
            UNION ALL ${changedCounts(`e.id > ${rolledThrough(PAYMENT_COUNTS.name)}`)}
            UNION ALL SELECT c.mid, c.branch_id, c.created_day, ${list(FIGURES, (name) => `-c.${name}`)}
            FROM (${COUNTED_PAYMENTS}) c) x
          GROUP BY x.mid, x.branch_id, x.created_day HAVING ${differs(FIGURES)}`,
  },
  {
    invariant: 'INV-30',
    what: 'a roll-up of open days is not the sum of its movements',
    sql: `SELECT x.mid AS id FROM (
            SELECT captured_day, mid, branch_id, method, ${list(MOVEMENTS, (name) => name)} FROM open_day_sales
            UNION ALL SELECT t.captured_day, t.mid, COALESCE(t.branch_id, ''), t.method, -(t.kind = 'APPROVAL'),
              -IF(t.kind = 'APPROVAL', t.settled_amount, 0), -(t.kind <> 'APPROVAL'),
              -IF(t.kind = 'APPROVAL', 0, t.settled_amount)
            FROM transactions t WHERE t.seq <= ${rolledThrough(OPEN_DAY_SALES.name)}) x
          WHERE (x.captured_day > ${LAST_SETTLED_DAY} OR ${waits('x')})
          GROUP BY x.captured_day, x.mid, x.branch_id, x.method HAVING ${differs(MOVEMENTS)}`,
  },
  {
    invariant: 'INV-30',
    what: 'a roll-up of a merchant’s open days, or of all merchants’, is not the sum of its movements',
    sql: `SELECT IF(x.mid = '', 'all', x.mid) AS id FROM (
            SELECT captured_day, mid, branchless, method, ${list(MOVEMENTS, (name) => name)} FROM open_merchant_sales
            UNION ALL SELECT t.captured_day, IF(g.of_all, '', t.mid), g.branchless, t.method, -(t.kind = 'APPROVAL'),
              -IF(t.kind = 'APPROVAL', t.settled_amount, 0), -(t.kind <> 'APPROVAL'),
              -IF(t.kind = 'APPROVAL', 0, t.settled_amount)
            FROM transactions t ${OPEN_GRAINS} WHERE t.seq <= ${rolledThrough(OPEN_MERCHANT_SALES.name)}) x
          WHERE x.captured_day > ${LAST_SETTLED_DAY} OR (x.mid > '' AND ${waits('x')})
          GROUP BY x.captured_day, x.mid, x.branchless, x.method HAVING ${differs(MOVEMENTS)}`,
  },
  {
    invariant: 'INV-30',
    what: 'the sales of an agency’s merchants on a day, or of all merchants, are not the sum of each one’s',
    sql: `SELECT CONCAT(IF(x.scope = '', 'all', x.scope), ' ', x.captured_day) AS id FROM (
            SELECT scope, branchless, captured_day, method, ${list(SALES, (name) => name)} FROM daily_scope_sales
            UNION ALL SELECT s.scope, 0, d.captured_day, d.method, ${list(SALES, (name) => `-s.weight * CAST(d.${name} AS SIGNED)`)}
            FROM daily_merchant_sales d JOIN (${SUMMED_SCOPES}) s ON s.mid = d.mid WHERE ${isSummed('d')}
            UNION ALL SELECT s.scope, 1, d.captured_day, d.method, ${list(SALES, (name) => `-s.weight * CAST(d.${name} AS SIGNED)`)}
            FROM daily_branch_sales d JOIN (${SUMMED_SCOPES}) s ON s.mid = d.mid AND d.branch_id = ''
            WHERE ${isSummed('d')}) x
          GROUP BY x.scope, x.branchless, x.captured_day, x.method HAVING ${differs(SALES)}`,
  },
  {
    invariant: 'INV-30',
    what: 'what a branch has sold up to a day is not the sum of its days',
    sql: `SELECT n.branch_id AS id FROM (
            SELECT COALESCE(s.branch_id, d.branch_id) AS branch_id, ${list(
              SALES,
              (name) => `
              COALESCE(s.${name}, 0) - COALESCE(LAG(s.${name}) OVER days, 0) - COALESCE(d.${name}, 0) AS ${name}`,
            )}
            FROM branch_sales_sums s LEFT JOIN (${BRANCH_DAYS}) d
              ON d.branch_id = s.branch_id AND d.captured_day = s.captured_day
            WINDOW days AS (PARTITION BY s.branch_id ORDER BY s.captured_day)) n
          WHERE ${list(SALES, (name) => `n.${name} <> 0`).replaceAll(', ', ' OR ')}
          UNION SELECT d.branch_id FROM (${BRANCH_DAYS}) d LEFT JOIN branch_sales_sums s
            ON s.branch_id = d.branch_id AND s.captured_day = d.captured_day WHERE s.branch_id IS NULL`,
  },
  {
    invariant: 'INV-30',
    what: 'a roll-up of what a merchant is owed is not the sum of its ledger transfers',
    sql: `SELECT x.mid AS id FROM (
            SELECT mid, recorded_day, payable, held FROM daily_merchant_balances
            UNION ALL SELECT COALESCE(l.mid, ''), ${DAY_OF_TRANSFER}, -(${change('MERCHANT_PAYABLE')}),
              -(${change('MERCHANT_HELD')})
            FROM ledger_transfers l WHERE l.id <= ${rolledThrough(MERCHANT_BALANCES.name)}) x
          GROUP BY x.mid, x.recorded_day HAVING ${differs(['payable', 'held'])}`,
  },
  {
    invariant: 'INV-30',
    what: 'the obligations of a day are not what its ledger says',
    sql: `SELECT o.day AS id FROM settlement_obligations o LEFT JOIN (${LEDGER_AT}) l ON l.day = o.day
          WHERE o.held <> COALESCE(l.held, 0) OR o.payable_settled + o.payable_unsettled <> COALESCE(l.payable, 0)`,
  },
  {
    invariant: 'INV-30',
    what: 'what merchants owe by the last day’s obligations is not what its ledger says',
    sql: `SELECT o.day AS id FROM settlement_obligations o
          WHERE o.day = (SELECT MAX(day) FROM settlement_obligations)
            AND o.merchant_debt <> (SELECT COALESCE(SUM(GREATEST(-b.payable, 0)), 0) FROM (
              SELECT COALESCE(l.mid, '') AS mid, SUM(${change('MERCHANT_PAYABLE')}) AS payable FROM ledger_transfers l
              WHERE l.recorded_at < (SELECT MAX(day) FROM settlement_obligations) + INTERVAL 15 HOUR GROUP BY 1) b)`,
  },
  {
    invariant: 'INV-30',
    what: 'the unsettled part of a day’s obligations is not the sum of its movements',
    sql: `SELECT o.day AS id FROM settlement_obligations o LEFT JOIN (
            SELECT o.day, SUM(t.settled_amount) AS amount FROM settlement_obligations o
            JOIN transactions t ON t.recorded_at < ${END}
            WHERE ${unsettledBy('t', END)} GROUP BY o.day) u ON u.day = o.day
          WHERE o.payable_unsettled <> COALESCE(u.amount, 0)`,
  },
  {
    invariant: 'INV-30',
    what: 'what a day’s obligations say of cancels and deposits is not what was open then',
    sql: `SELECT o.day AS id FROM settlement_obligations o
          WHERE o.pending_cancels <> (SELECT COALESCE(SUM(c.amount - c.point_amount), 0) FROM payment_cancels c
              LEFT JOIN transactions t ON t.source_id = c.id AND t.kind = 'CANCEL'
              WHERE c.requested_at < ${END} AND (c.status = 'IN_PROGRESS'
                OR (c.status = 'DONE' AND t.recorded_at >= ${END})
                OR (c.status = 'FAILED' AND EXISTS (SELECT 1 FROM payment_attempts a WHERE a.payment_id = c.payment_id
                  AND a.cancel_id = c.id AND a.finished_at >= ${END}))))
            OR o.deposits_to_return <> (SELECT COALESCE(SUM(k.amount), 0) FROM virtual_account_cases k
              WHERE k.code <> 'REFUNDED_ELSEWHERE' AND k.opened_at < ${END}
                AND (k.closed_at IS NULL OR k.closed_at >= ${END}))`,
  },
  {
    invariant: 'INV-30',
    what: 'the cover of a day is not what was registered, or not its share of the obligations',
    sql: `SELECT o.day AS id FROM settlement_obligations o
          WHERE o.required_cover <> (o.obligation * o.cover_ratio_ppm + 999999) DIV 1000000
            OR o.registered_cover <> (SELECT COALESCE(SUM(c.amount), 0) FROM settlement_covers c
              WHERE c.effective_from <= o.day AND NOT EXISTS (SELECT 1 FROM settlement_covers n
                WHERE n.kind = c.kind AND n.institution = c.institution AND n.effective_from <= o.day
                  AND (n.effective_from > c.effective_from OR (n.effective_from = c.effective_from AND n.seq > c.seq))))`,
  },
];
