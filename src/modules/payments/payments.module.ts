import { Module } from '@nestjs/common';
import { MerchantsModule } from '../merchants/merchants.module';
import { RoutingModule } from '../routing/routing.module';
import { CheckoutsController } from './checkout/checkouts.controller';
import { CheckoutsRepository } from './checkout/checkouts.repository';
import { ConfirmCheckout } from './use-cases/confirm-checkout';
import { CreateCheckout } from './use-cases/create-checkout';
import { EndCheckout } from './use-cases/end-checkout';
import { WindowConfirmer } from './use-cases/window-confirmer';
import { EncryptedBodyGuard } from './encrypted-body.guard';
import { InboundWebhooksController } from './inbound/inbound-webhooks.controller';
import { InboundWebhooksJob } from './inbound/inbound-webhooks.job';
import { InboundWebhooks } from './inbound/inbound-webhooks.store';
import { PaymentJournal } from './journal/payment-journal';
import { LinkPaymentsFacade } from './link-payments.facade';
import { PaymentTimes } from './payment-time';
import { PaymentMetrics } from './payment.metrics';
import { PaymentsController } from './payments.controller';
import { PaymentsFacade } from './payments.facade';
import { PaymentsRepository } from './payments.repository';
import { ResolveUnknownJob } from './resolve-unknown.job';
import { TransactionNumbers } from './transaction-numbers';
import { ApprovalCloser } from './use-cases/approval-closer';
import { ApproveCard } from './use-cases/approve-card';
import { CancelPayment } from './use-cases/cancel-payment';
import { CancelSettler } from './use-cases/cancel-settler';
import { NetCancel } from './use-cases/net-cancel';
import { OutcomeWriter } from './use-cases/outcome-writer';
import { ReadPayments } from './use-cases/read-payments';
import { RepeatedOrder } from './use-cases/repeated-order';
import { Reverser } from './use-cases/reverser';

@Module({
  imports: [MerchantsModule, RoutingModule],
  controllers: [PaymentsController, CheckoutsController, InboundWebhooksController],
  providers: [
    ApprovalCloser,
    ApproveCard,
    CancelPayment,
    CancelSettler,
    CheckoutsRepository,
    ConfirmCheckout,
    CreateCheckout,
    EndCheckout,
    InboundWebhooks,
    InboundWebhooksJob,
    WindowConfirmer,
    EncryptedBodyGuard,
    LinkPaymentsFacade,
    NetCancel,
    OutcomeWriter,
    PaymentJournal,
    PaymentMetrics,
    PaymentTimes,
    PaymentsFacade,
    PaymentsRepository,
    ReadPayments,
    RepeatedOrder,
    ResolveUnknownJob,
    Reverser,
    TransactionNumbers,
  ],
  exports: [LinkPaymentsFacade, PaymentsFacade],
})
export class PaymentsModule {}
