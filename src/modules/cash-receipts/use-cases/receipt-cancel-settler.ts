import { Injectable } from '@nestjs/common';
import type { CashReceiptOutcome } from '../../../acquirers/port/ability.types';
import type { Exchange } from '../../../acquirers/port/acquirer.types';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { CashReceiptsRepository } from '../cash-receipts.repository';
import type { CashReceipt, CashReceiptCancel, ProviderWord } from '../cash-receipts.types';
import type { Writer } from '../journal/receipt-journal';
import { type CancelEnd, ReceiptCancelTurns } from '../journal/receipt-cancel-turns';
import type { ReceiptExchange } from '../journal/receipt-records';
import { type ChosenProvider, ReceiptProviders } from '../receipt-providers';
import { ReceiptTimes } from '../receipt-times';
import { absenceBelieved, nextLookIn, pauseAfter, SENDS_MAX } from '../resolve.policy';

const TURN_POLL_MS = 25;

interface Round extends ChosenProvider {
  readonly receipt: CashReceipt;
  readonly cancel: CashReceiptCancel;
  readonly actor: string;
  readonly records: ReceiptExchange[];
}

/** As ReceiptSettler, for one cancel of a receipt. The cancels of a receipt are sent one after the other. */
@Injectable()
export class ReceiptCancelSettler {
  constructor(
    private readonly providers: ReceiptProviders,
    private readonly receipts: CashReceiptsRepository,
    private readonly turns: ReceiptCancelTurns,
    private readonly times: ReceiptTimes,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** The first sending, once it is the cancel's turn; a lost answer is looked up once at once. */
  async cancel(receipt: CashReceipt, cancel: CashReceiptCancel, actor: string): Promise<void> {
    const chosen = await this.providers.of(receipt.contractId);
    const turn = await this.turn(cancel, this.times.leaseMs(chosen.access));
    if (turn === 'BUSY') await this.turns.postpone(cancel, { dueInMs: TURN_POLL_MS, looked: false }, []);
    if (typeof turn === 'string') return;
    const round = { ...chosen, receipt, cancel: turn, actor, records: [] };
    const open = await this.send(round);
    if (open !== null) await this.lookUp({ ...round, cancel: open, records: [] }, 0);
  }

  /** The worker's round. One that was never sent is sent; any other is looked up first. */
  async resume(
    receipt: CashReceipt,
    { cancel, unansweredForMs }: { readonly cancel: CashReceiptCancel; readonly unansweredForMs: number },
    answerTimeoutMs: number,
  ): Promise<void> {
    const chosen = await this.providers.of(receipt.contractId);
    const access = {
      ...chosen.access,
      answerTimeoutMs: Math.min(chosen.access.answerTimeoutMs, answerTimeoutMs),
    };
    const round: Round = { ...chosen, access, receipt, cancel, actor: 'gateway:worker', records: [] };
    if (cancel.sends === 0) await this.sendAgain(round);
    else await this.lookUp(round, unansweredForMs);
  }

  /** Waits until no other cancel of the receipt is being sent, but not longer than a request may. */
  private async turn(cancel: CashReceiptCancel, leaseMs: number) {
    const until = this.clock.monotonicMs() + this.times.turnWaitMs;
    for (;;) {
      const turn = await this.turns.sending(cancel, leaseMs);
      if (turn !== 'BUSY') return turn;
      do {
        if (this.clock.monotonicMs() >= until) return turn;
        await this.clock.sleep(TURN_POLL_MS * (1 + Math.random()));
      } while (!(await this.turns.isFree(cancel.receiptId)));
    }
  }

  private async sendAgain(round: Round): Promise<void> {
    const sending = await this.turns.sending(round.cancel, this.times.workerLeaseMs, round.records);
    if (sending === 'LOST') return;
    if (sending === 'BUSY') await this.postpone({ ...round, records: [] }, 0, false);
    else await this.send({ ...round, cancel: sending, records: [] });
  }

  /** The cancel as it stands where its outcome is not known; null where it has one, or somebody else has it. */
  private async send(round: Round): Promise<CashReceiptCancel | null> {
    const { receipt, cancel, provider, access } = round;
    const { amount, supplyAmount, vat, taxFreeAmount, serviceCharge, reason, acquirerOrderNo } = cancel;
    const startedAt = this.clock.now();
    const outcome = await provider.cancelCashReceipt(access, providerIdOf(receipt), {
      ...{ amount, supplyAmount, vat, taxFreeAmount, serviceCharge, reason, acquirerOrderNo },
      original: {
        acquirerOrderNo: receipt.acquirerOrderNo,
        approvalNo: receipt.approvalNo ?? '',
        issuedAt: issuedAtOf(receipt),
        amount: receipt.amount,
      },
    });
    this.keep(round, { operation: 'CANCEL', outcome: outcome.kind, startedAt }, outcome.exchange);
    return this.write(round, outcome);
  }

  private async write(round: Round, outcome: CashReceiptOutcome): Promise<CashReceiptCancel | null> {
    const { cancel } = round;
    switch (outcome.kind) {
      case 'CANCELLED':
        return this.close(round, doneBy(outcome), 'cancelled');
      case 'REFUSED':
        return this.close(
          round,
          { kind: 'FAILED', failureCode: 'CANCEL_REFUSED', said: outcome.exchange },
          'refused',
        );
      case 'NOT_SENT':
        return cancel.sends > 1
          ? this.postpone(round, 0, false)
          : this.close(round, unavailable(outcome.exchange), 'not sent');
      default:
        return this.postpone(round, 0, false);
    }
  }

  private async lookUp(round: Round, unansweredForMs: number): Promise<void> {
    const { receipt, cancel, provider, access } = round;
    const startedAt = this.clock.now();
    const seen = await provider.inquireCashReceipt(access, {
      acquirerOrderNo: cancel.acquirerOrderNo,
      requestedAt: cancel.lastSentAt ?? cancel.requestedAt,
      cancel: {
        receiptId: providerIdOf(receipt),
        originalOrderNo: receipt.acquirerOrderNo,
        amount: cancel.amount,
        knownCancelIds: await this.receipts.providerCancelIds(receipt.receiptId),
      },
    });
    this.keep(round, { operation: 'INQUIRE', outcome: seen.kind, startedAt }, seen.exchange ?? null);
    if (seen.kind === 'FOUND' && seen.state === 'CANCELLED') {
      await this.close(round, doneBy(seen), 'found as cancelled');
    } else if (seen.kind === 'UNSUPPORTED') {
      this.logger.error('cash-receipt.unconfirmed', {
        acquirer: receipt.provider,
        cancelId: cancel.cancelId,
      });
      await this.close(
        round,
        { kind: 'UNCONFIRMED' },
        'the answer was lost and the provider offers no look-up',
      );
    } else if (
      seen.kind === 'NOT_FOUND' &&
      absenceBelieved(unansweredForMs, this.times.maxProcessingMs, cancel.looks)
    ) {
      await (cancel.sends < SENDS_MAX ? this.sendAgain(round) : this.giveUp(round));
    } else await this.postpone(round, unansweredForMs, true);
  }

  /** The provider has been asked often enough and holds nothing of it: the amount goes back to the balance. */
  private async giveUp(round: Round): Promise<void> {
    const { receiptId, cancelId } = round.cancel;
    await this.close(round, unavailable(await this.receipts.lastWord(receiptId, cancelId)), 'never taken');
  }

  private async close(round: Round, end: CancelEnd, reason: string): Promise<null> {
    const writer: Writer = { actor: round.actor, reason, at: this.clock.now() };
    await this.turns.close(round.cancel, end, writer, round.records);
    return null;
  }

  private postpone(
    round: Round,
    unansweredForMs: number,
    looked: boolean,
  ): Promise<CashReceiptCancel | null> {
    const pause = pauseAfter(round.cancel.looks, this.times.timeScale, Math.random());
    const dueInMs = nextLookIn(pause, unansweredForMs, this.times.maxProcessingMs);
    return this.turns.postpone(round.cancel, { dueInMs, looked }, round.records);
  }

  private keep(
    { receipt, cancel, records }: Round,
    about: Pick<ReceiptExchange, 'operation' | 'outcome' | 'startedAt'>,
    exchange: Exchange | null,
  ): void {
    const { cancelId, acquirerOrderNo } = cancel;
    records.push({ ...about, receipt, cancelId, acquirerOrderNo, exchange, finishedAt: this.clock.now() });
  }
}

type Told = { readonly receiptId: string; readonly approvalNo: string; readonly at: Date };

const doneBy = ({ receiptId: providerCancelId, approvalNo, at: cancelledAt }: Told): CancelEnd => ({
  kind: 'DONE',
  providerCancelId,
  approvalNo,
  cancelledAt,
});

const unavailable = (said: ProviderWord | null): CancelEnd => ({
  kind: 'FAILED',
  failureCode: 'ACQUIRER_UNAVAILABLE',
  said,
});

function providerIdOf({ providerReceiptId }: CashReceipt): string {
  if (providerReceiptId === null) throw new Error('a receipt to cancel was never issued');
  return providerReceiptId;
}

function issuedAtOf({ issuedAt }: CashReceipt): Date {
  if (issuedAt === null) throw new Error('a receipt to cancel was never issued');
  return issuedAt;
}
