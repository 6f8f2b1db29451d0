import { Injectable } from '@nestjs/common';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import { AuditFacade } from '../../audit/audit.facade';
import type { Page, PageWish } from '../settlements.types';
import type { RunState } from './settlement-run.repository';
import { SettlementRunner } from './settlement-runner.service';

/** Between one day's run and the next. */
const POLL_MS = 100;

/** Daily runs as an operator asks for them. */
@Injectable()
export class SettlementRuns {
  constructor(
    private readonly runner: SettlementRunner,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly config: AppConfig,
  ) {}

  /**
   * Settles a day, and answers when that is done or SETTLEMENT_RUN_WAIT_MS have passed: a long run goes on by itself, and
   * is ended by the worker should this process die. While earlier days are settled, the run of one of them is the answer.
   * Throws DAY_NOT_OVER.
   */
  async run(day: string, actor: string): Promise<RunState> {
    const state = await this.runFor(day, actor);
    await this.audit.recordAlone({
      ...{ actor, action: 'settlement.run', target: state.runId, outcome: 'SUCCESS' },
      details: { to: day, count: state.lineCount, code: state.status },
    });
    return state;
  }

  private async runFor(day: string, actor: string): Promise<RunState> {
    const running = this.runner.run(day, actor);
    const waiting = new AbortController();
    const late = this.clock.sleep(this.config.settlement.runWaitMs, waiting.signal).then(() => null);
    try {
      const done = await Promise.race([running, late]);
      if (done !== null) return done;
    } finally {
      waiting.abort();
    }
    running.catch((error: unknown) => this.logger.failure('settlement.run', error));
    return this.underWay(day, running);
  }

  /**
   * Earlier days go first: until the day itself has begun, the run of the earlier one that is being settled. The runner
   * begins a run before anything else, and one after the other, so that this is not waited for long.
   */
  private async underWay(day: string, running: Promise<RunState>): Promise<RunState> {
    for (;;) {
      const [earlier] = await this.runner.page(day, 1);
      const begun = (await this.runner.find(day)) ?? (earlier?.status === 'RUNNING' ? earlier : null);
      if (begun !== null) return begun;
      const ended = await Promise.race([running, this.clock.sleep(POLL_MS).then(() => null)]);
      if (ended !== null) return ended;
    }
  }

  /** The latest day first. */
  async list({ limit, cursor }: PageWish): Promise<Page<RunState>> {
    const before = cursor === undefined ? null : placeOf(cursor).at.toISOString().slice(0, 10);
    const found = await this.runner.page(before, limit + 1);
    const data = found.slice(0, limit);
    const last = found.length > limit ? data.at(-1) : undefined;
    const at = last === undefined ? null : new Date(`${last.capturedDay}T00:00:00.000Z`);
    return { data, nextCursor: at === null ? null : cursorAfter({ at, id: 'run' }) };
  }
}
