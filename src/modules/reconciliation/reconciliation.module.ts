import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SqlPool } from '../../common/db/pool';
import { AppConfig } from '../../config/app-config';
import { AuditModule } from '../audit/audit.module';
import { MembersModule } from '../members/members.module';
import { MerchantsModule } from '../merchants/merchants.module';
import { RoutingModule } from '../routing/routing.module';
import { ReconciliationCasesController } from './cases/cases.controller';
import { CasesRepository } from './cases/cases.repository';
import { ReconciliationCases } from './cases/cases.service';
import { AskedOrders } from './compare/asked-orders.repository';
import { Inquirer } from './compare/inquirer';
import { ListComparer } from './compare/list-comparer';
import { OwnBooks } from './compare/own-books.repository';
import { Suspects } from './compare/suspects.repository';
import { ListReader } from './lists/list-reader';
import { ListedRows } from './lists/listed-rows.repository';
import { RECONCILIATION_POOL } from './reconciliation-pool';
import { ReconciliationFacade } from './reconciliation.facade';
import { ReconciliationMetrics } from './reconciliation.metrics';
import { ReconcileJob } from './runs/reconcile.job';
import { RunPlanner } from './runs/run-planner.service';
import { ReconciliationRunner } from './runs/runner.service';
import { ReconciliationRunsController } from './runs/runs.controller';
import { ReconciliationRuns } from './runs/runs.repository';
import { RequestedRuns } from './runs/runs.service';

const POOL_SIZE = 4;

@Module({
  imports: [AuditModule, MembersModule, MerchantsModule, RoutingModule],
  controllers: [ReconciliationRunsController, ReconciliationCasesController],
  providers: [
    {
      provide: RECONCILIATION_POOL,
      inject: [AppConfig],
      useFactory: ({ database, reconciliation }: AppConfig) =>
        new SqlPool(database.url, {
          connectionsMax: POOL_SIZE,
          waitMs: reconciliation.queryTimeoutMs,
          queryTimeoutMs: reconciliation.queryTimeoutMs,
        }),
    },
    ...[ListedRows, ListReader, Suspects, OwnBooks, AskedOrders, ListComparer, Inquirer],
    ...[ReconciliationRuns, RunPlanner, ReconciliationRunner, ReconcileJob, RequestedRuns],
    ...[CasesRepository, ReconciliationCases, ReconciliationMetrics, ReconciliationFacade],
  ],
  exports: [ReconciliationFacade],
})
export class ReconciliationModule implements OnApplicationShutdown {
  constructor(@Inject(RECONCILIATION_POOL) private readonly pool: SqlPool) {}

  onApplicationShutdown(): Promise<void> {
    return this.pool.close();
  }
}
