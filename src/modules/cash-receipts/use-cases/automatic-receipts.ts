import { Injectable } from '@nestjs/common';
import { crashPoint } from '../../../common/crash/crash-point';
import { AppError } from '../../../common/errors/app-error';
import { Secret } from '../../../common/masking/secret';
import { Clock } from '../../../common/time/clock';
import { PaymentsFacade } from '../../payments/payments.facade';
import type { ClaimedReceiptWish, DonePaymentCancel } from '../../payments/receipts/receipt-wish.types';
import { type ReceiptAmounts, type ReceiptCancelWish, restAfter } from '../amounts.calc';
import { CashReceiptsRepository } from '../cash-receipts.repository';
import type { CashReceipt } from '../cash-receipts.types';
import { ReceiptCancelJournal } from '../journal/receipt-cancel-journal';
import { newReceiptNumber, ReceiptProviders } from '../receipt-providers';
import { ReceiptTimes } from '../receipt-times';
import { isReplaceable, isStanding } from '../receipt.state';
import { followUpPause, watchPause } from '../resolve.policy';
import { CancelReceipt } from './cancel-receipt';
import { type IssueCommand, IssueReceipt } from './issue-receipt';
import { ReceiptCancelSettler } from './receipt-cancel-settler';

const ACTOR = 'gateway:automatic';
/** Who pays by these gets a receipt; who pays by card has the card's slip. */
const CASH_LIKE: readonly string[] = ['BANK_TRANSFER', 'VIRTUAL_ACCOUNT'];
const CHARGED: readonly string[] = ['APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED'];
/** Answers to an issue whose outcome is still open. */
const BETWEEN: readonly string[] = ['CASH_RECEIPT_TIMEOUT', 'CASH_RECEIPT_IN_PROGRESS'];
/** Longer than any payment can still be cancelled. */
const WATCH_MAX_MS = 400 * 86_400_000;

/** What a look at a wish came to: why it has ended, or that it is looked at again; SOON while something is under way. */
type Look = { readonly end: string } | 'AGAIN' | 'SOON';

/**
 * Receipts that payments by transfer and virtual account issue by themselves, and cancel with the payment. Everything
 * is reckoned from committed payments: a receipt is unique by payment and order, a cancel by the payment's cancel, so
 * that it does not matter how often, or by how many, a wish is looked at.
 */
@Injectable()
export class AutomaticReceipts {
  constructor(
    private readonly payments: PaymentsFacade,
    private readonly receipts: CashReceiptsRepository,
    private readonly issueReceipt: IssueReceipt,
    private readonly cancelReceipt: CancelReceipt,
    private readonly cancels: ReceiptCancelJournal,
    private readonly settler: ReceiptCancelSettler,
    private readonly providers: ReceiptProviders,
    private readonly times: ReceiptTimes,
    private readonly clock: Clock,
  ) {}

  async look(wish: ClaimedReceiptWish): Promise<void> {
    const seen = await this.act(wish);
    if (typeof seen === 'object') return this.payments.endReceiptWish(wish, seen.end);
    if (wish.ageMs > WATCH_MAX_MS) return this.payments.endReceiptWish(wish, 'WATCHED_LONG_ENOUGH');
    const { timeScale } = this.times;
    const pause = seen === 'SOON' ? followUpPause(timeScale) : watchPause(wish.ageMs, timeScale);
    return this.payments.postponeReceiptWish(wish, pause);
  }

  private async act(wish: ClaimedReceiptWish): Promise<Look> {
    const { status, method, approvedAt, orderNo } = wish.payment;
    if (status === 'EXPIRED') return { end: 'NOT_PAID' };
    if (status === 'REVERSED') return this.takeBack(wish);
    if (!CHARGED.includes(status)) return 'AGAIN';
    if (approvedAt === null) return { end: 'NOT_PAID' };
    if (!CASH_LIKE.includes(method)) return { end: 'NOT_CASH_LIKE' };
    const receipt = await this.receipts.findByOrder(wish.mid, orderNo);
    if (receipt === null) return status === 'CANCELLED' ? { end: 'CANCELLED_BEFORE' } : this.issue(wish);
    if (receipt.paymentId !== wish.paymentId) return { end: 'ISSUED_BY_MERCHANT' };
    return isToBeTriedAgain(receipt) ? this.issue(wish) : this.follow(wish, receipt);
  }

