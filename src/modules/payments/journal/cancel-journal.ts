import { isDuplicateKey } from '../../../common/db/database-errors';
import type { SqlConnection, SqlPool } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { wonFromDatabase } from '../../../common/money/won';
import { databaseTime } from '../../../common/time/korean-time';
import { splitCancel } from '../cancel.calc';
import type { PaymentPointsBook } from '../../points/points.facade';
import { cardAmountOf, cardTaxFreeOf, type CancelSources, splitSources } from '../hybrid.calc';
import { assertTransition, statusAfterCancel } from '../payment.state';
import { cancelFromRow, lockPayment } from '../payment-rows';
import type { Payment, PaymentCancel } from '../payments.types';
import { wakeReceiptWish } from '../receipts/receipt-wish-rows';
import { type CancelEnd, type CancelIntent, type OpenCancelResult, refusedNow } from './cancel-intent';
import { releaseUsage } from './contract-usage';
import { insertEvent, insertExchange } from './exchange-record';
import type { Claim, ExchangeRecord } from './journal.types';

/** The writes of cancels: each first reserves its amount under the payment's row lock, so that no sum passes it. */
export class CancelJournal {
  constructor(
    private readonly pool: SqlPool,
    private readonly points: PaymentPointsBook,
  ) {}

  open(intent: CancelIntent): Promise<OpenCancelResult> {
    return retryConflicts(() => this.tryOpen(intent)).catch(
      async (error: unknown): Promise<OpenCancelResult> => {
        if (!isDuplicateKey(error) || intent.requestKey === null) throw error;
        const rows = await this.pool.execute<{ id: string }[]>(
          'SELECT id FROM payment_cancels WHERE payment_id = ? AND request_key = ?',
          [intent.paymentId, intent.requestKey],
        );
        if (rows[0] === undefined) throw error;
        return { kind: 'REPEATED', cancelId: rows[0].id };
      },
    );
  }

  /**
   * Ends a cancel: CAS on its version; false when somebody else has ended it. The last record is the one that did; only
   * a cancel that gives back nothing but points, and so needs no acquirer, is done without one.
   */
  close(cancel: PaymentCancel, end: CancelEnd, records: readonly ExchangeRecord[]): Promise<boolean> {
    const record = records.at(-1);
    if (record === undefined && (end.kind !== 'DONE' || cardAmountOf(cancel) > 0)) {
      throw new Error('a cancel ends by an exchange');
    }
    const at = record?.finishedAt ?? (end.kind === 'DONE' ? end.cancelledAt : cancel.requestedAt);
    return retryConflicts(() =>
      this.pool.transaction('close-cancel', async (tx) => {
        const payment = await lockPayment(tx, cancel.paymentId);
        if (payment === null) throw new Error('a cancel without its payment');
        const done = end.kind === 'DONE';
        const cancelled = payment.cancelledAmount + (done ? cancel.amount : 0);
        if (!(await endCancel(tx, { cancel, end, record, balanceAfter: payment.amount - cancelled })))
          return false;
        const to = done ? statusAfterCancel(payment.amount, cancelled) : payment.status;
        await tx.execute(
          `UPDATE payments SET status = ?, version = version + 1, pending_cancel_amount = pending_cancel_amount - ?,
             cancelled_amount = cancelled_amount + ?, balance_amount = balance_amount + ?,
             tax_free_balance = tax_free_balance + ?,
             active_cancel_id = NULLIF(active_cancel_id, ?), updated_at = ? WHERE id = ?`,
          [
            to,
            cancel.amount,
            done ? cancel.amount : 0,
            done ? 0 : cancel.amount,
            done ? 0 : cancel.taxFreeAmount,
            cancel.cancelId,
            databaseTime(at),
            payment.paymentId,
          ],
        );
        for (const kept of records) await insertExchange(tx, kept);
        if (!done) return true;
        assertTransition(payment.status, to);
        await insertEvent(tx, {
          paymentId: payment.paymentId,
          from: payment.status,
          to,
          actor: cancel.requestedBy,
          reason: cancel.reason,
          cancelId: cancel.cancelId,
          amount: cancel.amount,
          at,
        });
        await releaseUsage(tx, payment.contractId, cardAmountOf(cancel), payment.usageDay);
        if (payment.customerKey !== null) {
          const told = { ...cancel, cancelledAmount: cancelled };
          await this.points.cancelled(tx, told, { actor: cancel.requestedBy, at });
        }
        if (payment.method !== 'CARD') await wakeReceiptWish(tx, payment.paymentId);
        return true;
      }),
    );
  }

