import {
  CHARGE_TRANSITIONS,
  SUBSCRIPTION_TRANSITIONS,
} from '../modules/billing/subscriptions/subscription.state';
import { BILLING_KEY_TRANSITIONS } from '../modules/billing/keys/billing-key.state';

const legal = (table: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(table)
    .flatMap(([from, tos]) => tos.map((to) => `('${from}','${to}')`))
    .join(',');

const illegal = (prefix: string, table: Readonly<Record<string, readonly string[]>>) =>
  `SELECT subject_id AS id FROM billing_events WHERE subject_id LIKE '${prefix}\\_%' AND from_status IS NOT NULL
   AND (from_status, to_status) NOT IN (${legal(table)})`;

/** What the database alone can prove of billing keys and subscriptions. Every check names the rows that break it. */
export const BILLING_CHECKS = [
  {
    invariant: 'INV-1',
    what: 'two payments of one period of a subscription stand approved, or may yet',
    sql: `SELECT MIN(id) AS id FROM payments WHERE order_no LIKE 'sub\\_%-%-%'
            AND status IN ('IN_PROGRESS', 'REVERSING', 'APPROVED', 'PARTIALLY_CANCELLED')
          GROUP BY mid, SUBSTRING_INDEX(order_no, '-', 2) HAVING COUNT(*) > 1`,
  },
  {
    invariant: 'INV-3',
    what: 'a period is told as charged, yet its payment was not approved or is of another amount',
    sql: `SELECT c.id FROM subscription_charges c LEFT JOIN payments p ON p.id = c.payment_id AND p.mid = c.mid
          WHERE c.status = 'PAID' AND (p.id IS NULL OR p.amount <> c.amount OR p.order_no <> c.order_no
            OR p.status NOT IN ('APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED'))`,
  },
  {
    invariant: 'INV-3',
    what: 'a period that ended without a charge has an approved payment',
    sql: `SELECT c.id FROM subscription_charges c JOIN payments p ON p.mid = c.mid AND p.order_no = c.order_no
          WHERE c.status IN ('FAILED', 'VOIDED', 'SKIPPED', 'RETRY') AND p.status IN ('APPROVED', 'PARTIALLY_CANCELLED')`,
  },
  {
    invariant: 'INV-2',
    what: 'a charge is open with no day on which a worker would take it up',
    sql: `SELECT id FROM subscription_charges WHERE (due_on IS NULL) <> (status IN ('PAID', 'FAILED', 'SKIPPED', 'VOIDED'))`,
  },
  {
    invariant: 'INV-2',
    what: 'a billing key is between states with nothing due: no worker would ever end it',
    sql: `SELECT id FROM billing_keys WHERE status IN ('ISSUING', 'REVOKING') AND due_at IS NULL`,
  },
  {
    invariant: 'INV-15',
    what: 'an active billing key has neither card nor token, or both',
    sql: `SELECT id FROM billing_keys WHERE status = 'ACTIVE' AND (card_sealed IS NULL) = (token_sealed IS NULL)`,
  },
  {
    invariant: 'INV-15',
    what: 'a billing key that cannot pay still keeps its card or token',
    sql: `SELECT id FROM billing_keys WHERE (status IN ('REVOKED', 'FAILED', 'ISSUE_UNKNOWN') AND token_sealed IS NOT NULL)
          OR (status <> 'ACTIVE' AND card_sealed IS NOT NULL)`,
  },
  {
    invariant: 'INV-8',
    what: 'an event of a billing key tells of a change that its table does not allow',
    sql: illegal('bil', BILLING_KEY_TRANSITIONS),
  },
  {
    invariant: 'INV-8',
    what: 'an event of a subscription tells of a change that its table does not allow',
    sql: illegal('sub', SUBSCRIPTION_TRANSITIONS),
  },
  {
    invariant: 'INV-8',
    what: 'an event of a charge tells of a change that its table does not allow',
    sql: illegal('sch', CHARGE_TRANSITIONS),
  },
  {
    invariant: 'INV-8',
    what: 'the last event of a billing key, a subscription or a charge is not its state',
    sql: `SELECT s.id FROM (SELECT id, status FROM billing_keys UNION ALL SELECT id, status FROM subscriptions
            UNION ALL SELECT id, status FROM subscription_charges) s
          LEFT JOIN billing_events e ON e.id = (SELECT MAX(id) FROM billing_events WHERE subject_id = s.id)
          WHERE NOT (e.to_status <=> s.status)`,
  },
] as const;
