import { Injectable } from '@nestjs/common';
import type { CashReceiptInquiry, CashReceiptOutcome } from '../../../acquirers/port/ability.types';
import type { Exchange } from '../../../acquirers/port/acquirer.types';
import { Sealer } from '../../../common/crypto/sealer';
import { Logger } from '../../../common/logging/logger';
import { Secret } from '../../../common/masking/secret';
import { Clock } from '../../../common/time/clock';
import { CashReceiptsRepository } from '../cash-receipts.repository';
import type { CashReceipt } from '../cash-receipts.types';
import { type ReceiptFailure, ReceiptJournal, type Writer } from '../journal/receipt-journal';
import type { ReceiptExchange } from '../journal/receipt-records';
import { type ChosenProvider, ReceiptProviders } from '../receipt-providers';
import { ReceiptTimes } from '../receipt-times';
import { absenceBelieved, nextLookIn, pauseAfter, SENDS_MAX } from '../resolve.policy';

interface Round extends ChosenProvider {
  readonly receipt: CashReceipt;
  readonly actor: string;
  /** What was heard, in order; written with the next change. */
  readonly records: ReceiptExchange[];
}

/**
 * Asks a provider for one receipt and writes what it said. One whose answer was lost is never assumed and never simply
 * asked for again: what the provider's book says comes first, and only what is not in it, long enough after it was sent,
 * is sent once more under the same number.
 */
