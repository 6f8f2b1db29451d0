import type { SqlPool } from '../common/db/pool';
import { PAYMENT_TRANSITIONS } from '../modules/payments/payment.state';
import { BILLING_CHECKS } from './billing-checks';
import { MOVEMENT_CHECKS } from './movement-checks';
import { AGENCY_CHECKS } from './agency-checks';
import { POINT_CHECKS } from './point-checks';
import { RECEIPT_CHECKS, SETTLED_RECEIPT_CHECKS } from './receipt-checks';
import { ROLL_UP_CHECKS } from './roll-up-checks';
import { SEALED_CHECKS } from './sealed-checks';
import { RECONCILIATION_CHECKS } from './reconciliation-checks';
import { SETTLEMENT_CHECKS } from './settlement-checks';
import { SMS_CHECKS, SMS_SETTLED_CHECKS } from './sms-checks';
import { WEBHOOK_CHECKS } from './webhook-checks';
import type { Check, Violation } from './violation';

const LEGAL = Object.entries(PAYMENT_TRANSITIONS)
  .flatMap(([from, tos]) => tos.map((to) => `('${from}','${to}')`))
  .join(',');

/** A virtual account that was closed before any deposit. */
const CLOSED = `status = 'CANCELLED' AND channel = 'VIRTUAL_ACCOUNT' AND approved_at IS NULL`;
const CHARGED = `('APPROVED','PARTIALLY_CANCELLED','CANCELLED')`;

