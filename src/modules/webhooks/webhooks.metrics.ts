import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { SqlPool } from '../../common/db/pool';
import { METRICS_POOL } from '../../common/db/tokens';
import { Metrics } from '../../common/metrics/metrics';
import type { SendResult } from './deliveries/delivery.types';
import { NOW } from './sql';

const DUE = `FROM webhook_endpoints e JOIN webhook_deliveries d ON d.endpoint_id = e.id
  WHERE e.status = 'ENABLED' AND e.due_at <= ${NOW} AND d.status = 'PENDING' AND d.due_at <= ${NOW}`;
const WAITING = `SELECT COUNT(*) AS due,
  COALESCE(TIMESTAMPDIFF(MICROSECOND, MIN(d.due_at), ${NOW}) / 1000000, 0) AS age ${DUE}`;
/** Rows that no event was made of yet, by source; numbers without a row; endpoints that did not answer. */
const RELAYED = `SELECT (SELECT SUM(n) FROM (
    SELECT COALESCE((SELECT MAX(id) FROM payment_events), 0) - position AS n FROM webhook_positions WHERE source = 'PAYMENT'
    UNION ALL
    SELECT COALESCE((SELECT MAX(seq) FROM outbox_events), 0) - position FROM webhook_positions WHERE source = 'OUTBOX') w) AS waiting,
  (SELECT COALESCE(SUM(CAST(to_seq - from_seq AS SIGNED) + 1), 0) FROM webhook_gaps) AS gaps,
  (SELECT COUNT(*) FROM webhook_endpoints WHERE status = 'DISABLED' AND disabled_reason <> 'MERCHANT') AS disabled`;

type Row<Name extends string> = Readonly<Record<Name, number | string>>;

/** What the operator watches of webhooks. */
@Injectable()
export class WebhooksMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    @Inject(METRICS_POOL) private readonly pool: SqlPool,
  ) {}

  onModuleInit(): void {
    this.metrics.fromDatabase(async () => {
      const [row] = await this.pool.query<Row<'due' | 'age'>[]>(WAITING);
      return { pg_webhook_due: Number(row!.due), pg_webhook_queue_age_seconds: Number(row!.age) };
    });
    this.metrics.fromDatabase(async () => {
      const [row] = await this.pool.query<Row<'waiting' | 'gaps' | 'disabled'>[]>(RELAYED);
      return {
        pg_webhook_changes_waiting: Number(row!.waiting),
        pg_webhook_gaps: Number(row!.gaps),
        pg_webhook_endpoints_disabled: Number(row!.disabled),
      };
    });
  }

  tried({ outcome, durationMs }: SendResult): void {
    this.metrics.count('pg_webhook_tries_total', { outcome });
    this.metrics.observe('pg_webhook_try_duration_seconds', {}, durationMs / 1_000);
  }
}
