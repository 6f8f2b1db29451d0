import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { MerchantsModule } from '../merchants/merchants.module';
import { AcquirerGate } from './acquirer-gate';
import { CardIssuers } from './card-issuers';
import { DecisionStore } from './decision-store';
import { GateMetrics } from './gate.metrics';
import { HealthBook } from './health-book';
import { MaintenanceController } from './maintenance.controller';
import { MaintenanceCalendar } from './maintenance.service';
import { RouteExplainer } from './route-explainer.service';
import { RoutingController } from './routing.controller';
import { RoutingFacade } from './routing.facade';
import { RoutingOverview } from './routing-overview.service';

@Module({
  imports: [AuditModule, MerchantsModule],
  controllers: [RoutingController, MaintenanceController],
  providers: [
    AcquirerGate,
    CardIssuers,
    DecisionStore,
    GateMetrics,
    HealthBook,
    MaintenanceCalendar,
    RouteExplainer,
    RoutingOverview,
    RoutingFacade,
  ],
  exports: [RoutingFacade],
})
export class RoutingModule {}
