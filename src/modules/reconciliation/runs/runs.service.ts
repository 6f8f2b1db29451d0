import { Injectable } from '@nestjs/common';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { timeOfId } from '../../../common/ids/id';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { Clock } from '../../../common/time/clock';
import { addDays, koreanDay } from '../../../common/time/korean-time';
import { AuditFacade } from '../../audit/audit.facade';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { RECONCILIATION_ERRORS } from '../reconciliation.errors';
import type { Page, PageWish, ReconciliationRun } from '../reconciliation.types';
import { RunPlanner } from './run-planner.service';
import { ReconciliationRuns } from './runs.repository';

/** As far back as every acquirer's list reaches. */
const DAYS_BACK_MAX = 90;

/** Runs as an operator asks for them. The worker does them. */
@Injectable()
export class RequestedRuns {
  constructor(
    private readonly planner: RunPlanner,
    private readonly runs: ReconciliationRuns,
    private readonly merchants: MerchantsFacade,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  /**
   * Has a day compared (again). Answers how many runs of contracts and lists that takes. Throws
   * RECONCILIATION_DAY_NOT_OVER, RECONCILIATION_DAY_TOO_OLD, and NOT_FOUND for no such merchant.
   */
  async request(day: string, mid: string | undefined, actor: string): Promise<number> {
    const today = koreanDay(this.clock.now());
    if (day >= today) throw fault(RECONCILIATION_ERRORS, 'RECONCILIATION_DAY_NOT_OVER');
    if (day < addDays(today, -DAYS_BACK_MAX))
      throw fault(RECONCILIATION_ERRORS, 'RECONCILIATION_DAY_TOO_OLD');
    if (mid !== undefined && !(await this.merchants.exists(mid))) throw fault(COMMON_ERRORS, 'NOT_FOUND');
    const count = await this.planner.planNow(day, mid, actor);
    await this.audit.recordAlone({
      ...{ actor, action: 'reconciliation.run', target: day, mid: mid ?? null, outcome: 'SUCCESS' },
      details: { to: day, count },
    });
    return count;
  }

  /** The newest first. */
  async list(
    filter: { readonly mid?: string; readonly day?: string },
    { limit, cursor }: PageWish,
  ): Promise<Page<ReconciliationRun>> {
    const before = cursor === undefined ? null : placeOf(cursor).id;
    const found = await this.runs.page(filter, before, limit + 1);
    const data = found.slice(0, limit);
    const id = found.length > limit ? data.at(-1)?.runId : undefined;
    return { data, nextCursor: id === undefined ? null : cursorAfter({ at: timeOfId(id), id }) };
  }
}
