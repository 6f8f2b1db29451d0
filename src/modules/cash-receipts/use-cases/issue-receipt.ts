import { Injectable } from '@nestjs/common';
import {
  maskReceiptIdentifier,
  type ReceiptIdentifier,
  type ReceiptPurpose,
} from '../../../common/cash-receipts/receipt-identifier';
import { BlindIndex } from '../../../common/crypto/blind-index';
import { Sealer } from '../../../common/crypto/sealer';
import { crashPoint } from '../../../common/crash/crash-point';
import { type AppError, fault } from '../../../common/errors/app-error';
import { newId } from '../../../common/ids/id';
import type { Secret } from '../../../common/masking/secret';
import { Clock } from '../../../common/time/clock';
import { koreanTime } from '../../../common/time/korean-time';
import { PAYMENT_ERRORS } from '../../payments/payments.errors';
import type { ReceiptAmounts } from '../amounts.calc';
import { CASH_RECEIPT_ERRORS } from '../cash-receipts.errors';
import { CashReceiptsRepository } from '../cash-receipts.repository';
import type { CashReceipt } from '../cash-receipts.types';
import { type NewReceipt, ReceiptJournal } from '../journal/receipt-journal';
import { type ChosenProvider, newReceiptNumber, ReceiptProviders } from '../receipt-providers';
import { ReceiptTimes } from '../receipt-times';
import { ReceiptSettler } from './receipt-settler';

export interface IssueCommand {
  readonly mid: string;
  readonly actor: string;
  readonly orderNo: string;
  /** The payment whose wish it is, and the contract under which that was paid. */
  readonly origin: { readonly paymentId: string; readonly contractId: string } | null;
  readonly purpose: ReceiptPurpose;
  readonly identifier: Secret<ReceiptIdentifier>;
  readonly amounts: ReceiptAmounts;
  readonly goodsName: string;
}

export interface IssuedReceipt {
  readonly outcome: 'SUCCESS' | 'DUPLICATE';
  readonly receipt: CashReceipt;
}

/** One cash receipt for an order, by whoever issues them for the merchant. */
@Injectable()
export class IssueReceipt {
  constructor(
    private readonly receipts: CashReceiptsRepository,
    private readonly providers: ReceiptProviders,
    private readonly journal: ReceiptJournal,
    private readonly settler: ReceiptSettler,
    private readonly sealer: Sealer,
    private readonly index: BlindIndex,
    private readonly times: ReceiptTimes,
    private readonly clock: Clock,
  ) {}

  /** Throws a problem for everything but a receipt that stands, or stood. */
  async run(command: IssueCommand): Promise<IssuedReceipt> {
    const chosen = await this.providers.choose(command.mid, command.origin?.contractId);
    const before = await this.receipts.findByOrder(command.mid, command.orderNo);
    if (before !== null) return this.repeated(command, before, chosen);
    if (chosen === null) throw fault(CASH_RECEIPT_ERRORS, 'NO_CASH_RECEIPT_CONTRACT');
    const made = await this.made(command, newId('crc'), chosen);
    if (!(await this.journal.open(made))) {
      const other = await this.receipts.findByOrder(command.mid, command.orderNo);
      if (other === null) throw new Error('an order number is taken and not there');
      return this.repeated(command, other, chosen);
    }
    return this.settled(made.receiptId, command.actor);
  }

  /**
   * One for the rest, in the place of `before`, which is gone whole or was never issued; does nothing where that has a
   * successor already. Throws as `run` does.
   */
  async replace(before: CashReceipt, command: IssueCommand): Promise<void> {
    const chosen = await this.providers.choose(command.mid, command.origin?.contractId);
    if (chosen === null) throw fault(CASH_RECEIPT_ERRORS, 'NO_CASH_RECEIPT_CONTRACT');
    const made = await this.made(command, newId('crc'), chosen);
    const next = { ...made, generation: before.generation + 1 };
    if (!(await this.journal.replace(before, next))) return;
    crashPoint('receipt.replacement-opened');
    await this.settled(next.receiptId, command.actor);
  }

