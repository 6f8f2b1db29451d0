import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SqlPool } from '../../common/db/pool';
import { watchPool } from '../../common/db/watch-pool';
import { Metrics } from '../../common/metrics/metrics';
import { AppConfig } from '../../config/app-config';
import { AuditModule } from '../audit/audit.module';
import { CashReceiptsModule } from '../cash-receipts/cash-receipts.module';
import { PaymentsModule } from '../payments/payments.module';
import { HISTORY_POOL } from './history-pool';
import { HistoryRepository } from './history.repository';
import { TransactionViewsController } from './transaction-views.controller';
import { TransactionViews } from './transaction-views.service';
import { TransactionsController } from './transactions.controller';
import { ExportTransactions } from './use-cases/export-transactions';
import { SearchTransactions } from './use-cases/search-transactions';
import { ShowTransaction } from './use-cases/show-transaction';

/** The server's own time limit of a statement comes first; the driver's, which costs the connection, only after it. */
const DRIVER_MARGIN_MS = 2_000;

@Module({
  imports: [AuditModule, PaymentsModule, CashReceiptsModule],
  controllers: [TransactionsController, TransactionViewsController],
  providers: [
    {
      provide: HISTORY_POOL,
      inject: [AppConfig, Metrics],
      useFactory: ({ database, history }: AppConfig, metrics: Metrics) =>
        watchPool(
          metrics,
          'history',
          new SqlPool(database.url, {
            connectionsMax: history.poolSize,
            waitMs: database.poolWaitMs,
            queryTimeoutMs: history.queryTimeoutMs + DRIVER_MARGIN_MS,
          }),
        ),
    },
    ExportTransactions,
    HistoryRepository,
    SearchTransactions,
    ShowTransaction,
    TransactionViews,
  ],
})
export class HistoryModule implements OnApplicationShutdown {
  constructor(@Inject(HISTORY_POOL) private readonly pool: SqlPool) {}

  onApplicationShutdown(): Promise<void> {
    return this.pool.close();
  }
}
