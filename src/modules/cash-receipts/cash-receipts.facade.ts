import { Injectable } from '@nestjs/common';
import { ResolveReceiptsJob } from './resolve-receipts.job';

/** What the rest of the gateway may ask of cash receipts. */
@Injectable()
export class CashReceiptsFacade {
  constructor(private readonly job: ResolveReceiptsJob) {}

  /** One sweep over what is unresolved or wished for; answers how many pieces of work it took. */
  resolveUnresolved(): Promise<number> {
    return this.job.sweep();
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  settled(): Promise<void> {
    return this.job.settled();
  }
}