  /** The receipt is there: the payment's cancels are taken to it. */
  private async follow(wish: ClaimedReceiptWish, receipt: CashReceipt): Promise<Look> {
    if (receipt.status === 'UNCONFIRMED') return { end: 'UNCONFIRMED' };
    if (receipt.status === 'IN_PROGRESS') return 'SOON';
    const { provider } = await this.providers.of(receipt.contractId);
    if (receipt.generation > 1 || !provider.cancelsReceiptsInPart) return this.followWhole(wish, receipt);
    // One that was refused waits for the merchant, who may ask for it with another number of the customer.
    if (receipt.status === 'FAILED') return 'AGAIN';
    const { amount, cancels } = wish.payment;
    let left = amount;
    for (const { cancelId, amount: cancelAmount, taxFreeAmount, reason } of cancels) {
      left -= cancelAmount;
      // The one that leaves nothing of the payment takes all that is left of the receipt.
      const part = left === 0 ? {} : { cancelAmount, taxFreeAmount };
      await this.cancel(receipt, { paymentCancelId: cancelId, wish: part, reason });
    }
    return this.standing(receipt);
  }

  /**
   * Where the provider takes back whole receipts only: the receipt is for what is left of the payment, or it goes back
   * whole, and only then another one, for the rest, takes its place. Each step is reckoned from what is committed and
   * compared in its write, so that whoever looks next goes on where this look stopped.
   */
  private async followWhole(wish: ClaimedReceiptWish, receipt: CashReceipt): Promise<Look> {
    const rest = restAfter(amountsOf(wish.payment), wish.payment.cancels.map(cancelWishOf));
    // Money is never charged again: more than the receipt is for was left only when this wish was read.
    if (rest.amount > receipt.amount) return 'AGAIN';
    if (isStanding(receipt.status)) {
      if (receipt.amount === rest.amount) return 'AGAIN';
      const reason = wish.payment.cancels.at(-1)?.reason ?? '부분취소';
      await this.cancel(receipt, { paymentCancelId: receipt.receiptId, wish: {}, reason });
      crashPoint('receipt.taken-back');
    } else if (receipt.status === 'FAILED') {
      if (receipt.generation === 1) return 'AGAIN';
      if (rest.amount === receipt.amount) return this.issue(wish, rest, receipt);
    }
    return this.replace(wish, rest, receipt.receiptId);
  }

  /** The receipt for the rest, once the one before it is gone whole; the end where nothing is left, or people are asked. */
  private async replace(wish: ClaimedReceiptWish, rest: ReceiptAmounts, receiptId: string): Promise<Look> {
    const before = await this.receipts.findById(receiptId);
    if (before === null || before.replacedById !== null) return 'SOON';
    const takenBack = await this.receipts.findCancelOf(receiptId, receiptId);
    if (takenBack?.status === 'UNCONFIRMED') return { end: 'UNCONFIRMED' };
    if (!isReplaceable(before.status)) return takenBack?.status === 'IN_PROGRESS' ? 'SOON' : 'AGAIN';
    // One that the merchant took back by its own request stays taken back.
    const isOurs = before.status === 'FAILED' || takenBack?.status === 'DONE';
    if (rest.amount === 0 || !isOurs) return { end: 'CANCELLED' };
    return this.issue(wish, rest, before);
  }