  /** What an order number that has a receipt already means for a request: DUPLICATE, a new attempt, or a problem. */
  private async repeated(
    command: IssueCommand,
    before: CashReceipt,
    chosen: ChosenProvider | null,
  ): Promise<IssuedReceipt> {
    if (before.status === 'FAILED') {
      // Another number of the customer may be tried, but the order itself must be the same one.
      if (!sameOrder(before, command)) throw fault(PAYMENT_ERRORS, 'ORDER_NO_CONFLICT');
      if (chosen === null) throw fault(CASH_RECEIPT_ERRORS, 'NO_CASH_RECEIPT_CONTRACT');
      const made = await this.made(command, before.receiptId, chosen);
      if (await this.journal.reopen(before, made)) return this.settled(before.receiptId, command.actor);
      throw inProgress(before);
    }
    if (before.contentFingerprint !== (await this.fingerprint(command)))
      throw fault(PAYMENT_ERRORS, 'ORDER_NO_CONFLICT');
    if (before.status === 'IN_PROGRESS') throw inProgress(before);
    if (before.status === 'UNCONFIRMED') throw answerOf(before);
    return { outcome: 'DUPLICATE', receipt: before };
  }

  private async settled(receiptId: string, actor: string): Promise<IssuedReceipt> {
    const opened = await this.receipts.findById(receiptId);
    if (opened === null) throw new Error('the receipt just made is gone');
    await this.settler.issue(opened, actor);
    const receipt = (await this.receipts.findById(receiptId)) ?? opened;
    if (['IN_PROGRESS', 'FAILED', 'UNCONFIRMED'].includes(receipt.status)) throw answerOf(receipt);
    return { outcome: 'SUCCESS', receipt };
  }

  private async made(command: IssueCommand, receiptId: string, chosen: ChosenProvider): Promise<NewReceipt> {
    const { mid, orderNo, purpose, goodsName, amounts, actor } = command;
    const identifier = command.identifier.expose();
    const context = { table: 'cash_receipts', column: 'identifier_sealed', rowId: receiptId, mid };
    return {
      ...amounts,
      receiptId,
      mid,
      orderNo,
      paymentId: command.origin?.paymentId ?? null,
      generation: 1,
      purpose,
      identifierKind: identifier.kind,
      identifierMasked: maskReceiptIdentifier(identifier),
      identifierSealed: await this.sealer.seal('pii', context, identifier.digits),
      goodsName,
      contentFingerprint: await this.fingerprint(command),
      contractId: chosen.contract.contractId,
      provider: chosen.provider.name,
      acquirerOrderNo: newReceiptNumber('R'),
      requestedBy: actor,
      leaseMs: this.times.leaseMs(chosen.access),
      at: this.clock.now(),
    };
  }

  /** Equal for the same content, and tells nothing of the customer's number. */
  private async fingerprint({ purpose, identifier, amounts, goodsName }: IssueCommand): Promise<string> {
    const { amount, taxFreeAmount, serviceCharge } = amounts;
    const content = [purpose, identifier.expose().digits, amount, taxFreeAmount, serviceCharge, goodsName];
    return (await this.index.fingerprint('cash-receipt', JSON.stringify(content))).toString('hex');
  }
}

function sameOrder(before: CashReceipt, { amounts, origin }: IssueCommand): boolean {
  return (
    before.amount === amounts.amount &&
    before.taxFreeAmount === amounts.taxFreeAmount &&
    before.serviceCharge === amounts.serviceCharge &&
    (origin === null || before.paymentId === origin.paymentId)
  );
}

function membersOf(receipt: CashReceipt) {
  return { receiptId: receipt.receiptId, receiptStatus: receipt.status };
}

function inProgress(receipt: CashReceipt): AppError {
  const members = membersOf(receipt);
  return fault(CASH_RECEIPT_ERRORS, 'CASH_RECEIPT_IN_PROGRESS', { members, retryAfterSeconds: 1 });
}

/** The problem that tells of a receipt that does not stand. */
export function answerOf(receipt: CashReceipt): AppError {
  const { status, failureProviderCode: code, failureProviderMessage: message, dueAt } = receipt;
  if (status === 'FAILED') {
    const members = { ...membersOf(receipt), outcome: 'FAILURE' };
    const acquirer = code === null ? undefined : { name: receipt.provider, code, message: message ?? '' };
    return receipt.failureCode === 'ACQUIRER_UNAVAILABLE'
      ? fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', { members, retryAfterSeconds: 5 })
      : fault(CASH_RECEIPT_ERRORS, 'CASH_RECEIPT_REFUSED', { members, acquirer });
  }
  const members = {
    ...membersOf(receipt),
    outcome: 'UNKNOWN',
    ...(dueAt === null ? {} : { nextCheckAt: koreanTime(dueAt) }),
  };
  return fault(CASH_RECEIPT_ERRORS, 'CASH_RECEIPT_TIMEOUT', { members });
}
