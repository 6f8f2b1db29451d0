import { Module } from '@nestjs/common';
import { AcquirersModule } from './acquirers/acquirers.module';
import { CommonModule } from './common/common.module';
import { CryptoModule } from './common/crypto/crypto.module';
import { DatabaseModule } from './common/db/database.module';
import { IdempotencyModule } from './common/idempotency/idempotency.module';
import { ConfigModule } from './config/config.module';
import { DemoModule } from './demo/demo.module';
import { AgenciesModule } from './modules/agencies/agencies.module';
import { AuditModule } from './modules/audit/audit.module';
import { AuthModule } from './modules/auth/auth.module';
import { BillingModule } from './modules/billing/billing.module';
import { BranchInvitationsModule } from './modules/branch-invitations/branch-invitations.module';
import { BranchesModule } from './modules/branches/branches.module';
import { CashReceiptsModule } from './modules/cash-receipts/cash-receipts.module';
import { FilesModule } from './modules/files/files.module';
import { FeesModule } from './modules/fees/fees.module';
import { HistoryModule } from './modules/history/history.module';
import { MembersModule } from './modules/members/members.module';
import { MerchantsModule } from './modules/merchants/merchants.module';
import { NoticesModule } from './modules/notices/notices.module';
import { PaymentsModule } from './modules/payments/payments.module';
import { PointsModule } from './modules/points/points.module';
import { MessagingModule } from './modules/messaging/messaging.module';
import { ReconciliationModule } from './modules/reconciliation/reconciliation.module';
import { RoutingModule } from './modules/routing/routing.module';
import { SettlementsModule } from './modules/settlements/settlements.module';
import { ServiceApplicationsModule } from './modules/service-applications/service-applications.module';
import { SmsPaymentsModule } from './modules/sms-payments/sms-payments.module';
import { WebhooksModule } from './modules/webhooks/webhooks.module';
import { OpsModule } from './ops/ops.module';

/** The only file that imports every module. */
@Module({
  imports: [
    ConfigModule,
    CommonModule,
    DatabaseModule,
    CryptoModule,
    IdempotencyModule,
    AcquirersModule,
    AuditModule,
    FilesModule,
    FeesModule,
    MembersModule,
    AgenciesModule,
    BranchesModule,
    MerchantsModule,
    ServiceApplicationsModule,
    AuthModule,
    RoutingModule,
    PointsModule,
    PaymentsModule,
    CashReceiptsModule,
    MessagingModule,
    SmsPaymentsModule,
    BranchInvitationsModule,
    NoticesModule,
    BillingModule,
    SettlementsModule,
    ReconciliationModule,
    HistoryModule,
    WebhooksModule,
    DemoModule,
    OpsModule,
  ],
})
export class AppModule {}
