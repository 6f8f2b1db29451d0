import { Module } from '@nestjs/common';
import { AuthModule } from '../modules/auth/auth.module';
import { MembersModule } from '../modules/members/members.module';
import { RoutingModule } from '../modules/routing/routing.module';
import { DatabaseChecks } from './database-checks';
import { ErrorDocsController } from './error-docs.controller';
import { HealthController } from './health.controller';
import { MetricsServer } from './metrics-server';
import { PoolMetrics } from './pool-metrics';
import { PurgeJob } from './purge.job';
import { Readiness } from './readiness';
import { SweepWatch } from './sweep-watch';
import { TracingEnd } from './tracing/tracing-end';

/** What operators and the orchestrator ask of a process. */
@Module({
  imports: [AuthModule, MembersModule, RoutingModule],
  controllers: [ErrorDocsController, HealthController],
  providers: [DatabaseChecks, MetricsServer, PoolMetrics, PurgeJob, Readiness, SweepWatch, TracingEnd],
  exports: [MetricsServer, PurgeJob, Readiness, SweepWatch],
})
export class OpsModule {}
