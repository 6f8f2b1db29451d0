import { Injectable } from '@nestjs/common';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { PaymentJournal } from '../journal/payment-journal';
import { PaymentTimes } from '../payment-time';
import type { Payment } from '../payments.types';
import { pauseAfter } from '../reversal.policy';
import { DepositSettler } from '../use-cases/deposit-settler';
import { nextLookIn } from './deposit.policy';
import type { DueAccount } from './virtual-account.types';

const CLAIM_MAX = 20;
const RUNNING_MAX = 64;
/** One acquirer that is silent must not keep the others' accounts waiting. */
const RUNNING_PER_ACQUIRER_MAX = 24;
const ACTOR = 'gateway:worker';

/**
 * The worker's part of virtual accounts: finds deposits whose notice was lost, ends accounts whose time is over, and
 * goes on with closings that a request left. An account is only ended once the acquirer takes no deposit for it.
 */
@Injectable()
export class DepositWatchJob {
  /** What is under way, and at which acquirer. */
  private readonly running = new Map<Promise<void>, string>();

  constructor(
    private readonly journal: PaymentJournal,
    private readonly settler: DepositSettler,
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** One sweep. Answers how many accounts it took up; the looking goes on after it has returned. */
  async sweep(): Promise<number> {
    const limit = Math.min(CLAIM_MAX, RUNNING_MAX - this.running.size);
    if (limit <= 0) return 0;
    const leaseMs = this.times.workerLeaseMs;
    const due = await this.journal.deposits.claimDue({ limit, leaseMs, without: this.crowdedAcquirers() });
    for (const account of due) this.start(account.payment, () => this.lookAt(account));
    return due.length;
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.keys());
  }

  private async lookAt(due: DueAccount): Promise<void> {
    const { payment, account } = due;
    const { paymentId } = payment;
    const look = await this.settler.look(payment, ACTOR, this.callBudgetMs);
    if (look.kind === 'DEPOSITED' || look.kind === 'ENDED') return;
    const closing = account.closeRequestedAt !== null;
    if (look.kind === 'UNKNOWN')
      this.logger.warn('virtual-account.unknown', { paymentId, tries: account.checkTries });
    // It still takes deposits there: closed first, and only then told as ended here.
    if (look.kind === 'WAITING' && (closing || due.pastDue)) {
      const { outcome, record } = await this.settler.closeAtAcquirer(payment, this.callBudgetMs);
      const records = [...look.unkept, record];
      if (outcome.kind === 'CANCELLED') {
        const reason = closing ? 'closed' : 'not deposited in time';
        const writer = { actor: ACTOR, reason, at: this.clock.now() };
        await this.journal.deposits.ended(paymentId, closing ? 'CANCELLED' : 'EXPIRED', writer, records);
        return;
      }
      await this.journal.deposits.postpone(paymentId, this.soon(due), records, due.claimedUntil);
      return;
    }
    const lookInMs = closing || look.kind === 'UNKNOWN' ? this.soon(due) : this.later(due);
    await this.journal.deposits.postpone(paymentId, lookInMs, look.unkept, due.claimedUntil);
  }

  /** Something is left to be done: as with reversals, growing to two minutes. */
  private soon({ account }: DueAccount): number {
    return pauseAfter(account.checkTries, this.times.timeScale, Math.random());
  }

  private later({ account, untilDueMs }: DueAccount): number {
    const { timeScale } = this.times;
    return nextLookIn({ tries: account.checkTries + 1, untilDueMs, timeScale, random: Math.random() });
  }

  /** Bounds each call to an acquirer, so that a round of two ends within its lease. */
  private get callBudgetMs(): number {
    return Math.floor(this.times.workerLeaseMs / 3);
  }

  private crowdedAcquirers(): readonly string[] {
    const counts = new Map<string, number>();
    for (const acquirer of this.running.values()) counts.set(acquirer, (counts.get(acquirer) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= RUNNING_PER_ACQUIRER_MAX).map(([acquirer]) => acquirer);
  }

  /** One look that fails must not keep the others; its lease runs out and it is taken up again. */
  private start({ paymentId, acquirer }: Payment, work: () => Promise<unknown>): void {
    const run: Promise<void> = work()
      .catch((error: unknown) => this.logger.failure('worker.deposit', error, { paymentId }))
      .then(() => void this.running.delete(run));
    this.running.set(run, acquirer);
  }
}
