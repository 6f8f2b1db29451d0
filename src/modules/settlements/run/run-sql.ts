/*
 * The statements of a part of a daily run. Parameters are the day and the first and last merchant of the part. Amounts
 * are won; a rate is in parts per million. DIV cuts down to whole won, as fee.calc does for what is not negative. The order
 * of joins is given, the day's movements or lines first: by prices first a merchant's movements would be read for each of
 * its prices.
 */

const OF_PART = 't.captured_day = ? AND t.mid BETWEEN ? AND ?';

/** Every kind of payment in the part: what a policy and a payout day are looked up by. */
export const SUBJECTS = `
SELECT t.mid, t.contract_id, COALESCE(t.branch_id, '') AS branch_id, t.acquirer, t.method,
  COALESCE(t.card_issuer, '') AS card_issuer, COALESCE(t.card_type, '') AS card_type
FROM transactions t WHERE ${OF_PART} GROUP BY 1, 2, 3, 4, 5, 6, 7`;

/** Fee of what is left of a payment. */
const feeOf = (left: string, terms: string) =>
  `GREATEST((${left} * ${terms}.rate_ppm) DIV 1000000 + ${terms}.fixed_fee, ${terms}.minimum_fee)`;

const COLUMNS = `transaction_seq, settlement_id, kind, source_id, payment_id, mid, branch_id, method, captured_day, amount,
  left_before, left_after, fee, vat, acquirer_cost, policy_id, rate_ppm, fixed_fee, minimum_fee, acquirer_cost_ppm`;
const OF_TRANSACTION = `t.kind, t.source_id, t.payment_id, t.mid, t.branch_id, t.method, t.captured_day, t.settled_amount,
  t.left_before, t.left_after`;

const PRICED = `STRAIGHT_JOIN settlement_prices x ON x.mid = t.mid AND x.contract_id = t.contract_id
  AND x.branch_id = COALESCE(t.branch_id, '') AND x.acquirer = t.acquirer AND x.method = t.method
  AND x.card_issuer = COALESCE(t.card_issuer, '') AND x.card_type = COALESCE(t.card_type, '')`;

/** Points alone may have paid an order: of 0 won nothing is taken. */
const APPROVAL_FEE = `IF(t.left_after = 0, 0, ${feeOf('t.left_after', 'x')})`;
export const APPROVAL_LINES = `
INSERT INTO settlement_lines (${COLUMNS})
SELECT t.seq, x.settlement_id, ${OF_TRANSACTION}, ${APPROVAL_FEE}, ${APPROVAL_FEE} DIV 10,
  (t.left_after * x.acquirer_cost_ppm) DIV 1000000, x.policy_id, x.rate_ppm, x.fixed_fee, x.minimum_fee,
  x.acquirer_cost_ppm
FROM transactions t ${PRICED} AND t.settled_amount BETWEEN x.amount_min AND x.amount_max
WHERE ${OF_PART} AND t.kind = 'APPROVAL'`;

/**
 * A cancel is reckoned by what its approval's line was reckoned by: what stays due less what was due before. Of a
 * payment that is cancelled in full the fixed fee stays due, unless the last of it was cancelled on the day of capture.
 */
export const CANCEL_LINES = `
INSERT INTO settlement_lines (${COLUMNS})
SELECT t.seq, x.settlement_id, ${OF_TRANSACTION}, t.due - t.was_due, t.due DIV 10 - t.was_due DIV 10,
  (t.left_after * t.cost_ppm) DIV 1000000 - (t.left_before * t.cost_ppm) DIV 1000000,
  t.policy, t.rate, t.fixed, t.minimum, t.cost_ppm
FROM (SELECT t.*, a.amount AS approved, a.policy_id AS policy, a.rate_ppm AS rate, a.fixed_fee AS fixed,
        a.minimum_fee AS minimum, a.acquirer_cost_ppm AS cost_ppm,
        IF(t.left_before = 0, 0, ${feeOf('t.left_before', 'a')}) AS was_due,
        CASE WHEN t.left_after > 0 THEN ${feeOf('t.left_after', 'a')}
             WHEN t.left_before = 0 OR a.captured_day = t.captured_day THEN 0
             ELSE a.fixed_fee END AS due
      FROM transactions t STRAIGHT_JOIN settlement_lines a ON a.payment_id = t.payment_id AND a.kind = 'APPROVAL'
      WHERE ${OF_PART} AND t.kind <> 'APPROVAL') t
${PRICED} AND t.approved BETWEEN x.amount_min AND x.amount_max`;

