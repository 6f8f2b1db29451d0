/*
 * What the ways of settling the same movements are compared by. Ids of settlements are random and left out; every row is
 * told by what it says, its digests are added up, so that the order in which rows were made counts for nothing.
 */

const digest = (parts) =>
  `CAST(SUM(CAST(CONV(LEFT(MD5(CONCAT_WS('|', ${parts})), 15), 16, 10) AS UNSIGNED)) AS CHAR)`;

const LINE = `l.transaction_seq, l.kind, l.source_id, l.payment_id, l.mid, COALESCE(l.branch_id, ''), l.method, l.captured_day,
  l.amount, l.left_before, l.left_after, l.fee, l.vat, l.acquirer_cost, l.policy_id, l.rate_ppm, l.fixed_fee, l.minimum_fee,
  l.acquirer_cost_ppm, s.mid, s.contract_id, s.payout_day`;

const LINES_BY_DAY = `
SELECT CAST(l.captured_day AS CHAR) AS day, COUNT(*) AS n, CAST(SUM(l.amount) AS CHAR) AS amount,
  CAST(SUM(l.fee) AS CHAR) AS fee, CAST(SUM(l.vat) AS CHAR) AS vat, ${digest(LINE)} AS checksum
FROM settlement_lines l JOIN settlements s ON s.id = l.settlement_id GROUP BY l.captured_day ORDER BY l.captured_day`;

/** Besides the lines: everything else that a run writes. A settlement's version tells how often it was written to. */
const TABLES = {
  settlements: [
    'settlements s',
    `s.mid, s.contract_id, s.payout_day, s.status, s.version, s.line_count, s.approval_amount, s.cancel_amount, s.fee, s.vat,
     s.payout_amount`,
  ],
  settlement_events: [
    'settlement_events e JOIN settlements s ON s.id = e.settlement_id',
    `s.mid, s.contract_id, s.payout_day, COALESCE(e.from_status, ''), e.to_status`,
  ],
  settlement_branch_totals: [
    'settlement_branch_totals b JOIN settlements s ON s.id = b.settlement_id',
    `b.branch_id, s.contract_id, s.payout_day, b.line_count, b.approval_amount, b.cancel_amount, b.fee, b.vat`,
  ],
  daily_branch_sales: [
    'daily_branch_sales',
    'mid, captured_day, branch_id, method, approval_count, approval_amount, cancel_count, cancel_amount, fee, vat',
  ],
  daily_merchant_sales: [
    'daily_merchant_sales',
    'mid, captured_day, method, approval_count, approval_amount, cancel_count, cancel_amount, fee, vat',
  ],
  commission_lines: [
    'commission_lines',
    'transaction_seq, earner_kind, earner_code, payment_id, mid, captured_day, fee, rate_ppm, amount',
  ],
  daily_commissions: [
    'daily_commissions',
    'earner_kind, earner_code, captured_day, mid, line_count, fee, amount',
  ],
  ledger_transfers: ['ledger_transfers', `kind, COALESCE(mid, ''), debit_account, credit_account, amount`],
  settlement_runs: ['settlement_runs', 'captured_day, status, line_count, settlement_count'],
};

const SUMS = {
  movements: 'SELECT COUNT(*) AS n, CAST(SUM(settled_amount) AS CHAR) AS amount FROM transactions',
  lines: `SELECT COUNT(*) AS n, CAST(SUM(amount) AS CHAR) AS amount, CAST(SUM(fee) AS CHAR) AS fee,
    CAST(SUM(vat) AS CHAR) AS vat FROM settlement_lines`,
  settlements: `SELECT CAST(SUM(line_count) AS CHAR) AS n, CAST(SUM(approval_amount + cancel_amount) AS CHAR) AS amount,
    CAST(SUM(fee) AS CHAR) AS fee, CAST(SUM(vat) AS CHAR) AS vat, CAST(SUM(payout_amount) AS CHAR) AS net FROM settlements`,
  ledger: `SELECT CAST(SUM(amount) AS CHAR) AS zero,
    CAST(-SUM(IF(account = 'MERCHANT_PAYABLE', amount, 0)) AS CHAR) AS owed,
    CAST(-SUM(IF(account = 'FEE_INCOME', amount, 0)) AS CHAR) AS fee,
    CAST(-SUM(IF(account = 'VAT_PAYABLE', amount, 0)) AS CHAR) AS vat FROM ledger_entries`,
};

const LEFT_OF_PAYMENTS =
  'SELECT CAST(SUM(balance_amount) AS CHAR) AS amount FROM payments WHERE approved_at IS NOT NULL';

/** Everything that one way came to. */
export async function figuresOf(rows) {
  const days = await rows(LINES_BY_DAY);
  const tables = {};
  for (const [name, [from, parts]] of Object.entries(TABLES)) {
    const [row] = await rows(`SELECT COUNT(*) AS n, ${digest(parts)} AS checksum FROM ${from}`);
    tables[name] = row;
  }
  const sums = {};
  for (const [name, sql] of Object.entries(SUMS)) [sums[name]] = await rows(sql);
  return { days, tables, sums };
}

export const leftOfPayments = async (rows) => (await rows(LEFT_OF_PAYMENTS))[0].amount;

/** What is not the same in two ways; empty when they agree. */
export function differences(name, one, other) {
  const found = [];
  const byDay = new Map(other.days.map((day) => [day.day, day]));
  for (const day of one.days) {
    if (!same(day, byDay.get(day.day))) found.push(`${name}: the lines of ${day.day} differ`);
  }
  if (one.days.length !== other.days.length)
    found.push(`${name}: ${other.days.length} days, not ${one.days.length}`);
  for (const table of Object.keys(one.tables)) {
    if (!same(one.tables[table], other.tables[table])) found.push(`${name}: ${table} differs`);
  }
  return found;
}

/** What does not add up, to the won: payments, movements, lines, settlements and ledger. */
export function wrongSums(leftWon, { movements, lines, settlements, ledger }) {
  const net = String(BigInt(lines.amount) - BigInt(lines.fee) - BigInt(lines.vat));
  const expected = [
    ['the ledger sums to zero', ledger.zero, '0'],
    ['movements are what is left of the payments', movements.amount, leftWon],
    ['every movement has one line', String(lines.n), String(movements.n)],
    ['lines are the movements', lines.amount, movements.amount],
    ['settlements are the lines', settlements.amount, lines.amount],
    ['settlements count the lines', settlements.n, String(lines.n)],
    ['fees of settlements are those of the lines', settlements.fee, lines.fee],
    ['VAT of settlements is that of the lines', settlements.vat, lines.vat],
    ['fee income is the fees', ledger.fee, lines.fee],
    ['VAT payable is the VAT', ledger.vat, lines.vat],
    ['payouts are amount less fee and VAT', settlements.net, net],
    ['merchants are owed their payouts', ledger.owed, settlements.net],
  ];
  return expected.flatMap(([what, is, ought]) =>
    is === ought ? [] : [`not true: ${what} (${is}, not ${ought})`],
  );
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
