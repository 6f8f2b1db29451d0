import { Injectable } from '@nestjs/common';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import { RECONCILER } from '../cases/case-book';
import { RunPlanner } from './run-planner.service';
import { ReconciliationRunner } from './runner.service';
import { ReconciliationRuns } from './runs.repository';

/** Contracts at a time in one worker. */
const RUNNING_MAX = 4;

/** The worker's part: plans the days that are over, then does what is due. */
@Injectable()
export class ReconcileJob {
  private planAt = 0;

  constructor(
    private readonly planner: RunPlanner,
    private readonly runs: ReconciliationRuns,
    private readonly runner: ReconciliationRunner,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly logger: Logger,
  ) {}

  /** Answers how many runs it did. Plans every RECONCILIATION_SWEEP_MS. */
  async sweep(): Promise<number> {
    const now = this.clock.monotonicMs();
    if (now >= this.planAt) {
      this.planAt = now + this.config.reconciliation.sweepMs;
      await this.planner.planDue(RECONCILER);
    }
    const claimed = await this.runs.claim(RUNNING_MAX, this.config.reconciliation.leaseMs);
    await Promise.all(
      claimed.map((run) =>
        this.runner.run(run).catch((error: unknown) => {
          // Its lease runs out, and it is taken up again.
          this.logger.failure('reconciliation.run', error, { acquirer: run.acquirer, mid: run.mid });
        }),
      ),
    );
    return claimed.length;
  }
}