const FIGURES = `COUNT(*) AS n, SUM(IF(l.kind = 'APPROVAL', l.amount, 0)) AS approvals,
  SUM(IF(l.kind = 'APPROVAL', 0, l.amount)) AS cancels, SUM(l.fee) AS fee, SUM(l.vat) AS vat`;
const LINES_OF_PART = 'l.captured_day = ? AND l.mid BETWEEN ? AND ?';

export const ADD_TO_SETTLEMENTS = `
UPDATE (SELECT l.settlement_id, ${FIGURES} FROM settlement_lines l WHERE ${LINES_OF_PART}
  GROUP BY l.settlement_id) f STRAIGHT_JOIN settlements s ON s.id = f.settlement_id
SET s.line_count = s.line_count + f.n, s.approval_amount = s.approval_amount + f.approvals,
  s.cancel_amount = s.cancel_amount + f.cancels, s.fee = s.fee + f.fee, s.vat = s.vat + f.vat, s.version = s.version + 1
WHERE s.status = 'SCHEDULED'`;

/** One transfer for each settlement and day, equal to the sum of its lines; where more was given back, the other way. */
const feeTransfer = (kind: string, column: 'fee' | 'vat', account: string) => `
INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount)
SELECT '${kind}', CONCAT(l.settlement_id, ':', DATE_FORMAT(l.captured_day, '%Y%m%d')), l.mid,
  IF(SUM(l.${column}) > 0, 'MERCHANT_PAYABLE', '${account}'), IF(SUM(l.${column}) > 0, '${account}', 'MERCHANT_PAYABLE'),
  ABS(SUM(l.${column}))
FROM settlement_lines l WHERE ${LINES_OF_PART} GROUP BY l.settlement_id, l.mid, l.captured_day
HAVING SUM(l.${column}) <> 0`;
export const FEE_TRANSFERS = feeTransfer('SETTLEMENT_FEE', 'fee', 'FEE_INCOME');
export const VAT_TRANSFERS = feeTransfer('SETTLEMENT_VAT', 'vat', 'VAT_PAYABLE');

const SALES = `SUM(l.kind = 'APPROVAL'), SUM(IF(l.kind = 'APPROVAL', l.amount, 0)), SUM(l.kind <> 'APPROVAL'),
  SUM(IF(l.kind = 'APPROVAL', 0, l.amount)), SUM(l.fee), SUM(l.vat)`;
const SALES_COLUMNS = 'approval_count, approval_amount, cancel_count, cancel_amount, fee, vat';

/** A day's roll-ups are written once, with its lines: a day that is over never changes. */
export const BRANCH_SALES = `
INSERT INTO daily_branch_sales (mid, captured_day, branch_id, method, ${SALES_COLUMNS})
SELECT l.mid, l.captured_day, COALESCE(l.branch_id, ''), l.method, ${SALES} FROM settlement_lines l
WHERE ${LINES_OF_PART} GROUP BY 1, 2, 3, 4`;
export const MERCHANT_SALES = `
INSERT INTO daily_merchant_sales (mid, captured_day, method, ${SALES_COLUMNS})
SELECT l.mid, l.captured_day, l.method, ${SALES} FROM settlement_lines l WHERE ${LINES_OF_PART} GROUP BY 1, 2, 3`;

/** What a part must come to before it is committed: a line for each movement of the merchants that it settles. */
export const COUNT_LINES = `SELECT COUNT(*) AS n FROM settlement_lines l WHERE ${LINES_OF_PART}`;

export const COUNT_MOVEMENTS = `SELECT COUNT(*) AS n FROM transactions t WHERE ${OF_PART}`;

/** What of a settlement is each branch's. */
export const BRANCH_TOTALS = `
INSERT INTO settlement_branch_totals (branch_id, settlement_id, line_count, approval_amount, cancel_amount, fee, vat)
SELECT l.branch_id, l.settlement_id, ${FIGURES} FROM settlement_lines l
WHERE ${LINES_OF_PART} AND l.branch_id IS NOT NULL GROUP BY 1, 2
ON DUPLICATE KEY UPDATE line_count = line_count + VALUES(line_count),
  approval_amount = approval_amount + VALUES(approval_amount), cancel_amount = cancel_amount + VALUES(cancel_amount),
  fee = fee + VALUES(fee), vat = vat + VALUES(vat)`;
