import { balanceOf, taxFreeLeft } from '../core/card-book';
import type { BookCancel } from '../core/card-book.types';
import { aidOf, type KakaoBook, type KakaoPayment } from './kakaopay.book';
import { kakaoTime } from './kakaopay.time';

type Members = Readonly<Record<string, unknown>>;

/** What the book keeps of a cancel as its reason: JSON of what KakaoPay keeps. */
export interface CancelNote {
  readonly vat: number;
  readonly payload: string;
}

/** VAT that is not told: a part in eleven of what is taxed (KakaoPay developers, "단건 결제"). */
export function includedVat(amount: number, taxFreeAmount: number): number {
  return Math.round((amount - taxFreeAmount) / 11);
}

export function noteOf({ reason }: BookCancel): CancelNote {
  return JSON.parse(reason) as CancelNote;
}

export function vatLeft({ order, cancels }: KakaoPayment): number {
  return cancels.reduce((left, cancel) => left - noteOf(cancel).vat, order.extra.vat);
}

export function amountObject(total: number, taxFree: number, vat: number, greenDeposit = 0): Members {
  return { total, tax_free: taxFree, vat, point: 0, discount: 0, green_deposit: greenDeposit };
}

export function statusOf(book: KakaoBook, payment: KakaoPayment): string {
  const { approval, failure, cancels } = payment;
  if (approval !== null && cancels.length === 0) return 'SUCCESS_PAYMENT';
  if (approval !== null) return balanceOf(payment) === 0 ? 'CANCEL_PAYMENT' : 'PART_CANCEL_PAYMENT';
  if (failure !== null) return 'FAIL_PAYMENT';
  // How an expired payment is shown is not documented; the payer has left it.
  if (book.isExpired(payment)) return 'QUIT_PAYMENT';
  return book.authentication(payment) ? 'AUTH_PASSWORD' : 'READY';
}

/** The members that approve, cancel and order answers share, in the order of the reference. */
export function paymentMembers({ mid, order, approval }: KakaoPayment): Members {
  const { extra } = order;
  return {
    tid: order.transactionId,
    cid: mid,
    partner_order_id: order.acquirerOrderNo,
    partner_user_id: extra.userId,
    ...(extra.method !== null && { payment_method_type: extra.method }),
    item_name: extra.itemName,
    ...(extra.itemCode !== '' && { item_code: extra.itemCode }),
    quantity: extra.quantity,
    amount: amountObject(order.amount, order.taxFreeAmount, extra.vat, extra.greenDeposit),
    created_at: kakaoTime(order.requestedAtMs),
    ...(approval !== null && { approved_at: kakaoTime(approval.atMs) }),
  };
}

/** What is cancelled in all, and what can still be. */
export function cancelMembers(payment: KakaoPayment): Members {
  const { order, approval, cancels } = payment;
  if (approval === null) {
    const nothing = amountObject(0, 0, 0);
    return { canceled_amount: nothing, cancel_available_amount: nothing };
  }
  const left = [balanceOf(payment), taxFreeLeft(payment), vatLeft(payment)] as const;
  const { extra } = order;
  const last = cancels.at(-1);
  return {
    canceled_amount: amountObject(
      order.amount - left[0],
      order.taxFreeAmount - left[1],
      extra.vat - left[2],
      left[0] === 0 ? extra.greenDeposit : 0,
    ),
    cancel_available_amount: amountObject(...left, left[0] === 0 ? 0 : extra.greenDeposit),
    ...(last !== undefined && { canceled_at: kakaoTime(last.atMs) }),
  };
}

/** The movements of money of a payment, the oldest first. */
export function actionDetails({ order, approval, cancels }: KakaoPayment): Members[] {
  if (approval === null) return [];
  const action = (type: 'PAYMENT' | 'CANCEL', movement: typeof approval | BookCancel, rest: Members) => ({
    aid: aidOf(movement),
    approved_at: kakaoTime(movement.atMs),
    ...rest,
    point_amount: 0,
    discount_amount: 0,
    green_deposit: 0,
    payment_action_type: type,
  });
  return [
    action('PAYMENT', approval, { amount: order.amount, payload: order.extra.payload }),
    ...cancels.map((cancel) =>
      action('CANCEL', cancel, { amount: cancel.amount, payload: noteOf(cancel).payload }),
    ),
  ];
}