/** What the database alone can prove. Every check names the rows that break it. */
export const DATABASE_CHECKS: readonly Check[] = [
  {
    invariant: 'INV-1',
    what: 'an order number names more than one payment',
    sql: `SELECT MIN(id) AS id FROM payments GROUP BY mid, order_no HAVING COUNT(*) > 1`,
  },
  {
    invariant: 'INV-1',
    what: 'a payment has more than one approved attempt',
    sql: `SELECT payment_id AS id FROM payment_attempts WHERE operation = 'APPROVE' AND outcome = 'APPROVED'
          GROUP BY payment_id HAVING COUNT(*) > 1`,
  },
  {
    invariant: 'INV-4',
    what: 'an attempt was approved, yet its payment says that it failed',
    sql: `SELECT p.id FROM payments p JOIN payment_attempts a ON a.payment_id = p.id
          WHERE p.status = 'FAILED' AND a.operation = 'APPROVE' AND a.outcome IN ('APPROVED', 'UNKNOWN', 'SENDING')
            AND (p.channel <> 'WINDOW' OR a.id = p.attempt_id)`,
  },
  {
    invariant: 'INV-4',
    what: 'another acquirer was asked although an earlier attempt was neither declined nor unsent',
    sql: `SELECT p.id FROM payments p JOIN payment_attempts a ON a.payment_id = p.id AND a.operation = 'APPROVE'
          WHERE p.channel <> 'WINDOW' AND a.id <> p.attempt_id AND a.outcome NOT IN ('DECLINED', 'NOT_SENT')`,
  },
  {
    invariant: 'INV-4',
    what: 'an attempt is still being sent, yet its payment is settled',
    sql: `SELECT p.id FROM payments p JOIN payment_attempts a ON a.payment_id = p.id
          WHERE a.outcome = 'SENDING' AND p.status NOT IN ('IN_PROGRESS', 'REVERSING')`,
  },
  {
    invariant: 'INV-5',
    what: 'a payment’s turn is held by a cancel that has ended',
    sql: `SELECT p.id FROM payments p LEFT JOIN payment_cancels c ON c.id = p.active_cancel_id
          WHERE p.active_cancel_id IS NOT NULL AND COALESCE(c.status, '') <> 'IN_PROGRESS'`,
  },
  {
    invariant: 'INV-5',
    what: 'balance, pending and cancelled amounts do not add up to the amount',
    sql: `SELECT id FROM payments WHERE balance_amount + pending_cancel_amount + cancelled_amount <> amount
          OR balance_amount < 0 OR pending_cancel_amount < 0 OR cancelled_amount < 0`,
  },
  {
    invariant: 'INV-5',
    what: 'the cancels of a payment do not sum to what it says was cancelled',
    sql: `SELECT p.id FROM payments p LEFT JOIN (SELECT payment_id,
            SUM(IF(status = 'DONE', amount, 0)) AS done, SUM(IF(status = 'IN_PROGRESS', amount, 0)) AS pending
            FROM payment_cancels GROUP BY payment_id) c ON c.payment_id = p.id
          WHERE p.cancelled_amount <> COALESCE(c.done, 0) OR p.pending_cancel_amount <> COALESCE(c.pending, 0)`,
  },
  {
    invariant: 'INV-5',
    what: 'the state does not fit what was cancelled',
    sql: `SELECT id FROM payments WHERE (status = 'CANCELLED' AND cancelled_amount <> IF(${CLOSED}, 0, amount))
          OR (status = 'PARTIALLY_CANCELLED' AND (cancelled_amount = 0 OR cancelled_amount = amount))
          OR (status NOT IN ('CANCELLED','PARTIALLY_CANCELLED') AND cancelled_amount <> 0)`,
  },
  {
    invariant: 'INV-8',
    what: 'an event tells of a change that the state table does not allow',
    sql: `SELECT payment_id AS id FROM payment_events WHERE from_status IS NOT NULL
          AND (from_status, to_status) NOT IN (${LEGAL})`,
  },
  {
    invariant: 'INV-8',
    what: 'the events of a payment do not follow on each other',
    sql: `SELECT payment_id AS id FROM (SELECT payment_id, from_status,
            LAG(to_status) OVER (PARTITION BY payment_id ORDER BY id) AS before_status FROM payment_events) e
          WHERE NOT (from_status <=> before_status)`,
  },
  {
    invariant: 'INV-8',
    what: 'the last event of a payment is not its state',
    sql: `SELECT p.id FROM payments p LEFT JOIN payment_events e
            ON e.id = (SELECT MAX(id) FROM payment_events WHERE payment_id = p.id)
          WHERE NOT (e.to_status <=> p.status)`,
  },
  {
    invariant: 'INV-3',
    what: 'a charged payment lacks its time or acquirer key, or one by card its approval number',
    sql: `SELECT id FROM payments WHERE status IN ${CHARGED} AND NOT (${CLOSED})
          AND (acquirer_transaction_id IS NULL OR approved_at IS NULL OR (method = 'CARD' AND approval_no IS NULL))`,
  },
  {
    invariant: 'INV-2',
    what: 'a payment is between states with nothing due: no worker would ever end it',
    sql: `SELECT id FROM payments WHERE status IN ('IN_PROGRESS', 'REVERSING') AND due_at IS NULL`,
  },
  {
    invariant: 'INV-2',
    what: 'a cancel is open with nothing due: no worker would ever end it',
    sql: `SELECT id FROM payment_cancels WHERE status = 'IN_PROGRESS' AND due_at IS NULL`,
  },
  {
    invariant: 'INV-2',
    what: 'a payment has been between states for more than ten minutes',
    sql: `SELECT id FROM payments WHERE status IN ('IN_PROGRESS', 'REVERSING')
          AND updated_at < UTC_TIMESTAMP(3) - INTERVAL 10 MINUTE`,
  },
  {
    invariant: 'INV-3',
    what: 'a virtual account and its payment disagree',
    sql: `SELECT p.id FROM payments p LEFT JOIN virtual_accounts v ON v.payment_id = p.id
          WHERE p.channel = 'VIRTUAL_ACCOUNT' AND (v.id IS NULL
            OR (v.account_sealed IS NULL) <> (p.status IN ('CREATED','IN_PROGRESS','FAILED','REVERSING','REVERSED'))
            OR (v.deposited_at IS NULL) <> (p.approved_at IS NULL)
            OR (v.ended_at IS NULL) <> (p.status <> 'EXPIRED' AND NOT (${CLOSED})))`,
  },
  {
    invariant: 'INV-2',
    what: 'an account waits with nothing due: no worker would ever look at it',
    sql: `SELECT p.id FROM payments p JOIN virtual_accounts v ON v.payment_id = p.id
          WHERE p.status = 'WAITING_FOR_DEPOSIT' AND v.check_at IS NULL`,
  },
  {
    invariant: 'INV-5',
    what: 'a refund of a virtual account does not say where to',
    sql: `SELECT c.id FROM payment_cancels c JOIN payments p ON p.id = c.payment_id
          WHERE p.channel = 'VIRTUAL_ACCOUNT' AND c.refund_account_sealed IS NULL`,
  },
  {
    invariant: 'INV-23',
    what: 'a contract counts less than its payments used of a day: its limit could be passed',
    sql: `SELECT CONCAT(p.contract_id, ' ', p.usage_day) AS id FROM payments p
          JOIN contract_usages u ON u.contract_id = p.contract_id AND u.period = p.usage_day
          LEFT JOIN (SELECT payment_id, SUM(point_amount) AS points FROM payment_cancels
            WHERE status = 'DONE' AND point_amount > 0 GROUP BY payment_id) c ON c.payment_id = p.id
          WHERE p.status NOT IN ('FAILED', 'REVERSED', 'EXPIRED') AND NOT (${CLOSED})
          GROUP BY p.contract_id, p.usage_day, u.amount HAVING u.amount < SUM(p.amount - p.point_amount - p.cancelled_amount + COALESCE(c.points, 0))`,
  },
  ...RECEIPT_CHECKS,
];

