import type { AcquirerContext } from '../core/acquirer';
import { balanceOf, CardBook, cancelPlayNow } from '../core/card-book';
import type { BookCancel, BookPayment } from '../core/card-book.types';
import { compactDay, tidTime } from './nicepay.time';

/** What only NICEPAY keeps of a payment. */
export interface NicepayExtra {
  /** By which interface it came: only payments of the window have webhooks. */
  readonly via: 'LEGACY_KEY_IN' | 'WINDOW';
  readonly goodsName: string;
  readonly interestFree: boolean;
  readonly buyerName: string | null;
  readonly buyerTel: string | null;
  readonly buyerEmail: string | null;
  readonly mallReserved: string | null;
}

export type NicepayPayment = BookPayment<NicepayExtra>;
export type NicepayStatus = 'paid' | 'ready' | 'failed' | 'cancelled' | 'partialCancelled';

/** The MID inside TIDs that NICEPAY itself makes up; it is not the merchant's (manual, sample TIDs). */
const OWN_MID = 'UT0000000m';
const TID_SERIALS = 10_000;
const CANCEL_WITHIN_MS = 365 * 86_400_000;

/** One book for both APIs: a payment keyed in by the legacy webapi can be found by the new one (unconfirmed). */
export class NicepayBook extends CardBook<NicepayExtra> {
  constructor(context: AcquirerContext) {
    super(context);
  }

  /** MID + method 01 (card) + medium + yyMMddHHmmss + four digits. Medium: 01 a payment, 10 a partial cancel. */
  newTid(medium: '01' | '10', mid = OWN_MID): string {
    const serial = (this.size + this.ledger.nextSeq) % TID_SERIALS;
    return `${mid}01${medium}${tidTime(this.nowMs())}${String(serial).padStart(4, '0')}`;
  }

  isTidUsed(mid: string, tid: string): boolean {
    return this.byTransaction(mid, tid) !== undefined;
  }

  /** Books a cancel. A partial one has a TID of its own, a full one that of the payment. */
  bookCancel(
    payment: NicepayPayment,
    cancel: { amount: number; taxFreeAmount: number; reason: string; requestNo?: string; partial: boolean },
  ): BookCancel {
    const { transactionId } = payment.order;
    const { partial, ...rest } = cancel;
    const movementId = partial ? this.newTid('10', transactionId.slice(0, 10)) : transactionId;
    return this.cancel(payment, { ...rest, movementId });
  }

  playOfCancel(payment: NicepayPayment): 'plain' | 'silent' | 'refused' {
    return cancelPlayNow(this, payment);
  }

  /** A card payment can be cancelled within a year. */
  isTooOldToCancel(payment: NicepayPayment): boolean {
    return this.nowMs() - (payment.approval?.atMs ?? 0) > CANCEL_WITHIN_MS;
  }
}

/** After several partial cancels of everything it stays partialCancelled, with nothing left (unconfirmed). */
export function statusOf(payment: NicepayPayment): NicepayStatus {
  if (payment.failure) return 'failed';
  if (!payment.approval) return 'ready';
  const [first] = payment.cancels;
  if (first === undefined) return 'paid';
  return first.amount === payment.order.amount ? 'cancelled' : 'partialCancelled';
}

export function isFullyCancelled(payment: NicepayPayment): boolean {
  return payment.approval !== null && balanceOf(payment) === 0;
}

/** A cancel whose number has been taken before: partial cancels need a fresh one each. */
export function isCancelNoUsed(payment: NicepayPayment, requestNo: string): boolean {
  return payment.cancels.some((cancel) => cancel.requestNo === requestNo);
}

/** The day under which an order is found. */
export function orderDayOf(payment: NicepayPayment): string {
  return compactDay(payment.order.requestedAtMs);
}
