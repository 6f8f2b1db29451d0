import { Inject, Injectable } from '@nestjs/common';
import { SqlPool, type SqlValue } from '../../common/db/pool';
import { JOURNAL_POOL } from '../../common/db/tokens';
import type {
  CashReceipt,
  CashReceiptCancel,
  CashReceiptWithHistory,
  ProviderWord,
} from './cash-receipts.types';
import { receiptCancelFromRow, receiptEventFromRow, receiptFromRow, type Row } from './journal/receipt-rows';

const HISTORY_MAX = 1_000;

/** Reads of cash receipts. Writes are the journals'. */
@Injectable()
export class CashReceiptsRepository {
  constructor(@Inject(JOURNAL_POOL) private readonly pool: SqlPool) {}

  /** `mid`: only that merchant's. */
  find(mid: string, receiptId: string): Promise<CashReceipt | null> {
    return this.findOne('id = ? AND mid = ?', [receiptId, mid]);
  }

  /** The latest of the order. */
  findByOrder(mid: string, orderNo: string): Promise<CashReceipt | null> {
    return this.findOne('mid = ? AND order_no = ? ORDER BY generation DESC', [mid, orderNo]);
  }

  findById(receiptId: string): Promise<CashReceipt | null> {
    return this.findOne('id = ?', [receiptId]);
  }

  async findCancel(cancelId: string): Promise<CashReceiptCancel | null> {
    const rows = await this.pool.execute<Row[]>('SELECT * FROM cash_receipt_cancels WHERE id = ?', [
      cancelId,
    ]);
    return rows[0] === undefined ? null : receiptCancelFromRow(rows[0]);
  }

  /** The cancel that a payment's cancel, or what stands for one, made. */
  async findCancelOf(receiptId: string, paymentCancelId: string): Promise<CashReceiptCancel | null> {
    const rows = await this.pool.execute<Row[]>(
      'SELECT * FROM cash_receipt_cancels WHERE origin_payment_cancel_id = ? AND receipt_id = ?',
      [paymentCancelId, receiptId],
    );
    return rows[0] === undefined ? null : receiptCancelFromRow(rows[0]);
  }

  /** The provider's ids of the receipt's cancels that are done. */
  async providerCancelIds(receiptId: string): Promise<readonly string[]> {
    const rows = await this.pool.execute<{ provider_cancel_id: string }[]>(
      `SELECT provider_cancel_id FROM cash_receipt_cancels WHERE receipt_id = ? AND status = 'DONE'`,
      [receiptId],
    );
    return rows.map(({ provider_cancel_id: id }) => id);
  }

  /** What the provider said to the last sending of a receipt, or of a cancel of it. */
  async lastWord(receiptId: string, cancelId: string | null): Promise<ProviderWord | null> {
    const [word] = await this.pool.execute<ProviderWord[]>(
      `SELECT code, message FROM cash_receipt_attempts
       WHERE receipt_id = ? AND cancel_id <=> ? AND operation <> 'INQUIRE' ORDER BY id DESC LIMIT 1`,
      [receiptId, cancelId],
    );
    return word ?? null;
  }

  /** The receipt as it is now, with what became of it, oldest first: all of one moment. */
  withHistory(seen: CashReceipt): Promise<CashReceiptWithHistory> {
    const id = [seen.receiptId];
    return this.pool.snapshot('read a cash receipt', async (connection) => {
      const [receipt] = await connection.execute<Row[]>('SELECT * FROM cash_receipts WHERE id = ?', id);
      const cancels = await connection.execute<Row[]>(
        `SELECT * FROM cash_receipt_cancels WHERE receipt_id = ? ORDER BY id LIMIT ${HISTORY_MAX}`,
        id,
      );
      const events = await connection.execute<Row[]>(
        `SELECT * FROM cash_receipt_events WHERE receipt_id = ? ORDER BY id LIMIT ${HISTORY_MAX}`,
        id,
      );
      return {
        receipt: receipt === undefined ? seen : receiptFromRow(receipt),
        cancels: cancels.map(receiptCancelFromRow),
        events: events.map(receiptEventFromRow),
      };
    });
  }

  private async findOne(condition: string, values: SqlValue[]): Promise<CashReceipt | null> {
    const rows = await this.pool.execute<Row[]>(
      `SELECT * FROM cash_receipts WHERE ${condition} LIMIT 1`,
      values,
    );
    return rows[0] === undefined ? null : receiptFromRow(rows[0]);
  }
}
