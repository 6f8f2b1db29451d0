import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Everything that is measured, in one registry per process. Names follow Prometheus: base units, `_total` for counts. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly requests = new Counter({
    name: 'pg_http_requests_total',
    help: 'HTTP requests answered',
    labelNames: ['route', 'method', 'status'],
    registers: [this.registry],
  });

  private readonly requestSeconds = new Histogram({
    name: 'pg_http_request_duration_seconds',
    help: 'Time to the answer of an HTTP request',
    labelNames: ['route', 'method'],
    buckets: SECONDS,
    registers: [this.registry],
  });

  private readonly approvals = new Counter({
    name: 'pg_approvals_total',
    help: 'Approvals by outcome',
    labelNames: ['acquirer', 'outcome'],
    registers: [this.registry],
  });

  private readonly acquirerSeconds = new Histogram({
    name: 'pg_acquirer_call_duration_seconds',
    help: 'Time of one call to an acquirer',
    labelNames: ['acquirer', 'operation', 'outcome'],
    buckets: SECONDS,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'pg_' });
  }

  request(route: string, method: string, status: number, durationMs: number): void {
    this.requests.inc({ route, method, status: `${Math.floor(status / 100)}xx` });
    this.requestSeconds.observe({ route, method }, durationMs / 1_000);
  }

  approval(acquirer: string, outcome: string): void {
    this.approvals.inc({ acquirer, outcome });
  }

  acquirerCall(acquirer: string, operation: string, outcome: string, latencyMs: number): void {
    this.acquirerSeconds.observe({ acquirer, operation, outcome }, latencyMs / 1_000);
  }

  /** As `gauge`, one value for each value of a label. */
  gaugeBy(
    { name, help, label }: { readonly name: string; readonly help: string; readonly label: string },
    collect: () => Promise<ReadonlyMap<string, number>>,
  ): void {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      async collect() {
        try {
          for (const [value, count] of await collect()) this.set({ [label]: value }, count);
        } catch {
          // The database may be away: the last values stand.
        }
      },
    });
  }

  /** A value that is asked for when the metrics are read. A collector that fails leaves the last value standing. */
  gauge(name: string, help: string, collect: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        try {
          this.set(await collect());
        } catch {
          // The database may be away; the other metrics are needed then most of all.
        }
      },
    });
  }
}