  /** Keeps an exchange that settled nothing and says when to ask again; null when somebody else took the cancel over. */
  postpone(
    cancel: PaymentCancel,
    next: { readonly dueInMs: number; readonly unanswered: boolean },
    records: readonly ExchangeRecord[],
  ): Promise<PaymentCancel | null> {
    return retryConflicts(() =>
      this.pool.transaction('postpone-cancel', async (tx) => {
        const { affectedRows } = await tx.execute<{ affectedRows: number }>(
          `UPDATE payment_cancels SET version = version + 1, tries = tries + 1,
             unanswered_at = IF(?, UTC_TIMESTAMP(3), unanswered_at),
             due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND
           WHERE id = ? AND status = 'IN_PROGRESS' AND version = ?`,
          [Number(next.unanswered), next.dueInMs, cancel.cancelId, cancel.version],
        );
        if (affectedRows !== 1) return null;
        for (const record of records) await insertExchange(tx, record);
        return { ...cancel, version: cancel.version + 1, tries: cancel.tries + 1 };
      }),
    );
  }

  /** Takes up to `limit` abandoned cancels for `leaseMs`; a claim is a new version, so an old owner's writes fail. */
  claimDue({ limit, leaseMs, without }: Claim): Promise<PaymentCancel[]> {
    return retryConflicts(() =>
      this.pool.transaction('claim-cancels', async (tx) => {
        const rows = await tx.execute<Parameters<typeof cancelFromRow>[0][]>(
          `SELECT * FROM payment_cancels c WHERE due_at <= UTC_TIMESTAMP(3) AND NOT JSON_CONTAINS(?,
             JSON_QUOTE((SELECT acquirer FROM payments p WHERE p.id = c.payment_id)))
           ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED`,
          [JSON.stringify(without), limit],
        );
        for (const row of rows) {
          await tx.execute(
            // Whoever let it lie may have sent it: it counts as sent without an answer from now on.
            `UPDATE payment_cancels SET version = version + 1,
               unanswered_at = IF(tries = 0, COALESCE(unanswered_at, UTC_TIMESTAMP(3)), unanswered_at),
               tries = GREATEST(tries, 1),
               due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND WHERE id = ?`,
            [leaseMs, row.id as string],
          );
        }
        return rows.map((row) =>
          cancelFromRow({
            ...row,
            version: Number(row.version) + 1,
            tries: Math.max(1, Number(row.tries)),
          }),
        );
      }),
    );
  }

