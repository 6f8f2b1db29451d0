import type { Exchange } from '../../../acquirers/port/acquirer.types';
import type { SqlConnection, SqlPool } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { databaseTime } from '../../../common/time/korean-time';
import type { PaymentPointsBook } from '../../points/points.facade';
import { cardAmountOf } from '../hybrid.calc';
import { assertTransition } from '../payment.state';
import { lockPayment, lockPaymentByOrder, paymentFromRow } from '../payment-rows';
import type { AttemptOutcome, Payment } from '../payments.types';
import { exchangeColumns } from './approval-rows';
import { releaseUsage } from './contract-usage';
import { insertEvent, insertExchange } from './exchange-record';
import type { Claim, ExchangeRecord } from './journal.types';

type Row = Parameters<typeof paymentFromRow>[0];

/** A payment under reversal, and for how long its outcome has been unknown by the database's clock. */
export interface ReversalClaim {
  readonly payment: Payment;
  readonly unknownForMs: number;
}

export interface ReversalWriter {
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

/** The writes of reversals. The version is the fence: whoever holds the newest may write, everyone else affects no row. */
export class ReversalJournal {
  constructor(
    private readonly pool: SqlPool,
    private readonly points: PaymentPointsBook,
  ) {}

  /**
   * Takes up to `limit` payments that are due: abandoned approvals become REVERSING in the same transaction, since a
   * process that did not come back cannot be asked what it was told. A REVERSED one is due for its second look.
   */
  claimDue({ limit, leaseMs, without }: Claim, writer: ReversalWriter): Promise<ReversalClaim[]> {
    return retryConflicts(() =>
      this.pool.transaction('claim-reversals', async (tx) => {
        const rows = await tx.execute<Row[]>(
          `SELECT p.*, TIMESTAMPDIFF(MICROSECOND, COALESCE(unknown_since, UTC_TIMESTAMP(6)), UTC_TIMESTAMP(6)) DIV 1000
             AS unknown_for_ms
           FROM payments p WHERE due_at <= UTC_TIMESTAMP(3) AND NOT JSON_CONTAINS(?, JSON_QUOTE(acquirer))
           ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED`,
          [JSON.stringify(without), limit],
        );
        const claims: ReversalClaim[] = [];
        for (const row of rows) {
          const payment = paymentFromRow(row);
          const status = payment.status === 'REVERSED' ? 'REVERSED' : 'REVERSING';
          if (payment.status === 'IN_PROGRESS') {
            await abandonSending(tx, payment.paymentId, writer.at);
            await insertEvent(tx, { ...eventOf(payment, writer), to: 'REVERSING' });
          }
          await tx.execute(
            `UPDATE payments SET status = ?, version = version + 1,
               unknown_since = COALESCE(unknown_since, UTC_TIMESTAMP(3)),
               due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND WHERE id = ?`,
            [status, leaseMs, payment.paymentId],
          );
          const taken: Payment = { ...payment, status, version: payment.version + 1 };
          claims.push({ payment: taken, unknownForMs: Number(row.unknown_for_ms) });
        }
        return claims;
      }),
    );
  }

  /** Keeps exchanges that settled nothing and sets the next try; null when the fence was passed by another. */
  postpone(
    payment: Payment,
    next: { readonly dueInMs: number; readonly refused: boolean },
    records: readonly ExchangeRecord[],
  ): Promise<Payment | null> {
    return retryConflicts(() =>
      this.pool.transaction('postpone-reversal', async (tx) => {
        const transactionId =
          records.map((record) => record.acquirerTransactionId).find((id) => id !== null) ?? null;
        const { affectedRows } = await tx.execute<{ affectedRows: number }>(
          `UPDATE payments SET version = version + 1, reversal_tries = reversal_tries + 1,
             reversal_refusals = reversal_refusals + ?,
             acquirer_transaction_id = COALESCE(acquirer_transaction_id, ?),
             due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND
           WHERE id = ? AND status = ? AND version = ?`,
          [
            Number(next.refused),
            transactionId,
            next.dueInMs,
            payment.paymentId,
            payment.status,
            payment.version,
          ],
        );
        if (affectedRows !== 1) return null;
        for (const record of records) await insertExchange(tx, record);
        return {
          ...payment,
          version: payment.version + 1,
          reversalTries: payment.reversalTries + 1,
          reversalRefusals: payment.reversalRefusals + Number(next.refused),
          acquirerTransactionId: payment.acquirerTransactionId ?? transactionId,
        };
      }),
    );
  }

