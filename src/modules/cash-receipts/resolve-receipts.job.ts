import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/logging/logger';
import { RunningWork } from '../../common/jobs/running-work';
import { PaymentsFacade } from '../payments/payments.facade';
import { CashReceiptsRepository } from './cash-receipts.repository';
import { ReceiptCancelJournal } from './journal/receipt-cancel-journal';
import { ReceiptJournal } from './journal/receipt-journal';
import { ReceiptTimes } from './receipt-times';
import { AutomaticReceipts } from './use-cases/automatic-receipts';
import { ReceiptCancelSettler } from './use-cases/receipt-cancel-settler';
import { ReceiptSettler } from './use-cases/receipt-settler';

const CLAIM_MAX = 20;
const RUNNING_MAX = 32;

/**
 * The worker's part of cash receipts: brings to an end what a request could not, and makes the receipts that payments
 * wish for. Work is claimed in a short transaction that is committed before anything is done, and each claim is fenced.
 */
@Injectable()
export class ResolveReceiptsJob {
  private readonly running = new RunningWork({ max: RUNNING_MAX, perGroupMax: RUNNING_MAX });

  constructor(
    private readonly receipts: CashReceiptsRepository,
    private readonly journal: ReceiptJournal,
    private readonly cancels: ReceiptCancelJournal,
    private readonly settler: ReceiptSettler,
    private readonly cancelSettler: ReceiptCancelSettler,
    private readonly automatic: AutomaticReceipts,
    private readonly payments: PaymentsFacade,
    private readonly times: ReceiptTimes,
    private readonly logger: Logger,
  ) {}

  /** One sweep. Answers how many pieces of work it took up; they go on after it has returned. */
  async sweep(): Promise<number> {
    const free = Math.min(CLAIM_MAX, this.running.free);
    if (free === 0) return 0;
    const lease = this.times.workerLeaseMs;
    const due = await this.journal.claimDue(free, lease);
    for (const { receipt, unansweredForMs } of due)
      this.start(() => this.settler.resume(receipt, unansweredForMs, this.callBudgetMs));
    const cancels = await this.cancels.claimDue(free, lease);
    for (const one of cancels) {
      this.start(async () => {
        const receipt = await this.receipts.findById(one.cancel.receiptId);
        if (receipt !== null) await this.cancelSettler.resume(receipt, one, this.callBudgetMs);
      });
    }
    const wishes = await this.payments.claimReceiptWishes(free, lease);
    for (const wish of wishes) this.start(() => this.automatic.look(wish));
    return due.length + cancels.length + wishes.length;
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  settled(): Promise<void> {
    return this.running.settled();
  }

  /** Bounds each call, so that a round of a look and a sending, each with its token, ends within its lease. */
  private get callBudgetMs(): number {
    return Math.floor(this.times.workerLeaseMs / 4);
  }

  private start(work: () => Promise<unknown>): void {
    this.running.start('receipts', work, (error) => this.logger.failure('worker.cash-receipt', error));
  }
}
