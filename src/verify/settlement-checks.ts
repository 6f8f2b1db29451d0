import { SETTLEMENT_TRANSITIONS } from '../modules/settlements/settlement.state';
import type { Check } from './violation';

const LEGAL = Object.entries(SETTLEMENT_TRANSITIONS)
  .flatMap(([from, tos]) => tos.map((to) => `('${from}','${to}')`))
  .join(',');
const SALES = ['approval_count', 'approval_amount', 'cancel_count', 'cancel_amount', 'fee', 'vat'] as const;
const LINE_SALES = `SUM(kind = 'APPROVAL') AS approval_count, SUM(IF(kind = 'APPROVAL', amount, 0)) AS approval_amount,
  SUM(kind <> 'APPROVAL') AS cancel_count, SUM(IF(kind = 'APPROVAL', 0, amount)) AS cancel_amount, SUM(fee) AS fee,
  SUM(vat) AS vat`;

/** A roll-up that differs from its lines, or has none, or is lacking. */
function rollUpCheck(table: string, keys: readonly string[], ofLines: readonly string[]): Check {
  const same = keys.map((key) => `r.${key} = l.${key}`).join(' AND ');
  const differs = SALES.map((name) => `r.${name} <> l.${name}`).join(' OR ');
  const lines = `SELECT ${keys.map((key, index) => `${ofLines[index]} AS ${key}`).join(', ')}, ${LINE_SALES}
    FROM settlement_lines GROUP BY ${keys.map((_, index) => index + 1).join(', ')}`;
  return {
    invariant: 'INV-9',
    what: `a roll-up of ${table} is not the sum of its lines`,
    sql: `SELECT l.mid AS id FROM (${lines}) l LEFT JOIN ${table} r ON ${same} WHERE r.mid IS NULL OR ${differs}
          UNION ALL SELECT r.mid FROM ${table} r LEFT JOIN (${lines}) l ON ${same} WHERE l.mid IS NULL`,
  };
}

/** What was booked for a settlement, credits to `account` positive, against the sum of its lines. */
const bookedCheck = (kind: string, account: string, column: 'fee' | 'vat'): Check => ({
  invariant: 'INV-10',
  what: `the ledger's ${kind} of a settlement is not the ${column} of its lines`,
  sql: `SELECT s.id FROM settlements s LEFT JOIN (
          SELECT SUBSTRING_INDEX(source_id, ':', 1) AS settlement_id, SUM(IF(credit_account = '${account}', amount, -amount)) AS sum
          FROM ledger_transfers WHERE kind = '${kind}' GROUP BY 1) b ON b.settlement_id = s.id
        WHERE COALESCE(b.sum, 0) <> s.${column}`,
});

/** What waits for a person: no violation, but never silent. Answers lines of text. */
export const WAITING_NOTES = `SELECT CONCAT('the settlement of ', c.mid, ' waits since ', CAST(MIN(w.captured_day) AS CHAR),
    ': ', c.code, ', ', SUM(w.transaction_count), ' movements, case ', c.id) AS note
  FROM settlement_cases c JOIN settlement_run_parts w ON w.case_id = c.id AND w.done_at IS NULL
  WHERE c.status = 'OPEN' GROUP BY c.id, c.mid, c.code ORDER BY c.mid`;

