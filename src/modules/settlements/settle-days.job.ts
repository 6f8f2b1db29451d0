import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock';
import { addDays } from '../../common/time/korean-time';
import { AppConfig } from '../../config/app-config';
import { ConfirmDueJob } from './payout/confirm-due.job';
import { SettlementRunner } from './run/settlement-runner.service';

/** The worker's part of settlements: settles the days that are over, then confirms what is due. */
@Injectable()
export class SettleDaysJob {
  private nextAt = 0;

  constructor(
    private readonly runner: SettlementRunner,
    private readonly confirming: ConfirmDueJob,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Looks every SETTLEMENT_SWEEP_MS; a call before that does nothing. */
  async sweep(): Promise<number> {
    const now = this.clock.monotonicMs();
    if (now < this.nextAt) return 0;
    this.nextAt = now + this.config.settlement.sweepMs;
    return this.catchUp();
  }

  /**
   * Everything that is due now. What is paid out on the day after the last settled one is complete with that: all that was
   * captured before it is in it. Answers how many settlements were confirmed, held or carried over.
   */
  async catchUp(): Promise<number> {
    const settledThrough = await this.runner.catchUp();
    return this.confirming.run(addDays(settledThrough, 1));
  }
}
