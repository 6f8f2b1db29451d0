import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SqlPool } from '../common/db/pool';
import { JOURNAL_POOL } from '../common/db/tokens';
import { Metrics } from '../common/metrics/metrics';

/** How full the payment journal's pool is: callers that wait here are the first sign of a database that is too slow. */
@Injectable()
export class PoolMetrics implements OnModuleInit {
  constructor(
    @Inject(JOURNAL_POOL) private readonly journal: SqlPool,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const { journal, metrics } = this;
    metrics.gauge('pg_journal_pool_busy', 'Journal connections in use', () => journal.stats.busy);
    metrics.gauge('pg_journal_pool_waiting', 'Callers that wait for one', () => journal.stats.waiting);
    metrics.gauge('pg_journal_pool_max', 'Journal connections at most', () => journal.stats.max);
  }
}