  /**
   * The approval is known to be undone, or never to have been. `recheckInMs`: an absence is looked at once more after
   * that long. False when the fence was passed by another.
   */
  finish(
    payment: Payment,
    end: ReversalWriter & { readonly recheckInMs: number | null },
    records: readonly ExchangeRecord[],
  ): Promise<boolean> {
    return retryConflicts(() =>
      this.pool.transaction('finish-reversal', async (tx) => {
        const transactionId =
          records.map((record) => record.acquirerTransactionId).find((id) => id !== null) ?? null;
        const { affectedRows } = await tx.execute<{ affectedRows: number }>(
          `UPDATE payments SET status = 'REVERSED', version = version + 1,
             due_at = IF(? IS NULL, NULL, UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND),
             acquirer_transaction_id = COALESCE(acquirer_transaction_id, ?), updated_at = ?
           WHERE id = ? AND status = ? AND version = ?`,
          [
            end.recheckInMs,
            end.recheckInMs ?? 0,
            transactionId,
            databaseTime(end.at),
            payment.paymentId,
            payment.status,
            payment.version,
          ],
        );
        if (affectedRows !== 1) return false;
        for (const record of records) await insertExchange(tx, record);
        await abandonSending(tx, payment.paymentId, end.at);
        if (payment.status === 'REVERSED') return true;
        assertTransition(payment.status, 'REVERSED');
        await insertEvent(tx, { ...eventOf(payment, end), to: 'REVERSED' });
        await releaseUsage(tx, payment.contractId, cardAmountOf(payment), payment.usageDay);
        if (payment.customerKey !== null) await this.points.reversed(tx, payment.paymentId, end);
        return true;
      }),
    );
  }

  /**
   * A merchant's own net cancel. Bars the order number, then begins the reversal of an approval that is running or
   * done. `maxAgeMs`: an older approval has to be cancelled instead.
   */
  async begin(
    order: { readonly mid: string; readonly orderNo: string },
    rules: { readonly leaseMs: number; readonly maxAgeMs: number },
    writer: ReversalWriter,
  ): Promise<BeginReversal> {
    const { mid, orderNo } = order;
    // Committed on its own before the payment is read: see REFUSE_BARRED.
    await this.pool.execute(
      'INSERT IGNORE INTO barred_orders (mid, order_no, reason, barred_at) VALUES (?, ?, ?, ?)',
      [mid, orderNo, writer.reason, databaseTime(writer.at)],
    );
    return retryConflicts(() =>
      this.pool.transaction('begin-reversal', async (tx): Promise<BeginReversal> => {
        const payment = await lockPaymentByOrder(tx, mid, orderNo);
        if (payment === null) return { kind: 'NOT_FOUND' };
        if (payment.status === 'REVERSING' || payment.status === 'REVERSED' || payment.status === 'FAILED') {
          return { kind: 'SETTLED', payment };
        }
        const tooOld =
          payment.approvedAt !== null && writer.at.getTime() - payment.approvedAt.getTime() > rules.maxAgeMs;
        const untouched = payment.pendingCancelAmount === 0 && payment.cancelledAmount === 0;
        // A deposit goes back only to an account that the merchant names, so by a cancel.
        const reversible =
          payment.status === 'IN_PROGRESS' ||
          (payment.status === 'APPROVED' && payment.channel !== 'VIRTUAL_ACCOUNT');
        if (!reversible || tooOld || !untouched) {
          return { kind: 'NOT_REVERSIBLE', payment };
        }
        assertTransition(payment.status, 'REVERSING');
        await tx.execute(
          `UPDATE payments SET status = 'REVERSING', version = version + 1, unknown_since = UTC_TIMESTAMP(3),
             due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND, updated_at = ? WHERE id = ?`,
          [rules.leaseMs, databaseTime(writer.at), payment.paymentId],
        );
        await insertEvent(tx, { ...eventOf(payment, writer), to: 'REVERSING' });
        return { kind: 'BEGUN', payment: { ...payment, status: 'REVERSING', version: payment.version + 1 } };
      }),
    );
  }

