import { Inject, Injectable } from '@nestjs/common';
import { SqlPool, type SqlValue } from '../../../common/db/pool';
import { JOURNAL_POOL } from '../../../common/db/tokens';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { databaseTime } from '../../../common/time/korean-time';
import type { CashReceiptCancel, ProviderWord, ReceiptFailureCode } from '../cash-receipts.types';
import {
  assertReceiptCancelTransition,
  assertReceiptTransition,
  type ReceiptCancelStatus,
} from '../receipt.state';
import { insertEvent, insertExchange, type ReceiptExchange, tellCancelled } from './receipt-records';
import { lockReceipt, receiptCancelFromRow, type Row } from './receipt-rows';
import type { Writer } from './receipt-journal';

export type CancelEnd =
  | {
      readonly kind: 'DONE';
      readonly providerCancelId: string;
      readonly approvalNo: string;
      readonly cancelledAt: Date;
    }
  | {
      readonly kind: 'FAILED';
      readonly failureCode: ReceiptFailureCode;
      /** What the provider said to the cancel itself. */
      readonly said: ProviderWord | null;
    }
  | { readonly kind: 'UNCONFIRMED' };

const DUE = 'UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND';

/**
 * The writes of a cancel that has been opened. The cancels of a receipt are sent one after the other, so that a
 * provider's book can tell of each whether it is in it.
 */
@Injectable()
export class ReceiptCancelTurns {
  constructor(@Inject(JOURNAL_POOL) private readonly pool: SqlPool) {}

  /**
   * The cancel's turn, and that it is about to be sent: BUSY while another one has it, LOST when another process has
   * taken this one over.
   */
  sending(
    cancel: CashReceiptCancel,
    leaseMs: number,
    records: readonly ReceiptExchange[] = [],
  ): Promise<CashReceiptCancel | 'BUSY' | 'LOST'> {
    return retryConflicts(() =>
      this.pool.transaction('receipt-cancel-turn', async (tx) => {
        const { cancelId, receiptId } = cancel;
        const turn = await tx.execute<{ affectedRows: number }>(
          `UPDATE cash_receipts SET active_cancel_id = ?, version = version + 1
           WHERE id = ? AND (active_cancel_id IS NULL OR active_cancel_id = ?)`,
          [cancelId, receiptId, cancelId],
        );
        if (turn.affectedRows !== 1) return 'BUSY' as const;
        const sent = await tx.execute<{ affectedRows: number }>(
          `UPDATE cash_receipt_cancels SET version = version + 1, sends = sends + 1, last_sent_at = UTC_TIMESTAMP(3),
             due_at = ${DUE} WHERE id = ? AND status = 'IN_PROGRESS' AND version = ?`,
          [leaseMs, cancelId, cancel.version],
        );
        if (sent.affectedRows !== 1) throw new Lost();
        for (const record of records) await insertExchange(tx, record);
        const rows = await tx.execute<Row[]>('SELECT * FROM cash_receipt_cancels WHERE id = ?', [cancelId]);
        return receiptCancelFromRow(rows[0]!);
      }),
    ).catch((error: unknown) => {
      if (error instanceof Lost) return 'LOST' as const;
      throw error;
    });
  }

  async isFree(receiptId: string): Promise<boolean> {
    const rows = await this.pool.execute<Row[]>('SELECT active_cancel_id FROM cash_receipts WHERE id = ?', [
      receiptId,
    ]);
    return rows[0]?.active_cancel_id === null;
  }

  /** Not known yet. The cancel as it is then, or null when somebody else has taken it over. */
  postpone(
    cancel: CashReceiptCancel,
    next: { readonly dueInMs: number; readonly looked: boolean },
    records: readonly ReceiptExchange[],
  ): Promise<CashReceiptCancel | null> {
    return retryConflicts(() =>
      this.pool.transaction('postpone-receipt-cancel', async (tx) => {
        const { affectedRows } = await tx.execute<{ affectedRows: number }>(
          `UPDATE cash_receipt_cancels SET version = version + 1, looks = looks + ?, due_at = ${DUE}
           WHERE id = ? AND status = 'IN_PROGRESS' AND version = ?`,
          [Number(next.looked), next.dueInMs, cancel.cancelId, cancel.version],
        );
        if (affectedRows !== 1) return null;
        for (const record of records) await insertExchange(tx, record);
        const looks = cancel.looks + Number(next.looked);
        return { ...cancel, version: cancel.version + 1, looks };
      }),
    );
  }