  private tryOpen(intent: CancelIntent): Promise<OpenCancelResult> {
    return this.pool.transaction('open-cancel', async (tx): Promise<OpenCancelResult> => {
      const payment = await lockPayment(tx, intent.paymentId);
      if (payment === null) return { kind: 'NOT_FOUND' };
      if (intent.requestKey !== null) {
        const repeated = await tx.execute<{ id: string }[]>(
          'SELECT id FROM payment_cancels WHERE payment_id = ? AND request_key = ?',
          [intent.paymentId, intent.requestKey],
        );
        if (repeated[0] !== undefined) return { kind: 'REPEATED', cancelId: repeated[0].id };
      }
      const refused = refusedNow(payment, intent);
      if (refused !== null) return refused;
      const { balanceAmount } = payment;
      const split = splitCancel(payment, intent.wish);
      if (split.kind !== 'SPLIT') return { kind: split.kind, balanceAmount };
      const sources = await this.sourcesOf(tx, payment, split);
      await tx.execute(
        `UPDATE payments SET version = version + 1, balance_amount = balance_amount - ?,
           pending_cancel_amount = pending_cancel_amount + ?, tax_free_balance = tax_free_balance - ?, updated_at = ?
         WHERE id = ?`,
        [split.amount, split.amount, split.taxFreeAmount, databaseTime(intent.at), payment.paymentId],
      );
      await tx.execute(
        `INSERT INTO payment_cancels (id, payment_id, mid, status, version, amount, tax_free_amount, point_amount,
           card_tax_free_amount, reason, requested_by, request_key, cancel_key, refund_account_sealed, refund_bank_code,
           refund_account_masked, due_at, requested_at)
         VALUES (?, ?, ?, 'IN_PROGRESS', 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
           UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND, ?)`,
        [
          intent.cancelId,
          payment.paymentId,
          payment.mid,
          split.amount,
          split.taxFreeAmount,
          sources.pointAmount,
          sources.cardTaxFreeAmount,
          intent.reason,
          intent.requestedBy,
          intent.requestKey,
          intent.cancelId,
          ...[intent.refund?.sealed ?? null, intent.refund?.bankCode ?? null, intent.refund?.masked ?? null],
          intent.dueInMs,
          databaseTime(intent.at),
        ],
      );
      const rows = await tx.execute<Parameters<typeof cancelFromRow>[0][]>(
        'SELECT * FROM payment_cancels WHERE id = ?',
        [intent.cancelId],
      );
      return { kind: 'OPENED', payment, cancel: cancelFromRow(rows[0]!) };
    });
  }

  /** Where a cancel's money goes, under the payment's row lock: what other cancels have, done or pending, is not left. */
  private async sourcesOf(
    tx: SqlConnection,
    payment: Payment,
    cancel: { readonly amount: number; readonly taxFreeAmount: number },
  ): Promise<CancelSources> {
    if (payment.pointAmount === 0) return { pointAmount: 0, cardTaxFreeAmount: cancel.taxFreeAmount };
    const [taken] = await tx.execute<Record<'card' | 'points' | 'tax_free', string>[]>(
      `SELECT COALESCE(SUM(amount - point_amount), 0) AS card, COALESCE(SUM(point_amount), 0) AS points,
         COALESCE(SUM(card_tax_free_amount), 0) AS tax_free
       FROM payment_cancels WHERE payment_id = ? AND status IN ('IN_PROGRESS', 'DONE')`,
      [payment.paymentId],
    );
    const left = {
      card: cardAmountOf(payment) - wonFromDatabase(taken!.card),
      cardTaxFree: cardTaxFreeOf(payment) - wonFromDatabase(taken!.tax_free),
      points: payment.pointAmount - wonFromDatabase(taken!.points),
    };
    return splitSources(left, cancel, await this.points.refundOrder(tx, payment.paymentId));
  }
}

interface Ending {
  readonly cancel: PaymentCancel;
  readonly end: CancelEnd;
  readonly record: ExchangeRecord | undefined;
  readonly balanceAfter: number;
}

/** The cancel's own row: CAS on its version. */
async function endCancel(tx: SqlConnection, { cancel, end, record, balanceAfter }: Ending): Promise<boolean> {
  const columns =
    end.kind === 'DONE'
      ? [end.kind, end.acquirerCancelId, databaseTime(end.cancelledAt), null, null, null, balanceAfter]
      : [
          end.kind,
          null,
          null,
          end.failureCode,
          record?.exchange.code ?? null,
          record?.exchange.message ?? null,
          null,
        ];
  const { affectedRows } = await tx.execute<{ affectedRows: number }>(
    `UPDATE payment_cancels SET status = ?, version = version + 1, acquirer_cancel_id = ?, cancelled_at = ?,
       failure_code = ?, failure_acquirer_code = LEFT(?, 60), failure_acquirer_message = LEFT(?, 200),
       balance_after = ?, due_at = NULL, request_key = IF(? = 'ACQUIRER_UNAVAILABLE', NULL, request_key)
     WHERE id = ? AND status = 'IN_PROGRESS' AND version = ?`,
    [...columns, end.kind === 'FAILED' ? end.failureCode : '', cancel.cancelId, cancel.version],
  );
  return affectedRows === 1;
}
