import { Inject, Injectable } from '@nestjs/common';
import { places } from '../../common/db/places';
import { SqlPool, type SqlValue } from '../../common/db/pool';
import { JOURNAL_POOL } from '../../common/db/tokens';
import { fromDatabaseTime } from '../../common/time/korean-time';
import { wonFromDatabase } from '../../common/money/won';
import { type DataScope, scopeCondition } from '../../common/http/data-scope';
import { cancelFromRow, paymentFromRow } from './payment-rows';
import type {
  Payment,
  PaymentAttempt,
  PaymentCancel,
  PaymentEvent,
  PaymentWithHistory,
} from './payments.types';

type Row = Parameters<typeof paymentFromRow>[0];

/** At most so many of each are listed with a payment: enough for 200 cancels with a few tries each. */
const HISTORY_MAX = 1_000;

/** Reads of payments. Writes are the journal's. */
@Injectable()
export class PaymentsRepository {
  constructor(@Inject(JOURNAL_POOL) private readonly pool: SqlPool) {}

  findByOrder(scope: DataScope, orderNo: string): Promise<Payment | null> {
    return this.findOne(scope, 'order_no = ?', [orderNo]);
  }

  find(scope: DataScope, paymentId: string): Promise<Payment | null> {
    return this.findOne(scope, 'id = ?', [paymentId]);
  }

  /** Those of so many that are there, in no order. */
  async findMany(paymentIds: readonly string[]): Promise<readonly Payment[]> {
    if (paymentIds.length === 0) return [];
    const rows = await this.pool.execute<Row[]>(
      `SELECT * FROM payments WHERE id IN (${places(paymentIds)})`,
      [...paymentIds],
    );
    return rows.map(paymentFromRow);
  }

  async findCancel(cancelId: string): Promise<PaymentCancel | null> {
    const rows = await this.pool.execute<Row[]>('SELECT * FROM payment_cancels WHERE id = ?', [cancelId]);
    return rows[0] === undefined ? null : cancelFromRow(rows[0]);
  }

  /** Where the money of a cancel goes to, as it is sealed; null where it goes back the way it came. */
  async findRefund(cancelId: string): Promise<{ sealed: Buffer; bankCode: string } | null> {
    const [row] = await this.pool.execute<Row[]>(
      'SELECT refund_account_sealed, refund_bank_code FROM payment_cancels WHERE id = ?',
      [cancelId],
    );
    const sealed = (row?.refund_account_sealed ?? null) as Buffer | null;
    return sealed === null ? null : { sealed, bankCode: row?.refund_bank_code as string };
  }

  /** The payment as it is now, with everything that happened to it, oldest first: all of one moment. */
  withHistory(seen: Payment): Promise<PaymentWithHistory> {
    const id = [seen.paymentId];
    return this.pool.snapshot('read a payment', async (connection) => {
      const [payment] = await connection.execute<Row[]>('SELECT * FROM payments WHERE id = ?', id);
      const cancels = await connection.execute<Row[]>(
        `SELECT * FROM payment_cancels WHERE payment_id = ? ORDER BY id LIMIT ${HISTORY_MAX}`,
        id,
      );
      const events = await connection.execute<Row[]>(
        `SELECT * FROM payment_events WHERE payment_id = ? ORDER BY id LIMIT ${HISTORY_MAX}`,
        id,
      );
      const attempts = await connection.execute<Row[]>(
        `SELECT id, operation, outcome, acquirer, acquirer_order_no, acquirer_transaction_id, code, http_status,
           latency_ms, started_at FROM payment_attempts WHERE payment_id = ? ORDER BY id LIMIT ${HISTORY_MAX}`,
        id,
      );
      return {
        payment: payment === undefined ? seen : paymentFromRow(payment),
        cancels: cancels.map(cancelFromRow),
        events: events.map(eventFromRow),
        attempts: attempts.map(attemptFromRow),
      };
    });
  }

  private async findOne(scope: DataScope, condition: string, values: SqlValue[]): Promise<Payment | null> {
    const limits = scopeCondition(scope);
    const rows = await this.pool.execute<Row[]>(
      `SELECT * FROM payments WHERE ${condition} AND ${limits.sql} LIMIT 1`,
      [...values, ...limits.values],
    );
    return rows[0] === undefined ? null : paymentFromRow(rows[0]);
  }
}

function eventFromRow(row: Row): PaymentEvent {
  return {
    from: row.from_status as PaymentEvent['from'],
    to: row.to_status as PaymentEvent['to'],
    actor: row.actor as string,
    reason: row.reason as string,
    cancelId: row.cancel_id as string | null,
    amount: row.amount === null ? null : wonFromDatabase(row.amount as number),
    occurredAt: fromDatabaseTime(row.occurred_at as string),
  };
}

function attemptFromRow(row: Row): PaymentAttempt {
  return {
    attemptId: row.id as string,
    operation: row.operation as PaymentAttempt['operation'],
    outcome: row.outcome as PaymentAttempt['outcome'],
    acquirer: row.acquirer as string,
    acquirerOrderNo: row.acquirer_order_no as string,
    acquirerTransactionId: row.acquirer_transaction_id as string | null,
    code: row.code as string | null,
    httpStatus: row.http_status as number | null,
    latencyMs: row.latency_ms as number | null,
    startedAt: fromDatabaseTime(row.started_at as string),
  };
}
