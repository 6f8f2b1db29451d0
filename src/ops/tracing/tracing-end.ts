import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '../../common/metrics/metrics';
import { spanRecorder } from '../../common/tracing/spans';

/** Tells how exporting goes, and sends what is left when the process ends. */
@Injectable()
export class TracingEnd implements OnModuleInit, OnApplicationShutdown {
  constructor(private readonly metrics: Metrics) {}

  onModuleInit(): void {
    const recorder = spanRecorder();
    if (recorder === undefined) return;
    this.metrics.countOnRead('pg_trace_spans_total', () => [
      { labels: { outcome: 'taken' }, value: recorder.exported.taken },
      { labels: { outcome: 'lost' }, value: recorder.exported.lost },
    ]);
  }

  async onApplicationShutdown(): Promise<void> {
    await spanRecorder()?.shutdown();
  }
}
