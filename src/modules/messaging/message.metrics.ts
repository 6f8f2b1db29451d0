import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SqlPool } from '../../common/db/pool';
import { METRICS_POOL } from '../../common/db/tokens';
import { Metrics } from '../../common/metrics/metrics';
import { waitingIn } from '../../common/metrics/waiting';

/** What the operator watches of messages to people. */
@Injectable()
export class MessageMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    @Inject(METRICS_POOL) private readonly pool: SqlPool,
  ) {}

  onModuleInit(): void {
    this.metrics.fromDatabase(async () => {
      const waiting = `messages WHERE due_at IS NOT NULL AND status = 'QUEUED'`;
      const { count, oldestSeconds } = await waitingIn(this.pool, waiting, 'created_at');
      return { pg_messages_waiting: count, pg_messages_oldest_age_seconds: oldestSeconds };
    });
  }
}
