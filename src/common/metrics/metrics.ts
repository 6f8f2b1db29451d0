import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type CounterName, type GaugeName, type HistogramName, METRICS } from './catalogue';
import { DatabaseGauges } from './database-gauges';
import type { Labels, Reading, Readings, Sample } from './metric.types';

/** Everything that is measured, in one registry per process, by the names of the catalogue. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  /** What the database is asked for when the metrics are read. */
  readonly database = new DatabaseGauges((name, reading) => this.set(name, reading));

  private readonly reads: (() => void)[] = [];
  private readonly counters = new Map<CounterName, Counter>();
  private readonly gauges = new Map<GaugeName, Gauge>();
  private readonly histograms = new Map<HistogramName, Histogram>();

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'pg_' });
    // Those are there from the start, so that a rule over them has something to look at before the first request.
    for (const [name, { type }] of Object.entries(METRICS)) {
      if (type === 'counter') this.counter(name as CounterName);
      else if (type === 'histogram') this.histogram(name as HistogramName);
    }
  }

  count(name: CounterName, labels: Labels, by = 1): void {
    this.counter(name).inc(labels, by);
  }

  observe(name: HistogramName, labels: Labels, value: number): void {
    this.histogram(name).observe(labels, value);
  }

  set(name: GaugeName, reading: Reading): void {
    const gauge = this.gauge(name);
    if (typeof reading === 'number') {
      gauge.set(reading);
      return;
    }
    gauge.reset();
    for (const { labels, value } of reading) gauge.set(labels, value);
  }

  /** Sets one of its values, and leaves those of other labels. */
  setOne(name: GaugeName, labels: Labels, value: number): void {
    this.gauge(name).set(labels, value);
  }

  request(route: string, method: string, status: number, durationMs: number): void {
    this.count('pg_http_requests_total', { route, method, status: `${Math.floor(status / 100)}xx` });
    this.observe('pg_http_request_duration_seconds', { route, method }, durationMs / 1_000);
  }

  approval(acquirer: string, outcome: string): void {
    this.count('pg_approvals_total', { acquirer, outcome });
  }

  acquirerCall(
    call: { readonly acquirer: string; readonly operation: string; readonly outcome: string },
    latencyMs: number,
  ): void {
    this.observe('pg_acquirer_call_duration_seconds', { ...call }, latencyMs / 1_000);
  }

  /** Work that sets values of this process, done when the metrics are read. */
  beforeRead(work: () => void): void {
    this.reads.push(work);
  }

  /** A counter that is kept elsewhere. */
  countOnRead(name: CounterName, read: () => readonly Sample[]): void {
    this.reads.push(() => {
      const counter = this.counter(name);
      counter.reset();
      for (const { labels, value } of read()) counter.inc(labels, value);
    });
  }

  /** Values that one question to the database answers. It never keeps a reader of the metrics waiting for long. */
  fromDatabase(read: () => Promise<Readings>, minimumAgeMs = 0): void {
    this.database.add(read, minimumAgeMs);
  }

  /** All of it in Prometheus' text format, as it is now. */
  text(): Promise<string> {
    for (const read of this.reads) read();
    return this.registry.metrics();
  }

  private counter(name: CounterName): Counter {
    return remembered(this.counters, name, () => new Counter(this.options(name)));
  }

  private gauge(name: GaugeName): Gauge {
    return remembered(this.gauges, name, () => new Gauge(this.options(name)));
  }

  private histogram(name: HistogramName): Histogram {
    const { buckets } = METRICS[name];
    return remembered(
      this.histograms,
      name,
      () => new Histogram({ ...this.options(name), buckets: [...buckets] }),
    );
  }

  private options(name: keyof typeof METRICS) {
    const { labels, en } = METRICS[name];
    return { name, help: en, labelNames: [...labels], registers: [this.registry] };
  }
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}
