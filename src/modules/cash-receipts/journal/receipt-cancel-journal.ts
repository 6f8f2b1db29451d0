import { Inject, Injectable } from '@nestjs/common';
import { type SqlConnection, SqlPool } from '../../../common/db/pool';
import { JOURNAL_POOL } from '../../../common/db/tokens';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { databaseTime } from '../../../common/time/korean-time';
import { leftOf, type ReceiptCancelWish, splitReceiptCancel } from '../amounts.calc';
import type { CashReceipt, CashReceiptCancel } from '../cash-receipts.types';
import { isStanding, type ReceiptStatus } from '../receipt.state';
import { insertEvent } from './receipt-records';
import { lockReceipt, receiptCancelFromRow, type Row } from './receipt-rows';

export interface CancelIntent {
  readonly cancelId: string;
  readonly receiptId: string;
  readonly paymentCancelId: string | null;
  readonly wish: ReceiptCancelWish;
  readonly reason: string;
  readonly actor: string;
  readonly requestKey: string | null;
  readonly acquirerOrderNo: string;
  readonly leaseMs: number;
  readonly at: Date;
}

export type OpenReceiptCancel =
  | { readonly kind: 'OPENED'; readonly receipt: CashReceipt; readonly cancel: CashReceiptCancel }
  | { readonly kind: 'REPEATED'; readonly cancelId: string }
  | { readonly kind: 'NOT_FOUND' }
  | { readonly kind: 'NOT_CANCELLABLE'; readonly status: ReceiptStatus }
  | {
      readonly kind: 'NOTHING_LEFT' | 'OVER_BALANCE' | 'TAX_FREE_MISFIT';
      readonly balanceAmount: number;
    };

export interface DueReceiptCancel {
  readonly cancel: CashReceiptCancel;
  /** Since it was sent last, by the database's clock; 0 when it never was. Milliseconds. */
  readonly unansweredForMs: number;
}

const DUE = 'UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND';

/** Opens cancels of receipts: the amount is taken from the balance first, so that many at once never pass it. */
@Injectable()
export class ReceiptCancelJournal {
  constructor(@Inject(JOURNAL_POOL) private readonly pool: SqlPool) {}

  open(intent: CancelIntent): Promise<OpenReceiptCancel> {
    return retryConflicts(() =>
      this.pool.transaction('open-receipt-cancel', (tx) => this.openIn(tx, intent)),
    );
  }

  /** A new try of one that failed and has to be done: its amount is taken from the balance again. */
  reopen(
    before: CashReceiptCancel,
    next: Pick<CancelIntent, 'acquirerOrderNo' | 'leaseMs' | 'actor' | 'at'>,
  ) {
    return retryConflicts(() =>
      this.pool.transaction('reopen-receipt-cancel', async (tx) => {
        const receipt = await lockReceipt(tx, before.receiptId);
        if (receipt === null || !isStanding(receipt.status) || receipt.balanceAmount < before.amount)
          return null;
        const { affectedRows } = await tx.execute<{ affectedRows: number }>(
          `UPDATE cash_receipt_cancels SET status = 'IN_PROGRESS', version = version + 1, acquirer_order_no = ?,
             failure_code = NULL, failure_provider_code = NULL, failure_provider_message = NULL, sends = 0, looks = 0,
             last_sent_at = NULL, due_at = ${DUE}
           WHERE id = ? AND status = 'FAILED' AND version = ?`,
          [next.acquirerOrderNo, next.leaseMs, before.cancelId, before.version],
        );
        if (affectedRows !== 1) return null;
        return this.reserved(tx, receipt, {
          ...next,
          cancelId: before.cancelId,
          from: 'FAILED',
          reason: before.reason,
        });
      }),
    );
  }

