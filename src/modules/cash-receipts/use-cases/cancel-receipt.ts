import { Injectable } from '@nestjs/common';
import { type AppError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { isId, newId } from '../../../common/ids/id';
import { Clock } from '../../../common/time/clock';
import { koreanTime } from '../../../common/time/korean-time';
import { PAYMENT_ERRORS } from '../../payments/payments.errors';
import type { ReceiptCancelWish } from '../amounts.calc';
import { CASH_RECEIPT_ERRORS } from '../cash-receipts.errors';
import { CashReceiptsRepository } from '../cash-receipts.repository';
import type { CashReceipt, CashReceiptCancel, CashReceiptWithHistory } from '../cash-receipts.types';
import { type OpenReceiptCancel, ReceiptCancelJournal } from '../journal/receipt-cancel-journal';
import { newReceiptNumber, ReceiptProviders } from '../receipt-providers';
import { ReceiptTimes } from '../receipt-times';
import { ReceiptCancelSettler } from './receipt-cancel-settler';

export interface CancelReceiptCommand {
  readonly mid: string;
  readonly receiptId: string;
  readonly wish: ReceiptCancelWish;
  readonly reason: string;
  readonly actor: string;
  /** Hex of the caller's idempotency key with its scope; null without one. */
  readonly requestKey: string | null;
}

export interface CancelledReceipt extends CashReceiptWithHistory {
  readonly cancel: CashReceiptCancel;
}

/** Full and partial cancels. The amount is reserved first, so that many at once never pass the receipt's. */
@Injectable()
export class CancelReceipt {
  constructor(
    private readonly receipts: CashReceiptsRepository,
    private readonly providers: ReceiptProviders,
    private readonly journal: ReceiptCancelJournal,
    private readonly settler: ReceiptCancelSettler,
    private readonly times: ReceiptTimes,
    private readonly clock: Clock,
  ) {}

  async run(command: CancelReceiptCommand): Promise<CancelledReceipt> {
    const { mid, receiptId, wish, reason, actor, requestKey } = command;
    const seen = isId('crc', receiptId) ? await this.receipts.find(mid, receiptId) : null;
    if (seen === null) throw fault(CASH_RECEIPT_ERRORS, 'CASH_RECEIPT_NOT_FOUND');
    const opened = await this.open(seen, { wish, reason, actor, requestKey, paymentCancelId: null });
    if (opened.kind === 'REPEATED') return this.repeated(command, opened.cancelId);
    if (opened.kind !== 'OPENED') throw refusal(opened);
    await this.settler.cancel(opened.receipt, opened.cancel, actor);
    return this.answer(seen, opened.cancel.cancelId);
  }

  /** Reserves the amount. Of one that a payment's cancel makes, `paymentCancelId` lets it happen once. */
  async open(
    receipt: CashReceipt,
    asked: Pick<CancelReceiptCommand, 'wish' | 'reason' | 'actor' | 'requestKey'> & {
      readonly paymentCancelId: string | null;
    },
  ): Promise<OpenReceiptCancel> {
    const { access } = await this.providers.of(receipt.contractId);
    return this.journal.open({
      ...asked,
      cancelId: newId('crn'),
      receiptId: receipt.receiptId,
      acquirerOrderNo: newReceiptNumber('C'),
      leaseMs: this.times.turnWaitMs + this.times.leaseMs(access),
      at: this.clock.now(),
    });
  }

  /** The same request again (its first answer was lost): told from the cancel itself. */
  private async repeated(command: CancelReceiptCommand, cancelId: string): Promise<CancelledReceipt> {
    const cancel = await this.receipts.findCancel(cancelId);
    const receipt = await this.receipts.find(command.mid, command.receiptId);
    if (cancel === null || receipt === null) throw fault(CASH_RECEIPT_ERRORS, 'CASH_RECEIPT_NOT_FOUND');
    const { cancelAmount } = command.wish;
    if (cancelAmount !== undefined && cancelAmount !== cancel.amount)
      throw fault(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED');
    if (cancel.status === 'IN_PROGRESS') {
      const members = { receiptId: receipt.receiptId, cancelId };
      throw fault(PAYMENT_ERRORS, 'CANCEL_IN_PROGRESS', { members, retryAfterSeconds: 1 });
    }
    return this.answer(receipt, cancelId);
  }

  private async answer(seen: CashReceipt, cancelId: string): Promise<CancelledReceipt> {
    const receipt = (await this.receipts.findById(seen.receiptId)) ?? seen;
    const cancel = await this.receipts.findCancel(cancelId);
    if (cancel === null) throw new Error('the cancel just made is gone');
    if (cancel.status === 'DONE') return { ...(await this.receipts.withHistory(receipt)), cancel };
    throw cancel.status === 'FAILED' ? failed(receipt, cancel) : unknown(receipt, cancel);
  }
}

type Refused = Exclude<OpenReceiptCancel, { kind: 'OPENED' } | { kind: 'REPEATED' }>;

function refusal(refused: Refused): AppError {
  if (refused.kind === 'NOT_FOUND') return fault(CASH_RECEIPT_ERRORS, 'CASH_RECEIPT_NOT_FOUND');
  if (refused.kind === 'NOT_CANCELLABLE') {
    const members = { receiptStatus: refused.status };
    return fault(CASH_RECEIPT_ERRORS, 'CASH_RECEIPT_NOT_CANCELLABLE', { members });
  }
  const members = { balanceAmount: refused.balanceAmount };
  const codes = {
    NOTHING_LEFT: 'ALREADY_CANCELLED',
    OVER_BALANCE: 'CANCEL_AMOUNT_EXCEEDS_BALANCE',
    TAX_FREE_MISFIT: 'TAX_FREE_AMOUNT_EXCEEDS_BALANCE',
  } as const;
  return fault(PAYMENT_ERRORS, codes[refused.kind], { members });
}

function failed(receipt: CashReceipt, cancel: CashReceiptCancel): AppError {
  const members = {
    receiptId: receipt.receiptId,
    cancelId: cancel.cancelId,
    receiptStatus: receipt.status,
    balanceAmount: receipt.balanceAmount,
    outcome: 'FAILURE',
  };
  if (cancel.failureCode === 'ACQUIRER_UNAVAILABLE')
    return fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', { members, retryAfterSeconds: 5 });
  const { failureProviderCode: code, failureProviderMessage: message } = cancel;
  const acquirer = code === null ? undefined : { name: receipt.provider, code, message: message ?? '' };
  return fault(PAYMENT_ERRORS, 'CANCEL_REFUSED', { members, acquirer });
}

function unknown(receipt: CashReceipt, cancel: CashReceiptCancel): AppError {
  return fault(CASH_RECEIPT_ERRORS, 'CASH_RECEIPT_TIMEOUT', {
    members: {
      receiptId: receipt.receiptId,
      cancelId: cancel.cancelId,
      receiptStatus: receipt.status,
      cancelStatus: cancel.status,
      outcome: 'UNKNOWN',
      ...(cancel.dueAt === null ? {} : { nextCheckAt: koreanTime(cancel.dueAt) }),
    },
  });
}
