import { Inject, Injectable } from '@nestjs/common';
import type { SqlPool, SqlValue } from '../../common/db/pool';
import { JOURNAL_POOL } from '../../common/db/tokens';
import { places } from '../../common/db/places';
import { wonFromDatabase } from '../../common/money/won';
import { fromDatabaseTime } from '../../common/time/korean-time';
import { cancelFromRow } from './payment-rows';
import type { PaymentStatus } from './payment.state';
import type { PaymentCancel } from './payments.types';

type Row = Readonly<Record<string, SqlValue>>;

/** One row of the history of payments. */
export interface PaymentChange {
  readonly seq: number;
  readonly paymentId: string;
  readonly from: PaymentStatus | null;
  readonly to: PaymentStatus;
  readonly cancelId: string | null;
  readonly occurredAt: Date;
}

/** Numbers from the first to the last, both included. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

const COLUMNS = 'id, payment_id, from_status, to_status, cancel_id, occurred_at';

/** Reads `payment_events` as what it is to webhooks: the outbox of payments. Never writes. */
@Injectable()
export class PaymentNewsRepository {
  constructor(@Inject(JOURNAL_POOL) private readonly pool: SqlPool) {}

  async after(position: number, limit: number): Promise<PaymentChange[]> {
    const rows = await this.pool.execute<Row[]>(
      `SELECT ${COLUMNS} FROM payment_events WHERE id > ? ORDER BY id LIMIT ?`,
      [position, limit],
    );
    return rows.map(changeFromRow);
  }

  async among(ranges: readonly SeqRange[]): Promise<PaymentChange[]> {
    const rows = await this.pool.execute<Row[]>(
      `SELECT ${COLUMNS} FROM payment_events WHERE ${rangesSql(ranges)} ORDER BY id`,
      ranges.flatMap(({ from, to }) => [from, to]),
    );
    return rows.map(changeFromRow);
  }

  /** Fails with a lock wait where an open transaction has a row among them. */
  async countLocked(ranges: readonly SeqRange[]): Promise<number> {
    const rows = await this.pool.execute<unknown[]>(
      `SELECT id FROM payment_events WHERE ${rangesSql(ranges)} LOCK IN SHARE MODE NOWAIT`,
      ranges.flatMap(({ from, to }) => [from, to]),
    );
    return rows.length;
  }

  /** What had been cancelled of a payment when a change was written, by the change. Won. */
  async cancelledUpTo(seqs: readonly number[]): Promise<ReadonlyMap<number, number>> {
    if (seqs.length === 0) return new Map();
    const rows = await this.pool.execute<Row[]>(
      `SELECT e.id, SUM(c.amount) AS cancelled FROM payment_events e
       JOIN payment_events c ON c.payment_id = e.payment_id AND c.id <= e.id AND c.cancel_id IS NOT NULL
         AND c.to_status IN ('PARTIALLY_CANCELLED', 'CANCELLED')
       WHERE e.id IN (${places(seqs)}) GROUP BY e.id`,
      [...seqs],
    );
    return new Map(rows.map((row) => [Number(row.id), wonFromDatabase(row.cancelled as string)]));
  }

  async cancels(cancelIds: readonly string[]): Promise<ReadonlyMap<string, PaymentCancel>> {
    if (cancelIds.length === 0) return new Map();
    const rows = await this.pool.execute<Row[]>(
      `SELECT * FROM payment_cancels WHERE id IN (${places(cancelIds)})`,
      [...cancelIds],
    );
    return new Map(rows.map(cancelFromRow).map((cancel) => [cancel.cancelId, cancel]));
  }
}

const rangesSql = (ranges: readonly SeqRange[]) => ranges.map(() => 'id BETWEEN ? AND ?').join(' OR ');

function changeFromRow(row: Row): PaymentChange {
  return {
    seq: Number(row.id),
    paymentId: row.payment_id as string,
    from: row.from_status as PaymentStatus | null,
    to: row.to_status as PaymentStatus,
    cancelId: row.cancel_id as string | null,
    occurredAt: fromDatabaseTime(row.occurred_at as string),
  };
}
