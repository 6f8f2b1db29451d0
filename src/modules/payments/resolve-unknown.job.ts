import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/logging/logger';
import { Clock } from '../../common/time/clock';
import { PaymentJournal } from './journal/payment-journal';
import { PaymentsRepository } from './payments.repository';
import type { PaymentCancel } from './payments.types';
import { PaymentTimes } from './payment-time';
import { CancelSettler } from './use-cases/cancel-settler';
import { Reverser } from './use-cases/reverser';

const CLAIM_MAX = 20;

/**
 * The worker's part of payments: brings to an end what a request could not, or what a process that died left behind.
 * Work is claimed in a short transaction that is committed before anything is done, and each claim is fenced.
 */
@Injectable()
export class ResolveUnknownJob {
  constructor(
    private readonly journal: PaymentJournal,
    private readonly payments: PaymentsRepository,
    private readonly reverser: Reverser,
    private readonly settler: CancelSettler,
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** One sweep. Answers how many pieces of work it took; the caller sweeps again at once while there are some. */
  async sweep(): Promise<number> {
    const lease = this.times.workerLeaseMs;
    const writer = {
      actor: 'gateway:worker',
      reason: 'abandoned while it was running',
      at: this.clock.now(),
    };
    const reversals = await this.journal.reversals.claimDue(CLAIM_MAX, lease, writer);
    const cancels = await this.journal.cancels.claimDue(CLAIM_MAX, lease);
    const budget = Math.floor(lease / 3);
    await Promise.all([
      ...reversals.map(({ payment, unknownForMs }) =>
        this.guarded(payment.paymentId, () => this.reverser.reverse(payment, unknownForMs, budget)),
      ),
      ...cancels.map((cancel) => this.guarded(cancel.paymentId, () => this.settleCancel(cancel))),
    ]);
    return reversals.length + cancels.length;
  }

  private async settleCancel(cancel: PaymentCancel): Promise<void> {
    const payment = await this.payments.find({ kind: 'ALL' }, cancel.paymentId);
    if (payment === null) throw new Error('a cancel without its payment');
    // A claimed cancel may have been sent before: it is never taken for unsent, whatever this try says.
    await this.settler.settle(payment, { ...cancel, tries: Math.max(1, cancel.tries) });
  }

  /** One piece of work that fails must not keep the others; its lease runs out and it is taken up again. */
  private async guarded(paymentId: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.failure('worker.resolve', error, { paymentId });
    }
  }
}
