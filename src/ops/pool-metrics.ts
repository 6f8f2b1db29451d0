import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { GeneralPool } from '../common/db/general-pool';
import { watchPool } from '../common/db/watch-pool';
import { Metrics } from '../common/metrics/metrics';

/** How full TypeORM's own pool is; the others are watched where they are made. */
@Injectable()
export class PoolMetrics implements OnModuleInit {
  constructor(
    private readonly source: DataSource,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    watchPool(this.metrics, 'general', GeneralPool.of(this.source));
  }
}