  /** Takes up to `limit` that are due, for `leaseMs`; a claim is a new version. */
  claimDue(limit: number, leaseMs: number): Promise<DueReceiptCancel[]> {
    return retryConflicts(() =>
      this.pool.transaction('claim-receipt-cancels', async (tx) => {
        const rows = await tx.execute<Row[]>(
          `SELECT *, COALESCE(TIMESTAMPDIFF(MICROSECOND, last_sent_at, UTC_TIMESTAMP(3)) DIV 1000, 0)
             AS unanswered_for_ms
           FROM cash_receipt_cancels WHERE due_at <= UTC_TIMESTAMP(3) ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED`,
          [limit],
        );
        for (const { id } of rows) {
          await tx.execute(
            `UPDATE cash_receipt_cancels SET version = version + 1, due_at = ${DUE} WHERE id = ?`,
            [leaseMs, id as string],
          );
        }
        return rows.map((row) => ({
          cancel: receiptCancelFromRow({ ...row, version: Number(row.version) + 1 }),
          unansweredForMs: Number(row.unanswered_for_ms),
        }));
      }),
    );
  }

  private async openIn(tx: SqlConnection, intent: CancelIntent): Promise<OpenReceiptCancel> {
    const receipt = await lockReceipt(tx, intent.receiptId);
    if (receipt === null) return { kind: 'NOT_FOUND' };
    const repeated = await tx.execute<{ id: string }[]>(
      `SELECT id FROM cash_receipt_cancels
       WHERE receipt_id = ? AND (request_key = ? OR origin_payment_cancel_id = ?) LIMIT 1`,
      [receipt.receiptId, intent.requestKey, intent.paymentCancelId],
    );
    if (repeated[0] !== undefined) return { kind: 'REPEATED', cancelId: repeated[0].id };
    const { balanceAmount } = receipt;
    if (receipt.status === 'CANCELLED') return { kind: 'NOTHING_LEFT', balanceAmount };
    if (!isStanding(receipt.status)) return { kind: 'NOT_CANCELLABLE', status: receipt.status };
    const taken = await tx.execute<Row[]>(
      `SELECT * FROM cash_receipt_cancels WHERE receipt_id = ? AND status <> 'FAILED'`,
      [receipt.receiptId],
    );
    const split = splitReceiptCancel(leftOf(receipt, taken.map(receiptCancelFromRow)), intent.wish);
    if (split.kind !== 'SPLIT') return { kind: split.kind, balanceAmount };
    const { amount, supplyAmount, vat, taxFreeAmount, serviceCharge } = split.parts;
    await tx.execute(
      `INSERT INTO cash_receipt_cancels (id, receipt_id, mid, origin_payment_cancel_id, status, version, amount,
         supply_amount, vat, tax_free_amount, service_charge, reason, requested_by, request_key, acquirer_order_no, due_at,
         requested_at) VALUES (?, ?, ?, ?, 'IN_PROGRESS', 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${DUE}, ?)`,
      [
        ...[
          intent.cancelId,
          receipt.receiptId,
          receipt.mid,
          intent.paymentCancelId,
          amount,
          supplyAmount,
          vat,
        ],
        ...[taxFreeAmount, serviceCharge, intent.reason, intent.actor, intent.requestKey],
        ...[intent.acquirerOrderNo, intent.leaseMs, databaseTime(intent.at)],
      ],
    );
    const cancel = await this.reserved(tx, receipt, { ...intent, from: null });
    return { kind: 'OPENED', receipt, cancel };
  }

  private async reserved(
    tx: SqlConnection,
    receipt: CashReceipt,
    told: Pick<CancelIntent, 'cancelId' | 'actor' | 'reason' | 'at'> & { readonly from: string | null },
  ): Promise<CashReceiptCancel> {
    const rows = await tx.execute<Row[]>('SELECT * FROM cash_receipt_cancels WHERE id = ?', [told.cancelId]);
    const cancel = receiptCancelFromRow(rows[0]!);
    await tx.execute(
      `UPDATE cash_receipts SET version = version + 1, balance_amount = balance_amount - ?,
         pending_cancel_amount = pending_cancel_amount + ?, updated_at = ? WHERE id = ?`,
      [cancel.amount, cancel.amount, databaseTime(told.at), receipt.receiptId],
    );
    const { receiptId } = receipt;
    await insertEvent(tx, { ...told, receiptId, to: 'IN_PROGRESS', amount: cancel.amount });
    return cancel;
  }
}