  /**
   * An approval's answer that came after somebody else had begun to undo it: what it told is kept on its attempt, so
   * that the reversal knows the acquirer's id, and the payment is looked at again at once, even if it was taken for
   * undone. Its state is not touched.
   */
  async keepLateAnswer(late: LateAnswer): Promise<void> {
    const { attemptId, paymentId, outcome, acquirerTransactionId } = late;
    await this.pool.transaction('late-answer', async (tx) => {
      await lockPayment(tx, paymentId);
      await keepExchange(tx, { attemptId, outcome, exchange: late.exchange, at: late.at });
      if (acquirerTransactionId === null) return;
      await tx.execute(
        `UPDATE payments SET acquirer_transaction_id = ?, version = version + 1, due_at = UTC_TIMESTAMP(3)
         WHERE id = ? AND attempt_id = ? AND status IN ('REVERSING', 'REVERSED')
           AND (acquirer_transaction_id IS NULL OR acquirer_transaction_id = ?)`,
        [acquirerTransactionId, paymentId, attemptId, acquirerTransactionId],
      );
      await tx.execute(
        `UPDATE payment_attempts SET acquirer_transaction_id = ? WHERE id = ? AND acquirer_transaction_id IS NULL`,
        [acquirerTransactionId, attemptId],
      );
    });
  }

  /** A payment that was taken for undone is looked at again at once: the acquirer says that money came after all. */
  async lookAgain(paymentId: string, acquirerTransactionId: string): Promise<void> {
    await this.pool.execute(
      `UPDATE payments SET acquirer_transaction_id = ?, version = version + 1, due_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND status = 'REVERSED'`,
      [acquirerTransactionId, paymentId],
    );
  }
}

export type BeginReversal =
  | { readonly kind: 'BEGUN'; readonly payment: Payment }
  | { readonly kind: 'SETTLED'; readonly payment: Payment }
  | { readonly kind: 'NOT_REVERSIBLE'; readonly payment: Payment }
  | { readonly kind: 'NOT_FOUND' };

function eventOf(payment: Payment, writer: ReversalWriter) {
  return {
    paymentId: payment.paymentId,
    from: payment.status,
    actor: writer.actor,
    reason: writer.reason,
    cancelId: null,
    amount: payment.amount,
    at: writer.at,
  };
}

/** An approval's outcome that came after its payment had been taken over. */
export interface LateAnswer {
  readonly attemptId: string;
  readonly paymentId: string;
  readonly outcome: AttemptOutcome;
  readonly acquirerTransactionId: string | null;
  readonly exchange: Exchange;
  readonly at: Date;
}

async function keepExchange(
  tx: SqlConnection,
  kept: Pick<LateAnswer, 'attemptId' | 'outcome' | 'exchange' | 'at'>,
): Promise<void> {
  const row = exchangeColumns(kept.exchange);
  await tx.execute(
    `UPDATE payment_attempts SET outcome = ?, endpoint = ?, request_masked = ?, response_masked = ?, http_status = ?, code = ?, message = ?,
       latency_ms = ?, finished_at = ? WHERE id = ?`,
    [
      kept.outcome,
      row.endpoint,
      row.request,
      row.response,
      row.http_status,
      row.code,
      row.message,
      row.latency_ms,
      databaseTime(kept.at),
      kept.attemptId,
    ],
  );
}

/** Nobody will come back with the answer of this payment's attempts: what they ended as is not known. */
async function abandonSending(tx: SqlConnection, paymentId: string, at: Date): Promise<void> {
  await tx.execute(
    `UPDATE payment_attempts SET outcome = 'UNKNOWN', code = 'ABANDONED', finished_at = ?
     WHERE payment_id = ? AND outcome = 'SENDING'`,
    [databaseTime(at), paymentId],
  );
}
