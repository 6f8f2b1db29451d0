import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, canKeyIn, type AcquirerRegistry } from '../../../acquirers/port/acquirer.port';
import type { ApprovalOutcome, ContractAccess } from '../../../acquirers/port/acquirer.types';
import { crashPoint } from '../../../common/crash/crash-point';
import { Sealer } from '../../../common/crypto/sealer';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { newId } from '../../../common/ids/id';
import { Clock } from '../../../common/time/clock';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import type { AcquirerContract } from '../../merchants/merchants.types';
import { RoutingFacade } from '../../routing/routing.facade';
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
import { RepeatedOrder } from './repeated-order';

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
    const { mid, keyIn } = command;
    await this.checkBranch(mid, keyIn.content.branchId);
    const candidates = await this.candidates(mid, keyIn.content.amount);
    const open = (contract: AcquirerContract) => this.openFirst(command, contract);
    for (const [index, contract] of candidates.entries()) {
      const access = this.routing.accessTo(contract);
      const passage = this.routing.enter(contract, access);
      if (passage === null) continue;
      try {
        const opened = await open(contract);
        if (opened.kind === 'REPEATED') return opened.result;
        const rest = candidates.slice(index + 1);
        return await this.callAndClose(command, { ...opened.sent, contract, access }, { passage, rest });
      } finally {
        // A passage left already ignores this; one that saw no call must still be given back.
        passage.leave('ANSWERED');
      }
    }
    throw fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', {
      retryAfterSeconds: 5,
      members: { outcome: 'FAILURE' },
    });
  }

  private async callAndClose(
    command: ApproveCardCommand,
    sent: Sent,
    onward: { passage: { leave(health: 'ANSWERED' | 'SILENT'): void }; rest: readonly AcquirerContract[] },
  ): Promise<ApprovalResult> {
    crashPoint('approve.before-call');
    const outcome = await this.call(sent.access, sent.intent, command);
    crashPoint('approve.after-call');
    onward.passage.leave(outcome.kind === 'APPROVED' || outcome.kind === 'DECLINED' ? 'ANSWERED' : 'SILENT');
    this.metrics.attempt(sent.contract.acquirer, 'APPROVE', outcome.kind, outcome.exchange.latencyMs);
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
        const intent = this.intent(command, contract, {
          paymentId: sent.intent.paymentId,
          attemptNumber,
          buyerContactSealed: sent.intent.buyerContactSealed,
          acquirerTransactionId: await this.numbers.idFor(contract),
        });
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
        passage.leave('ANSWERED');
      }
    }
    return null;
  }

  /** Commits the intent, or finds what the order number already names. */
  private async openFirst(command: ApproveCardCommand, contract: AcquirerContract) {
    const paymentId = newId('pay');
    const buyerContactSealed = await this.sealContact(command, paymentId);
    const acquirerTransactionId = await this.numbers.idFor(contract);
    const parts = { paymentId, attemptNumber: 1, buyerContactSealed, acquirerTransactionId };
    const intent = this.intent(command, contract, parts);
    crashPoint('approve.before-intent');
    const opened: OpenResult = await this.journal.approvals.open(intent);
    crashPoint('approve.after-intent');
    switch (opened.kind) {
      case 'OPENED':
        return { kind: 'NEW' as const, sent: { intent, version: opened.version, attemptNumber: 1 } };
      case 'BARRED':
        throw fault(PAYMENT_ERRORS, 'ORDER_NET_CANCELLED');
      case 'OVER_LIMIT':
        throw fault(PAYMENT_ERRORS, 'AMOUNT_OVER_CONTRACT_LIMIT');
      case 'EXISTS':
        return this.repeated.resolve(command, (before) => this.reopen(command, contract, before));
    }
  }

  private async reopen(command: ApproveCardCommand, contract: AcquirerContract, before: Payment) {
    const attemptNumber = before.attemptCount + 1;
    const { paymentId } = before;
    const buyerContactSealed = await this.sealContact(command, paymentId);
    const acquirerTransactionId = await this.numbers.idFor(contract);
    const parts = { paymentId, attemptNumber, buyerContactSealed, acquirerTransactionId };
    const intent = this.intent(command, contract, parts);
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
    contract: AcquirerContract,
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
      dueInMs: this.times.abandonedAfterMs,
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
    if (branch === null) throw fault(PAYMENT_ERRORS, 'BRANCH_NOT_FOUND');
    if (branch.status !== 'ACTIVE') throw fault(PAYMENT_ERRORS, 'BRANCH_NOT_ACTIVE');
  }

  private async candidates(mid: string, amount: number): Promise<readonly AcquirerContract[]> {
    const { candidates, excluded } = this.routing.keyInCandidates(
      await this.merchants.listContracts(mid),
      amount,
    );
    if (candidates.length > 0) return candidates;
    if (excluded.some(({ why }) => why === 'AMOUNT')) {
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [AMOUNT_OUT_OF_CONTRACT] });
    }
    throw fault(PAYMENT_ERRORS, 'NO_ACQUIRER_CONTRACT');
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

/** Only where the acquirer provably did not take the order: no connection, or a code that says it was not processed. */
function mayFailOver(outcome: ApprovalOutcome): boolean {
  return outcome.kind === 'NOT_SENT' || (outcome.kind === 'DECLINED' && outcome.notProcessed);
}
