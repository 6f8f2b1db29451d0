import { Injectable } from '@nestjs/common';
import type { VirtualAccountOutcome } from '../../../acquirers/port/ability.types';
import { crashPoint } from '../../../common/crash/crash-point';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import type { ConfirmClosing } from '../journal/confirm-journal';
import { PaymentJournal } from '../journal/payment-journal';
import { timeoutAnswer, unknownOutcomeAnswer } from '../payment-answer';
import { PaymentsRepository } from '../payments.repository';
import type { Payment } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { AccountVault } from '../virtual-accounts/account-vault';
import { nextLookIn } from '../virtual-accounts/deposit.policy';
import { maskAccountNumber } from '../../../common/banks/bank-account';
import { VirtualAccountsRepository } from '../virtual-accounts/virtual-accounts.repository';
import { OutcomeWriter } from './outcome-writer';
import { Reverser } from './reverser';

type Issued = Extract<VirtualAccountOutcome, { kind: 'ISSUED' }>;

/** Writes what an acquirer answered to the wish for an account, and begins the undoing of what it did not answer. */
@Injectable()
export class AccountCloser {
  constructor(
    private readonly journal: PaymentJournal,
    private readonly writer: OutcomeWriter,
    private readonly reverser: Reverser,
    private readonly payments: PaymentsRepository,
    private readonly accounts: VirtualAccountsRepository,
    private readonly vault: AccountVault,
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** The payment, WAITING_FOR_DEPOSIT or FAILED. Throws the time-out answer for everything else: it is being undone. */
  async close(payment: Payment, outcome: VirtualAccountOutcome, actor: string): Promise<Payment> {
    crashPoint('issue.before-outcome');
    const closed =
      outcome.kind === 'ISSUED'
        ? await this.issued(payment, outcome, actor)
        : await this.notIssued(payment, outcome, actor);
    crashPoint('issue.after-outcome');
    if (closed === null) return this.tooLate(payment, outcome);
    if (closed.status !== 'REVERSING') return closed;
    const { paymentId, acquirer } = closed;
    this.logger.warn('payment.unknown', { paymentId, acquirer, acquirerCode: outcome.exchange.code });
    crashPoint('reverse.after-begin');
    const ended = await this.reverser.reverseInline(closed);
    throw timeoutAnswer(ended.payment, ended.nextCheckAt);
  }

  private async issued(payment: Payment, outcome: Issued, actor: string): Promise<Payment | null> {
    const account = await this.accounts.findByPayment(payment.paymentId);
    if (account === null) throw new Error('a payment of this channel without its account');
    const at = this.clock.now();
    const issued = {
      acquirerTransactionId: outcome.acquirerTransactionId,
      bankCode: outcome.bankCode,
      accountSealed: await this.vault.sealNumber(account, outcome.accountNumber),
      accountMasked: maskAccountNumber(outcome.accountNumber),
      depositSecretSealed: await this.vault.sealDepositSecret(account, outcome.depositSecret),
      dueAt: outcome.dueAt,
      lookInMs: nextLookIn({
        tries: 0,
        untilDueMs: outcome.dueAt.getTime() - at.getTime(),
        timeScale: this.times.timeScale,
        random: Math.random(),
      }),
      exchange: outcome.exchange,
      actor,
      at,
    };
    return this.writer.write(payment.paymentId, () => this.journal.accounts.issued(payment, issued));
  }

  private notIssued(
    payment: Payment,
    { kind, exchange }: Exclude<VirtualAccountOutcome, Issued>,
    actor: string,
  ): Promise<Payment | null> {
    const told = { payment, outcome: kind, exchange, actor, at: this.clock.now() };
    const closing: Record<typeof kind, ConfirmClosing> = {
      REFUSED: {
        ...told,
        to: 'FAILED',
        set: { failureCode: 'ACQUIRER_REJECTED' },
        reason: 'refused by the acquirer',
        dueInMs: null,
      },
      NOT_SENT: {
        ...told,
        to: 'FAILED',
        set: { failureCode: 'ACQUIRER_UNAVAILABLE' },
        reason: 'the acquirer was not reached',
        dueInMs: null,
      },
      UNKNOWN: {
        ...told,
        to: 'REVERSING',
        set: {},
        reason: 'the acquirer gave no usable answer',
        dueInMs: this.times.inlineLeaseMs,
      },
    };
    return this.writer.write(payment.paymentId, () => this.journal.confirms.close(closing[kind]));
  }

  /**
   * The fence was passed. Either this very outcome was committed before its connection broke, or somebody began to
   * undo the account before its answer came: then the answer is kept, and never reported.
   */
  private async tooLate({ paymentId, attemptId }: Payment, outcome: VirtualAccountOutcome): Promise<Payment> {
    const now = await this.payments.find({ kind: 'ALL' }, paymentId);
    if (now === null) throw unknownOutcomeAnswer(paymentId, 'the payment is gone');
    const isOurs = now.attemptId === attemptId && outcome.kind === 'ISSUED';
    if (isOurs && now.status === 'WAITING_FOR_DEPOSIT') return now;
    this.logger.warn('payment.late-answer', { paymentId, outcome: outcome.kind });
    const { exchange } = outcome;
    await this.journal.reversals.keepLateAnswer({
      paymentId,
      attemptId,
      outcome: outcome.kind === 'ISSUED' ? 'OPENED' : outcome.kind,
      acquirerTransactionId: outcome.kind === 'ISSUED' ? outcome.acquirerTransactionId : null,
      exchange,
      at: this.clock.now(),
    });
    throw timeoutAnswer(now, now.dueAt);
  }
}
