import { Injectable } from '@nestjs/common';
import type { ApprovalOutcome, ContractAccess } from '../../../acquirers/port/acquirer.types';
import { crashPoint } from '../../../common/crash/crash-point';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import type { AcquirerContract } from '../../merchants/merchants.types';
import { paymentAfter } from '../approval-intent';
import { type ApprovalClosing, type ApprovalIntent } from '../journal/journal.types';
import { PaymentJournal } from '../journal/payment-journal';
import { timeoutAnswer, unknownOutcomeAnswer } from '../payment-answer';
import { PaymentMetrics } from '../payment.metrics';
import { PaymentsRepository } from '../payments.repository';
import type { Payment } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { OutcomeWriter } from './outcome-writer';
import { Reverser } from './reverser';

/** An intent that was committed, and under which contract it was sent. */
export interface Sent {
  readonly intent: ApprovalIntent;
  readonly version: number;
  readonly attemptNumber: number;
  readonly contract: AcquirerContract;
  readonly access: ContractAccess;
}

/** Writes what an acquirer answered, and begins the undoing of what it did not answer. */
@Injectable()
export class ApprovalCloser {
  constructor(
    private readonly journal: PaymentJournal,
    private readonly writer: OutcomeWriter,
    private readonly reverser: Reverser,
    private readonly payments: PaymentsRepository,
    private readonly times: PaymentTimes,
    private readonly metrics: PaymentMetrics,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** The payment, APPROVED or FAILED. Throws the time-out answer for everything else: that approval is being undone. */
  async close(sent: Sent, outcome: ApprovalOutcome): Promise<Payment> {
    const closing = this.closing(sent, outcome);
    crashPoint('approve.before-outcome');
    const closed = await this.writer.write(closing.paymentId, () => this.journal.approvals.close(closing));
    crashPoint('approve.after-outcome');
    this.metrics.approval(sent.contract.acquirer, closed.kind === 'LOST' ? 'LOST' : outcome.kind);
    if (closed.kind === 'LOST') return this.tooLate(sent, closing);
    const payment = paymentAfter(sent.intent, closing, sent.attemptNumber);
    if (payment.status !== 'REVERSING') return payment;
    this.logger.warn('payment.unknown', {
      paymentId: payment.paymentId,
      acquirer: payment.acquirer,
      acquirerCode: outcome.exchange.code,
      latencyMs: outcome.exchange.latencyMs,
    });
    crashPoint('reverse.after-begin');
    const ended = await this.reverser.reverseInline(payment);
    throw timeoutAnswer(ended.payment, ended.nextCheckAt);
  }

  /** Somebody began to undo the approval before its answer came: the answer is kept, and never reported. */
  private async tooLate(sent: Sent, closing: ApprovalClosing): Promise<never> {
    const { paymentId, attemptId, mid } = sent.intent;
    this.logger.warn('payment.late-answer', { paymentId, outcome: closing.outcome });
    await this.journal.reversals.keepLateAnswer({ ...closing, attemptId, paymentId });
    const payment = await this.payments.find({ kind: 'MERCHANT', mid }, paymentId);
    if (payment === null) throw unknownOutcomeAnswer(paymentId, 'the payment is gone');
    throw timeoutAnswer(payment, payment.dueAt);
  }

  private closing(sent: Sent, outcome: ApprovalOutcome): ApprovalClosing {
    const { intent } = sent;
    const base = {
      paymentId: intent.paymentId,
      attemptId: intent.attemptId,
      version: sent.version,
      outcome: outcome.kind,
      exchange: outcome.exchange,
      actor: intent.actor,
      at: this.clock.now(),
      usageDay: intent.limits?.day ?? null,
      points: intent.points,
      acquirerTransactionId: null,
      approvalNo: null,
      cardIssuer: null,
      cardType: null,
      cardOwnerType: null,
      interestFree: null,
      failureCode: null,
      approvedAt: null,
      dueInMs: null,
    } as const;
    switch (outcome.kind) {
      case 'APPROVED':
        return {
          ...base,
          to: 'APPROVED',
          acquirerTransactionId: outcome.acquirerTransactionId,
          approvalNo: outcome.card.approvalNo,
          cardIssuer: outcome.card.issuer,
          cardType: outcome.card.cardType,
          cardOwnerType: outcome.card.ownerType,
          interestFree: outcome.card.interestFree,
          approvedAt: outcome.approvedAt,
          reason: 'approved by the acquirer',
        };
      case 'DECLINED':
        return {
          ...base,
          to: 'FAILED',
          failureCode: outcome.declineCode,
          reason: 'declined by the acquirer',
        };
      case 'NOT_SENT':
        return {
          ...base,
          to: 'FAILED',
          failureCode: 'ACQUIRER_UNAVAILABLE',
          reason: 'the acquirer was not reached',
        };
      case 'UNKNOWN':
        return {
          ...base,
          to: 'REVERSING',
          acquirerTransactionId: outcome.acquirerTransactionId,
          dueInMs: this.times.inlineLeaseMs,
          reason: 'the acquirer gave no usable answer',
        };
    }
  }
}
