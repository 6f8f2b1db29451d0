import { Inject, Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config';
import { places } from '../../common/db/places';
import type { SqlPool } from '../../common/db/pool';
import { retryConflicts } from '../../common/db/unit-of-work';
import { firstIdAt } from '../../common/ids/id';
import { Clock } from '../../common/time/clock';
import { DeliveriesRepository } from './deliveries/deliveries.repository';
import { EndpointsRepository } from './endpoints/endpoints.repository';
import { IN_MS } from './sql';
import { WEBHOOK_POOL } from './webhook-pool';

/** Few enough that no statement holds its locks for long, deliveries and tries of each included. */
const EVENTS_AT_A_TIME = 50;
const DELIVERIES_AT_A_TIME = 500;
const SECRETS_AT_A_TIME = 100;

/** What is kept no longer: old events with their deliveries and tries, and secrets whose overlap is over. */
@Injectable()
export class RetentionJob {
  private dueAtMs = 0;

  constructor(
    @Inject(WEBHOOK_POOL) private readonly pool: SqlPool,
    private readonly deliveries: DeliveriesRepository,
    private readonly endpoints: EndpointsRepository,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** What belongs to deleted endpoints at once; the rest when it is time for it. Answers how many rows went. */
  async sweep(): Promise<number> {
    const discarded = await this.deliveries.discard(DELIVERIES_AT_A_TIME);
    const now = this.clock.monotonicMs();
    if (now < this.dueAtMs) return discarded;
    const gone = (await this.endpoints.dropOldSecrets(SECRETS_AT_A_TIME)) + (await this.removeOldEvents());
    if (gone === 0) this.dueAtMs = now + this.config.worker.purgeEveryMs;
    return discarded + gone;
  }

  /** Each event with all of its deliveries and their tries in one transaction; none that was sent again since. */
  private removeOldEvents(): Promise<number> {
    const age = -this.config.webhooks.retentionMs;
    // Ids are in the order of time: without it all that is younger would be read to find nothing.
    const firstKept = firstIdAt('evt', new Date(this.clock.now().getTime() + age));
    return retryConflicts(() =>
      this.pool.transaction('remove-old-webhooks', async (tx) => {
        const events = await tx.execute<{ id: string }[]>(
          `SELECT e.id FROM webhook_events e WHERE e.id < ? AND e.created_at < ${IN_MS} AND NOT EXISTS (
             SELECT 1 FROM webhook_deliveries d WHERE d.event_id = e.id AND d.updated_at >= ${IN_MS})
           ORDER BY e.id LIMIT ${EVENTS_AT_A_TIME} FOR UPDATE SKIP LOCKED`,
          [firstKept, age, age],
        );
        if (events.length === 0) return 0;
        const ids = events.map(({ id }) => id);
        await tx.query(
          `DELETE a FROM webhook_attempts a JOIN webhook_deliveries d ON d.id = a.delivery_id
           WHERE d.event_id IN (${places(ids)})`,
          ids,
        );
        await tx.query(`DELETE FROM webhook_deliveries WHERE event_id IN (${places(ids)})`, ids);
        await tx.query(`DELETE FROM webhook_events WHERE id IN (${places(ids)})`, ids);
        return ids.length;
      }),
    );
  }
}