/** Settlements against movements, lines, roll-ups and the ledger. */
export const SETTLEMENT_CHECKS: readonly Check[] = [
  {
    invariant: 'INV-9',
    what: 'a movement of a settled day has no line, and does not wait for a case, or has one of another amount',
    sql: `SELECT t.source_id AS id FROM transactions t JOIN settlement_runs r ON r.captured_day = t.captured_day
            LEFT JOIN settlement_lines l ON l.transaction_seq = t.seq
            LEFT JOIN settlement_run_parts w ON w.captured_day = t.captured_day AND w.first_mid = t.mid
              AND w.case_id IS NOT NULL AND w.done_at IS NULL
          WHERE r.status = 'DONE' AND (l.amount <> t.settled_amount OR (l.transaction_seq IS NULL AND w.part IS NULL))`,
  },
  {
    invariant: 'INV-9',
    what: 'a merchant waits without an open case, since another day than its case says, or one waits for nothing',
    sql: `SELECT COALESCE(c.mid, w.mid) AS id FROM (SELECT case_id, first_mid AS mid, MIN(captured_day) AS day
              FROM settlement_run_parts WHERE case_id IS NOT NULL AND done_at IS NULL GROUP BY case_id, first_mid) w
            LEFT JOIN settlement_cases c ON c.id = w.case_id
          WHERE NOT (c.status = 'OPEN' AND c.mid = w.mid AND c.first_day = w.day)
          UNION ALL SELECT c.mid FROM settlement_cases c WHERE c.status = 'OPEN' AND NOT EXISTS (
            SELECT 1 FROM settlement_run_parts w WHERE w.case_id = c.id AND w.done_at IS NULL)`,
  },
  {
    invariant: 'INV-9',
    what: 'a merchant has a day settled from which on it waits',
    sql: `SELECT DISTINCT d.mid AS id FROM settlement_cases c JOIN daily_merchant_sales d ON d.mid = c.open_mid
          WHERE d.captured_day >= c.first_day`,
  },
  {
    invariant: 'INV-9',
    what: 'a line has no movement, or none of its day',
    sql: `SELECT l.source_id AS id FROM settlement_lines l LEFT JOIN transactions t ON t.seq = l.transaction_seq
          WHERE NOT (t.captured_day <=> l.captured_day)`,
  },
  {
    invariant: 'INV-9',
    what: 'a payout day of a merchant’s contract has a second settlement',
    sql: `SELECT MAX(id) AS id FROM settlements GROUP BY mid, contract_id, payout_day HAVING COUNT(*) > 1`,
  },
  {
    invariant: 'INV-9',
    what: 'a settlement is not the sum of its lines',
    sql: `SELECT s.id FROM settlements s LEFT JOIN (SELECT settlement_id, COUNT(*) AS n, ${LINE_SALES}
            FROM settlement_lines GROUP BY settlement_id) l ON l.settlement_id = s.id
          WHERE s.line_count <> COALESCE(l.n, 0) OR s.approval_amount <> COALESCE(l.approval_amount, 0)
            OR s.cancel_amount <> COALESCE(l.cancel_amount, 0) OR s.fee <> COALESCE(l.fee, 0)
            OR s.vat <> COALESCE(l.vat, 0)`,
  },
  rollUpCheck('daily_merchant_sales', ['mid', 'captured_day', 'method'], ['mid', 'captured_day', 'method']),
  rollUpCheck(
    'daily_branch_sales',
    ['mid', 'captured_day', 'method', 'branch_id'],
    ['mid', 'captured_day', 'method', `COALESCE(branch_id, '')`],
  ),
  bookedCheck('SETTLEMENT_FEE', 'FEE_INCOME', 'fee'),
  bookedCheck('SETTLEMENT_VAT', 'VAT_PAYABLE', 'vat'),
  {
    invariant: 'INV-9',
    what: 'what is carried over does not arrive, or arrives twice',
    sql: `SELECT s.id FROM settlements s
            LEFT JOIN settlement_carry_overs o ON o.from_settlement_id = s.id
            LEFT JOIN (SELECT to_settlement_id, SUM(amount) AS amount FROM settlement_carry_overs
              GROUP BY 1) i ON i.to_settlement_id = s.id
          WHERE s.carried_out <> COALESCE(o.amount, 0) OR s.carried_in <> COALESCE(i.amount, 0)
            OR (s.status = 'CARRIED_OVER') <> (o.from_settlement_id IS NOT NULL)
            OR (s.status = 'CARRIED_OVER' AND s.payout_amount <> 0)`,
  },
  {
    invariant: 'INV-9',
    what: 'a settlement’s adjustments are not the sum of those that were approved',
    sql: `SELECT s.id FROM settlements s LEFT JOIN (SELECT settlement_id, SUM(amount) AS amount
            FROM settlement_adjustments WHERE status = 'APPROVED' GROUP BY 1) a ON a.settlement_id = s.id
          WHERE s.adjustment_amount <> COALESCE(a.amount, 0)`,
  },
  {
    invariant: 'INV-9',
    what: 'a payout is not in the ledger, or is there for what was not paid',
    sql: `SELECT s.id FROM settlements s LEFT JOIN ledger_transfers l
            ON l.kind = 'SETTLEMENT_PAYOUT' AND l.source_id = s.id
          WHERE COALESCE(l.amount, 0) <> IF(s.status = 'PAID', s.payout_amount, 0)`,
  },
  {
    invariant: 'INV-9',
    what: 'what is withheld of a merchant is not the sum of its held settlements',
    sql: `SELECT m.mid AS id FROM (SELECT mid, SUM(-amount) AS held FROM ledger_entries
            WHERE account = 'MERCHANT_HELD' GROUP BY mid
            UNION ALL SELECT mid, -SUM(payout_amount) FROM settlements WHERE status = 'HELD' GROUP BY mid) m
          GROUP BY m.mid HAVING SUM(m.held) <> 0`,
  },
  {
    invariant: 'INV-9',
    what: 'what a merchant is owed is not its unpaid settlements and what is not settled yet',
    sql: `SELECT m.mid AS id FROM (
            SELECT mid, SUM(-amount) AS owed FROM ledger_entries WHERE account = 'MERCHANT_PAYABLE' GROUP BY mid
            UNION ALL SELECT mid, -SUM(payout_amount) FROM settlements WHERE status NOT IN ('PAID', 'HELD') GROUP BY mid
            UNION ALL SELECT t.mid, -SUM(t.settled_amount) FROM transactions t
              LEFT JOIN settlement_lines l ON l.transaction_seq = t.seq WHERE l.transaction_seq IS NULL GROUP BY t.mid) m
          GROUP BY m.mid HAVING SUM(m.owed) <> 0`,
  },
  {
    invariant: 'INV-10',
    what: 'commissions of a payment are more than its fees',
    sql: `SELECT c.payment_id AS id FROM (SELECT payment_id, SUM(amount) AS amount FROM commission_lines
            GROUP BY payment_id) c
          JOIN (SELECT payment_id, SUM(fee) AS fee FROM settlement_lines GROUP BY payment_id) l
            ON l.payment_id = c.payment_id WHERE c.amount > l.fee OR c.amount < 0`,
  },
  {
    invariant: 'INV-10',
    what: 'an earner’s commissions, their roll-up and the ledger differ',
    sql: `SELECT e.id FROM (
            SELECT CONCAT(LEFT(earner_kind, 1), ':', earner_code) AS id, SUM(amount) AS a, 0 AS b, 0 AS c
              FROM commission_lines GROUP BY 1
            UNION ALL SELECT CONCAT(LEFT(earner_kind, 1), ':', earner_code), 0, SUM(amount), 0 FROM daily_commissions GROUP BY 1
            UNION ALL SELECT SUBSTRING_INDEX(source_id, ':', 2), 0, 0,
              SUM(IF(credit_account = 'COMMISSION_PAYABLE', amount, -amount)) FROM ledger_transfers
              WHERE kind = 'COMMISSION' GROUP BY 1) e
          GROUP BY e.id HAVING SUM(e.a) <> SUM(e.b) OR SUM(e.a) <> SUM(e.c)`,
  },
  {
    invariant: 'INV-9',
    what: 'a settlement changed its state in a way that the table of states does not have',
    sql: `SELECT settlement_id AS id FROM settlement_events
          WHERE from_status IS NOT NULL AND (from_status, to_status) NOT IN (${LEGAL})`,
  },
];
