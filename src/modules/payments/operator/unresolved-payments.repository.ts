import { Inject, Injectable } from '@nestjs/common';
import type { SqlPool } from '../../../common/db/pool';
import { JOURNAL_POOL } from '../../../common/db/tokens';
import { insertExchange } from '../journal/exchange-record';
import type { ExchangeRecord } from '../journal/journal.types';
import { paymentFromRow } from '../payment-rows';
import type { Payment } from '../payments.types';

type Row = Parameters<typeof paymentFromRow>[0];

/** What is not known of a payment: how its approval ended, or one of its cancels. */
export interface UnresolvedPayment {
  readonly payment: Payment;
  readonly openCancelId: string | null;
}

const UNRESOLVED = `
SELECT id FROM payments FORCE INDEX (ix_payments_due)
WHERE due_at IS NOT NULL AND status IN ('IN_PROGRESS', 'REVERSING')
UNION SELECT payment_id FROM payment_cancels FORCE INDEX (ix_payment_cancels_due)
WHERE due_at IS NOT NULL AND status = 'IN_PROGRESS'`;

/** Payments that a worker still has to bring to an end. */
@Injectable()
export class UnresolvedPaymentsRepository {
  constructor(@Inject(JOURNAL_POOL) private readonly pool: SqlPool) {}

  /** The newest first, before an id. Costs as much as there are payments unresolved, however many are settled. */
  async page(beforeId: string | null, limit: number): Promise<readonly UnresolvedPayment[]> {
    const rows = await this.pool.execute<Row[]>(
      `SELECT p.*, (SELECT MIN(c.id) FROM payment_cancels c WHERE c.payment_id = p.id AND c.status = 'IN_PROGRESS')
         AS open_cancel_id
       FROM (${UNRESOLVED}) u JOIN payments p ON p.id = u.id
       WHERE p.id < ? ORDER BY p.id DESC LIMIT ?`,
      [beforeId ?? '~', limit],
    );
    return rows.map((row) => ({
      payment: paymentFromRow(row),
      openCancelId: row.open_cancel_id as string | null,
    }));
  }

  /**
   * Lets the worker look at it now: its claim is the fence against whoever is at it. An approval that a request may
   * still be at is left alone.
   */
  async wake(paymentId: string): Promise<void> {
    await this.pool.execute(
      `UPDATE payments SET due_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND status = 'REVERSING' AND due_at > UTC_TIMESTAMP(3)`,
      [paymentId],
    );
    await this.pool.execute(
      `UPDATE payment_cancels SET due_at = UTC_TIMESTAMP(3)
       WHERE payment_id = ? AND status = 'IN_PROGRESS' AND tries > 0 AND due_at > UTC_TIMESTAMP(3)`,
      [paymentId],
    );
  }

  /** Keeps what an acquirer said to a question that changed nothing. */
  keep(record: ExchangeRecord): Promise<void> {
    return this.pool.transaction('keep-inquiry', (tx) => insertExchange(tx, record));
  }
}
