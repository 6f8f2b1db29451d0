import { Injectable } from '@nestjs/common';
import { CashReceiptsRepository } from './cash-receipts.repository';
import { CashReceiptDetailResponse, CashReceiptResponse } from './dto/cash-receipt.response';
import { toReceiptDetail, toReceiptResponse } from './dto/cash-receipt.views';
import { type ReceiptSearch, ReceiptSearches } from './receipt-searches.repository';
import { RECEIPT_STATUSES, type ReceiptStatus } from './receipt.state';
import { ResolveReceiptsJob } from './resolve-receipts.job';

/** Forms and states that other modules share with cash receipts. */
export { CashReceiptDetailResponse, CashReceiptResponse, RECEIPT_STATUSES };
export type { ReceiptSearch, ReceiptStatus };

/** What the rest of the gateway may ask of cash receipts. */
@Injectable()
export class CashReceiptsFacade {
  constructor(
    private readonly job: ResolveReceiptsJob,
    private readonly receipts: CashReceiptsRepository,
    private readonly searches: ReceiptSearches,
  ) {}

  /** The receipts of a payment as they are shown, oldest first; the caller has seen to the scope. */
  async ofPayment(paymentId: string): Promise<CashReceiptDetailResponse[]> {
    const found = await this.searches.ofPayment(paymentId);
    const all = await Promise.all(found.map((receipt) => this.receipts.withHistory(receipt)));
    return all.map((each) => toReceiptDetail(each));
  }

  /** A page of receipts as they are shown, newest first. */
  async search(wanted: ReceiptSearch): Promise<{ data: CashReceiptResponse[]; nextCursor: string | null }> {
    const { receipts, nextCursor } = await this.searches.page(wanted);
    return { data: receipts.map((receipt) => toReceiptResponse(receipt)), nextCursor };
  }

  /** One sweep over what is unresolved or wished for; answers how many pieces of work it took. */
  resolveUnresolved(): Promise<number> {
    return this.job.sweep();
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  settled(): Promise<void> {
    return this.job.settled();
  }
}
