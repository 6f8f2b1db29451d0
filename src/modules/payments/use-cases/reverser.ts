import { Inject, Injectable } from '@nestjs/common';
import {
  ACQUIRERS,
  canNetCancel,
  canNetCancelWindow,
  hasVirtualAccounts,
  makesOwnTransactionIds,
  type AcquirerPort,
  type AcquirerRegistry,
} from '../../../acquirers/port/acquirer.port';
import type { ContractAccess, InquiryOutcome } from '../../../acquirers/port/acquirer.types';
import type { ConfirmOrder } from '../../../acquirers/port/window.types';
import { crashPoint } from '../../../common/crash/crash-point';
import { newId } from '../../../common/ids/id';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { RoutingFacade } from '../../routing/routing.facade';
import { referenceOf } from '../acquirer-reference';
import { cardAmountOf } from '../hybrid.calc';
import type { ExchangeRecord } from '../journal/journal.types';
import { PaymentJournal } from '../journal/payment-journal';
import { isMismatch } from '../payment-answer';
import type { AttemptOutcome, Operation, Payment } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { absenceBelieved, nextTryIn, pauseAfter } from '../reversal.policy';
import type { AccountCase } from '../virtual-accounts/virtual-account.types';

export interface ReversalEnd {
  readonly payment: Payment;
  /** When the next try is due; null once nothing is left to undo. */
  readonly nextCheckAt: Date | null;
}

const NET_CANCELLED = 'net-cancelled at the acquirer';

/** What is to be undone, and where. */
interface Undoing {
  readonly adapter: AcquirerPort;
  readonly access: ContractAccess;
  readonly payment: Payment;
  /** An account without a deposit is closed, not cancelled. Default: where the order was for one. */
  readonly isAccount?: boolean;
}

/** What one round of asking and cancelling showed. */
type Finding =
  /** `unproven`: the acquirer said yes without saying what it undid, so its book is looked at once more. */
  | { readonly kind: 'UNDONE'; readonly how: string; readonly unproven?: true }
  | { readonly kind: 'ABSENT' }
  | { readonly kind: 'OPEN'; readonly refused: boolean };

/**
 * The network cancel: undoes an approval whose outcome we could not learn, by our own order number. One round is
 * either the acquirer's net cancel, or an inquiry and then a cancel. Everything it hears is kept as attempts. Nothing
 * here depends on memory: any process can go on where another stopped, and the payment's version is the fence.
 */
@Injectable()
export class Reverser {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly journal: PaymentJournal,
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * At once, inside the request, within its budget. Never throws: what it cannot do the worker does. `lost`: the
   * confirm that got no answer, for an acquirer that takes it back by what it was made with.
   */
  async reverseInline(payment: Payment, lost?: ConfirmOrder): Promise<ReversalEnd> {
    const started = this.clock.monotonicMs();
    let current = payment;
    let end: ReversalEnd = { payment, nextCheckAt: this.at(this.times.inlineLeaseMs) };
    try {
      for (let round = 0; round < 2; round += 1) {
        const left = this.times.inlineBudgetMs - (this.clock.monotonicMs() - started);
        if (left <= 0) break;
        const since = this.clock.monotonicMs() - started;
        end = await this.reverse(current, since, left, round === 0 ? lost : undefined);
        // A refused cancel or a lost answer is worth one more asking at once; an absence is not.
        if (end.nextCheckAt === null || end.payment.acquirerTransactionId === null) break;
        current = end.payment;
      }
    } catch (error) {
      this.logger.failure('reversal.inline', error, { paymentId: payment.paymentId });
    }
    return end;
  }

  /** One round. `budgetMs` bounds each of its calls. */
  async reverse(
    payment: Payment,
    unknownForMs: number,
    budgetMs: number,
    lost?: ConfirmOrder,
  ): Promise<ReversalEnd> {
    const records: ExchangeRecord[] = [];
    const finding = await this.round(payment, { budgetMs, lost }, records);
    const writer = { actor: 'gateway:reverser', at: this.clock.now() };
    const { maxProcessingMs } = this.times;
    if (finding.kind === 'UNDONE') {
      crashPoint('reverse.before-finish');
      const recheckInMs = finding.unproven === true ? this.times.recheckMs : null;
      return this.finish(payment, { ...writer, reason: finding.how, recheckInMs }, records);
    }
    const seenAlready = payment.status === 'REVERSED';
    if (
      finding.kind === 'ABSENT' &&
      (seenAlready || absenceBelieved(unknownForMs, maxProcessingMs, payment.reversalTries))
    ) {
      const how = 'the acquirer knows no such order';
      const recheckInMs = seenAlready ? null : this.times.recheckMs;
      return this.finish(payment, { ...writer, reason: how, recheckInMs }, records);
    }
    const pause = pauseAfter(payment.reversalTries, this.times.timeScale, Math.random());
    const dueInMs = finding.kind === 'ABSENT' ? nextTryIn(pause, unknownForMs, maxProcessingMs) : pause;
    const refused = finding.kind === 'OPEN' && finding.refused;
    const postponed = await this.journal.reversals.postpone(payment, { dueInMs, refused }, records);
    return { payment: postponed ?? payment, nextCheckAt: this.at(dueInMs) };
  }

