import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, canKeyIn, type AcquirerRegistry } from '../../../acquirers/port/acquirer.port';
import type { ApprovalOutcome, ContractAccess } from '../../../acquirers/port/acquirer.types';
import { crashPoint } from '../../../common/crash/crash-point';
import { Sealer } from '../../../common/crypto/sealer';
import { type AppError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { newId } from '../../../common/ids/id';
import { Clock } from '../../../common/time/clock';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import type { AcquirerContract } from '../../merchants/merchants.types';
import { RoutingFacade } from '../../routing/routing.facade';
import type { Exclusion, Passage, RoutingDecision } from '../../routing/routing.types';
import { approvalOrder, buildIntent } from '../approval-intent';
import type { ApprovalIntent, OpenResult } from '../journal/journal.types';
import { PaymentJournal } from '../journal/payment-journal';
import { failureAnswer } from '../payment-answer';
import { PaymentMetrics } from '../payment.metrics';
import { PAYMENT_ERRORS } from '../payments.errors';
import type { Payment } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { TransactionNumbers } from '../transaction-numbers';
import type { ApprovalResult, ApproveCardCommand } from './approve-card.types';
import { ApprovalCloser, type Sent } from './approval-closer';
import { RepeatedOrder, type Resolution } from './repeated-order';

/**
 * Key-in approval: intent, call, outcome, with no transaction open during the call. Throws a decline (402), a lost
 * answer (504), a conflict (409) or bad input (400) as a problem; returns only what was approved.
 */
@Injectable()
export class ApproveCard {
  constructor(
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly journal: PaymentJournal,
    private readonly closer: ApprovalCloser,
    private readonly repeated: RepeatedOrder,
    private readonly sealer: Sealer,
    private readonly numbers: TransactionNumbers,
    private readonly times: PaymentTimes,
    private readonly metrics: PaymentMetrics,
    private readonly clock: Clock,
  ) {}

  async run(command: ApproveCardCommand): Promise<ApprovalResult> {
    try {
      return await this.approve(command);
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      // Refusing is only true of an order that is not known already: a duplicate gets what its payment came to.
      return this.repeated.answerKnown(command, error.refusal);
    }
  }

  private async approve(command: ApproveCardCommand): Promise<ApprovalResult> {
    const { mid, keyIn } = command;
    await this.checkBranch(mid, keyIn.content.branchId);
    const { amount, cardNumber } = keyIn.content;
    const decision = await this.decide(mid, { amount, cardFirst6: cardNumber.slice(0, 6) });
    const { candidates } = decision;
    let overLimit = false;
    for (const [index, contract] of candidates.entries()) {
      const access = this.routing.accessTo(contract);
      const passage = this.routing.enter(contract, access);
      if (passage === null) continue;
      try {
        const opened = await this.openFirst(command, contract, access);
        if (opened.kind === 'REPEATED') return opened.result;
        if (opened.kind === 'OVER_LIMIT') {
          overLimit = true;
          continue;
        }
        this.routing.keep(opened.sent.intent.paymentId, decision);
        const rest = candidates.slice(index + 1);
        return await this.callAndClose(command, { ...opened.sent, contract, access }, { passage, rest });
      } finally {
        // A passage that was left by a call ignores this; one that saw no call says nothing of the acquirer.
        passage.giveBack();
      }
    }
    throw new NotTaken(overLimit ? fault(PAYMENT_ERRORS, 'AMOUNT_OVER_CONTRACT_LIMIT') : unavailable());
  }

  private async callAndClose(
    command: ApproveCardCommand,
    sent: Sent,
    onward: { passage: Passage; rest: readonly AcquirerContract[] },
  ): Promise<ApprovalResult> {
    crashPoint('approve.before-call');
    const outcome = await this.call(sent.access, sent.intent, command);
    crashPoint('approve.after-call');
    onward.passage.leave(outcome.kind === 'APPROVED' || outcome.kind === 'DECLINED' ? 'ANSWERED' : 'SILENT');
    this.metrics.attempt(sent.contract.acquirer, 'APPROVE', outcome.kind, outcome.exchange.latencyMs);
    this.routing.report(sent.contract, outcome, sent.intent.cardFirst6);
    if (mayFailOver(outcome)) {
      const next = await this.failOver(command, sent, outcome, onward.rest);
      if (next !== null) return next;
    }
    const closed = await this.closer.close(sent, outcome);
    if (closed.status === 'APPROVED') return { outcome: 'SUCCESS', payment: closed };
    throw failureAnswer(closed);
  }

  private async call(
    access: ContractAccess,
    intent: ApprovalIntent,
    command: ApproveCardCommand,
  ): Promise<ApprovalOutcome> {
    const adapter = this.acquirers.get(intent.acquirer);
    if (adapter === undefined || !canKeyIn(adapter))
      throw new Error('a contract without its adapter was chosen');
    return adapter.approveKeyIn(access, approvalOrder(intent, command.keyIn.content));
  }

  /** To the next acquirer, since this one provably did not take the order. Null when there is none to ask. */
  private async failOver(
    command: ApproveCardCommand,
    sent: Sent,
    outcome: ApprovalOutcome,
    rest: readonly AcquirerContract[],
  ): Promise<ApprovalResult | null> {
    for (const [index, contract] of rest.entries()) {
      const access = this.routing.accessTo(contract);
      const passage = this.routing.enter(contract, access);
      if (passage === null) continue;
      try {
        const attemptNumber = sent.attemptNumber + 1;
        const intent = this.intent(
          command,
          { contract, access },
          {
            paymentId: sent.intent.paymentId,
            attemptNumber,
            buyerContactSealed: sent.intent.buyerContactSealed,
            acquirerTransactionId: await this.numbers.idFor(contract),
          },
        );
        const closing = {
          attemptId: sent.intent.attemptId,
          outcome: outcome.kind,
          exchange: outcome.exchange,
        };
        const usage =
          sent.intent.limits === null
            ? null
            : { contractId: sent.intent.contractId, day: sent.intent.limits.day };
        const moved = await this.journal.approvals.next(
          { intent, fromVersion: sent.version, attemptNumber, closing },
          'IN_PROGRESS',
          usage,
        );
        if (moved.kind === 'OVER_LIMIT') continue;
        if (moved.kind !== 'OPENED') return null;
        const again: Sent = { intent, version: moved.version, attemptNumber, contract, access };
        return await this.callAndClose(command, again, { passage, rest: rest.slice(index + 1) });
      } finally {
        passage.giveBack();
      }
    }
    return null;
  }

  /** Commits the intent, or finds what the order number already names. */
  private async openFirst(
    command: ApproveCardCommand,
    contract: AcquirerContract,
    access: ContractAccess,
  ): Promise<Resolution | { readonly kind: 'OVER_LIMIT' }> {
    const paymentId = newId('pay');
    const buyerContactSealed = await this.sealContact(command, paymentId);
    const target = { contract, access };
    const acquirerTransactionId = await this.numbers.idFor(contract);
    const parts = { paymentId, attemptNumber: 1, buyerContactSealed, acquirerTransactionId };
    const intent = this.intent(command, target, parts);
    crashPoint('approve.before-intent');
    const opened: OpenResult = await this.journal.approvals.open(intent);
    crashPoint('approve.after-intent');
    switch (opened.kind) {
      case 'OPENED':
        return { kind: 'NEW', sent: { intent, version: opened.version, attemptNumber: 1 } };
      case 'BARRED':
        throw fault(PAYMENT_ERRORS, 'ORDER_NET_CANCELLED');
      case 'OVER_LIMIT':
        return opened;
      case 'EXISTS':
      case 'ASKED_BEFORE':
        return this.repeated.resolve(command, (before) => this.reopen(command, target, before));
    }
  }

  private async reopen(command: ApproveCardCommand, target: Target, before: Payment) {
    const attemptNumber = before.attemptCount + 1;
    const { paymentId } = before;
    const buyerContactSealed = await this.sealContact(command, paymentId);
    const acquirerTransactionId = await this.numbers.idFor(target.contract);
    const parts = { paymentId, attemptNumber, buyerContactSealed, acquirerTransactionId };
    const intent = this.intent(command, target, parts);
    const opened = await this.journal.approvals.next(
      { intent, fromVersion: before.version, attemptNumber },
      'FAILED',
      null,
    );
    return opened.kind === 'OPENED'
      ? { ...opened, sent: { intent, version: opened.version, attemptNumber } }
      : opened;
  }

  private intent(
    command: ApproveCardCommand,
    { contract, access }: Target,
    parts: {
      paymentId: string;
      attemptNumber: number;
      buyerContactSealed: Buffer | null;
      acquirerTransactionId: string | null;
    },
  ): ApprovalIntent {
    const { mid, actor, keyIn } = command;
    return buildIntent({
      ...parts,
      attemptId: newId('att'),
      mid,
      actor,
      contract,
      content: keyIn.content,
      contentFingerprint: keyIn.contentFingerprint,
      requestHash: keyIn.requestHash,
      dueInMs: this.times.abandonedAfterMs(access),
      at: this.clock.now(),
    });
  }

  private async sealContact({ mid, keyIn }: ApproveCardCommand, paymentId: string): Promise<Buffer | null> {
    const { buyerPhone, buyerEmail } = keyIn.content;
    if (buyerPhone === undefined && buyerEmail === undefined) return null;
    const context = { table: 'payments', column: 'buyer_contact_sealed', rowId: paymentId, mid };
    return this.sealer.seal('pii', context, JSON.stringify({ phone: buyerPhone, email: buyerEmail }));
  }

  private async checkBranch(mid: string, branchId: string | undefined): Promise<void> {
    if (branchId === undefined) return;
    const branch = await this.merchants.findBranch(mid, branchId);
    if (branch === null) throw new NotTaken(fault(PAYMENT_ERRORS, 'BRANCH_NOT_FOUND'));
    if (branch.status !== 'ACTIVE') throw new NotTaken(fault(PAYMENT_ERRORS, 'BRANCH_NOT_ACTIVE'));
  }

  private async decide(
    mid: string,
    request: { amount: number; cardFirst6: string },
  ): Promise<RoutingDecision> {
    const decision = await this.routing.keyInCandidates(mid, request);
    if (decision.candidates.length > 0) return decision;
    const isLeftOut = (...reasons: Exclusion[]) => decision.excluded.some(({ why }) => reasons.includes(why));
    if (isLeftOut('MAINTENANCE', 'HOURS')) throw new NotTaken(unavailable());
    if (isLeftOut('AMOUNT')) {
      throw new NotTaken(fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [AMOUNT_OUT_OF_CONTRACT] }));
    }
    throw new NotTaken(fault(PAYMENT_ERRORS, 'NO_ACQUIRER_CONTRACT'));
  }
}

/** Where an attempt is to go. */
interface Target {
  readonly contract: AcquirerContract;
  readonly access: ContractAccess;
}

/** The request was refused before anything was committed for it; never leaves this use case. */
class NotTaken extends Error {
  constructor(readonly refusal: AppError) {
    super('not taken');
  }
}

const AMOUNT_OUT_OF_CONTRACT = {
  field: 'amount',
  code: 'OUT_OF_RANGE',
  message: {
    ko: '계약의 1회 결제 금액 범위를 벗어났습니다.',
    en: 'Outside the amounts per payment of the contract.',
  },
};

/** Nothing was sent to anybody. */
function unavailable() {
  return fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', {
    retryAfterSeconds: 5,
    members: { outcome: 'FAILURE' },
  });
}

/** Only where the acquirer provably did not take the order: no connection, or a code that says it was not processed. */
function mayFailOver(outcome: ApprovalOutcome): boolean {
  return outcome.kind === 'NOT_SENT' || (outcome.kind === 'DECLINED' && outcome.notProcessed);
}
