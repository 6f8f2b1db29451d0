import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SqlPool } from '../common/db/pool';
import { JOURNAL_POOL } from '../common/db/tokens';
import { Metrics } from '../common/metrics/metrics';

/** mysql2's own pool, inside TypeORM: it tells of itself by these lists only. */
interface DriverPool {
  readonly _allConnections: { readonly length: number };
  readonly _freeConnections: { readonly length: number };
  readonly _connectionQueue: { readonly length: number };
  readonly config: { readonly connectionLimit: number };
}

/** How full both pools are: callers that wait here are the first sign of a database that is too slow. */
@Injectable()
export class PoolMetrics implements OnModuleInit {
  constructor(
    @Inject(JOURNAL_POOL) private readonly journal: SqlPool,
    private readonly source: DataSource,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.measure('journal', () => this.journal.stats);
    const { pool } = this.source.driver as unknown as { pool: DriverPool };
    this.measure('general', () => ({
      busy: pool._allConnections.length - pool._freeConnections.length,
      waiting: pool._connectionQueue.length,
      max: pool.config.connectionLimit,
    }));
  }

  private measure(pool: string, stats: () => SqlPool['stats']): void {
    const { metrics } = this;
    metrics.gauge(`pg_${pool}_pool_busy`, `Connections of the ${pool} pool in use`, () => stats().busy);
    metrics.gauge(`pg_${pool}_pool_waiting`, `Callers that wait for one`, () => stats().waiting);
    metrics.gauge(`pg_${pool}_pool_max`, `Connections of the ${pool} pool at most`, () => stats().max);
  }
}