  /** Told as undone only where that was written; otherwise somebody else is at it and will say how it ended. */
  private async finish(
    payment: Payment,
    end: Parameters<PaymentJournal['reversals']['finish']>[1],
    records: readonly ExchangeRecord[],
  ): Promise<ReversalEnd> {
    const written = await this.journal.reversals.finish(payment, end, records);
    if (!written) return { payment, nextCheckAt: this.at(this.times.inlineLeaseMs) };
    const { paymentId, acquirer } = payment;
    this.logger.info('payment.reversed', { paymentId, acquirer, reason: end.reason });
    return { payment: { ...payment, status: 'REVERSED' }, nextCheckAt: null };
  }

  private async round(
    payment: Payment,
    { budgetMs, lost }: { readonly budgetMs: number; readonly lost?: ConfirmOrder },
    records: ExchangeRecord[],
  ): Promise<Finding> {
    const adapter = this.acquirers.get(payment.acquirer);
    const contract = await this.merchants.findContract(payment.contractId);
    if (adapter === undefined || contract === null)
      throw new Error('a payment under reversal has no acquirer');
    const access = bounded(this.routing.accessTo(contract), budgetMs);
    const reference = referenceOf(payment);
    if (lost !== undefined && canNetCancelWindow(adapter)) {
      const startedAt = this.clock.now();
      const outcome = await adapter.netCancelWindow(access, lost);
      records.push(this.record(payment, 'NET_CANCEL', outcome, startedAt));
      // Any other answer tells less than the acquirer's book does.
      if (outcome.kind === 'CANCELLED') return { kind: 'UNDONE', how: NET_CANCELLED, unproven: true };
    }
    let isUnheard = false;
    if (canNetCancel(adapter)) {
      const startedAt = this.clock.now();
      const outcome = await adapter.netCancel(access, reference);
      records.push(this.record(payment, 'NET_CANCEL', outcome, startedAt));
      isUnheard = isUndoneByOwnId(adapter, payment) && NO_ANSWER.includes(outcome.kind);
      if (outcome.kind === 'CANCELLED') return { kind: 'UNDONE', how: NET_CANCELLED };
      if (outcome.kind === 'REFUSED' && outcome.reason === 'NOT_FOUND') return { kind: 'ABSENT' };
      // Past its time for net cancels an acquirer still looks up and cancels.
      const goesOn = outcome.kind !== 'REFUSED' || ELSEWHERE.includes(outcome.reason);
      if (!goesOn) return { kind: 'OPEN', refused: true };
    }
    const finding = await this.inquireAndCancel({ adapter, access, payment }, records);
    // An id that is ours to make is another book's than the one that was looked into, and that one has not answered.
    return isUnheard && finding.kind === 'ABSENT' ? { kind: 'OPEN', refused: false } : finding;
  }

  private async inquireAndCancel(
    { adapter, access, payment }: { adapter: AcquirerPort; access: ContractAccess; payment: Payment },
    records: ExchangeRecord[],
  ): Promise<Finding> {
    const askedAt = this.clock.now();
    const seen = await adapter.inquire(access, referenceOf(payment));
    records.push(this.record(payment, 'INQUIRE', seen, askedAt));
    crashPoint('reverse.after-inquiry');
    if (seen.kind === 'NOT_FOUND' && isProvenApproved(adapter, payment)) {
      // It gave us this id with an approval, so it does know it, whatever it says of the order number.
      return this.cancelWhole({ adapter, access, payment }, cardAmountOf(payment), records);
    }
    const settled = settledBy(seen, payment);
    if (settled !== null) return settled;
    if (seen.kind !== 'FOUND') return { kind: 'OPEN', refused: false };
    if (payment.channel === 'VIRTUAL_ACCOUNT' && seen.state !== 'PENDING') {
      // Somebody has deposited what nobody was told of: it can go back only to an account that a person must learn.
      await this.keepCase(payment, 'DEPOSITED_AFTER_END', seen.amount);
      return { kind: 'OPEN', refused: true };
    }
    const known = { ...payment, acquirerTransactionId: seen.acquirerTransactionId };
    const isAccount = payment.channel === 'VIRTUAL_ACCOUNT' || seen.awaitsDeposit === true;
    const found = await this.cancelWhole(
      { adapter, access, payment: known, isAccount },
      seen.balanceAmount,
      records,
    );
    // The payer chose an account in the acquirer's window and has paid it: most acquirers want to be told where to.
    if (seen.deposit !== undefined && found.kind === 'OPEN' && found.refused)
      await this.keepCase(payment, 'REFUND_ACCOUNT_NEEDED', seen.balanceAmount);
    return found;
  }

