import { Module } from '@nestjs/common';
import { HealthController } from './health.controller';
import { MetricsServer } from './metrics-server';
import { PoolMetrics } from './pool-metrics';
import { Readiness } from './readiness';

/** What operators and the orchestrator ask of a process. */
@Module({
  controllers: [HealthController],
  providers: [MetricsServer, PoolMetrics, Readiness],
  exports: [MetricsServer, Readiness],
})
export class OpsModule {}
