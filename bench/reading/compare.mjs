/*
 * That two databases hold the same settlement, whatever its ids are: a settlement is told by merchant, contract and payout
 * day. What a worker does later (states, versions of payouts) and when it was written is left out.
 */

const SETTLEMENT = "CONCAT(s.mid, ' ', s.contract_id, ' ', s.payout_day)";
const of = (database, settlement) => `JOIN ${database}.settlements s ON s.id = ${settlement}`;
const SALES = 'approval_count, approval_amount, cancel_count, cancel_amount, fee, vat';

/** A select of everything that counts, for each table. */
const TABLES = {
  settlement_lines: (
    database,
  ) => `SELECT l.transaction_seq, ${SETTLEMENT}, l.kind, l.source_id, l.payment_id, l.mid, l.branch_id,
      l.method, l.captured_day, l.amount, l.left_before, l.left_after, l.fee, l.vat, l.acquirer_cost, l.policy_id,
      l.rate_ppm, l.fixed_fee, l.minimum_fee, l.acquirer_cost_ppm
    FROM ${database}.settlement_lines l ${of(database, 'l.settlement_id')}`,
  settlements: (
    database,
  ) => `SELECT ${SETTLEMENT}, status, version, line_count, approval_amount, cancel_amount, fee, vat,
      payout_amount FROM ${database}.settlements s`,
  settlement_events: (database) => `SELECT ${SETTLEMENT}, e.from_status, e.to_status, e.reason, e.amount
    FROM ${database}.settlement_events e ${of(database, 'e.settlement_id')}`,
  settlement_branch_totals: (
    database,
  ) => `SELECT b.branch_id, ${SETTLEMENT}, b.line_count, b.approval_amount, b.cancel_amount, b.fee,
      b.vat FROM ${database}.settlement_branch_totals b ${of(database, 'b.settlement_id')}`,
  daily_branch_sales: (database) =>
    `SELECT mid, captured_day, branch_id, method, ${SALES} FROM ${database}.daily_branch_sales`,
  daily_merchant_sales: (database) =>
    `SELECT mid, captured_day, method, ${SALES} FROM ${database}.daily_merchant_sales`,
  commission_lines: (database) => `SELECT * FROM ${database}.commission_lines`,
  daily_commissions: (database) => `SELECT * FROM ${database}.daily_commissions`,
  settlement_runs: (database) =>
    `SELECT captured_day, status, line_count, settlement_count FROM ${database}.settlement_runs`,
  settlement_run_parts: (
    database,
  ) => `SELECT captured_day, part, first_mid, last_mid, transaction_count, done_at IS NOT NULL
    FROM ${database}.settlement_run_parts`,
  ledger_transfers: (
    database,
  ) => `SELECT t.kind, IF(s.id IS NULL, t.source_id, CONCAT(${SETTLEMENT}, SUBSTRING(t.source_id, 31))),
      t.mid, t.debit_account, t.credit_account, t.amount
    FROM ${database}.ledger_transfers t LEFT JOIN ${database}.settlements s ON s.id = LEFT(t.source_id, 30)
    WHERE t.kind IN ('SETTLEMENT_FEE', 'SETTLEMENT_VAT', 'COMMISSION')`,
  settlement_calendar: (database) => `SELECT closed_through FROM ${database}.settlement_calendar`,
};

/** Tables that `SettledSql` fills. */
export const SETTLED_TABLES = Object.keys(TABLES);

/** How many rows are the same. Throws with the first rows that only one of two databases has. */
export async function compareSettled(world, one, other) {
  let same = 0;
  for (const [table, select] of Object.entries(TABLES)) {
    const rows = await world.rows(
      `(SELECT 'only in the one' AS place, x.* FROM (${select(one)} EXCEPT ALL ${select(other)}) x LIMIT 2) UNION ALL
       (SELECT 'only in the other', x.* FROM (${select(other)} EXCEPT ALL ${select(one)}) x LIMIT 2)`,
    );
    if (rows.length > 0)
      throw new Error(`${table} differs: ${rows.map((row) => JSON.stringify(row)).join('\n')}`);
    const [{ n }] = await world.rows(`SELECT COUNT(*) AS n FROM (${select(one)}) x`);
    if (Number(n) === 0) throw new Error(`${table} has no rows to compare`);
    same += Number(n);
  }
  return same;
}
