import { Injectable } from '@nestjs/common';
import { Metrics } from '../common/metrics/metrics';
import { Clock } from '../common/time/clock';
import { inSweepSpan } from '../common/tracing/spans';
import type { Sweep } from './sweeps';

/** Measures and traces what the worker does, sweep by sweep: one that stands still is seen by the time of its last success. */
@Injectable()
export class SweepWatch {
  constructor(
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  over(name: string, sweep: Sweep): Sweep {
    const labels = { sweep: name };
    const { metrics, clock } = this;
    // From the start on, so that one that never succeeds is seen as well.
    this.succeeded(name);
    metrics.count('pg_worker_sweep_failures_total', labels, 0);
    return async () => {
      const started = clock.monotonicMs();
      try {
        const count = await inSweepSpan(`worker ${name}`, started, sweep);
        metrics.count('pg_worker_sweep_items_total', labels, count);
        this.succeeded(name);
        return count;
      } catch (error) {
        metrics.count('pg_worker_sweep_failures_total', labels);
        throw error;
      } finally {
        metrics.observe('pg_worker_sweep_duration_seconds', labels, (clock.monotonicMs() - started) / 1_000);
      }
    };
  }

  private succeeded(name: string): void {
    const at = Math.round(this.clock.now().getTime() / 1_000);
    this.metrics.setOne('pg_worker_sweep_last_success_timestamp_seconds', { sweep: name }, at);
  }
}
