import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  ACQUIRERS,
  type AcquirerPort,
  type AcquirerRegistry,
  canNetCancelWindow,
  hasWindow,
} from '../../../acquirers/port/acquirer.port';
import type { ConfirmOrder, ConfirmOutcome, WindowProof } from '../../../acquirers/port/window.types';
import { crashPoint } from '../../../common/crash/crash-point';
import { fault } from '../../../common/errors/app-error';
import { newId } from '../../../common/ids/id';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { aboutPayment } from '../../../common/tracing/spans';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { RoutingFacade } from '../../routing/routing.facade';
import { limitsOf } from '../approval-intent';
import type { ConfirmClosing } from '../journal/confirm-journal';
import { PaymentJournal } from '../journal/payment-journal';
import { failureAnswer, timeoutAnswer } from '../payment-answer';
import { PaymentMetrics } from '../payment.metrics';
import { PAYMENT_ERRORS } from '../payments.errors';
import type { Payment } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { OutcomeWriter } from './outcome-writer';
import { Reverser } from './reverser';
import { CheckoutsRepository } from '../checkout/checkouts.repository';
import { closingOf, type Judged } from '../checkout/confirm.judgement';

export type Confirmed =
  | { readonly kind: 'APPROVED'; readonly payment: Payment }
  /** Nothing was taken and the checkout is open still. */
  | { readonly kind: 'NOT_PAID' }
  /** Somebody else confirmed, ended or undid it meanwhile. */
  | { readonly kind: 'LOST' };

export interface ConfirmCaller {
  /** What the caller says was paid, in won; null where nobody says. */
  readonly callerAmount: number | null;
  readonly actor: string;
  /** Nobody waits for the payment any more: what was paid goes back even if all of it is right. */
  readonly giveBack?: true;
}

/**
 * Intent, call, outcome of a window payment, for a payer's confirm and for a webhook alike: whoever changes the
 * payment from CREATED first confirms it, everybody else finds it taken. Money that was taken and is not what we asked
 * for goes back in the same call, and by the worker until it has.
 */
@Injectable()
export class WindowConfirmer {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly journal: PaymentJournal,
    private readonly checkouts: CheckoutsRepository,
    private readonly writer: OutcomeWriter,
    private readonly reverser: Reverser,
    private readonly times: PaymentTimes,
    private readonly metrics: PaymentMetrics,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Throws a decline (402), a mismatch (422), a lost answer (504) or an acquirer that may not be asked (503). */
  async confirm(payment: Payment, proof: WindowProof, caller: ConfirmCaller): Promise<Confirmed> {
    const adapter = this.acquirers.get(payment.acquirer);
    const contract = await this.merchants.findContract(payment.contractId);
    if (adapter === undefined || contract === null || !hasWindow(adapter))
      throw new Error('a checkout without its acquirer');
    const { callerAmount } = caller;
    if (callerAmount !== null && callerAmount !== payment.amount && !adapter.capabilities.paidInWindow) {
      return this.refuseAmount(payment, caller);
    }
    const access = this.routing.accessTo(contract);
    const method = payment.method === 'OTHER' ? 'CARD' : payment.method;
    const passage = this.routing.enter(contract, access, method);
    if (passage === null) throw fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', { retryAfterSeconds: 5 });
    try {
      const at = this.clock.now();
      aboutPayment(payment.paymentId);
      crashPoint('confirm.before-intent');
      const begun = await this.journal.confirms.begin({
        payment,
        attemptId: newId('att'),
        acquirerTransactionId: payment.acquirerTransactionId,
        limits: limitsOf(contract, at),
        proofHash: proofHash(adapter, proof),
        dueInMs: this.times.abandonedAfterMs(access),
        actor: caller.actor,
        at,
      });
      crashPoint('confirm.after-intent');
      if (begun.kind === 'LOST') return begun;
      if (begun.kind === 'PROOF_USED') return { kind: 'NOT_PAID' };
      if (begun.kind === 'OVER_LIMIT') throw fault(PAYMENT_ERRORS, 'AMOUNT_OVER_CONTRACT_LIMIT');
      const order = confirmOrderOf(payment, at, proof);
      const outcome = await adapter.confirmWindow(access, order);
      crashPoint('confirm.after-call');
      passage.leave(outcome.kind === 'UNKNOWN' || outcome.kind === 'NOT_SENT' ? 'SILENT' : 'ANSWERED');
      return await this.close(begun.payment, { order, outcome }, caller);
    } finally {
      passage.giveBack();
    }
  }

  /** The caller's amount is not the order's, and nothing was taken yet: the acquirer is not even asked. */
  private async refuseAmount(payment: Payment, { actor }: ConfirmCaller): Promise<Confirmed> {
    const failureCode = 'AMOUNT_MISMATCH';
    const reason = 'confirmed with another amount';
    const at = this.clock.now();
    const { paymentId } = payment;
    const ended = await this.journal.checkouts.end(paymentId, {
      to: 'FAILED',
      failureCode,
      actor,
      reason,
      at,
    });
    if (!ended) return { kind: 'LOST' };
    throw failureAnswer({ ...payment, status: 'FAILED', failureCode });
  }

