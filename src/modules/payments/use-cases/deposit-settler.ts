import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, type AcquirerRegistry, hasVirtualAccounts } from '../../../acquirers/port/acquirer.port';
import type { CancelOutcome, Exchange, InquiryOutcome } from '../../../acquirers/port/acquirer.types';
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
import type { AttemptOutcome, Operation, Payment } from '../payments.types';
import { type DepositJudgement, holdsMoney, judgeDeposit } from '../virtual-accounts/deposit.policy';
import type { AccountCase } from '../virtual-accounts/virtual-account.types';
import { VirtualAccountsRepository } from '../virtual-accounts/virtual-accounts.repository';

/** What an answer of the acquirer came to for a waiting account, with the exchanges that nothing has kept yet. */
export interface Look {
  readonly kind: DepositJudgement['kind'];
  readonly unkept: readonly ExchangeRecord[];
}

/**
 * Brings waiting accounts together with what the acquirer says of them. Only its answer to our own question approves a
 * payment; whoever writes first has done it, all others find it done.
 */
@Injectable()
export class DepositSettler {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly journal: PaymentJournal,
    private readonly accounts: VirtualAccountsRepository,
    private readonly metrics: PaymentMetrics,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Asks the acquirer, and writes what has come of the account. `answerTimeoutMs` bounds the call. */
  async look(payment: Payment, actor: string, answerTimeoutMs = Number.POSITIVE_INFINITY): Promise<Look> {
    const { adapter, access } = await this.acquirerOf(payment, answerTimeoutMs);
    const startedAt = this.clock.now();
    const seen = await adapter.inquire(access, referenceOf(payment));
    return this.settle(payment, seen, { actor, startedAt });
  }

  /** Writes what the acquirer has just said of a payment that waits. */
  async settle(
    payment: Payment,
    seen: InquiryOutcome,
    { actor, startedAt }: { readonly actor: string; readonly startedAt: Date },
  ): Promise<Look> {
    const { paymentId } = payment;
    const record = this.record(
      payment,
      { operation: 'INQUIRE', outcome: seen.kind, startedAt },
      seen.exchange,
    );
    const judged = judgeDeposit(seen, payment.amount);
    const at = this.clock.now();
    switch (judged.kind) {
      case 'DEPOSITED': {
        const { acquirerTransactionId, depositor } = judged;
        const deposit = { acquirerTransactionId, depositor, depositedAt: judged.depositedAt ?? at };
        const writer = { actor, reason: 'deposited', at };
        crashPoint('deposit.before-outcome');
        const first = await this.journal.deposits.deposited(paymentId, deposit, writer, [record]);
        crashPoint('deposit.after-outcome');
        if (first) this.metrics.approval(payment.acquirer, 'DEPOSITED');
        return { kind: judged.kind, unkept: [] };
      }
      case 'ENDED': {
        const account = await this.accounts.findByPayment(paymentId);
        const byUs = account !== null && account.closeRequestedAt !== null;
        const writer = { actor, reason: byUs ? 'closed' : 'ended at the acquirer without a deposit', at };
        await this.journal.deposits.ended(paymentId, byUs ? 'CANCELLED' : 'EXPIRED', writer, [record]);
        return { kind: judged.kind, unkept: [] };
      }
      case 'CASE':
        await this.keepCase(payment, judged.code, judged.amount);
        return { kind: judged.kind, unkept: [record] };
      default:
        return { kind: judged.kind, unkept: [record] };
    }
  }

  /** The acquirer speaks of an account that had ended here: money in it is a matter for a person. */
  async heardAfterEnd(payment: Payment, seen: InquiryOutcome): Promise<'AGREED' | 'CASE'> {
    if (!holdsMoney(seen) || seen.kind !== 'FOUND') return 'AGREED';
    await this.keepCase(payment, 'DEPOSITED_AFTER_END', seen.amount);
    return 'CASE';
  }

  /** Asks the acquirer to take no deposit any more. What it answers is written by the caller. */
  async closeAtAcquirer(
    payment: Payment,
    answerTimeoutMs = Number.POSITIVE_INFINITY,
  ): Promise<{ outcome: CancelOutcome; record: ExchangeRecord }> {
    const { adapter, access } = await this.acquirerOf(payment, answerTimeoutMs);
    if (!hasVirtualAccounts(adapter)) throw new Error('an account at an acquirer without accounts');
    const startedAt = this.clock.now();
    crashPoint('close.before-call');
    const outcome = await adapter.closeVirtualAccount(access, referenceOf(payment));
    crashPoint('close.after-call');
    const about = { operation: 'CANCEL', outcome: outcome.kind, startedAt } as const;
    return { outcome, record: this.record(payment, about, outcome.exchange) };
  }

  /** Keeps a case for a person, and alerts it the first time. `amount`: won that the acquirer names, if any. */
  async keepCase({ paymentId, acquirer }: Payment, code: AccountCase, amount: number | null): Promise<void> {
    const isNew = await this.journal.deposits.keepCase(paymentId, { code, amount }, this.clock.now());
    if (isNew) this.logger.error('virtual-account.case', { paymentId, acquirer, reason: code });
  }

  private record(
    payment: Payment,
    about: { readonly operation: Operation; readonly outcome: AttemptOutcome; readonly startedAt: Date },
    exchange: Exchange,
  ): ExchangeRecord {
    return {
      ...about,
      attemptId: newId('att'),
      paymentId: payment.paymentId,
      cancelId: null,
      acquirer: payment.acquirer,
      contractId: payment.contractId,
      acquirerOrderNo: payment.acquirerOrderNo,
      acquirerTransactionId: payment.acquirerTransactionId,
      exchange,
      finishedAt: this.clock.now(),
    };
  }

  private async acquirerOf(payment: Payment, answerTimeoutMs: number) {
    const adapter = this.acquirers.get(payment.acquirer);
    const contract = await this.merchants.findContract(payment.contractId);
    if (adapter === undefined || contract === null) throw new Error('an account without its acquirer');
    const access = this.routing.accessTo(contract);
    const bounded = { ...access, answerTimeoutMs: Math.min(access.answerTimeoutMs, answerTimeoutMs) };
    return { adapter, access: bounded };
  }
}
