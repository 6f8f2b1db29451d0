import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '../../config/app-config';
import { SqlPool } from '../../common/db/pool';
import { AuditModule } from '../audit/audit.module';
import { MembersModule } from '../members/members.module';
import { PaymentsModule } from '../payments/payments.module';
import { DeliverWebhooksJob } from './deliveries/deliver-webhooks.job';
import { DeliveriesRepository } from './deliveries/deliveries.repository';
import { DeliveryClaims } from './deliveries/delivery-claims.repository';
import { DeliveryResults } from './deliveries/delivery-results.repository';
import { EndEndpoint } from './deliveries/end-endpoint.service';
import { ReadDeliveries } from './deliveries/read-deliveries.service';
import { Redeliver } from './deliveries/redeliver.service';
import { WebhookDeliveriesController } from './deliveries/webhook-deliveries.controller';
import { EndpointsRepository } from './endpoints/endpoints.repository';
import { EndpointsService } from './endpoints/endpoints.service';
import { WebhookEndpointsController } from './endpoints/webhook-endpoints.controller';
import { EventsRepository } from './events/events.repository';
import { ReadEvents } from './events/read-events.service';
import { WebhookEventsController } from './events/webhook-events.controller';
import { NameLookup } from './outbound/name-lookup';
import { WebhookClient } from './outbound/webhook-client';
import { OutboxSource } from './relay/outbox-source';
import { PaymentSource } from './relay/payment-source';
import { RelayEventsJob } from './relay/relay-events.job';
import { RelayRepository } from './relay/relay.repository';
import { RetentionJob } from './retention.job';
import { WEBHOOK_POOL } from './webhook-pool';
import { WebhooksFacade } from './webhooks.facade';
import { WebhooksMetrics } from './webhooks.metrics';

@Module({
  imports: [AuditModule, MembersModule, PaymentsModule],
  controllers: [WebhookEndpointsController, WebhookDeliveriesController, WebhookEventsController],
  providers: [
    {
      provide: WEBHOOK_POOL,
      inject: [AppConfig],
      useFactory: ({ database, webhooks }: AppConfig) =>
        new SqlPool(database.url, {
          connectionsMax: webhooks.poolSize,
          waitMs: database.poolWaitMs,
          queryTimeoutMs: webhooks.queryTimeoutMs,
        }),
    },
    DeliverWebhooksJob,
    DeliveriesRepository,
    DeliveryClaims,
    DeliveryResults,
    EndEndpoint,
    EndpointsRepository,
    EndpointsService,
    EventsRepository,
    NameLookup,
    OutboxSource,
    PaymentSource,
    ReadDeliveries,
    ReadEvents,
    Redeliver,
    RelayEventsJob,
    RelayRepository,
    RetentionJob,
    WebhookClient,
    WebhooksFacade,
    WebhooksMetrics,
  ],
  exports: [WebhooksFacade],
})
export class WebhooksModule implements OnApplicationShutdown {
  constructor(@Inject(WEBHOOK_POOL) private readonly pool: SqlPool) {}

  onApplicationShutdown(): Promise<void> {
    return this.pool.close();
  }
}
