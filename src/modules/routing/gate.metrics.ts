import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '../../common/metrics/metrics';
import { AcquirerGate } from './acquirer-gate';

/** What the operator watches of the way to acquirers. */
@Injectable()
export class GateMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly gate: AcquirerGate,
  ) {}

  onModuleInit(): void {
    const { metrics } = this;
    metrics.beforeRead(() => {
      for (const { acquirer, method, breaker, inFlight } of this.gate.states()) {
        const labels = { acquirer, method };
        metrics.setOne('pg_acquirer_breaker_open', labels, breaker === 'OPEN' ? 1 : 0);
        metrics.setOne('pg_acquirer_calls_in_flight', labels, inFlight);
      }
    });
  }
}
