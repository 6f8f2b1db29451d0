import { Injectable } from '@nestjs/common';
import { fault } from '../../../common/errors/app-error';
import { isId } from '../../../common/ids/id';
import { CASH_RECEIPT_ERRORS } from '../cash-receipts.errors';
import { CashReceiptsRepository } from '../cash-receipts.repository';
import type { CashReceiptWithHistory } from '../cash-receipts.types';

/** Reads of cash receipts, within what the caller may see. */
@Injectable()
export class ReadReceipts {
  constructor(private readonly receipts: CashReceiptsRepository) {}

  /** Throws CASH_RECEIPT_NOT_FOUND, the same for another merchant's. */
  async byId(mid: string, receiptId: string): Promise<CashReceiptWithHistory> {
    const receipt = isId('crc', receiptId) ? await this.receipts.find(mid, receiptId) : null;
    if (receipt === null) throw fault(CASH_RECEIPT_ERRORS, 'CASH_RECEIPT_NOT_FOUND');
    return this.receipts.withHistory(receipt);
  }
}
