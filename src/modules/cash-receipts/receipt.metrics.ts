import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SqlPool } from '../../common/db/pool';
import { METRICS_POOL } from '../../common/db/tokens';
import { Metrics } from '../../common/metrics/metrics';
import { waitingIn } from '../../common/metrics/waiting';

/** What the operator watches of cash receipts. */
@Injectable()
export class ReceiptMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    @Inject(METRICS_POOL) private readonly pool: SqlPool,
  ) {}

  onModuleInit(): void {
    this.metrics.fromDatabase(async () => {
      const unresolved = `cash_receipts WHERE due_at < UTC_TIMESTAMP(3) + INTERVAL 1 DAY AND status = 'IN_PROGRESS'`;
      const { count, oldestSeconds } = await waitingIn(this.pool, unresolved, 'created_at');
      return {
        pg_cash_receipts_unresolved: count,
        pg_cash_receipts_unresolved_oldest_age_seconds: oldestSeconds,
      };
    });
  }
}
