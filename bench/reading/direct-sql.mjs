/*
 * The figures as anybody would count them from the rows themselves: every movement with its line, every payment. What the
 * gateway answers from its roll-ups must be the same to the won.
 */

/** What a reader may see of a table. */
export function scopeOf(who, plan, { mid = 'mid', branch = 'branch_id' } = {}) {
  switch (who) {
    case 'big':
      return `${mid} = '${plan.bigMid}'`;
    case 'small':
      return `${mid} = '${plan.smallMid}'`;
    case 'branch':
      return `${mid} = '${plan.bigMid}' AND ${branch} = '${plan.branchId}'`;
    case 'agency':
      return `${mid} IN (SELECT m.mid FROM merchants m WHERE m.agency_code = '${plan.agency}')`;
    default:
      return 'TRUE';
  }
}

const GROUPS = {
  day: 'CAST(t.captured_day AS CHAR)',
  month: "DATE_FORMAT(t.captured_day, '%Y-%m')",
  branch: "COALESCE(t.branch_id, '')",
  method: 't.method',
};
const number = (sum, name) => `CAST(COALESCE(${sum}, 0) AS DOUBLE) AS ${name}`;
const approval = "t.kind = 'APPROVAL'";
const open = 'l.transaction_seq IS NULL';

export const sales = (scope, { from, to }, groupBy) => `
SELECT ${GROUPS[groupBy]} AS group_key, ${number(`SUM(${approval})`, 'approvalCount')},
  ${number(`SUM(IF(${approval}, t.settled_amount, 0))`, 'approvalAmount')}, ${number(`SUM(NOT ${approval})`, 'cancelCount')},
  ${number(`SUM(IF(${approval}, 0, t.settled_amount))`, 'cancelAmount')}, ${number('SUM(l.fee)', 'fee')},
  ${number('SUM(l.vat)', 'vat')}, ${number(`SUM(IF(${open}, 0, t.settled_amount) - COALESCE(l.fee, 0) - COALESCE(l.vat, 0))`, 'net')},
  ${number(`SUM(${open})`, 'unsettledCount')}, ${number(`SUM(IF(${open}, t.settled_amount, 0))`, 'unsettledAmount')}
FROM transactions t LEFT JOIN settlement_lines l ON l.transaction_seq = t.seq
WHERE ${scope} AND t.captured_day BETWEEN '${from}' AND '${to}' GROUP BY 1 ORDER BY 1`;

/** What settlements of a state come to, from their lines; of a branch what its own lines come to. */
export const states = (scope, isBranch, since) => `
SELECT s.status, CAST(COUNT(*) AS DOUBLE) AS count,
  ${number(`SUM(x.net + ${isBranch ? '0' : 'COALESCE(c.carried, 0)'})`, 'amount')}
FROM settlements s JOIN (SELECT l.settlement_id, SUM(l.amount - l.fee - l.vat) AS net FROM settlement_lines l WHERE ${scope}
  GROUP BY l.settlement_id) x ON x.settlement_id = s.id
LEFT JOIN (SELECT to_settlement_id, SUM(amount) AS carried FROM settlement_carry_overs GROUP BY 1) c
  ON c.to_settlement_id = s.id
WHERE s.status NOT IN ('PAID', 'CARRIED_OVER') OR s.payout_day >= '${since}' GROUP BY s.status`;

export const unsettled = (scope) => `
SELECT CAST(COUNT(*) AS DOUBLE) AS count, ${number('SUM(t.settled_amount)', 'amount')}
FROM transactions t LEFT JOIN settlement_lines l ON l.transaction_seq = t.seq WHERE ${scope} AND ${open}`;

export const commissions = (agency, { from, to }) => `
SELECT c.mid, CAST(COUNT(*) AS DOUBLE) AS lineCount, ${number('SUM(c.fee)', 'fee')}, ${number('SUM(c.amount)', 'amount')}
FROM commission_lines c WHERE c.earner_kind = 'AGENCY' AND c.earner_code = '${agency}'
  AND c.captured_day BETWEEN '${from}' AND '${to}' GROUP BY c.mid ORDER BY c.mid`;

const charged = "p.status IN ('APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED')";

export const stats = (scope, { from, to }) => `
SELECT CAST(COUNT(*) AS DOUBLE) AS total, ${number("SUM(p.status IN ('APPROVED', 'PARTIALLY_CANCELLED'))", 'completed')},
  ${number("SUM(p.status = 'CANCELLED')", 'cancelled')},
  ${number("SUM(p.status IN ('CREATED', 'IN_PROGRESS', 'WAITING_FOR_DEPOSIT', 'REVERSING'))", 'pending')},
  ${number("SUM(p.status IN ('FAILED', 'EXPIRED', 'REVERSED'))", 'failed')},
  ${number(`SUM(IF(${charged}, p.amount, 0))`, 'totalAmount')}, ${number(`SUM(IF(${charged}, p.cancelled_amount, 0))`, 'cancelledAmount')}
FROM payments p WHERE ${scope} AND p.created_at >= CONVERT_TZ('${from}', '+09:00', '+00:00')
  AND p.created_at < CONVERT_TZ('${to}', '+09:00', '+00:00') + INTERVAL 1 DAY`;

export const details = (plan, { from, to }, limit) => `
SELECT t.kind, t.payment_id AS paymentId, t.source_id AS sourceId, t.method, CAST(t.captured_day AS CHAR) AS capturedOn,
  CAST(t.settled_amount AS DOUBLE) AS amount, CAST(l.fee AS DOUBLE) AS fee, CAST(l.vat AS DOUBLE) AS vat
FROM transactions t LEFT JOIN settlement_lines l ON l.transaction_seq = t.seq
WHERE t.mid = '${plan.bigMid}' AND t.branch_id = '${plan.branchId}' AND t.captured_day BETWEEN '${from}' AND '${to}'
ORDER BY t.captured_day, t.seq LIMIT ${limit}`;
