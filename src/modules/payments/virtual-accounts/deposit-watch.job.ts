import { Injectable } from '@nestjs/common';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { RunningWork } from '../../../common/jobs/running-work';
import type { ExchangeRecord } from '../journal/journal.types';
import { PaymentJournal } from '../journal/payment-journal';
import { PaymentTimes } from '../payment-time';
import type { Payment } from '../payments.types';
import { pauseAfter } from '../reversal.policy';
import { DepositSettler } from '../use-cases/deposit-settler';
import { isOverdue, nextLookIn } from './deposit.policy';
import type { AccountCase, DueAccount } from './virtual-account.types';

const CLAIM_MAX = 20;
const RUNNING_MAX = 64;
/** One acquirer that is silent must not keep the others' accounts waiting. */
const RUNNING_PER_ACQUIRER_MAX = 24;
const ACTOR = 'gateway:worker';

/**
 * The worker's part of virtual accounts: finds deposits whose notice was lost, ends accounts whose time is over, and
 * goes on with closings that a request left. An account is only ended once the acquirer takes no deposit for it; one
 * that the acquirer does not end for days is kept as a case for a person.
 */
@Injectable()
export class DepositWatchJob {
  /** What is under way, and at which acquirer. */
  private readonly running = new RunningWork({ max: RUNNING_MAX, perGroupMax: RUNNING_PER_ACQUIRER_MAX });

  constructor(
    private readonly journal: PaymentJournal,
    private readonly settler: DepositSettler,
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** One sweep. Answers how many accounts it took up; the looking goes on after it has returned. */
  async sweep(): Promise<number> {
    const limit = Math.min(CLAIM_MAX, this.running.free);
    if (limit === 0) return 0;
    const leaseMs = this.times.workerLeaseMs;
    const due = await this.journal.deposits.claimDue({ limit, leaseMs, without: this.running.crowded() });
    for (const account of due) this.start(account.payment, () => this.lookAt(account));
    return due.length;
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  settled(): Promise<void> {
    return this.running.settled();
  }

  private async lookAt(due: DueAccount): Promise<void> {
    const { payment, account } = due;
    const { paymentId } = payment;
    const look = await this.settler.look(payment, ACTOR, this.callBudgetMs);
    if (look.kind === 'DEPOSITED' || look.kind === 'ENDED') return;
    const closing = account.closeRequestedAt !== null;
    if (look.kind === 'UNKNOWN' || look.kind === 'ABSENT')
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
      await this.unended(due, 'NOT_ENDED_AT_ACQUIRER', records);
      return;
    }
    if (look.kind === 'ABSENT') {
      await this.unended(due, 'NOT_FOUND_AT_ACQUIRER', look.unkept);
      return;
    }
    if (look.kind === 'UNKNOWN') {
      await this.unended(due, 'NOT_ENDED_AT_ACQUIRER', look.unkept);
      return;
    }
    const lookInMs = closing ? this.soon(due) : this.later(due);
    await this.journal.deposits.postpone(paymentId, lookInMs, look.unkept, due.claimedUntil);
  }

  /** Nothing ends it yet: tried again soon, until that has gone on for too long. Then it is a person's, and asked rarely. */
  private async unended(
    due: DueAccount,
    code: AccountCase,
    records: readonly ExchangeRecord[],
  ): Promise<void> {
    const { payment, account, untilDueMs } = due;
    const overdue = isOverdue({ tries: account.checkTries + 1, untilDueMs }, this.times.accountOverdue);
    if (overdue) await this.settler.keepCase(payment, code, null);
    const lookInMs = overdue ? this.times.overdueLookMs : this.soon(due);
    await this.journal.deposits.postpone(payment.paymentId, lookInMs, records, due.claimedUntil);
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

  private start({ paymentId, acquirer }: Payment, work: () => Promise<unknown>): void {
    this.running.start(acquirer, work, (error) =>
      this.logger.failure('worker.deposit', error, { paymentId }),
    );
  }
}
