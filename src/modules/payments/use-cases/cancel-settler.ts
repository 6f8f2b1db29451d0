import { Inject, Injectable } from '@nestjs/common';
import {
  ACQUIRERS,
  type AcquirerPort,
  type AcquirerRegistry,
  hasVirtualAccounts,
} from '../../../acquirers/port/acquirer.port';
import type { RefundAccount } from '../../../acquirers/port/ability.types';
import type { CancelOutcome, ContractAccess, Exchange } from '../../../acquirers/port/acquirer.types';
import { crashPoint } from '../../../common/crash/crash-point';
import { newId } from '../../../common/ids/id';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { RoutingFacade } from '../../routing/routing.facade';
import { referenceOf } from '../acquirer-reference';
import { judgeCancel } from '../cancel.judgement';
import { cardAmountOf } from '../hybrid.calc';
import type { CancelTurn } from '../journal/cancel-turns';
import type { ExchangeRecord } from '../journal/journal.types';
import { PaymentJournal } from '../journal/payment-journal';
import type { AttemptOutcome, Operation, Payment, PaymentCancel } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { nextTryIn, pauseAfter } from '../reversal.policy';
import { AccountVault } from '../virtual-accounts/account-vault';

export type CancelSettlement =
  | { readonly kind: 'DONE' }
  | { readonly kind: 'FAILED' }
  /** Not known yet: asked for again under the same key, at once or by the worker. */
  | { readonly kind: 'OPEN'; readonly cancel: PaymentCancel; readonly nextCheckAt: Date }
  /** Another process has taken the cancel over. */
  | { readonly kind: 'LOST' };

type Turn = Extract<CancelTurn, { kind: 'TURN' }>;

/** Everything of one round. */
interface Round {
  readonly payment: Payment;
  readonly turn: Turn;
  readonly adapter: AcquirerPort;
  readonly access: ContractAccess;
  /** What was heard in it, in order. */
  readonly records: ExchangeRecord[];
}

const TURN_POLL_MS = 25;

/**
 * Asks an acquirer for one cancel and writes what it said. The cancels of a payment go one after the other. One whose
 * outcome is unknown is never assumed and never simply repeated: the next round first asks what the acquirer's book
 * says, and only a cancel that is not in it is sent again, under the same key while the first sending may still be
 * under way, under a new one after that (an acquirer that keeps keys replays its errors too).
 */
@Injectable()
export class CancelSettler {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly journal: PaymentJournal,
    private readonly vault: AccountVault,
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** One round. `answerTimeoutMs` bounds each call below the contract's own time-out. */
  async settle(
    payment: Payment,
    cancel: PaymentCancel,
    answerTimeoutMs = Number.POSITIVE_INFINITY,
  ): Promise<CancelSettlement> {
    if (cardAmountOf(cancel) === 0) return this.giveBackPoints(cancel);
    const { adapter, access: contracted } = await this.acquirerOf(payment);
    const access = {
      ...contracted,
      answerTimeoutMs: Math.min(contracted.answerTimeoutMs, answerTimeoutMs),
    };
    const turn = await this.turn(cancel, this.times.abandonedAfterMs(access));
    if (turn.kind === 'LOST') return turn;
    if (turn.kind === 'BUSY') return { kind: 'OPEN', cancel, nextCheckAt: cancel.dueAt ?? this.at(0) };
    const round: Round = { payment, turn, adapter, access, records: [] };
    if (turn.cancel.tries === 0) return this.send(round);
    return (await this.lookUp(round)) ?? this.send(round);
  }

  /** The acquirer has no part in it: nothing is asked, and nothing can be unknown. */
  private async giveBackPoints(cancel: PaymentCancel): Promise<CancelSettlement> {
    const end = { kind: 'DONE', acquirerCancelId: null, cancelledAt: this.clock.now() } as const;
    const done = await this.journal.cancels.close(cancel, end, []);
    crashPoint('cancel.after-outcome');
    return this.closed(done, 'DONE');
  }

  /** Waits until no other cancel of the payment is under way, but not longer than a request may. */
  private async turn(cancel: PaymentCancel, leaseMs: number): Promise<CancelTurn> {
    const lease = { ms: leaseMs, newKeyAfterMs: this.times.maxProcessingMs };
    const until = this.clock.monotonicMs() + this.times.turnWaitMs;
    for (;;) {
      const turn = await this.journal.cancelTurns.take(cancel, lease);
      if (turn.kind !== 'BUSY') return turn;
      do {
        if (this.clock.monotonicMs() >= until) return turn;
        await this.clock.sleep(TURN_POLL_MS * (1 + Math.random()));
      } while (!(await this.journal.cancelTurns.isFree(cancel.paymentId)));
    }
  }

  /** Whether the acquirer's book has the cancel already; null when it has not and may be sent (again). */
  private async lookUp(round: Round): Promise<CancelSettlement | null> {
    const { payment, turn, adapter, access, records } = round;
    const startedAt = this.clock.now();
    const seen = await adapter.inquire(access, referenceOf(payment));
    records.push(this.record(round, { operation: 'INQUIRE', outcome: seen.kind, startedAt }, seen.exchange));
    const judged = judgeCancel(seen, turn, cardAmountOf(turn.cancel));
    if (judged.kind === 'DONE') {
      const end = {
        kind: 'DONE',
        acquirerCancelId: judged.acquirerCancelId,
        cancelledAt: this.clock.now(),
      } as const;
      return this.closed(await this.journal.cancels.close(turn.cancel, end, records), 'DONE');
    }
    if (judged.kind === 'BOOKS_DIFFER') {
      this.logger.error('cancel.books-differ', {
        paymentId: payment.paymentId,
        cancelId: turn.cancel.cancelId,
      });
    }
    const maySend =
      judged.kind === 'NOT_DONE' && (adapter.capabilities.idempotentCancel || this.isQuiet(turn));
    return maySend ? null : this.postpone(round, false);
  }

