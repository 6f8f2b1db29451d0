/*
 * Commission on the fees of a part's lines: a rate in parts per million of the fee (won, before VAT), cut down to the won
 * as commission.calc does. Parameters are the day and the first and last merchant of the part. The order of joins is given:
 * the day's lines first. Left to itself the optimiser goes by what the tables held at some time before, often nothing.
 */

const LINES_OF_PART = 'l.captured_day = ? AND l.mid BETWEEN ? AND ?';
const COMMISSIONS_OF_PART = 'c.captured_day = ? AND c.mid BETWEEN ? AND ?';
const COLUMNS =
  'transaction_seq, earner_kind, earner_code, payment_id, mid, captured_day, fee, rate_ppm, amount';

export const APPROVAL_COMMISSIONS = `
INSERT INTO commission_lines (${COLUMNS})
SELECT l.transaction_seq, r.earner_kind, r.earner_code, l.payment_id, l.mid, l.captured_day, l.fee, r.rate_ppm,
  (l.fee * r.rate_ppm) DIV 1000000
FROM settlement_lines l STRAIGHT_JOIN settlement_commission_rates r ON r.mid = l.mid AND r.policy_id = l.policy_id
WHERE ${LINES_OF_PART} AND l.kind = 'APPROVAL'`;

/** By the rates of the approval: what each keeps of the fee that stays due, less what it had of the fee before. */
export const CANCEL_COMMISSIONS = `
INSERT INTO commission_lines (${COLUMNS})
SELECT l.transaction_seq, a.earner_kind, a.earner_code, l.payment_id, l.mid, l.captured_day, l.fee, a.rate_ppm,
  ((l.was_due + l.fee) * a.rate_ppm) DIV 1000000 - (l.was_due * a.rate_ppm) DIV 1000000
FROM (SELECT l.*, IF(l.left_before = 0, 0, GREATEST((l.left_before * l.rate_ppm) DIV 1000000 + l.fixed_fee,
        l.minimum_fee)) AS was_due
      FROM settlement_lines l WHERE ${LINES_OF_PART} AND l.kind <> 'APPROVAL') l
STRAIGHT_JOIN settlement_lines approval ON approval.payment_id = l.payment_id AND approval.kind = 'APPROVAL'
STRAIGHT_JOIN commission_lines a ON a.transaction_seq = approval.transaction_seq`;

export const DAILY_COMMISSIONS = `
INSERT INTO daily_commissions (earner_kind, earner_code, captured_day, mid, line_count, fee, amount)
SELECT c.earner_kind, c.earner_code, c.captured_day, c.mid, COUNT(*), SUM(c.fee), SUM(c.amount)
FROM commission_lines c WHERE ${COMMISSIONS_OF_PART} GROUP BY 1, 2, 3, 4`;

/** One transfer for each earner and part; where more was taken back, the other way. The last parameters: day, part. */
export const COMMISSION_TRANSFERS = `
INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount)
SELECT 'COMMISSION', CONCAT(LEFT(c.earner_kind, 1), ':', c.earner_code, ':', DATE_FORMAT(c.captured_day, '%Y%m%d'),
    ':', p.part), NULL, IF(SUM(c.amount) > 0, 'COMMISSION_EXPENSE', 'COMMISSION_PAYABLE'),
  IF(SUM(c.amount) > 0, 'COMMISSION_PAYABLE', 'COMMISSION_EXPENSE'), ABS(SUM(c.amount))
FROM commission_lines c JOIN settlement_run_parts p ON p.captured_day = ? AND p.part = ?
WHERE ${COMMISSIONS_OF_PART} GROUP BY c.earner_kind, c.earner_code, c.captured_day, p.part HAVING SUM(c.amount) <> 0`;