  /** How it ended. The turn passes on, and the amount leaves the balance for good, comes back, or stays reserved. */
  close(
    cancel: CashReceiptCancel,
    end: CancelEnd,
    writer: Writer,
    records: readonly ReceiptExchange[],
  ): Promise<boolean> {
    assertReceiptCancelTransition(cancel.status, end.kind);
    return retryConflicts(() =>
      this.pool.transaction('close-receipt-cancel', async (tx) => {
        const receipt = await lockReceipt(tx, cancel.receiptId);
        if (receipt === null) throw new Error('a cancel without its receipt');
        const { set, values } = columnsOf(end);
        const { affectedRows } = await tx.execute<{ affectedRows: number }>(
          `UPDATE cash_receipt_cancels SET status = ?, version = version + 1, due_at = NULL, ${set}
           WHERE id = ? AND status = 'IN_PROGRESS' AND version = ?`,
          [end.kind, ...values, cancel.cancelId, cancel.version],
        );
        if (affectedRows !== 1) return false;
        for (const record of records) await insertExchange(tx, record);
        const { receiptId } = receipt;
        const { amount, cancelId } = cancel;
        const [done, back] = [end.kind === 'DONE' ? amount : 0, end.kind === 'FAILED' ? amount : 0];
        const cancelledAmount = receipt.cancelledAmount + done;
        const status = done === 0 ? receipt.status : statusAfter(receipt.amount, cancelledAmount);
        await tx.execute(
          `UPDATE cash_receipts SET version = version + 1, status = ?, balance_amount = balance_amount + ?,
             pending_cancel_amount = pending_cancel_amount - ?, cancelled_amount = ?, updated_at = ?,
             active_cancel_id = IF(active_cancel_id = ?, NULL, active_cancel_id) WHERE id = ?`,
          [status, back, done + back, cancelledAmount, databaseTime(writer.at), cancelId, receiptId],
        );
        const told = { ...writer, receiptId, amount };
        await insertEvent(tx, {
          ...told,
          cancelId,
          from: cancel.status,
          to: end.kind satisfies ReceiptCancelStatus,
        });
        if (end.kind !== 'DONE') return true;
        assertReceiptTransition(receipt.status, status);
        await insertEvent(tx, { ...told, cancelId: null, from: receipt.status, to: status });
        const { approvalNo, cancelledAt } = end;
        const { at } = writer;
        await tellCancelled(tx, receipt, { cancel, status, cancelledAmount, approvalNo, cancelledAt, at });
        return true;
      }),
    );
  }
}

function statusAfter(amount: number, cancelledAmount: number): 'PARTIALLY_CANCELLED' | 'CANCELLED' {
  if (cancelledAmount > amount) throw new RangeError('cancelled amount out of bounds');
  return cancelledAmount === amount ? 'CANCELLED' : 'PARTIALLY_CANCELLED';
}

function columnsOf(end: CancelEnd): { readonly set: string; readonly values: readonly SqlValue[] } {
  switch (end.kind) {
    case 'DONE':
      return {
        set: 'provider_cancel_id = ?, approval_no = ?, cancelled_at = ?',
        values: [end.providerCancelId, end.approvalNo, databaseTime(end.cancelledAt)],
      };
    case 'FAILED':
      return {
        // One that never left us may be asked for again under the same key.
        set: `failure_code = ?, failure_provider_code = LEFT(?, 60), failure_provider_message = LEFT(?, 200),
          request_key = IF(? = 'ACQUIRER_UNAVAILABLE', NULL, request_key)`,
        values: [...[end.failureCode, end.said?.code ?? null, end.said?.message ?? null], end.failureCode],
      };
    case 'UNCONFIRMED':
      return { set: 'looks = looks + 1', values: [] };
  }
}

/** Rolls the transaction back; never leaves the journal. */
class Lost extends Error {}
