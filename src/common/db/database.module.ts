import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions } from 'typeorm';
import { AppConfig } from '../../config/app-config';
import { dataSourceOptions } from '../../config/data-source';
import { RollUps } from '../roll-up/roll-up';
import { connectedSource } from './connected-source';
import { SqlPool } from './pool';
import { JOURNAL_POOL } from './tokens';
import { UnitOfWork } from './unit-of-work';

/** The server ends a statement of an API process that takes longer. */
const STATEMENT_MS = 5_000;

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
      dataSourceFactory: (options) => connectedSource(options as DataSourceOptions, STATEMENT_MS),
    }),
  ],
  providers: [
    {
      provide: JOURNAL_POOL,
      inject: [AppConfig],
      useFactory: ({ database }: AppConfig) =>
        new SqlPool(database.url, {
          connectionsMax: database.journalPoolSize,
          waitMs: database.poolWaitMs,
          queryTimeoutMs: database.queryTimeoutMs,
        }),
    },
    RollUps,
    UnitOfWork,
  ],
  exports: [JOURNAL_POOL, RollUps, UnitOfWork, TypeOrmModule],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(JOURNAL_POOL) private readonly journal: SqlPool) {}

  onApplicationShutdown(): Promise<void> {
    return this.journal.close();
  }
}