  private async send(round: Round): Promise<CancelSettlement> {
    const { payment, turn, records } = round;
    const to = await this.vault.refundOf(turn.cancel, payment.mid);
    const startedAt = this.clock.now();
    crashPoint('cancel.before-call');
    const outcome = await this.call(round, to);
    crashPoint('cancel.after-call');
    records.push(
      this.record(round, { operation: 'CANCEL', outcome: outcome.kind, startedAt }, outcome.exchange),
    );
    return this.write(round, outcome);
  }

  /** Back the way it came, or to an account: what came by a virtual account cannot go back to where it came from. */
  private call(
    { payment, turn: { cancel, doneAmount }, adapter, access }: Round,
    to: RefundAccount | null,
  ): Promise<CancelOutcome> {
    const order = {
      reference: referenceOf(payment),
      cancelKey: cancel.cancelKey,
      cancelAmount: cardAmountOf(cancel),
      taxFreeAmount: cancel.cardTaxFreeAmount,
      balanceAmount: cardAmountOf(payment) - doneAmount,
      reason: cancel.reason,
    };
    if (payment.channel !== 'VIRTUAL_ACCOUNT') return adapter.cancel(access, order);
    if (to === null || !hasVirtualAccounts(adapter)) throw new Error('a refund without its account');
    return adapter.refundDeposit(access, order, to);
  }

  private async write(round: Round, outcome: CancelOutcome): Promise<CancelSettlement> {
    const { turn, records } = round;
    const { cancel } = turn;
    const fail = async (failureCode: string) =>
      this.closed(
        await this.journal.cancels.close(cancel, { kind: 'FAILED', failureCode }, records),
        'FAILED',
      );
    switch (outcome.kind) {
      case 'CANCELLED': {
        const { acquirerCancelId, cancelledAt } = outcome;
        const end = { kind: 'DONE', acquirerCancelId, cancelledAt } as const;
        const done = await this.journal.cancels.close(cancel, end, records);
        crashPoint('cancel.after-outcome');
        return this.closed(done, 'DONE');
      }
      case 'REFUSED':
        // A later refusal ends it only when the book has just shown it undone and no earlier sending can be under way.
        return cancel.tries === 0 || this.isQuiet(turn)
          ? fail('CANCEL_REFUSED')
          : this.postpone(round, false);
      case 'NOT_SENT':
        return cancel.tries === 0 ? fail('ACQUIRER_UNAVAILABLE') : this.postpone(round, false);
      case 'UNKNOWN':
        return this.postpone(round, true);
    }
  }

  /** No sending of this cancel can still be under way at the acquirer. */
  private isQuiet({ unansweredForMs }: Turn): boolean {
    return unansweredForMs === null || unansweredForMs >= this.times.maxProcessingMs;
  }

  private closed(done: boolean, kind: 'DONE' | 'FAILED'): CancelSettlement {
    return done ? { kind } : { kind: 'LOST' };
  }

  private async postpone({ turn, records }: Round, unanswered: boolean): Promise<CancelSettlement> {
    const { cancel, unansweredForMs } = turn;
    const pause = pauseAfter(cancel.tries, this.times.timeScale, Math.random());
    // Not sent again yet: looked at again as soon as it may be.
    const isHeldBack = !unanswered && unansweredForMs !== null;
    const dueInMs = isHeldBack ? nextTryIn(pause, unansweredForMs, this.times.maxProcessingMs) : pause;
    const postponed = await this.journal.cancels.postpone(cancel, { dueInMs, unanswered }, records);
    const { cancelId, paymentId, tries } = cancel;
    this.logger.warn('cancel.unknown', { cancelId, paymentId, tries });
    if (postponed === null) return { kind: 'LOST' };
    return { kind: 'OPEN', cancel: postponed, nextCheckAt: this.at(dueInMs) };
  }

  private record(
    { payment, turn }: Round,
    about: { readonly operation: Operation; readonly outcome: AttemptOutcome; readonly startedAt: Date },
    exchange: Exchange,
  ): ExchangeRecord {
    return {
      ...about,
      attemptId: newId('att'),
      paymentId: payment.paymentId,
      cancelId: turn.cancel.cancelId,
      acquirer: payment.acquirer,
      contractId: payment.contractId,
      acquirerOrderNo: payment.acquirerOrderNo,
      acquirerTransactionId: payment.acquirerTransactionId,
      exchange,
      finishedAt: this.clock.now(),
    };
  }

  private at(inMs: number): Date {
    return new Date(this.clock.now().getTime() + inMs);
  }

  private async acquirerOf(payment: Payment): Promise<{ adapter: AcquirerPort; access: ContractAccess }> {
    const adapter = this.acquirers.get(payment.acquirer);
    const contract = await this.merchants.findContract(payment.contractId);
    if (adapter === undefined || contract === null) throw new Error('a payment to cancel has no acquirer');
    return { adapter, access: this.routing.accessTo(contract) };
  }
}
