import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { MerchantsModule } from '../merchants/merchants.module';
import { PointsModule } from '../points/points.module';
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
import { AdminPaymentsController } from './operator/admin-payments.controller';
import { OperatorPayments } from './use-cases/operator-payments';
import { UnresolvedPaymentsRepository } from './operator/unresolved-payments.repository';
import { PaymentNewsFacade } from './payment-news.facade';
import { PaymentNewsRepository } from './payment-news.repository';
import { PaymentTimes } from './payment-time';
import { PaymentMetrics } from './payment.metrics';
import { PaymentsController } from './payments.controller';
import { PaymentsFacade } from './payments.facade';
import { PaymentsRepository } from './payments.repository';
import { PaymentCounts } from './statistics/payment-counts.repository';
import { ReceiptWishCheck } from './receipts/receipt-wish-check';
import { ReceiptWishes } from './receipts/receipt-wishes';
import { ResolveUnknownJob } from './resolve-unknown.job';
import { TransactionNumbers } from './transaction-numbers';
import { ApprovalCloser } from './use-cases/approval-closer';
import { ApprovalRoute } from './use-cases/approval-route';
import { ApproveCard } from './use-cases/approve-card';
import { CancelPayment } from './use-cases/cancel-payment';
import { CancelSettler } from './use-cases/cancel-settler';
import { NetCancel } from './use-cases/net-cancel';
import { OutcomeWriter } from './use-cases/outcome-writer';
import { ReadPayments } from './use-cases/read-payments';
import { RepeatedOrder } from './use-cases/repeated-order';
import { Reverser } from './use-cases/reverser';
import { AccountCases } from './use-cases/account-cases';
import { AccountCloser } from './use-cases/account-closer';
import { CloseVirtualAccount } from './use-cases/close-virtual-account';
import { DepositSettler } from './use-cases/deposit-settler';
import { IssueVirtualAccount } from './use-cases/issue-virtual-account';
import { AccountCasesController } from './virtual-accounts/account-cases.controller';
import { AccountCasesRepository } from './virtual-accounts/account-cases.repository';
import { AccountVault } from './virtual-accounts/account-vault';
import { DepositWatchJob } from './virtual-accounts/deposit-watch.job';
import { RefundAccountCheck } from './virtual-accounts/refund-account-check';
import { VirtualAccountsController } from './virtual-accounts/virtual-accounts.controller';
import { VirtualAccountsRepository } from './virtual-accounts/virtual-accounts.repository';

@Module({
  imports: [AuditModule, MerchantsModule, PointsModule, RoutingModule],
  controllers: [
    AdminPaymentsController,
    PaymentsController,
    CheckoutsController,
    InboundWebhooksController,
    VirtualAccountsController,
    AccountCasesController,
  ],
  providers: [
    AccountCases,
    AccountCasesRepository,
    AccountCloser,
    AccountVault,
    ApprovalCloser,
    ApprovalRoute,
    ApproveCard,
    CancelPayment,
    CancelSettler,
    CheckoutsRepository,
    CloseVirtualAccount,
    ConfirmCheckout,
    CreateCheckout,
    DepositSettler,
    DepositWatchJob,
    EndCheckout,
    InboundWebhooks,
    InboundWebhooksJob,
    IssueVirtualAccount,
    WindowConfirmer,
    EncryptedBodyGuard,
    LinkPaymentsFacade,
    NetCancel,
    OutcomeWriter,
    PaymentCounts,
    PaymentJournal,
    PaymentMetrics,
    PaymentNewsFacade,
    PaymentNewsRepository,
    PaymentTimes,
    PaymentsFacade,
    PaymentsRepository,
    ReadPayments,
    RefundAccountCheck,
    OperatorPayments,
    UnresolvedPaymentsRepository,
    ReceiptWishCheck,
    ReceiptWishes,
    RepeatedOrder,
    ResolveUnknownJob,
    Reverser,
    TransactionNumbers,
    VirtualAccountsRepository,
  ],
  exports: [LinkPaymentsFacade, PaymentNewsFacade, PaymentsFacade],
})
export class PaymentsModule {}
