import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, canBill, canKeyIn, type AcquirerRegistry } from '../../../acquirers/port/acquirer.port';
import type { ApprovalOutcome, ContractAccess } from '../../../acquirers/port/acquirer.types';
import { crashPoint } from '../../../common/crash/crash-point';
import { CommitOutcomeUnknown } from '../../../common/db/commit-outcome';
import { Sealer } from '../../../common/crypto/sealer';
import { fault } from '../../../common/errors/app-error';
import { newId } from '../../../common/ids/id';
import { Clock } from '../../../common/time/clock';
import { aboutPayment } from '../../../common/tracing/spans';
import type { AcquirerContract } from '../../merchants/merchants.types';
import { POINTS_ERRORS } from '../../points/points.errors';
import { RoutingFacade } from '../../routing/routing.facade';
import type { PaymentPoints } from '../../points/points.types';
import type { Passage } from '../../routing/routing.types';
import { askedOf, buildIntent } from '../approval-intent';
import type { ApprovalIntent, OpenResult } from '../journal/journal.types';
import { PaymentJournal } from '../journal/payment-journal';
import { failureAnswer, unknownOutcomeAnswer } from '../payment-answer';
import { PAYMENT_ERRORS } from '../payments.errors';
import type { Payment } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { TransactionNumbers } from '../transaction-numbers';
import type { ApprovalCommand, ApprovalResult } from './approval.types';
import { ApprovalCloser, type Sent } from './approval-closer';
import { ApprovalRoute, NotTaken, unavailable } from './approval-route';
import { RepeatedOrder, type Resolution } from './repeated-order';

/**
 * Approval of a card, or of a token that stands for one: intent, call, outcome, with no transaction open during the call. Throws a decline (402), a lost
 * answer (504), a conflict (409) or bad input (400) as a problem; returns only what was approved.
 */
@Injectable()
export class ApproveCard {
  constructor(
    private readonly route: ApprovalRoute,
    private readonly routing: RoutingFacade,
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly journal: PaymentJournal,
    private readonly closer: ApprovalCloser,
    private readonly repeated: RepeatedOrder,
    private readonly sealer: Sealer,
    private readonly numbers: TransactionNumbers,
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
  ) {}

  async run(command: ApprovalCommand): Promise<ApprovalResult> {
    try {
      return await this.approve(command);
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      // Refusing is only true of an order that is not known already: a duplicate gets what its payment came to.
      return this.repeated.answerKnown(command, error.refusal);
    }
  }

  private async approve(asked: ApprovalCommand): Promise<ApprovalResult> {
    const points = asked.order.customerKey === undefined ? null : await this.route.pointsOf(asked);
    const command: Command = { ...asked, points };
    const decision = await this.route.decide(command);
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
    command: Command,
    sent: Sent,
    onward: { passage: Passage; rest: readonly AcquirerContract[] },
  ): Promise<ApprovalResult> {
    crashPoint('approve.before-call');
    const outcome = await this.call(sent.access, sent.intent, command);
    crashPoint('approve.after-call');
    onward.passage.leave(outcome.kind === 'APPROVED' || outcome.kind === 'DECLINED' ? 'ANSWERED' : 'SILENT');
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
    command: Command,
  ): Promise<ApprovalOutcome> {
    const adapter = this.acquirers.get(intent.acquirer);
    const { instrument, order } = command;
    const asked = askedOf(intent, order);
    if (adapter !== undefined && instrument.kind === 'CARD' && canKeyIn(adapter)) {
      return adapter.approveKeyIn(access, { ...asked, card: instrument.card });
    }
    if (adapter !== undefined && instrument.kind === 'BILLING_TOKEN' && canBill(adapter)) {
      const { token, customerKey } = instrument;
      return adapter.chargeBillingKey(access, { ...asked, token, customerKey });
    }
    throw new Error('a contract without its adapter was chosen');
  }

