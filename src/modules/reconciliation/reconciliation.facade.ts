import { Injectable } from '@nestjs/common';
import { ReconcileJob } from './runs/reconcile.job';

/** What the rest of the gateway may ask of reconciliation. */
@Injectable()
export class ReconciliationFacade {
  constructor(private readonly job: ReconcileJob) {}

  /** The worker's part: one sweep. Answers how many runs it did. */
  sweep(): Promise<number> {
    return this.job.sweep();
  }
}
