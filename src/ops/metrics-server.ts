import { createServer, type Server } from 'node:http';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Metrics } from '../common/metrics/metrics';
import { Clock } from '../common/time/clock';
import { AppConfig } from '../config/app-config';

/** A database that works answers within this; one that does not is told of by the age of what it said last. */
const DATABASE_WAIT_MS = 250;

/** `GET /metrics` for Prometheus, on a port of its own that is never exposed to the outside. */
@Injectable()
export class MetricsServer implements OnApplicationShutdown {
  private server: Server | undefined;

  constructor(
    private readonly metrics: Metrics,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  listen(port: number): Promise<void> {
    const { registry } = this.metrics;
    const server = createServer((request, response) => {
      if (request.url !== '/metrics' || request.method !== 'GET') {
        response.writeHead(404).end();
        return;
      }
      this.read().then(
        (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
    });
    this.server = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, this.config.metrics.host, resolve);
    });
  }

  /** What the database is asked for may be a moment old: whoever reads the metrics is not kept waiting for it. */
  private async read(): Promise<string> {
    const now = () => this.clock.monotonicMs();
    const { database } = this.metrics;
    const answered = new AbortController();
    const refreshed = database
      .refresh(now, this.config.metrics.databaseMaxAgeMs)
      .then(() => answered.abort());
    await Promise.race([refreshed, this.clock.sleep(DATABASE_WAIT_MS, answered.signal)]);
    this.metrics.set('pg_database_gauges_age_seconds', database.ageSeconds(now()));
    return this.metrics.text();
  }

  onApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}
