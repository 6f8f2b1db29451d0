import type { SqlConnection } from '../../../common/db/pool';
import { databaseTime } from '../../../common/time/korean-time';
import { exchangeColumns } from './approval-rows';
import type { ExchangeRecord } from './journal.types';
import { recordMovement } from './movements';

/** Keeps one exchange as an attempt of its payment. */
export async function insertExchange(tx: SqlConnection, record: ExchangeRecord): Promise<void> {
  const kept = exchangeColumns(record.exchange);
  await tx.execute(
    `INSERT INTO payment_attempts (id, payment_id, cancel_id, operation, outcome, acquirer, contract_id,
       acquirer_order_no, acquirer_transaction_id, endpoint, request_masked, response_masked, http_status, code, message,
       latency_ms, started_at, finished_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      record.attemptId,
      record.paymentId,
      record.cancelId,
      record.operation,
      record.outcome,
      record.acquirer,
      record.contractId,
      record.acquirerOrderNo,
      record.acquirerTransactionId,
      kept.endpoint,
      kept.request,
      kept.response,
      kept.http_status,
      kept.code,
      kept.message,
      kept.latency_ms,
      databaseTime(record.startedAt),
      databaseTime(record.finishedAt),
    ],
  );
}

export interface EventRow {
  readonly paymentId: string;
  /** Null for the first one. */
  readonly from: string | null;
  readonly to: string;
  readonly actor: string;
  readonly reason: string;
  readonly cancelId: string | null;
  readonly amount: number | null;
  readonly at: Date;
}

/** After the rows that it tells of: what it moved is written down with it. */
export async function insertEvent(tx: SqlConnection, event: EventRow): Promise<void> {
  await tx.execute(
    `INSERT INTO payment_events (payment_id, from_status, to_status, actor, reason, cancel_id, amount, occurred_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      event.paymentId,
      event.from,
      event.to,
      event.actor,
      event.reason.slice(0, 200),
      event.cancelId,
      event.amount,
      databaseTime(event.at),
    ],
  );
  await recordMovement(tx, event);
}
