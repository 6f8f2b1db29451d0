import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/logging/logger';
import { Clock } from '../../common/time/clock';
import type { SpanStart } from '../../common/tracing/span.types';
import { TraceLinks } from '../../common/tracing/trace-links';
import { RunningWork } from '../../common/jobs/running-work';
import { PaymentJournal } from './journal/payment-journal';
import { PaymentsRepository } from './payments.repository';
import type { Payment, PaymentCancel } from './payments.types';
import { PaymentTimes } from './payment-time';
import { CancelSettler } from './use-cases/cancel-settler';
import { Reverser } from './use-cases/reverser';

const CLAIM_MAX = 20;
const RUNNING_MAX = 96;
/** One acquirer that is silent must not keep the others' work waiting. */
const RUNNING_PER_ACQUIRER_MAX = 32;

/**
 * The worker's part of payments: brings to an end what a request could not, or what a process that died left behind.
 * Work is claimed in a short transaction that is committed before anything is done, and each claim is fenced.
 */
@Injectable()
export class ResolveUnknownJob {
  /** What is under way, and at which acquirer. */
  private readonly running = new RunningWork({ max: RUNNING_MAX, perGroupMax: RUNNING_PER_ACQUIRER_MAX });

  constructor(
    private readonly journal: PaymentJournal,
    private readonly payments: PaymentsRepository,
    private readonly reverser: Reverser,
    private readonly settler: CancelSettler,
    private readonly times: PaymentTimes,
    private readonly traces: TraceLinks,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** One sweep. Answers how many pieces of work it took up; they go on after it has returned. */
  async sweep(): Promise<number> {
    const free = Math.min(CLAIM_MAX, this.running.free);
    if (free === 0) return 0;
    const lease = this.times.workerLeaseMs;
    const writer = {
      actor: 'gateway:worker',
      reason: 'abandoned while it was running',
      at: this.clock.now(),
    };
    const claim = { limit: free, leaseMs: lease, without: this.running.crowded() };
    const reversals = await this.journal.reversals.claimDue(claim, writer);
    for (const { payment, unknownForMs } of reversals) {
      this.start(payment, () =>
        this.traces.continued(payment.paymentId, resolveSpan(payment), () =>
          this.reverser.reverse(payment, unknownForMs, this.callBudgetMs),
        ),
      );
    }
    const cancels = await this.journal.cancels.claimDue(claim);
    const payments = await this.payments.findMany(cancels.map(({ paymentId }) => paymentId));
    const byId = new Map(payments.map((payment) => [payment.paymentId, payment]));
    for (const cancel of cancels) {
      const payment = byId.get(cancel.paymentId);
      if (payment !== undefined)
        this.start(payment, () =>
          this.traces.continued(cancel.cancelId, settleSpan(payment, cancel), () =>
            this.settler.settle(payment, cancel, this.callBudgetMs),
          ),
        );
    }
    return reversals.length + cancels.length;
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  settled(): Promise<void> {
    return this.running.settled();
  }

  /** Bounds each call to an acquirer, so that a round of three ends within its lease. */
  private get callBudgetMs(): number {
    return Math.floor(this.times.workerLeaseMs / 4);
  }

  private start({ paymentId, acquirer }: Payment, work: () => Promise<unknown>): void {
    this.running.start(acquirer, work, (error) =>
      this.logger.failure('worker.resolve', error, { paymentId }),
    );
  }
}

function resolveSpan({ paymentId, acquirer }: Payment): SpanStart {
  const attributes = { 'pg.payment_id': paymentId, 'pg.acquirer': acquirer };
  return { name: 'worker resolve payment', kind: 'CONSUMER', attributes };
}

function settleSpan({ paymentId, acquirer }: Payment, { cancelId }: PaymentCancel): SpanStart {
  const attributes = { 'pg.payment_id': paymentId, 'pg.cancel_id': cancelId, 'pg.acquirer': acquirer };
  return { name: 'worker settle cancel', kind: 'CONSUMER', attributes };
}
