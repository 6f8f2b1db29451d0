import { Inject, Injectable } from '@nestjs/common';
import { places } from '../../common/db/places';
import { SqlPool, type SqlValue } from '../../common/db/pool';
import { JOURNAL_POOL } from '../../common/db/tokens';
import { fromDatabaseTime } from '../../common/time/korean-time';
import { wonFromDatabase } from '../../common/money/won';
import { type DataScope, scopeCondition } from '../../common/http/data-scope';
import type { PaymentStatus } from './payment.state';
import { cancelFromRow, paymentFromRow } from './payment-rows';
import type {
  Payment,
  PaymentAttempt,
  PaymentCancel,
  PaymentEvent,
  PaymentWithHistory,
} from './payments.types';

type Row = Parameters<typeof paymentFromRow>[0];

export interface PaymentStats {
  readonly total: number;
  readonly completed: number;
  readonly cancelled: number;
  readonly pending: number;
  readonly failed: number;
  readonly totalAmount: number;
  readonly cancelledAmount: number;
}

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

  /** The payment with everything that happened to it, oldest first. */
  withHistory(payment: Payment): Promise<PaymentWithHistory> {
    const id = [payment.paymentId];
    return this.pool.use(async (connection) => {
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
        payment,
        cancels: cancels.map(cancelFromRow),
        events: events.map(eventFromRow),
        attempts: attempts.map(attemptFromRow),
      };
    });
  }

  /** Counts and sums of the payments made from one instant to before another. */
  async stats(scope: DataScope, from: Date, before: Date): Promise<PaymentStats> {
    const { sql, values } = scopeCondition(scope);
    const rows = await this.pool.execute<Row[]>(
      // An account that was closed before any deposit is CANCELLED too, and never charged anybody.
      `SELECT IF(status = 'CANCELLED' AND approved_at IS NULL, 'EXPIRED', status) AS status, COUNT(*) AS n,
         SUM(amount) AS amount, SUM(cancelled_amount) AS cancelled
       FROM payments WHERE ${sql} AND created_at >= ? AND created_at < ? GROUP BY 1`,
      [...values, databaseTimeOf(from), databaseTimeOf(before)],
    );
    return sumStats(rows);
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

const databaseTimeOf = (at: Date) => at.toISOString().slice(0, 23).replace('T', ' ');

const COMPLETED: readonly PaymentStatus[] = ['APPROVED', 'PARTIALLY_CANCELLED'];
const PENDING: readonly PaymentStatus[] = ['CREATED', 'IN_PROGRESS', 'WAITING_FOR_DEPOSIT', 'REVERSING'];

/** totalAmount counts what was approved, whether cancelled later or not; failed counts what never charged anybody. */
function sumStats(rows: readonly Row[]): PaymentStats {
  let [total, completed, cancelled, pending, failed, totalAmount, cancelledAmount] = [0, 0, 0, 0, 0, 0, 0];
  for (const row of rows) {
    const status = row.status as PaymentStatus;
    const count = Number(row.n);
    total += count;
    if (PENDING.includes(status)) pending += count;
    else if (COMPLETED.includes(status)) completed += count;
    else if (status === 'CANCELLED') cancelled += count;
    else failed += count;
    if (COMPLETED.includes(status) || status === 'CANCELLED') {
      totalAmount += wonFromDatabase(row.amount as string);
      cancelledAmount += wonFromDatabase(row.cancelled as string);
    }
  }
  return { total, completed, cancelled, pending, failed, totalAmount, cancelledAmount };
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