  /** To the next acquirer, since this one provably did not take the order. Null when there is none to ask. */
  private async failOver(
    command: Command,
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
            acquirerTransactionId: await this.numbers.idFor(contract, 'KEY_IN'),
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
        const moved = await begun(
          intent.paymentId,
          this.journal.approvals.next(
            { intent, fromVersion: sent.version, attemptNumber, closing },
            'IN_PROGRESS',
            usage,
          ),
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
    command: Command,
    contract: AcquirerContract,
    access: ContractAccess,
  ): Promise<Resolution | { readonly kind: 'OVER_LIMIT' }> {
    const paymentId = newId('pay');
    const buyerContactSealed = await this.sealContact(command, paymentId);
    const target = { contract, access };
    const acquirerTransactionId = await this.numbers.idFor(contract, 'KEY_IN');
    const parts = { paymentId, attemptNumber: 1, buyerContactSealed, acquirerTransactionId };
    const intent = this.intent(command, target, parts);
    aboutPayment(paymentId);
    crashPoint('approve.before-intent');
    const opened: OpenResult = await begun(paymentId, this.journal.approvals.open(intent));
    crashPoint('approve.after-intent');
    switch (opened.kind) {
      case 'OPENED':
        return { kind: 'NEW', sent: { intent, version: opened.version, attemptNumber: 1 } };
      case 'BARRED':
        throw fault(PAYMENT_ERRORS, 'ORDER_NET_CANCELLED');
      case 'OVER_LIMIT':
        return opened;
      case 'POINTS_SHORT':
        throw fault(POINTS_ERRORS, 'POINT_BALANCE_TOO_SMALL');
      case 'EXISTS':
      case 'ASKED_BEFORE':
        return this.repeated.resolve(command, (before) => this.reopen(command, target, before));
    }
  }

  private async reopen(command: Command, target: Target, before: Payment) {
    const attemptNumber = before.attemptCount + 1;
    const { paymentId } = before;
    const buyerContactSealed = await this.sealContact(command, paymentId);
    const acquirerTransactionId = await this.numbers.idFor(target.contract, 'KEY_IN');
    const parts = { paymentId, attemptNumber, buyerContactSealed, acquirerTransactionId };
    const intent = this.intent(command, target, parts);
    const opened = await begun(
      paymentId,
      this.journal.approvals.next({ intent, fromVersion: before.version, attemptNumber }, 'FAILED', null),
    );
    return opened.kind === 'OPENED'
      ? { ...opened, sent: { intent, version: opened.version, attemptNumber } }
      : opened;
  }

  private intent(
    command: Command,
    { contract, access }: Target,
    parts: {
      paymentId: string;
      attemptNumber: number;
      buyerContactSealed: Buffer | null;
      acquirerTransactionId: string | null;
    },
  ): ApprovalIntent {
    return buildIntent({
      ...parts,
      ...command,
      attemptId: newId('att'),
      contract,
      dueInMs: this.times.abandonedAfterMs(access),
      at: this.clock.now(),
    });
  }

  private async sealContact({ mid, order }: ApprovalCommand, paymentId: string): Promise<Buffer | null> {
    const { buyerPhone, buyerEmail } = order;
    if (buyerPhone === undefined && buyerEmail === undefined) return null;
    const context = { table: 'payments', column: 'buyer_contact_sealed', rowId: paymentId, mid };
    return this.sealer.seal('pii', context, JSON.stringify({ phone: buyerPhone, email: buyerEmail }));
  }
}

/** An intent that may stand although its COMMIT was lost is never sent: the worker undoes it, and the caller is told which. */
async function begun<T>(paymentId: string, writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    throw error instanceof CommitOutcomeUnknown ? unknownOutcomeAnswer(paymentId, error) : error;
  }
}

/** What was asked for, and the terms on which it moves points. */
type Command = ApprovalCommand & { readonly points: PaymentPoints | null };

/** Where an attempt is to go. */
interface Target {
  readonly contract: AcquirerContract;
  readonly access: ContractAccess;
}

/** Only where the acquirer provably did not take the order: no connection, or a code that says it was not processed. */
function mayFailOver(outcome: ApprovalOutcome): boolean {
  return outcome.kind === 'NOT_SENT' || (outcome.kind === 'DECLINED' && outcome.notProcessed);
}
