import { Injectable } from '@nestjs/common';
import { DeliverWebhooksJob } from './deliveries/deliver-webhooks.job';
import { RelayEventsJob } from './relay/relay-events.job';
import { RetentionJob } from './retention.job';

/** The worker's part of webhooks. */
@Injectable()
export class WebhooksFacade {
  constructor(
    private readonly relayJob: RelayEventsJob,
    private readonly deliverJob: DeliverWebhooksJob,
    private readonly retentionJob: RetentionJob,
  ) {}

  /** Makes events of what was committed; answers how many rows it read. */
  relay(): Promise<number> {
    return this.relayJob.sweep();
  }

  /** Sends what is due; answers how many it took up. They go on after it has returned. */
  deliver(): Promise<number> {
    return this.deliverJob.sweep();
  }

  /** Removes what is kept no longer; answers how many rows. */
  expire(): Promise<number> {
    return this.retentionJob.sweep();
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  settled(): Promise<void> {
    return this.deliverJob.settled();
  }
}
