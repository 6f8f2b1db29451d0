import type { SqlPool } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { wonFromDatabase } from '../../../common/money/won';
import type { PaymentCancel } from '../payments.types';

/** Whether a cancel may speak to the acquirer now, and what our book says of the payment's other cancels. */
export type CancelTurn =
  | {
      readonly kind: 'TURN';
      readonly cancel: PaymentCancel;
      /** Won that our book holds as given back to the card. */
      readonly doneAmount: number;
      /** The acquirer's ids of those cancels. */
      readonly doneIds: readonly string[];
      /** Milliseconds since it was last sent without an answer, by the database's clock; null if it never was. */
      readonly unansweredForMs: number | null;
    }
  /** Another cancel of the payment is under way. */
  | { readonly kind: 'BUSY' }
  /** Another process has taken this cancel over, or ended it. */
  | { readonly kind: 'LOST' };

interface TurnRow {
  readonly status: string;
  readonly amount: string | number;
  readonly acquirer_cancel_id: string | null;
  readonly cancel_key: string;
  readonly unanswered_ms: string | number | null;
}

/** Rolls the turn back; never leaves the journal. */
class TurnLost extends Error {}

/** Which of a payment's cancels may speak to the acquirer: kept with the payment, so that it outlives a process. */
export class CancelTurns {
  constructor(private readonly pool: SqlPool) {}

  /**
   * The turn to speak to the acquirer about this payment's cancels: one cancel at a time has it, until that one is
   * ended, so that what the acquirer says is left can be compared with our book to the won. Renews the lease.
   */
  take(
    cancel: PaymentCancel,
    lease: { readonly ms: number; readonly newKeyAfterMs: number },
  ): Promise<CancelTurn> {
    return retryConflicts(() =>
      this.pool.transaction('cancel-turn', async (tx): Promise<CancelTurn> => {
        const { affectedRows: taken } = await tx.execute<{ affectedRows: number }>(
          `UPDATE payments SET active_cancel_id = ?, version = version + 1
           WHERE id = ? AND (active_cancel_id IS NULL OR active_cancel_id = ?)`,
          [cancel.cancelId, cancel.paymentId, cancel.cancelId],
        );
        if (taken !== 1) return { kind: 'BUSY' };
        const { affectedRows: ours } = await tx.execute<{ affectedRows: number }>(
          `UPDATE payment_cancels SET version = version + 1,
             cancel_key = IF(unanswered_at <= UTC_TIMESTAMP(3) - INTERVAL ? * 1000 MICROSECOND, ?, cancel_key),
             due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND
           WHERE id = ? AND status = 'IN_PROGRESS' AND version = ?`,
          [
            lease.newKeyAfterMs,
            `${cancel.cancelId}-${cancel.tries}`,
            lease.ms,
            cancel.cancelId,
            cancel.version,
          ],
        );
        if (ours !== 1) throw new TurnLost();
        const rows = await tx.execute<TurnRow[]>(
          `SELECT status, amount - point_amount AS amount, acquirer_cancel_id, cancel_key, IF(id = ?,
             TIMESTAMPDIFF(MICROSECOND, unanswered_at, UTC_TIMESTAMP(6)) DIV 1000, NULL) AS unanswered_ms
           FROM payment_cancels WHERE payment_id = ? AND (status = 'DONE' OR id = ?)`,
          [cancel.cancelId, cancel.paymentId, cancel.cancelId],
        );
        const done = rows.filter(({ status }) => status === 'DONE');
        const own = rows.find(({ status }) => status !== 'DONE');
        const unanswered = own?.unanswered_ms ?? null;
        return {
          kind: 'TURN',
          cancel: { ...cancel, cancelKey: own?.cancel_key ?? cancel.cancelKey, version: cancel.version + 1 },
          doneAmount: done.reduce((sum, { amount }) => sum + wonFromDatabase(amount), 0),
          doneIds: done.flatMap(({ acquirer_cancel_id: id }) => (id === null ? [] : [id])),
          unansweredForMs: unanswered === null ? null : Number(unanswered),
        };
      }),
    ).catch((error: unknown): CancelTurn => {
      if (error instanceof TurnLost) return { kind: 'LOST' };
      throw error;
    });
  }

  /** Whether no cancel of the payment has the turn just now: worth trying to take it. */
  async isFree(paymentId: string): Promise<boolean> {
    const rows = await this.pool.execute<{ active_cancel_id: string | null }[]>(
      'SELECT active_cancel_id FROM payments WHERE id = ?',
      [paymentId],
    );
    return rows[0]?.active_cancel_id === null;
  }
}
