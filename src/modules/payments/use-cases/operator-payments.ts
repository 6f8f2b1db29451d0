import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, type AcquirerRegistry } from '../../../acquirers/port/acquirer.port';
import type { InquiryOutcome } from '../../../acquirers/port/acquirer.types';
import { fault } from '../../../common/errors/app-error';
import { newId } from '../../../common/ids/id';
import { Clock } from '../../../common/time/clock';
import { AuditFacade } from '../../audit/audit.facade';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { RoutingFacade } from '../../routing/routing.facade';
import { referenceOf } from '../acquirer-reference';
import { cardAmountOf } from '../hybrid.calc';
import { UNRESOLVED_STATUSES, wasCharged } from '../payment.state';
import { PAYMENT_ERRORS } from '../payments.errors';
import { PaymentsRepository } from '../payments.repository';
import type { Payment, PaymentWithHistory } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { type BookVerdict, compareBooks, type OurBook } from '../operator/books.policy';
import {
  type UnresolvedPayment,
  UnresolvedPaymentsRepository,
} from '../operator/unresolved-payments.repository';

const LOOK_MS = 100;

/** What the acquirer says of a payment; null where nothing was ever asked of it. */
export interface Reconciled {
  readonly found: PaymentWithHistory;
  readonly verdict: BookVerdict;
  readonly seen: InquiryOutcome | null;
}

/**
 * What operators see of unresolved payments, and one payment looked at now: what is unresolved is given to the worker
 * at once, and the acquirer's book is then read and compared. Nothing is changed by the comparison.
 */
@Injectable()
export class OperatorPayments {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly payments: PaymentsRepository,
    private readonly unresolved: UnresolvedPaymentsRepository,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly audit: AuditFacade,
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
  ) {}

  /** Payments whose outcome is not known, newest first. */
  listUnresolved(beforeId: string | null, limit: number): Promise<readonly UnresolvedPayment[]> {
    return this.unresolved.page(beforeId, limit);
  }

  /** Throws PAYMENT_NOT_FOUND. Answers within the inline budget and one inquiry. */
  async reconcile(paymentId: string, actor: string): Promise<Reconciled> {
    const settled = await this.settled(await this.one(paymentId));
    const seen = settled.attemptId === '' ? null : await this.inquire(settled);
    const found = await this.payments.withHistory(settled);
    const verdict = seen === null ? 'MATCHES' : compareBooks(bookOf(found), seen);
    await this.audit.recordAlone({
      ...{ actor, action: 'payment.reconcile', target: paymentId, mid: settled.mid, outcome: 'SUCCESS' },
      details: { paymentId, code: verdict },
    });
    return { found, verdict, seen };
  }

  private async one(paymentId: string): Promise<Payment> {
    const payment = await this.payments.find({ kind: 'ALL' }, paymentId);
    if (payment === null) throw fault(PAYMENT_ERRORS, 'PAYMENT_NOT_FOUND');
    return payment;
  }

  /** The payment when the worker is through with it, or as it stands when that takes too long. */
  private async settled(payment: Payment): Promise<Payment> {
    if (!isOpen(payment)) return payment;
    await this.unresolved.wake(payment.paymentId);
    const until = this.clock.monotonicMs() + this.times.inlineBudgetMs;
    let current = payment;
    while (isOpen(current) && this.clock.monotonicMs() < until) {
      await this.clock.sleep(LOOK_MS);
      current = await this.one(payment.paymentId);
    }
    return current;
  }

  private async inquire(payment: Payment): Promise<InquiryOutcome> {
    const adapter = this.acquirers.get(payment.acquirer);
    const contract = await this.merchants.findContract(payment.contractId);
    if (adapter === undefined || contract === null) throw new Error('a payment has no acquirer');
    const startedAt = this.clock.now();
    const seen = await adapter.inquire(this.routing.accessTo(contract), referenceOf(payment));
    const { paymentId, acquirer, contractId, acquirerOrderNo, acquirerTransactionId } = payment;
    await this.unresolved.keep({
      ...{ paymentId, acquirer, contractId, acquirerOrderNo, acquirerTransactionId, cancelId: null },
      ...{ attemptId: newId('att'), operation: 'INQUIRE', outcome: seen.kind, exchange: seen.exchange },
      ...{ startedAt, finishedAt: this.clock.now() },
    });
    return seen;
  }
}

const isOpen = ({ status, pendingCancelAmount }: Payment) =>
  UNRESOLVED_STATUSES.includes(status) || pendingCancelAmount > 0;

function bookOf({ payment, cancels }: PaymentWithHistory): OurBook {
  const amount = cardAmountOf(payment);
  const done = cancels.filter(({ status }) => status === 'DONE');
  const cancelled = done.reduce((sum, cancel) => sum + cardAmountOf(cancel), 0);
  return { status: payment.status, charged: wasCharged(payment), amount, balanceAmount: amount - cancelled };
}
