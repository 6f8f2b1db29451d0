import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, type AcquirerRegistry } from '../../../acquirers/port/acquirer.port';
import type { CancelOutcome, ContractAccess } from '../../../acquirers/port/acquirer.types';
import { crashPoint } from '../../../common/crash/crash-point';
import { newId } from '../../../common/ids/id';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { RoutingFacade } from '../../routing/routing.facade';
import { referenceOf } from '../acquirer-reference';
import type { ExchangeRecord } from '../journal/journal.types';
import { PaymentJournal } from '../journal/payment-journal';
import { PaymentMetrics } from '../payment.metrics';
import type { Payment, PaymentCancel } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { pauseAfter } from '../reversal.policy';

export type CancelSettlement =
  | { readonly kind: 'DONE' }
  | { readonly kind: 'FAILED' }
  /** Not known yet: asked for again under the same key, at once or by the worker. */
  | { readonly kind: 'OPEN'; readonly cancel: PaymentCancel; readonly nextCheckAt: Date }
  /** Another process has taken the cancel over. */
  | { readonly kind: 'LOST' };

/**
 * Asks an acquirer for one cancel and writes what it said. A cancel whose outcome is unknown is asked for again under
 * the same key, never under a new one, and never assumed. Where an acquirer keeps no keys, that adapter's inquiry
 * decides (capability `idempotentCancel`).
 */
@Injectable()
export class CancelSettler {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly journal: PaymentJournal,
    private readonly times: PaymentTimes,
    private readonly metrics: PaymentMetrics,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async settle(payment: Payment, cancel: PaymentCancel): Promise<CancelSettlement> {
    const { adapter, access } = await this.acquirerOf(payment);
    const startedAt = this.clock.now();
    crashPoint('cancel.before-call');
    const outcome = await adapter.cancel(access, {
      reference: referenceOf(payment),
      cancelKey: cancel.cancelKey,
      cancelAmount: cancel.amount,
      taxFreeAmount: cancel.taxFreeAmount,
      balanceAmount: payment.amount - payment.cancelledAmount,
      reason: cancel.reason,
    });
    crashPoint('cancel.after-call');
    this.metrics.attempt(payment.acquirer, 'CANCEL', outcome.kind, outcome.exchange.latencyMs);
    return this.write(payment, cancel, outcome, startedAt);
  }

  private async write(
    payment: Payment,
    cancel: PaymentCancel,
    outcome: CancelOutcome,
    startedAt: Date,
  ): Promise<CancelSettlement> {
    const record = this.record(payment, cancel, outcome, startedAt);
    const closed = (done: boolean, kind: 'DONE' | 'FAILED'): CancelSettlement =>
      done ? { kind } : { kind: 'LOST' };
    switch (outcome.kind) {
      case 'CANCELLED': {
        const { acquirerCancelId, cancelledAt } = outcome;
        const end = { kind: 'DONE', acquirerCancelId, cancelledAt } as const;
        const done = await this.journal.cancels.close(cancel, end, record);
        crashPoint('cancel.after-outcome');
        return closed(done, 'DONE');
      }
      case 'REFUSED':
        return closed(await this.fail(cancel, 'CANCEL_REFUSED', record), 'FAILED');
      case 'NOT_SENT':
        // Only a first try that never left may fail: an earlier one of the same key may have been done.
        if (cancel.tries === 0)
          return closed(await this.fail(cancel, 'ACQUIRER_UNAVAILABLE', record), 'FAILED');
        return this.postpone(cancel, record);
      case 'UNKNOWN':
        return this.postpone(cancel, record);
    }
  }

  private fail(cancel: PaymentCancel, failureCode: string, record: ExchangeRecord): Promise<boolean> {
    return this.journal.cancels.close(cancel, { kind: 'FAILED', failureCode }, record);
  }

  private async postpone(cancel: PaymentCancel, record: ExchangeRecord): Promise<CancelSettlement> {
    const dueInMs = pauseAfter(cancel.tries, this.times.timeScale, Math.random());
    const postponed = await this.journal.cancels.postpone(cancel, dueInMs, record);
    this.logger.warn('cancel.unknown', {
      cancelId: cancel.cancelId,
      paymentId: cancel.paymentId,
      tries: cancel.tries,
    });
    if (postponed === null) return { kind: 'LOST' };
    return { kind: 'OPEN', cancel: postponed, nextCheckAt: new Date(this.clock.now().getTime() + dueInMs) };
  }

  private record(
    payment: Payment,
    cancel: PaymentCancel,
    outcome: CancelOutcome,
    startedAt: Date,
  ): ExchangeRecord {
    return {
      attemptId: newId('att'),
      paymentId: payment.paymentId,
      cancelId: cancel.cancelId,
      operation: 'CANCEL',
      outcome: outcome.kind,
      acquirer: payment.acquirer,
      contractId: payment.contractId,
      acquirerOrderNo: payment.acquirerOrderNo,
      acquirerTransactionId: payment.acquirerTransactionId,
      exchange: outcome.exchange,
      startedAt,
      finishedAt: this.clock.now(),
    };
  }

  private async acquirerOf(payment: Payment): Promise<{
    adapter: NonNullable<ReturnType<AcquirerRegistry['get']>>;
    access: ContractAccess;
  }> {
    const adapter = this.acquirers.get(payment.acquirer);
    const contract = await this.merchants.findContract(payment.contractId);
    if (adapter === undefined || contract === null) throw new Error('a payment to cancel has no acquirer');
    return { adapter, access: this.routing.accessTo(contract) };
  }
}