  private async close(
    payment: Payment,
    { order, outcome }: { readonly order: ConfirmOrder; readonly outcome: ConfirmOutcome },
    caller: ConfirmCaller,
  ): Promise<Confirmed> {
    const judged = await this.judge(payment, outcome, caller);
    const closing: ConfirmClosing = {
      ...closingOf(payment, judged, outcome),
      dueInMs: judged.kind === 'UNDO' ? this.times.inlineLeaseMs : null,
      actor: caller.actor,
      at: this.clock.now(),
    };
    crashPoint('confirm.before-outcome');
    const closed = await this.writer.write(payment.paymentId, () => this.journal.confirms.close(closing));
    crashPoint('confirm.after-outcome');
    this.metrics.approval(payment.acquirer, closed === null ? 'LOST' : outcome.kind);
    if (closed === null) {
      await this.keepLate(closing);
      return { kind: 'LOST' };
    }
    switch (closed.status) {
      case 'APPROVED':
        return { kind: 'APPROVED', payment: closed };
      case 'CREATED':
        if (outcome.kind === 'NOT_PAID') return { kind: 'NOT_PAID' };
        if (outcome.kind === 'UNKNOWN') throw timeoutAnswer(closed, null);
        throw fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', { retryAfterSeconds: 5 });
      case 'REVERSING': {
        const { paymentId, acquirer, failureCode } = closed;
        this.logger.warn('checkout.undo', {
          paymentId,
          acquirer,
          acquirerCode: failureCode ?? outcome.exchange.code,
        });
        crashPoint('reverse.after-begin');
        const ended = await this.reverser.reverseInline(closed, isLost(outcome) ? order : undefined);
        throw timeoutAnswer(ended.payment, ended.nextCheckAt);
      }
      default:
        throw failureAnswer(closed);
    }
  }

  /** Somebody began to undo the payment before its answer came: what was heard is kept, and looked at again at once. */
  private async keepLate({ payment, outcome, exchange, set, at }: ConfirmClosing): Promise<void> {
    const { paymentId, attemptId } = payment;
    this.logger.warn('payment.late-answer', { paymentId, outcome });
    const acquirerTransactionId = set.acquirerTransactionId ?? null;
    await this.journal.reversals.keepLateAnswer({
      paymentId,
      attemptId,
      outcome,
      acquirerTransactionId,
      exchange,
      at,
    });
  }

  /** Compares what the acquirer says with the order: amount, currency, order number, and what the caller claims. */
  private async judge(payment: Payment, outcome: ConfirmOutcome, caller: ConfirmCaller): Promise<Judged> {
    const { callerAmount, giveBack } = caller;
    switch (outcome.kind) {
      case 'APPROVED': {
        if (callerAmount !== null && callerAmount !== payment.amount) return undo(outcome, 'AMOUNT_MISMATCH');
        if (giveBack === true) return undo(outcome, null);
        const { acquirerOrderNo } = outcome;
        if (acquirerOrderNo === payment.acquirerOrderNo) return { kind: 'APPROVE' };
        // Cut short by the acquirer: believed only if no other open order of this merchant could be meant.
        const about = { acquirer: payment.acquirer, mid: payment.mid, amount: payment.amount };
        const meant = await this.checkouts.openByPrefix(about, acquirerOrderNo);
        const unambiguous = meant.length === 1 && meant[0]?.paymentId === payment.paymentId;
        return unambiguous ? { kind: 'APPROVE' } : undo(outcome, 'ORDER_NO_MISMATCH');
      }
      case 'MISMATCH':
        return this.judgeMismatch(payment, outcome);
      case 'DECLINED':
        return { kind: 'FAIL', code: outcome.declineCode };
      case 'NOT_PAID':
      case 'NOT_SENT':
        return { kind: 'REOPEN' };
      case 'UNKNOWN':
        // Reading what came of a window changes nothing there: it may be read again.
        if (this.isOnlyRead(payment)) return { kind: 'REOPEN' };
        return {
          kind: 'UNDO',
          code: null,
          acquirerTransactionId: outcome.acquirerTransactionId,
          acquirerOrderNo: null,
        };
    }
  }

  private isOnlyRead({ acquirer }: Payment): boolean {
    return this.acquirers.get(acquirer)?.capabilities.paidInWindow === true;
  }

  private async judgeMismatch(
    payment: Payment,
    outcome: Extract<ConfirmOutcome, { kind: 'MISMATCH' }>,
  ): Promise<Judged> {
    const code = `${outcome.what}_MISMATCH` as const;
    // Where the window took the money, another order's must never go back because somebody named its payment here.
    const foreign =
      outcome.what === 'ORDER_NO' &&
      this.isOnlyRead(payment) &&
      (await this.checkouts.isOtherOrder(payment.mid, outcome.acquirerOrderNo, payment.paymentId));
    return foreign ? { kind: 'FAIL', code } : undo(outcome, code);
  }
}

function confirmOrderOf(payment: Payment, requestedAt: Date, proof: WindowProof): ConfirmOrder {
  const { acquirerOrderNo, acquirerTransactionId, amount, taxFreeAmount, customerKey } = payment;
  const order = { acquirerOrderNo, acquirerTransactionId, amount, taxFreeAmount, requestedAt, proof };
  return customerKey === null ? order : { ...order, customerKey };
}

/** Only where a net cancel could act on it; elsewhere a proof may be brought as often as anybody likes. */
function proofHash(adapter: AcquirerPort, proof: WindowProof): Buffer | null {
  const oneTime = canNetCancelWindow(adapter) ? adapter.oneTimeProof(proof) : null;
  return oneTime === null ? null : createHash('sha256').update(oneTime).digest();
}

/** No answer that could be read; one that was read and is not understood is no case for a net cancel. */
function isLost({ kind, exchange }: ConfirmOutcome): boolean {
  return kind === 'UNKNOWN' && exchange.response === null;
}

function undo(
  taken: { readonly acquirerTransactionId: string; readonly acquirerOrderNo: string },
  code: Extract<Judged, { kind: 'UNDO' }>['code'],
): Judged {
  const { acquirerTransactionId, acquirerOrderNo } = taken;
  return { kind: 'UNDO', code, acquirerTransactionId, acquirerOrderNo };
}
