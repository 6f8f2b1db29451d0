import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, type AcquirerRegistry } from '../../../acquirers/port/acquirer.port';
import { Clock } from '../../../common/time/clock';
import { addDays, koreanDay } from '../../../common/time/korean-time';
import { AppConfig } from '../../../config/app-config';
import { ListReader } from '../lists/list-reader';
import { type Basis, LISTS, type ListName } from '../reconciliation.types';
import { ReconciliationRuns } from './runs.repository';

/** Which contract's day is to be compared, and when. */
@Injectable()
export class RunPlanner {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly reader: ListReader,
    private readonly runs: ReconciliationRuns,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /**
   * Runs of the days that are over and whose lists should be there, back to RECONCILIATION_CATCH_UP_DAYS. Answers how many
   * are new.
   */
  async planDue(requestedBy: string): Promise<number> {
    const { startMs, catchUpDays, settlementLagDays } = this.config.reconciliation;
    const lastDay = addDays(koreanDay(new Date(this.clock.now().getTime() - startMs)), -1);
    let planned = 0;
    for (const list of LISTS) {
      const last = list === 'MOVEMENTS' ? lastDay : addDays(lastDay, -settlementLagDays);
      for (let back = catchUpDays - 1; back >= 0; back -= 1)
        planned += await this.plan(list, addDays(last, -back), { requestedBy, anyContract: false });
    }
    return planned;
  }

  /** Every list of a day, now, done before or not; of all merchants, or of one. Answers how many runs that are. */
  async planNow(day: string, mid: string | undefined, requestedBy: string): Promise<number> {
    for (const list of LISTS) await this.plan(list, day, { requestedBy, mid, anyContract: true });
    return this.runs.wake(day, mid);
  }

  private plan(
    list: ListName,
    day: string,
    wish: { readonly requestedBy: string; readonly mid?: string; readonly anyContract: boolean },
  ): Promise<number> {
    return this.runs.ensure({ list, day, ...wish, bases: this.basesOf(list) });
  }

  private basesOf(list: ListName): ReadonlyMap<string, Basis> {
    const bases = new Map<string, Basis>();
    for (const acquirer of this.acquirers.keys()) {
      const basis = this.reader.basisOf(acquirer, list);
      if (basis !== null) bases.set(acquirer, basis);
    }
    return bases;
  }
}
