import { Module } from '@nestjs/common';
import { MerchantsModule } from '../merchants/merchants.module';
import { PaymentsModule } from '../payments/payments.module';
import { RoutingModule } from '../routing/routing.module';
import { SubscriptionMetrics } from './subscriptions/subscription.metrics';
import { BillingFacade } from './billing.facade';
import { BillingKeyVault } from './keys/billing-key.vault';
import { BillingKeysController } from './keys/billing-keys.controller';
import { BillingKeysRepository } from './keys/billing-keys.repository';
import { ChargeBillingKey } from './use-cases/charge-billing-key';
import { EncryptedCardGuard } from './keys/encrypted-card.guard';
import { IssueBillingKey } from './use-cases/issue-billing-key';
import { ReadBillingKeys } from './use-cases/read-billing-keys';
import { RevokeBillingKey } from './use-cases/revoke-billing-key';
import { UnknownIssue } from './use-cases/unknown-issue';
import { ChargeSubscriptionsJob } from './subscriptions/charge-subscriptions.job';
import { ChargesRepository } from './subscriptions/charges.repository';
import { SubscriptionsController } from './subscriptions/subscriptions.controller';
import { SubscriptionsRepository } from './subscriptions/subscriptions.repository';
import { ManageSubscriptions } from './use-cases/manage-subscriptions';

@Module({
  imports: [MerchantsModule, RoutingModule, PaymentsModule],
  controllers: [BillingKeysController, SubscriptionsController],
  providers: [
    SubscriptionMetrics,
    BillingFacade,
    BillingKeyVault,
    BillingKeysRepository,
    ChargesRepository,
    ChargeSubscriptionsJob,
    ManageSubscriptions,
    SubscriptionsRepository,
    ChargeBillingKey,
    EncryptedCardGuard,
    IssueBillingKey,
    ReadBillingKeys,
    RevokeBillingKey,
    UnknownIssue,
  ],
  exports: [BillingFacade],
})
export class BillingModule {}
