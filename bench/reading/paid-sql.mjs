/**
 * What has happened to the settlements of payout days that lie behind: confirmed and paid. The worker and an operator take
 * them one by one, which for tens of thousands lasts longer than all that is measured; those of the last days are left to
 * the worker, as are those that are below zero.
 */
export async function paySettlements(world, lastPaid) {
  const due = `s.status = 'SCHEDULED' AND s.payout_day <= '${lastPaid}' AND s.payout_amount > 0`;
  await world.rows(
    `INSERT INTO settlement_events (settlement_id, from_status, to_status, actor, reason, amount, occurred_at)
     SELECT s.id, IF(step = 1, 'SCHEDULED', 'CONFIRMED'), IF(step = 1, 'CONFIRMED', 'PAID'), 'system:bench', 'payout day',
       s.payout_amount, UTC_TIMESTAMP(3)
     FROM settlements s JOIN (SELECT 1 AS step UNION ALL SELECT 2) steps WHERE ${due} ORDER BY s.id, step`,
  );
  await world.rows(
    `INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount)
     SELECT 'SETTLEMENT_PAYOUT', s.id, s.mid, 'MERCHANT_PAYABLE', 'BANK', s.payout_amount FROM settlements s WHERE ${due}`,
  );
  await world.rows(
    `UPDATE settlements s SET s.status = 'PAID', s.version = s.version + 2, s.payout_reference = 'bench',
       s.confirmed_at = UTC_TIMESTAMP(3), s.paid_at = UTC_TIMESTAMP(3) WHERE ${due}`,
  );
}
