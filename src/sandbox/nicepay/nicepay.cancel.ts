import type { Outcome } from '../core/acquirer';
import { balanceOf, taxFreeLeft } from '../core/card-book';
import { accountProblem, isWaiting } from './nicepay.accounts';
import { isCancelNoUsed, isFullyCancelled, type NicepayBook, type NicepayPayment } from './nicepay.book';
import type { NicepayCode } from './nicepay.codes';
import type { NicepayRequest } from './nicepay.gate';
import type { NicepayWebhooks } from './nicepay.webhooks';

interface Parts {
  readonly book: NicepayBook;
  readonly webhooks: NicepayWebhooks;
}

const NET_CANCEL_WITHIN_MS = 3_600_000;
const REASON_BYTES_MAX = 100;
const ORDER_ID_MAX = 64;
/** Where a deposit goes back to. */
const REFUND_FIELDS = ['refundAccount', 'refundBankCode', 'refundHolder'];
const NET_CANCEL_REASON = '망취소';

/** `POST /v1/payments/{tid}/cancel` (manual, "취소·환불"). Without cancelAmt everything that is left. */
export function cancel(parts: Parts, request: NicepayRequest): Outcome {
  const { book } = parts;
  const tid = request.call.params.tid ?? '';
  const payment = book.byTransaction(request.mid, tid);
  if (payment) request.call.about(payment.order.acquirerOrderNo);
  const reason = request.text('reason');
  const orderId = request.text('orderId');
  if (reason === undefined || orderId === undefined) return request.refuse('U100');
  if (Buffer.byteLength(reason) > REASON_BYTES_MAX || orderId.length > ORDER_ID_MAX)
    return request.refuse('U105');
  const told = request.won('cancelAmt');
  const taxFree = request.won('taxFreeAmt');
  if (told === null || taxFree === null) return request.refuse('P010');
  if (request.isSignedWrongly(tid)) return request.refuse('U312');
  if (!payment || (!payment.approval && !payment.order.extra.account)) return request.refuse('U122');
  const wish = { amount: told ?? balanceOf(payment), taxFree, orderId, reason };
  const hasRefundAccount = REFUND_FIELDS.every((name) => request.text(name) !== undefined);
  const problem = accountProblem(payment, { amount: wish.amount, hasRefundAccount });
  return problem ? request.refuse(problem) : cancelPayment(parts, request, payment, wish);
}

interface CancelWish {
  readonly amount: number;
  readonly taxFree: number | undefined;
  readonly orderId: string;
  readonly reason: string;
}

function cancelPayment(
  parts: Parts,
  request: NicepayRequest,
  payment: NicepayPayment,
  wish: CancelWish,
): Outcome {
  const { amount, reason, orderId } = wish;
  if (isWaiting(payment)) {
    parts.book.closeAccount(payment, reason);
    return { answer: request.payment(payment), effect: 'processed' };
  }
  const problem = cancelProblem(parts.book, payment, wish);
  if (problem) return request.refuse(problem);
  const taxFreeAmount = wish.taxFree ?? taxFreeShare(payment, amount);
  return bookAndAnswer(parts, request, payment, { amount, taxFreeAmount, reason, requestNo: orderId });
}

function cancelProblem(
  book: NicepayBook,
  payment: NicepayPayment,
  wish: CancelWish,
): NicepayCode | undefined {
  if (book.playOfCancel(payment) === 'refused') return '2003';
  if (isFullyCancelled(payment)) return '2013';
  if (book.isTooOldToCancel(payment)) return '2016';
  if (wish.amount <= 0) return '2010';
  if (wish.amount > balanceOf(payment)) return 'U123';
  const partial = wish.amount !== payment.order.amount;
  if (partial && isCancelNoUsed(payment, wish.orderId)) return 'U112';
  if (wish.taxFree === undefined) return undefined;
  return wish.taxFree < 0 || wish.taxFree > Math.min(wish.amount, taxFreeLeft(payment)) ? 'U319' : undefined;
}

/** Without a tax-free amount a cancel takes the taxable part first. */
export function taxFreeShare(payment: NicepayPayment, amount: number): number {
  return Math.max(0, taxFreeLeft(payment) - (balanceOf(payment) - amount));
}

/**
 * `POST /v1/payments/netcancel` (manual, "망취소"): undoes by the order number of an approval whose answer was lost,
 * within an hour, and only where that number is unique. One sample of the manual spells the member `orderID`.
 */
export function netCancel(parts: Parts, request: NicepayRequest): Outcome {
  const { book } = parts;
  const orderId = request.text('orderId') ?? request.text('orderID');
  if (orderId === undefined) return request.refuse('U100');
  request.call.about(orderId);
  if (request.isSignedWrongly(orderId)) return request.refuse('U312');
  const approved = book.byOrder(request.mid, orderId).filter(({ approval }) => approval !== null);
  const [payment] = approved;
  if (payment === undefined) return request.refuse('2012');
  if (approved.length > 1) return request.refuse('P035');
  if (isFullyCancelled(payment)) return request.refuse('2013');
  if (book.nowMs() - (payment.approval?.atMs ?? 0) > NET_CANCEL_WITHIN_MS) return request.refuse('2020');
  if (payment.cancels.length > 0) return request.refuse('P035');
  if (book.playOfCancel(payment) === 'refused') return request.refuse('2003');
  const { amount, taxFreeAmount } = payment.order;
  return bookAndAnswer(parts, request, payment, { amount, taxFreeAmount, reason: NET_CANCEL_REASON });
}

function bookAndAnswer(
  { book, webhooks }: Parts,
  request: NicepayRequest,
  payment: NicepayPayment,
  cancel: { amount: number; taxFreeAmount: number; reason: string; requestNo?: string },
): Outcome {
  const silent = book.playOfCancel(payment) === 'silent';
  book.bookCancel(payment, { ...cancel, partial: cancel.amount !== payment.order.amount });
  webhooks.tell('cancel', payment, request.contract);
  return {
    answer: request.payment(payment),
    effect: 'processed',
    delivery: silent ? 'never' : 'answer',
  };
}
