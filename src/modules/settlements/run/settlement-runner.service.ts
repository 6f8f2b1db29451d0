import { Inject, Injectable } from '@nestjs/common';
import { crashPoint } from '../../../common/crash/crash-point';
import { SqlPool } from '../../../common/db/pool';
import { fault } from '../../../common/errors/app-error';
import { Clock } from '../../../common/time/clock';
import { FeesFacade } from '../../fees/fees.facade';
import { PartPlanner } from './part-planner';
import { PartSettler } from './part-settler';
import { PayoutDays } from './payout-days';
import { RunCommissions } from './run-commissions';
import { RunPartsRepository } from './run-parts.repository';
import type { OpenCase } from './settlement-case.types';
import { SettlementCasesRepository } from './settlement-cases.repository';
import { SETTLEMENT_POOL } from './settlement-pool';
import { SETTLEMENT_RUN_ERRORS } from './settlement-run.errors';
import { type RunState, SettlementRunRepository } from './settlement-run.repository';

/** Between two looks at parts that another process works on. */
const OTHERS_POLL_MS = 200;
const CASES_AT_ONCE = 200;

/**
 * The daily run: a line for each movement captured on a day, a settlement for each merchant, contract and payout day.
 * Each part is one transaction under the part's row lock: run twice, by two processes, or killed and begun again, a day
 * comes to the same lines. Days are settled in order, since a cancel is reckoned by its approval's line. A merchant whose
 * own data keep it from being settled waits, with all its later days, under a case; everybody else goes on.
 */
@Injectable()
export class SettlementRunner {
  private readonly runs: SettlementRunRepository;
  private readonly parts: RunPartsRepository;
  private readonly cases: SettlementCasesRepository;
  private readonly planner: PartPlanner;
  private readonly settler: PartSettler;

  constructor(
    @Inject(SETTLEMENT_POOL) pool: SqlPool,
    private readonly fees: FeesFacade,
    commissions: RunCommissions,
    private readonly payoutDays: PayoutDays,
    private readonly clock: Clock,
  ) {
    this.runs = new SettlementRunRepository(pool);
    this.parts = new RunPartsRepository(pool);
    this.cases = new SettlementCasesRepository(pool);
    this.planner = new PartPlanner(this.parts, fees, commissions, payoutDays);
    this.settler = new PartSettler(pool, this.parts, this.cases);
  }

  /**
   * Settles a Korean day, and before it every earlier one that is not settled, and who waits. Throws DAY_NOT_OVER for a
   * day that may still get movements.
   */
  async run(day: string, requestedBy: string): Promise<RunState> {
    if (day > (await this.runs.lastClosedDay())) throw fault(SETTLEMENT_RUN_ERRORS, 'DAY_NOT_OVER');
    // Before those that wait are tried, who may be many: whoever asked is told of a run that has begun.
    await this.begin((await this.runs.firstUnsettledDay(day)) ?? day, requestedBy);
    await this.settleThrough(day, requestedBy);
    // A day without a single movement is settled, too.
    if ((await this.runs.find(day)) === null) await this.settleDay(day, requestedBy);
    return (await this.runs.find(day))!;
  }

  /** The worker's part: every day that is over. Answers the last day that is over: all up to it are settled. */
  async catchUp(): Promise<string> {
    const last = await this.runs.lastClosedDay();
    await this.settleThrough(last, 'system:settlement');
    return last;
  }

  /** The last Korean day that is over by the database's clock: nothing is booked on it any more. */
  lastClosedDay(): Promise<string> {
    return this.runs.lastClosedDay();
  }

  /** How a day's run stands; null where there is none. */
  find(day: string): Promise<RunState | null> {
    return this.runs.find(day);
  }

  /** Runs from the latest day back, before a day where it is given. */
  page(before: string | null, count: number): Promise<RunState[]> {
    return this.runs.page(before, count);
  }

  private async settleThrough(last: string, actor: string): Promise<void> {
    await this.settleWaiting(actor);
    for (;;) {
      const next = await this.runs.firstUnsettledDay(last);
      if (next === null) return;
      await this.settleDay(next, actor);
    }
  }

  private begin(day: string, actor: string): Promise<void> {
    return this.runs.begin(day, actor, (tx) => this.payoutDays.close(tx, day));
  }

  private async settleDay(day: string, actor: string): Promise<void> {
    await this.begin(day, actor);
    await this.fees.ensureAnyPolicy(await this.runs.midsOf(day), day, actor);
    for (;;) {
      const part = await this.parts.peek(day);
      if (part !== null) {
        if (await this.settler.settle(await this.planner.plan(part), actor))
          crashPoint('settlement.part-done');
        continue;
      }
      if ((await this.parts.countOpen(day)) === 0) break;
      await this.clock.sleep(OTHERS_POLL_MS);
    }
    await this.runs.finish(day);
  }

  /** Every merchant that waits, as far as what it waits for is mended. */
  private async settleWaiting(actor: string): Promise<void> {
    for (let after = ''; ;) {
      const open = await this.cases.page(after, CASES_AT_ONCE);
      for (const each of open) await this.settleCase(each, actor);
      if (open.length < CASES_AT_ONCE) return;
      after = open.at(-1)!.mid;
    }
  }

  /** One after the other, the days of a merchant that waits. */
  private async settleCase({ caseId, mid }: OpenCase, actor: string): Promise<void> {
    for (;;) {
      const part = await this.cases.firstWaiting(caseId);
      if (part === null) return;
      await this.fees.ensureAnyPolicy([mid], part.day, actor);
      const isSettled = await this.settler.settleWaiting(caseId, await this.planner.plan(part), actor);
      if (!isSettled) return;
      crashPoint('settlement.part-done');
    }
  }
}