@Injectable()
export class ReceiptSettler {
  constructor(
    private readonly providers: ReceiptProviders,
    private readonly journal: ReceiptJournal,
    private readonly receipts: CashReceiptsRepository,
    private readonly sealer: Sealer,
    private readonly times: ReceiptTimes,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** The first sending, right after the intent was committed; a lost answer is looked up once at once. */
  async issue(receipt: CashReceipt, actor: string): Promise<void> {
    const round = { ...(await this.providers.of(receipt.contractId)), receipt, actor, records: [] };
    const open = await this.send(round);
    if (open !== null) await this.lookUp({ ...round, receipt: open, records: [] }, 0);
  }

  /** The worker's round: somebody left it between intent and outcome, or an earlier look told nothing. */
  async resume(receipt: CashReceipt, unansweredForMs: number, answerTimeoutMs: number): Promise<void> {
    const chosen = await this.providers.of(receipt.contractId);
    const access = {
      ...chosen.access,
      answerTimeoutMs: Math.min(chosen.access.answerTimeoutMs, answerTimeoutMs),
    };
    const round = { ...chosen, access, receipt, actor: 'gateway:worker', records: [] };
    await this.lookUp(round, unansweredForMs);
  }

  /** The receipt as it stands where its outcome is not known; null where it has one, or somebody else has it. */
  private async send(round: Round): Promise<CashReceipt | null> {
    const { receipt, provider, access } = round;
    const sealed = {
      table: 'cash_receipts',
      column: 'identifier_sealed',
      rowId: receipt.receiptId,
      mid: receipt.mid,
    };
    const digits = await this.sealer.open('pii', sealed, receipt.identifierSealed);
    const startedAt = this.clock.now();
    const outcome = await provider.issueCashReceipt(access, {
      acquirerOrderNo: receipt.acquirerOrderNo,
      acquirerTransactionId: null,
      purpose: receipt.purpose === 'EXPENSE_PROOF' ? 'EXPENSE_PROOF' : 'INCOME_DEDUCTION',
      identifier: new Secret(digits.toString('utf8')),
      amount: receipt.amount,
      supplyAmount: receipt.supplyAmount,
      vat: receipt.vat,
      taxFreeAmount: receipt.taxFreeAmount,
      serviceCharge: receipt.serviceCharge,
      goodsName: receipt.goodsName,
    });
    this.keep(round, { operation: 'ISSUE', outcome: outcome.kind, startedAt }, outcome.exchange);
    return this.write(round, outcome);
  }

  private async write(round: Round, outcome: CashReceiptOutcome): Promise<CashReceipt | null> {
    const { receipt, records } = round;
    switch (outcome.kind) {
      case 'ISSUED':
        await this.journal.issued(receipt, issueOf(outcome), this.by(round, 'issued'), records);
        return null;
      case 'REFUSED':
        await this.fail(round, { code: 'CASH_RECEIPT_REFUSED', said: outcome.exchange }, 'refused');
        return null;
      case 'NOT_SENT':
        if (receipt.sends > 1) return this.postpone(round, 0, false);
        await this.fail(round, { code: 'ACQUIRER_UNAVAILABLE', said: outcome.exchange }, 'not sent');
        return null;
      default:
        return this.postpone(round, 0, false);
    }
  }

  private async lookUp(round: Round, unansweredForMs: number): Promise<void> {
    const { receipt, provider, access, records } = round;
    const startedAt = this.clock.now();
    const { acquirerOrderNo, lastSentAt: requestedAt } = receipt;
    const seen = await provider.inquireCashReceipt(access, { acquirerOrderNo, requestedAt });
    this.keep(round, { operation: 'INQUIRE', outcome: seen.kind, startedAt }, exchangeOf(seen));
    if (seen.kind === 'FOUND' && seen.state === 'ISSUED') {
      await this.journal.issued(receipt, issueOf(seen), this.by(round, 'found as issued'), records);
    } else if (seen.kind === 'UNSUPPORTED') {
      this.logger.error('cash-receipt.unconfirmed', { acquirer: receipt.provider, mid: receipt.mid });
      const by = this.by(round, 'the answer was lost and the provider offers no look-up');
      await this.journal.unconfirmed(receipt, by, records);
    } else if (
      seen.kind === 'NOT_FOUND' &&
      absenceBelieved(unansweredForMs, this.times.maxProcessingMs, receipt.looks)
    ) {
      await (receipt.sends < SENDS_MAX ? this.resend(round) : this.giveUp(round));
    } else await this.postpone(round, unansweredForMs, true);
  }

  private async resend(round: Round): Promise<void> {
    const receipt = await this.journal.resending(round.receipt, this.times.workerLeaseMs, round.records);
    if (receipt !== null) await this.send({ ...round, receipt, records: [] });
  }

  /** The provider has been asked often enough and holds nothing of it. */
  private async giveUp(round: Round): Promise<void> {
    const said = await this.receipts.lastWord(round.receipt.receiptId, null);
    await this.fail(round, { code: 'ACQUIRER_UNAVAILABLE', said }, 'never taken');
  }

  private fail(round: Round, failure: ReceiptFailure, reason: string): Promise<boolean> {
    return this.journal.failed(round.receipt, failure, this.by(round, reason), round.records);
  }

  private postpone(round: Round, unansweredForMs: number, looked: boolean): Promise<CashReceipt | null> {
    const { receipt, records } = round;
    const pause = pauseAfter(receipt.looks, this.times.timeScale, Math.random());
    const dueInMs = nextLookIn(pause, unansweredForMs, this.times.maxProcessingMs);
    return this.journal.postpone(receipt, { dueInMs, looked }, records);
  }

  private keep(
    { receipt, records }: Round,
    about: Pick<ReceiptExchange, 'operation' | 'outcome' | 'startedAt'>,
    exchange: Exchange | null,
  ): void {
    const { acquirerOrderNo } = receipt;
    const finishedAt = this.clock.now();
    records.push({ ...about, receipt, cancelId: null, acquirerOrderNo, exchange, finishedAt });
  }

  private by({ actor }: Round, reason: string): Writer {
    return { actor, reason, at: this.clock.now() };
  }
}

type Told = { readonly receiptId: string; readonly approvalNo: string; readonly at: Date };

const issueOf = ({ receiptId: providerReceiptId, approvalNo, at: issuedAt }: Told) => ({
  providerReceiptId,
  approvalNo,
  issuedAt,
});

const exchangeOf = (seen: CashReceiptInquiry) => seen.exchange ?? null;
