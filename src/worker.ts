import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { Logger } from './common/logging/logger';
import { Clock } from './common/time/clock';
import { AppConfig, ConfigError, loadConfig } from './config/app-config';
import { BillingFacade } from './modules/billing/billing.facade';
import { BranchInvitationsFacade } from './modules/branch-invitations/branch-invitations.facade';
import { CashReceiptsFacade } from './modules/cash-receipts/cash-receipts.facade';
import { FilesFacade } from './modules/files/files.facade';
import { MessagingFacade } from './modules/messaging/messaging.facade';
import { PaymentsFacade } from './modules/payments/payments.facade';
import { ReconciliationFacade } from './modules/reconciliation/reconciliation.facade';
import { ServiceApplicationsFacade } from './modules/service-applications/service-applications.facade';
import { SettlementsFacade } from './modules/settlements/settlements.facade';
import { SmsPaymentsFacade } from './modules/sms-payments/sms-payments.facade';
import { WebhooksFacade } from './modules/webhooks/webhooks.facade';
import { MetricsServer } from './ops/metrics-server';
import { PurgeJob } from './ops/purge.job';
import { SweepWatch } from './ops/sweep-watch';
import { sweepUntilStopped } from './ops/sweeps';
import { startTracing } from './ops/tracing/start-tracing';

/** For closing what can be closed, once the grace is over. */
const CLOSE_MAX_MS = 1_000;

/**
 * The worker process: the same modules without HTTP. It resolves what requests left unresolved; several may run side
 * by side, since every piece of work is claimed first. It ends by itself on SIGTERM, after the sweeps under way or
 * SHUTDOWN_GRACE_MS.
 */
async function work(): Promise<void> {
  await startTracing(loadConfig(), 'worker');
  const app = await NestFactory.createApplicationContext(AppModule, {
    bufferLogs: true,
    abortOnError: false,
  });
  const logger = app.get(Logger);
  app.useLogger(logger);
  const config = app.get(AppConfig);
  const clock = app.get(Clock);
  const payments = app.get(PaymentsFacade);
  const cashReceipts = app.get(CashReceiptsFacade);
  const messaging = app.get(MessagingFacade);
  const smsPayments = app.get(SmsPaymentsFacade);
  const billing = app.get(BillingFacade);
  const branchInvitations = app.get(BranchInvitationsFacade);
  const applications = app.get(ServiceApplicationsFacade);
  const files = app.get(FilesFacade);
  const settlements = app.get(SettlementsFacade);
  const reconciliation = app.get(ReconciliationFacade);
  const webhooks = app.get(WebhooksFacade);
  const purge = app.get(PurgeJob);
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());
  const metrics = app.get(MetricsServer);
  await metrics.listen(config.metrics.workerPort);
  process.stdout.write(`worker started, metrics on ${config.metrics.host}:${config.metrics.workerPort}\n`);
  const watch = app.get(SweepWatch);
  const sweeps = [
    watch.over('payments', () => payments.resolveUnresolved()),
    watch.over('billing_keys', () => billing.revoke()),
    watch.over('subscriptions', () => billing.charge()),
    watch.over('cash_receipts', () => cashReceipts.resolveUnresolved()),
    watch.over('sms_payments', () => smsPayments.sweep()),
    watch.over('messages', () => messaging.sweep()),
    watch.over('branch_invitations', () => branchInvitations.sweep()),
    watch.over('service_applications', () => applications.sweep()),
    watch.over('files', () => files.sweep()),
    watch.over('settlements', () => settlements.sweep()),
    watch.over('payment_figures', () => payments.rollUp()),
    watch.over('settlement_figures', () => settlements.rollUp()),
    watch.over('webhook_events', () => webhooks.relay()),
    watch.over('webhook_deliveries', () => webhooks.deliver()),
    watch.over('webhook_retention', () => webhooks.expire()),
    watch.over('reconciliation', () => reconciliation.sweep()),
    watch.over('purge', () => purge.run()),
  ];
  const isSettled = await sweepUntilStopped(sweeps, {
    clock,
    pollMs: config.worker.pollMs,
    stop: stopping.signal,
    onFailure: (error) => logger.failure('worker.sweep', error),
    settled: () =>
      Promise.all([payments.settled(), billing.settled(), cashReceipts.settled(), webhooks.settled()]),
    graceMs: config.shutdownGraceMs,
  });
  if (!isSettled) {
    logger.warn('worker.grace-over');
    // What still runs would keep the process; its connections may keep the close from ending, too.
    await Promise.race([app.close(), clock.sleep(CLOSE_MAX_MS)]);
    process.exit();
  }
  await app.close();
}

work().catch((error: unknown) => {
  const message =
    error instanceof ConfigError
      ? error.message
      : `the worker failed: ${error instanceof Error ? error.name : 'unknown'}`;
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 1_000).unref();
});
