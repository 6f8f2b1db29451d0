import { Injectable } from '@nestjs/common';
import { IdempotencyStore } from '../common/idempotency/idempotency.store';
import { Logger } from '../common/logging/logger';
import { Clock } from '../common/time/clock';
import { TraceLinks } from '../common/tracing/trace-links';
import { AppConfig } from '../config/app-config';
import { AuthFacade } from '../modules/auth/auth.facade';
import { MembersFacade } from '../modules/members/members.facade';
import { RoutingFacade } from '../modules/routing/routing.facade';

/** Few enough that no statement holds its locks for long. */
const ROWS_AT_A_TIME = 500;

/** Takes away what has expired: idempotency keys, sessions, login counters, members' codes,
 * the reasons of routing, links of traces. Money and its history are never purged. */
@Injectable()
export class PurgeJob {
  private dueAtMs = 0;

  constructor(
    private readonly idempotency: IdempotencyStore,
    private readonly auth: AuthFacade,
    private readonly members: MembersFacade,
    private readonly routing: RoutingFacade,
    private readonly traces: TraceLinks,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly logger: Logger,
  ) {}

  /** Works through everything that is due, when it is time for it again; answers how many rows went. */
  async run(): Promise<number> {
    const now = this.clock.monotonicMs();
    if (now < this.dueAtMs) return 0;
    this.dueAtMs = now + this.config.worker.purgeEveryMs;
    const keys = await exhaust(() => this.idempotency.purgeExpired(ROWS_AT_A_TIME));
    const sessions = await exhaust(() => this.auth.purgeExpired(ROWS_AT_A_TIME));
    const codes = await exhaust(() => this.members.purgeExpired(ROWS_AT_A_TIME));
    const decisions = await exhaust(() => this.routing.purgeExpired(ROWS_AT_A_TIME));
    const traces = await exhaust(() => this.traces.purgeExpired(ROWS_AT_A_TIME));
    const count = keys + sessions + codes + decisions + traces;
    if (count > 0) this.logger.info('worker.purged', { count });
    return count;
  }
}

/** Again until nothing is left: the last piece of work answers 0. */
async function exhaust(purge: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let gone = await purge(); gone > 0; gone = await purge()) total += gone;
  return total;
}