  /** The merchant's own net cancel undid an approval that may have had its receipt already: all of it goes back. */
  private async takeBack({ mid, paymentId, payment }: ClaimedReceiptWish): Promise<Look> {
    const receipt = await this.receipts.findByOrder(mid, payment.orderNo);
    if (receipt?.paymentId !== paymentId || receipt.status === 'FAILED') return { end: 'NOT_PAID' };
    if (receipt.status === 'UNCONFIRMED') return { end: 'UNCONFIRMED' };
    if (receipt.status === 'IN_PROGRESS') return 'SOON';
    // A reversal has no cancel of its own: the payment's id lets it happen once.
    await this.cancel(receipt, { paymentCancelId: paymentId, wish: {}, reason: '망취소' });
    return this.standing(receipt);
  }

  private async standing(receipt: CashReceipt): Promise<Look> {
    const now = await this.receipts.findById(receipt.receiptId);
    return now?.status === 'CANCELLED' ? { end: 'CANCELLED' } : 'AGAIN';
  }

  /** The first receipt of the payment; with `before` one of other amounts in its place, or itself once more. */
  private async issue(
    wish: ClaimedReceiptWish,
    amounts: ReceiptAmounts = amountsOf(wish.payment),
    before?: CashReceipt,
  ): Promise<Look> {
    const { payment, paymentId, mid, purpose } = wish;
    const { orderNo, goodsName, contractId } = payment;
    const command: IssueCommand = {
      mid,
      actor: ACTOR,
      orderNo,
      origin: { paymentId, contractId: before?.contractId ?? contractId },
      purpose,
      identifier: new Secret({ kind: wish.identifierKind, digits: wish.identifier.expose() }),
      amounts,
      goodsName,
    };
    try {
      await (before === undefined || before.amount === amounts.amount
        ? this.issueReceipt.run(command)
        : this.issueReceipt.replace(before, command));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'NO_CASH_RECEIPT_CONTRACT') return { end: 'NO_CONTRACT' };
      // Everything else is told by the receipt, at the next look.
      return BETWEEN.includes(error.code) ? 'SOON' : 'AGAIN';
    }
    return 'AGAIN';
  }

  /** One cancel of the payment, taken to the receipt. One that failed is tried again: the payer has the money back. */
  private async cancel(
    receipt: CashReceipt,
    of: { readonly paymentCancelId: string; readonly wish: ReceiptCancelWish; readonly reason: string },
  ): Promise<void> {
    const asked = { ...of, actor: ACTOR, requestKey: null };
    const opened = await this.cancelReceipt.open(receipt, asked);
    if (opened.kind === 'OPENED') return this.settler.cancel(opened.receipt, opened.cancel, ACTOR);
    if (opened.kind !== 'REPEATED') return;
    const before = await this.receipts.findCancel(opened.cancelId);
    if (before?.status !== 'FAILED') return;
    const { access } = await this.providers.of(receipt.contractId);
    const again = await this.cancels.reopen(before, {
      acquirerOrderNo: newReceiptNumber('C'),
      leaseMs: this.times.turnWaitMs + this.times.leaseMs(access),
      actor: ACTOR,
      at: this.clock.now(),
    });
    if (again !== null) await this.settler.cancel(receipt, again, ACTOR);
  }
}

/** What of a payment its receipt is for. */
function amountsOf(payment: ClaimedReceiptWish['payment']): ReceiptAmounts {
  const { amount, vat, taxFreeAmount, serviceCharge } = payment;
  return {
    ...{ amount, vat, taxFreeAmount, serviceCharge },
    supplyAmount: amount - vat - taxFreeAmount - serviceCharge,
  };
}

const cancelWishOf = ({ amount: cancelAmount, taxFreeAmount }: DonePaymentCancel): ReceiptCancelWish => ({
  cancelAmount,
  taxFreeAmount,
});

/** A first one; one for the rest is looked after by what is left. */
function isToBeTriedAgain(receipt: CashReceipt): boolean {
  if (receipt.generation > 1) return false;
  return receipt.status === 'FAILED' && receipt.failureCode === 'ACQUIRER_UNAVAILABLE';
}
