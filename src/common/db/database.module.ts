import { Global, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AppConfig } from '../../config/app-config';
import { dataSourceOptions } from '../../config/data-source';
import { Metrics } from '../metrics/metrics';
import { RollUps } from '../roll-up/roll-up';
import { Clock } from '../time/clock';
import { TraceLinks } from '../tracing/trace-links';
import { connectedSource, type SourceOptions } from './connected-source';
import { traceStatements } from './database-spans';
import { SqlPool } from './pool';
import { JOURNAL_POOL, METRICS_POOL } from './tokens';
import { UnitOfWork } from './unit-of-work';
import { watchPool } from './watch-pool';

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [AppConfig],
      useFactory: (config: AppConfig) => ({
        ...dataSourceOptions(config),
        retryAttempts: 3,
        retryDelay: 500,
      }),
      dataSourceFactory: (options) => connectedSource(options as SourceOptions),
    }),
  ],
  providers: [
    {
      provide: JOURNAL_POOL,
      inject: [AppConfig, Metrics],
      useFactory: ({ database }: AppConfig, metrics: Metrics) =>
        watchPool(
          metrics,
          'journal',
          new SqlPool(database.url, {
            connectionsMax: database.journalPoolSize,
            waitMs: database.poolWaitMs,
            queryTimeoutMs: database.queryTimeoutMs,
          }),
        ),
    },
    {
      provide: METRICS_POOL,
      inject: [AppConfig],
      useFactory: ({ database }: AppConfig) =>
        new SqlPool(database.url, {
          connectionsMax: 1,
          waitMs: database.queryTimeoutMs,
          queryTimeoutMs: database.queryTimeoutMs,
        }),
    },
    RollUps,
    TraceLinks,
    UnitOfWork,
  ],
  exports: [JOURNAL_POOL, METRICS_POOL, RollUps, TraceLinks, UnitOfWork, TypeOrmModule],
})
export class DatabaseModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(JOURNAL_POOL) private readonly journal: SqlPool,
    @Inject(METRICS_POOL) private readonly metrics: SqlPool,
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    traceStatements(this.source, this.clock);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.journal.close(), this.metrics.close()]);
  }
}
