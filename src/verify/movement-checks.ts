import type { Check } from './violation';

/** What the database alone can prove of money movements and the ledger. */
export const MOVEMENT_CHECKS: readonly Check[] = [
  {
    invariant: 'INV-9',
    what: 'the ledger does not sum to zero',
    sql: `SELECT 'ledger_entries' AS id FROM ledger_entries HAVING COALESCE(SUM(amount), 0) <> 0`,
  },
  {
    invariant: 'INV-9',
    what: 'a charged payment has no approval among the movements, or one of another amount',
    sql: `SELECT p.id FROM payments p LEFT JOIN transactions t ON t.source_id = p.id AND t.kind = 'APPROVAL'
          WHERE p.approved_at IS NOT NULL AND p.status IN ('APPROVED','PARTIALLY_CANCELLED','CANCELLED')
            AND (t.seq IS NULL OR t.amount <> p.amount OR t.settled_amount <> p.amount - p.point_amount)`,
  },
  {
    invariant: 'INV-9',
    what: 'a cancel that is done is not among the movements, or with another amount',
    sql: `SELECT c.id FROM payment_cancels c LEFT JOIN transactions t ON t.source_id = c.id AND t.kind = 'CANCEL'
          WHERE c.status = 'DONE'
            AND (t.seq IS NULL OR t.amount <> -c.amount OR t.settled_amount <> c.point_amount - c.amount)`,
  },
  {
    invariant: 'INV-9',
    what: 'movements do not sum to what is left of their payment',
    sql: `SELECT t.payment_id AS id FROM transactions t LEFT JOIN payments p ON p.id = t.payment_id
          GROUP BY t.payment_id, p.id, p.status, p.amount, p.cancelled_amount
          HAVING p.id IS NULL OR SUM(t.amount) <> IF(p.status IN ('REVERSING','REVERSED'), 0, p.amount - p.cancelled_amount)`,
  },
  {
    invariant: 'INV-9',
    what: 'a movement does not begin where the one before it ended',
    sql: `SELECT source_id AS id FROM (SELECT source_id, left_before,
            LAG(left_after) OVER (PARTITION BY payment_id ORDER BY seq) AS was FROM transactions) t
          WHERE left_before <> COALESCE(was, 0)`,
  },
  {
    invariant: 'INV-9',
    what: 'a movement is not in the ledger, or with another amount',
    sql: `SELECT t.source_id AS id FROM transactions t LEFT JOIN ledger_transfers l
            ON l.source_id = t.source_id AND l.kind = t.kind
          WHERE COALESCE(IF(l.debit_account = 'ACQUIRER_RECEIVABLE', l.amount, -l.amount), 0) <> t.settled_amount`,
  },
  {
    invariant: 'INV-9',
    what: 'the ledger tells of a movement that there is not',
    sql: `SELECT l.source_id AS id FROM ledger_transfers l LEFT JOIN transactions t
            ON t.source_id = l.source_id AND t.kind = l.kind
          WHERE l.kind IN ('APPROVAL', 'CANCEL', 'REVERSAL') AND t.seq IS NULL`,
  },
];
