import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SqlPool } from '../../common/db/pool';
import { watchPool } from '../../common/db/watch-pool';
import { Metrics } from '../../common/metrics/metrics';
import { AppConfig } from '../../config/app-config';
import { AgenciesModule } from '../agencies/agencies.module';
import { AuditModule } from '../audit/audit.module';
import { FeesModule } from '../fees/fees.module';
import { MerchantsModule } from '../merchants/merchants.module';
import { SettlementMetrics } from './settlement.metrics';
import { AdjustmentsController } from './adjustments/adjustments.controller';
import { Adjustments } from './adjustments/adjustments.service';
import { CalendarController } from './calendar/calendar.controller';
import { HolidaysController } from './calendar/holidays.controller';
import { Holidays } from './calendar/holidays.service';
import { SettlementCalendar } from './calendar/settlement-calendar.service';
import { SettlementTermsController } from './calendar/settlement-terms.controller';
import { SettlementTermsService } from './calendar/settlement-terms.service';
import { ConfirmDueJob } from './payout/confirm-due.job';
import { Covers } from './obligations/covers.service';
import { CoversController } from './obligations/covers.controller';
import { ObligationsController } from './obligations/obligations.controller';
import { ObligationsJob } from './obligations/obligations.job';
import { ObligationsRepository } from './obligations/obligations.repository';
import { ObligationReports } from './obligations/obligations.service';
import { MerchantHoldsController } from './payout/merchant-holds.controller';
import { MerchantHolds } from './payout/merchant-holds.service';
import { PayoutAccounts, SealedPayoutAccounts } from './payout/payout-accounts';
import { PayoutFiles } from './payout/payout-file.service';
import { PayoutsController } from './payout/payouts.controller';
import { Payouts } from './payout/payouts.service';
import { SettlementLife } from './payout/settlement-life';
import { BranchSalesController } from './reports/branch-sales.controller';
import { CommissionReports } from './reports/commission-reports.service';
import { CommissionsController } from './reports/commissions.controller';
import { ExportSettlements } from './reports/export-settlements';
import { RollUpSalesJob } from './reports/roll-up-sales.job';
import { Sales } from './reports/sales.service';
import { SettlementExports } from './reports/settlement-exports';
import { SumSettledSales } from './reports/sum-settled-sales';
import { SettlementReportsController } from './reports/settlement-reports.controller';
import { SettlementReports } from './reports/settlement-reports.service';
import { CalendarPayoutDays } from './run/calendar-payout-days';
import { PayoutDays } from './run/payout-days';
import { AgencyCommissions, RunCommissions } from './run/run-commissions';
import { SETTLEMENT_POOL } from './run/settlement-pool';
import { SettlementRunner } from './run/settlement-runner.service';
import { SettlementRunsController } from './run/settlement-runs.controller';
import { SettlementRuns } from './run/settlement-runs.service';
import { SettleDaysJob } from './settle-days.job';
import { SettlementsFacade } from './settlements.facade';
import { SettlementsRepository } from './settlements.repository';

/** One run for a request, one for the worker. */
const POOL_SIZE = 2;

@Module({
  imports: [AuditModule, MerchantsModule, FeesModule, AgenciesModule],
  controllers: [
    ...[CalendarController, HolidaysController, SettlementTermsController],
    ...[SettlementRunsController, PayoutsController, MerchantHoldsController, AdjustmentsController],
    ...[SettlementReportsController, BranchSalesController, CommissionsController],
    ...[ObligationsController, CoversController],
  ],
  providers: [
    SettlementMetrics,
    {
      provide: SETTLEMENT_POOL,
      inject: [AppConfig, Metrics],
      useFactory: ({ database, settlement }: AppConfig, metrics: Metrics) =>
        watchPool(
          metrics,
          'settlement',
          new SqlPool(database.url, {
            connectionsMax: POOL_SIZE,
            waitMs: settlement.queryTimeoutMs,
            queryTimeoutMs: settlement.queryTimeoutMs,
          }),
        ),
    },
    { provide: PayoutDays, useClass: CalendarPayoutDays },
    { provide: RunCommissions, useClass: AgencyCommissions },
    { provide: PayoutAccounts, useClass: SealedPayoutAccounts },
    ...[Holidays, SettlementTermsService, SettlementCalendar],
    ...[SettlementRunner, SettlementRuns, SettleDaysJob],
    ...[
      SettlementsRepository,
      SettlementLife,
      ConfirmDueJob,
      Payouts,
      PayoutFiles,
      MerchantHolds,
      Adjustments,
    ],
    ...[
      Sales,
      SettlementReports,
      CommissionReports,
      SettlementExports,
      ExportSettlements,
      RollUpSalesJob,
      SumSettledSales,
    ],
    ...[ObligationsRepository, ObligationsJob, ObligationReports, Covers],
    SettlementsFacade,
  ],
  exports: [SettlementsFacade],
})
export class SettlementsModule implements OnApplicationShutdown {
  constructor(@Inject(SETTLEMENT_POOL) private readonly pool: SqlPool) {}

  onApplicationShutdown(): Promise<void> {
    return this.pool.close();
  }
}