  private async keepCase({ paymentId, acquirer }: Payment, code: AccountCase, amount: number): Promise<void> {
    const isNew = await this.journal.deposits.keepCase(paymentId, { code, amount }, this.clock.now());
    if (isNew) this.logger.error('virtual-account.case', { paymentId, acquirer, reason: code });
  }

  /** Cancels all that is left, or closes an account that waits. Each round may use a new key: a second cancel of the whole finds nothing to cancel. */
  private async cancelWhole(
    { adapter, access, payment, isAccount = payment.channel === 'VIRTUAL_ACCOUNT' }: Undoing,
    balanceAmount: number,
    records: ExchangeRecord[],
  ): Promise<Finding> {
    const startedAt = this.clock.now();
    const outcome =
      isAccount && hasVirtualAccounts(adapter)
        ? await adapter.closeVirtualAccount(access, referenceOf(payment))
        : await adapter.cancel(access, {
            reference: referenceOf(payment),
            cancelKey: `${payment.acquirerOrderNo}-r${payment.reversalTries + 1}`,
            cancelAmount: balanceAmount,
            balanceAmount,
            taxFreeAmount: Math.min(payment.taxFreeAmount, balanceAmount),
            reason: '망취소',
          });
    crashPoint('reverse.after-cancel');
    records.push(this.record(payment, 'CANCEL', outcome, startedAt));
    if (outcome.kind === 'CANCELLED') return { kind: 'UNDONE', how: 'cancelled at the acquirer' };
    // "Already cancelled" is seen again by the next inquiry, which then ends it on what the acquirer's book says.
    return { kind: 'OPEN', refused: outcome.kind === 'REFUSED' };
  }

  private record(
    payment: Payment,
    operation: Operation,
    outcome: { kind: AttemptOutcome; exchange: ExchangeRecord['exchange']; acquirerTransactionId?: string },
    startedAt: Date,
  ): ExchangeRecord {
    return {
      attemptId: newId('att'),
      paymentId: payment.paymentId,
      cancelId: null,
      operation,
      outcome: outcome.kind,
      acquirer: payment.acquirer,
      contractId: payment.contractId,
      acquirerOrderNo: payment.acquirerOrderNo,
      acquirerTransactionId: outcome.acquirerTransactionId ?? payment.acquirerTransactionId,
      exchange: outcome.exchange,
      startedAt,
      finishedAt: this.clock.now(),
    };
  }

  private at(inMs: number): Date {
    return new Date(this.clock.now().getTime() + inMs);
  }
}

/** Refusals of a net cancel after which the acquirer's book has the last word. */
const ELSEWHERE: readonly string[] = ['ALREADY_CANCELLED', 'NOT_ALLOWED'];

/** Whether a net cancel goes by an id of ours: windows and tokens are undone by the order number, in the book that is looked into. */
const isUndoneByOwnId = (adapter: AcquirerPort, { channel }: Payment): boolean =>
  makesOwnTransactionIds(adapter) && (channel === 'KEY_IN' || channel === 'VIRTUAL_ACCOUNT');

/** What a call came to of which the acquirer has said nothing. */
const NO_ANSWER: readonly AttemptOutcome[] = ['UNKNOWN', 'NOT_SENT'];

/** Whether the acquirer's id of the payment came with an approval, so that it proves one. */
function isProvenApproved(adapter: AcquirerPort, payment: Payment): boolean {
  const inWindow = payment.channel === 'WINDOW' && !adapter.capabilities.paidInWindow;
  const toldBefore = makesOwnTransactionIds(adapter) || (inWindow && !isMismatch(payment.failureCode));
  return payment.acquirerTransactionId !== null && !toldBefore;
}

/** What an inquiry alone settles; null when there is an approval to cancel or nothing was learnt. */
function settledBy(seen: InquiryOutcome, { channel }: Payment): Finding | null {
  if (seen.kind === 'NOT_FOUND') return { kind: 'ABSENT' };
  if (seen.kind !== 'FOUND') return null;
  if (seen.state === 'CANCELLED') return { kind: 'UNDONE', how: 'already cancelled at the acquirer' };
  if (seen.state === 'NOT_APPROVED') return { kind: 'UNDONE', how: 'not approved at the acquirer' };
  if (seen.state !== 'PENDING') return null;
  // An account that waits is there, and is closed: also one that the payer chose in the acquirer's own window.
  if (seen.awaitsDeposit === true) return null;
  // A window that only waits for our confirm takes no money without it, and we shall not send one again.
  if (channel === 'WINDOW') return { kind: 'ABSENT' };
  return channel === 'VIRTUAL_ACCOUNT' ? null : { kind: 'OPEN', refused: false };
}

/** The connect time-out stays: connections are pooled by it. */
function bounded(access: ContractAccess, budgetMs: number): ContractAccess {
  return { ...access, answerTimeoutMs: Math.max(1, Math.min(access.answerTimeoutMs, Math.round(budgetMs))) };
}