const SHOWN_MAX = 20;

/** Runs every check, one after the other; `between` adds that nothing at all may be between states. */
export async function checkDatabase(pool: SqlPool, between: 'ALLOWED' | 'FORBIDDEN'): Promise<Violation[]> {
  const found: Violation[] = [];
  const always = [
    ...DATABASE_CHECKS,
    ...BILLING_CHECKS,
    ...MOVEMENT_CHECKS,
    ...SETTLEMENT_CHECKS,
    ...ROLL_UP_CHECKS,
    ...RECONCILIATION_CHECKS,
    ...POINT_CHECKS,
    ...SMS_CHECKS,
    ...AGENCY_CHECKS,
    ...SEALED_CHECKS,
    ...WEBHOOK_CHECKS,
  ];
  const checks = between === 'FORBIDDEN' ? [...always, ...SETTLED_CHECKS, ...SMS_SETTLED_CHECKS] : always;
  for (const { invariant, what, sql } of checks) {
    const rows = await pool.execute<{ id: string }[]>(`${sql} LIMIT ${SHOWN_MAX}`);
    found.push(...rows.map(({ id }) => ({ invariant, what, id })));
  }
  return found;
}

/** After a fault run has come to rest nothing may be left between states. */
const SETTLED_CHECKS: readonly Check[] = [
  {
    invariant: 'INV-2',
    what: 'a payment is still between states',
    sql: `SELECT id FROM payments WHERE status IN ('IN_PROGRESS', 'REVERSING')`,
  },
  {
    invariant: 'INV-2',
    what: 'an account still waits although its time is over',
    sql: `SELECT p.id FROM payments p JOIN virtual_accounts v ON v.payment_id = p.id
          WHERE p.status = 'WAITING_FOR_DEPOSIT' AND v.due_at < UTC_TIMESTAMP(3)`,
  },
  {
    invariant: 'INV-2',
    what: 'a cancel is still open',
    sql: `SELECT id FROM payment_cancels WHERE status = 'IN_PROGRESS'`,
  },
  ...SETTLED_RECEIPT_CHECKS,
];
