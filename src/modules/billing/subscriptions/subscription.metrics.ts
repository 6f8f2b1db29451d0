import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SqlPool } from '../../../common/db/pool';
import { METRICS_POOL } from '../../../common/db/tokens';
import { Metrics } from '../../../common/metrics/metrics';

/** What the operator watches of subscriptions. */
@Injectable()
export class SubscriptionMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    @Inject(METRICS_POOL) private readonly pool: SqlPool,
  ) {}

  onModuleInit(): void {
    this.metrics.fromDatabase(async () => {
      const [row] = await this.pool.query<{ n: number | string }[]>(
        `SELECT COUNT(*) AS n FROM subscriptions
         WHERE status = 'ACTIVE' AND next_charge_on < DATE(UTC_TIMESTAMP(3) + INTERVAL 9 HOUR)`,
      );
      return { pg_subscriptions_overdue: Number(row?.n ?? 0) };
    });
  }
}
