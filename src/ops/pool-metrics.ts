import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { watchPoolStats } from '../common/db/watch-pool';
import { Metrics } from '../common/metrics/metrics';

/** mysql2's own pool, inside TypeORM: it tells of itself by these lists only. */
interface DriverPool {
  readonly _allConnections: { readonly length: number };
  readonly _freeConnections: { readonly length: number };
  readonly _connectionQueue: { readonly length: number };
  readonly config: { readonly connectionLimit: number };
}

/** How full TypeORM's own pool is; the others are watched where they are made. */
@Injectable()
export class PoolMetrics implements OnModuleInit {
  constructor(
    private readonly source: DataSource,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const { pool } = this.source.driver as unknown as { pool: DriverPool };
    watchPoolStats(this.metrics, 'general', () => ({
      busy: pool._allConnections.length - pool._freeConnections.length,
      waiting: pool._connectionQueue.length,
      max: pool.config.connectionLimit,
    }));
  }
}
