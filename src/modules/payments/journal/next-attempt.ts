import type { SqlConnection } from '../../../common/db/pool';
import { databaseTime } from '../../../common/time/korean-time';
import { exchangeColumns, intentRow } from './approval-rows';
import type { ApprovalIntent, NextAttempt } from './journal.types';

/** The statements of a further attempt on a payment that is there already: after a decline, or at the next acquirer. */

export async function moveToNextAttempt(
  tx: SqlConnection,
  attempt: NextAttempt,
  from: string,
): Promise<boolean> {
  const { intent } = attempt;
  const row = intentRow(intent);
  const { affectedRows } = await tx.execute<{ affectedRows: number }>(
    `UPDATE payments SET status = 'IN_PROGRESS', version = version + 1, channel = ?, attempt_id = ?, attempt_count = ?,
       acquirer_order_no = ?, acquirer_transaction_id = ?, contract_id = ?, acquirer = ?, content_fingerprint = ?, request_hash = ?, goods_name = ?,
       buyer_name = ?, buyer_contact_sealed = UNHEX(?), customer_key = ?, metadata = ?, card_first6 = ?, card_last4 = ?,
       card_number_length = ?, installment_months = ?, usage_day = ?, failure_code = NULL, failure_acquirer_code = NULL,
       failure_acquirer_message = NULL, failed_at = NULL, updated_at = ?,
       due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND
     WHERE id = ? AND status = ? AND version = ?`,
    [
      row.channel,
      row.attempt_id,
      attempt.attemptNumber,
      row.acquirer_order_no,
      row.acquirer_transaction_id,
      row.contract_id,
      row.acquirer,
      row.content_fingerprint,
      row.request_hash,
      row.goods_name,
      row.buyer_name,
      row.buyer_contact_sealed,
      row.customer_key,
      row.metadata,
      row.card_first6,
      row.card_last4,
      row.card_number_length,
      row.installment_months,
      row.usage_day,
      row.at,
      row.due_ms,
      row.id,
      from,
      attempt.fromVersion,
    ],
  );
  return affectedRows === 1;
}

export async function closeSendingAttempt(
  tx: SqlConnection,
  closing: NonNullable<NextAttempt['closing']>,
  at: Date,
): Promise<void> {
  const kept = exchangeColumns(closing.exchange);
  await tx.execute(
    `UPDATE payment_attempts SET outcome = ?, endpoint = ?, request_masked = ?, response_masked = ?, http_status = ?,
       code = ?, message = ?, latency_ms = ?, finished_at = ? WHERE id = ? AND outcome = 'SENDING'`,
    [
      closing.outcome,
      kept.endpoint,
      kept.request,
      kept.response,
      kept.http_status,
      kept.code,
      kept.message,
      kept.latency_ms,
      databaseTime(at),
      closing.attemptId,
    ],
  );
}

export async function insertAttempt(tx: SqlConnection, intent: ApprovalIntent): Promise<void> {
  await tx.execute(
    `INSERT INTO payment_attempts (id, payment_id, operation, outcome, acquirer, contract_id, acquirer_order_no,
       acquirer_transaction_id, request_hash, started_at)
     VALUES (?, ?, 'APPROVE', 'SENDING', ?, ?, ?, ?, ?, ?)`,
    [
      intent.attemptId,
      intent.paymentId,
      intent.acquirer,
      intent.contractId,
      intent.acquirerOrderNo,
      intent.acquirerTransactionId,
      intent.requestHash,
      databaseTime(intent.at),
    ],
  );
}

export async function insertReopened(tx: SqlConnection, intent: ApprovalIntent): Promise<void> {
  await tx.execute(
    `INSERT INTO payment_events (payment_id, from_status, to_status, actor, reason, amount, occurred_at)
     VALUES (?, 'FAILED', 'IN_PROGRESS', ?, 'approval requested again', ?, ?)`,
    [intent.paymentId, intent.actor, intent.amount, databaseTime(intent.at)],
  );
}

/** Whether these very bytes asked for an earlier attempt of the payment: a repetition, or a captured request. */
export async function wasAskedBefore(tx: SqlConnection, intent: ApprovalIntent): Promise<boolean> {
  const rows = await tx.execute<unknown[]>(
    `SELECT 1 FROM payment_attempts WHERE payment_id = ? AND request_hash = ? AND outcome <> 'NOT_SENT' LIMIT 1`,
    [intent.paymentId, intent.requestHash],
  );
  return rows.length > 0;
}
