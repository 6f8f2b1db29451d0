import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import type { SqlPool } from '../../common/db/pool';
import { Metrics } from '../../common/metrics/metrics';
import type { SendResult } from './deliveries/delivery.types';
import { NOW } from './sql';
import { WEBHOOK_POOL } from './webhook-pool';

/** What the operator watches of webhooks. Names carry their units. */
@Injectable()
export class WebhooksMetrics implements OnModuleInit {
  private readonly tries: Counter;
  private readonly seconds: Histogram;

  constructor(
    @Inject(WEBHOOK_POOL) private readonly pool: SqlPool,
    private readonly metrics: Metrics,
  ) {
    const registers = [metrics.registry];
    this.tries = new Counter({
      name: 'pg_webhook_tries_total',
      help: 'Tries of deliveries to merchants by outcome',
      labelNames: ['outcome'],
      registers,
    });
    this.seconds = new Histogram({
      name: 'pg_webhook_try_duration_seconds',
      help: 'Time of one try',
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
  }

  onModuleInit(): void {
    const gauges: readonly (readonly [name: string, help: string, sql: string])[] = [
      [
        'pg_webhook_due',
        'Deliveries of enabled endpoints whose time has come',
        `SELECT COUNT(*) AS n ${DUE}`,
      ],
      [
        'pg_webhook_queue_age_seconds',
        'For how long the first of them has waited',
        `SELECT COALESCE(TIMESTAMPDIFF(MICROSECOND, MIN(d.due_at), ${NOW}) / 1000000, 0) AS n ${DUE}`,
      ],
      [
        'pg_webhook_changes_waiting',
        'Committed rows that no event was made of yet',
        `SELECT SUM(n) AS n FROM (
           SELECT COALESCE((SELECT MAX(id) FROM payment_events), 0) - position AS n FROM webhook_positions WHERE source = 'PAYMENT'
           UNION ALL
           SELECT COALESCE((SELECT MAX(seq) FROM outbox_events), 0) - position FROM webhook_positions WHERE source = 'OUTBOX') waiting`,
      ],
      [
        'pg_webhook_gaps',
        'Numbers without a row that are watched',
        'SELECT COALESCE(SUM(CAST(to_seq - from_seq AS SIGNED) + 1), 0) AS n FROM webhook_gaps',
      ],
      [
        'pg_webhook_endpoints_disabled',
        'Endpoints that were disabled because they did not answer',
        `SELECT COUNT(*) AS n FROM webhook_endpoints WHERE status = 'DISABLED' AND disabled_reason <> 'MERCHANT'`,
      ],
    ];
    for (const [name, help, sql] of gauges) this.metrics.gauge(name, help, () => this.number(sql));
  }

  tried({ outcome, durationMs }: SendResult): void {
    this.tries.inc({ outcome });
    this.seconds.observe(durationMs / 1_000);
  }

  private async number(sql: string): Promise<number> {
    const [row] = await this.pool.execute<{ n: number | string }[]>(sql);
    return Number(row?.n ?? 0);
  }
}

const DUE = `FROM webhook_endpoints e JOIN webhook_deliveries d ON d.endpoint_id = e.id
  WHERE e.status = 'ENABLED' AND e.due_at <= ${NOW} AND d.status = 'PENDING' AND d.due_at <= ${NOW}`;
