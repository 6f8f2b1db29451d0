import type { Check } from './violation';

const CHARGED = `('APPROVED','PARTIALLY_CANCELLED','CANCELLED')`;
/** A customer key may be an address: it is named by the beginning of its SHA-256. */
const ACCOUNT = (table: string) =>
  `CONCAT(CONVERT(${table}.mid USING utf8mb4), ' ', LEFT(SHA2(${table}.customer_key, 256), 16)) AS id`;
const sumOf = (kind: string) => `SUM(IF(kind = '${kind}', amount, 0)) AS ${kind.toLowerCase()}_sum`;

/** What the database alone can prove of points. */
export const POINT_CHECKS: readonly Check[] = [
  {
    invariant: 'INV-28',
    what: 'a customer’s points are not what their history sums to',
    sql: `SELECT ${ACCOUNT('a')} FROM point_accounts a LEFT JOIN (SELECT mid, customer_key,
            SUM(balance_change) AS balance, SUM(held_change) AS held, SUM(debt_change) AS debt
            FROM point_entries GROUP BY mid, customer_key) e ON e.mid = a.mid AND e.customer_key = a.customer_key
          WHERE a.balance <> COALESCE(e.balance, 0) OR a.held <> COALESCE(e.held, 0) OR a.debt <> COALESCE(e.debt, 0)
            OR a.balance < 0 OR a.held < 0 OR a.debt < 0`,
  },
  {
    invariant: 'INV-28',
    what: 'a history belongs to no customer’s points',
    sql: `SELECT ${ACCOUNT('e')} FROM point_entries e LEFT JOIN point_accounts a
            ON a.mid = e.mid AND a.customer_key = e.customer_key WHERE a.mid IS NULL GROUP BY e.mid, e.customer_key`,
  },
  {
    invariant: 'INV-28',
    what: 'a line of a history does not follow on the one before',
    sql: `SELECT id FROM (SELECT id, balance_change, balance_after,
            LAG(balance_after) OVER (PARTITION BY mid, customer_key ORDER BY seq) AS balance_before
            FROM point_entries) e WHERE COALESCE(balance_before, 0) + balance_change <> balance_after`,
  },
  {
    invariant: 'INV-28',
    what: 'points are held for a payment that is not under way',
    sql: `SELECT h.payment_id AS id FROM payment_points h LEFT JOIN payments p ON p.id = h.payment_id
          WHERE h.state = 'HELD' AND COALESCE(p.status, '') NOT IN ('IN_PROGRESS', 'REVERSING')`,
  },
  {
    invariant: 'INV-28',
    what: 'a payment under way is to be paid with points that are not held',
    sql: `SELECT p.id FROM payments p LEFT JOIN payment_points h ON h.payment_id = p.id
          WHERE p.status = 'IN_PROGRESS' AND p.point_amount > 0
            AND NOT (h.state <=> 'HELD' AND h.point_amount <=> p.point_amount)`,
  },
  {
    invariant: 'INV-28',
    what: 'a charged payment has not used the points that it was paid with',
    sql: `SELECT p.id FROM payments p LEFT JOIN payment_points h ON h.payment_id = p.id
          WHERE p.status IN ${CHARGED} AND (p.point_amount > 0 OR h.payment_id IS NOT NULL)
            AND NOT (h.state <=> 'USED' AND h.point_amount <=> p.point_amount
              AND h.card_amount <=> p.amount - p.point_amount)`,
  },
  {
    invariant: 'INV-28',
    what: 'a payment that nobody was charged for kept points, or gave some',
    sql: `SELECT p.id FROM payments p JOIN payment_points h ON h.payment_id = p.id
          WHERE p.status IN ('FAILED', 'REVERSED') AND h.state = 'USED'
            AND (h.restored_amount <> h.point_amount OR h.clawed_back_amount <> h.earned_amount)`,
  },
  {
    invariant: 'INV-28',
    what: 'the history of a payment’s points is not what the payment says',
    sql: `SELECT h.payment_id AS id FROM payment_points h LEFT JOIN (SELECT payment_id, ${sumOf('HOLD')}, ${sumOf('FREE')},
            ${sumOf('USE')}, ${sumOf('RESTORE')}, ${sumOf('EARN')}, ${sumOf('CLAW_BACK')}
            FROM point_entries WHERE payment_id IS NOT NULL GROUP BY payment_id) e ON e.payment_id = h.payment_id
          WHERE COALESCE(e.hold_sum - e.free_sum - e.use_sum, 0) <> IF(h.state = 'HELD', h.point_amount, 0)
            OR COALESCE(e.use_sum, 0) <> IF(h.state = 'USED', h.point_amount, 0)
            OR COALESCE(e.restore_sum, 0) <> h.restored_amount OR COALESCE(e.earn_sum, 0) <> h.earned_amount
            OR COALESCE(e.claw_back_sum, 0) <> h.clawed_back_amount`,
  },
  {
    invariant: 'INV-28',
    what: 'points that came back are not those of the payment’s cancels',
    sql: `SELECT p.id FROM payments p JOIN payment_points h ON h.payment_id = p.id LEFT JOIN (SELECT payment_id,
            SUM(point_amount) AS points FROM payment_cancels WHERE status = 'DONE' GROUP BY payment_id) c
            ON c.payment_id = p.id
          WHERE p.status IN ${CHARGED} AND h.restored_amount <> COALESCE(c.points, 0)`,
  },
  {
    invariant: 'INV-28',
    what: 'a payment gave other points than what is left of it earns',
    sql: `SELECT p.id FROM payments p JOIN payment_points h ON h.payment_id = p.id WHERE p.status IN ${CHARGED}
          AND h.earned_amount - h.clawed_back_amount <>
            (h.card_amount - p.cancelled_amount + h.restored_amount) * h.earn_rate_ppm DIV 1000000`,
  },
];
