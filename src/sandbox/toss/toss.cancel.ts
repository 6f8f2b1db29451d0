import type { Outcome } from '../core/acquirer';
import { CANCEL_REFUSED_FOR_MS } from '../core/cards';
import type { TossBook } from './toss.book';
import type { TossCode } from './toss.errors';
import type { TossRequest } from './toss.gate';
import { isTossBank } from './toss.banks';
import { balanceOf, methodOf, statusOf, taxFreeLeft, type TossPayment } from './toss.payment';
import type { TossMethod } from './toss.records';
import { accountOf } from './toss.virtual-account';
import { checkCancel, type CancelRequest } from './toss.validation';

const DAY_MS = 24 * 60 * 60_000;
/** How long after the payment each method can be given back ("결제 취소"); null: for ever. */
const REFUND_DAYS: Readonly<Record<TossMethod, number | null>> = { 카드: null, 계좌이체: 180, 가상계좌: 365 };

/** `POST /v1/payments/{paymentKey}/cancel` (TossPayments core API, "결제 취소"). */
export function cancel(book: TossBook, request: TossRequest): Outcome {
  const payment = book.byKey(request.mid, request.call.params.paymentKey ?? '');
  if (payment) request.call.about(payment.order.orderId);
  const checked = checkCancel(request.call.body);
  if ('code' in checked) return request.refuse(checked.code);
  if (!payment) return request.refuse('NOT_FOUND_PAYMENT');
  const problem = cancelProblem(book, payment, checked.value);
  if (problem) return request.refuse(problem);
  return bookCancel(book, request, payment, checked.value);
}

function bookCancel(
  book: TossBook,
  request: TossRequest,
  payment: TossPayment,
  value: CancelRequest,
): Outcome {
  const isFirst = payment.cancels.length === 0;
  const amount = value.cancelAmount ?? balanceOf(payment);
  const record = {
    atMs: book.nowMs(),
    transactionKey: book.newTransactionKey(),
    amount,
    taxFreeAmount: value.taxFreeAmount ?? taxFreeShare(payment, amount),
    reason: value.cancelReason,
  };
  const account = payment.approval === null ? accountOf(book, payment) : undefined;
  if (account !== undefined) book.accounts.moveTo(account, 'CLOSED');
  book.commit({ kind: 'cancel', paymentKey: payment.order.paymentKey, cancel: record, mark: request.mark });
  const silent = isFirst && payment.order.cancelPlay === 'first-cancel-silent';
  return {
    answer: request.paymentAnswer(payment),
    effect: 'processed',
    delivery: silent ? 'never' : 'answer',
  };
}

/** The refusals in the order in which TossPayments was measured to find them. */
function cancelProblem(book: TossBook, payment: TossPayment, value: CancelRequest): TossCode | undefined {
  const status = statusOf(payment, book.nowMs());
  if (status === 'CANCELED') return 'ALREADY_CANCELED_PAYMENT';
  if (status === 'WAITING_FOR_DEPOSIT') return closeProblem(payment, value);
  const { approval } = payment;
  if (!approval) return 'NOT_CANCELABLE_PAYMENT';
  const refusedForMs = CANCEL_REFUSED_FOR_MS * book.timeScale;
  if (payment.order.cancelPlay === 'cancel-refused-at-first' && book.nowMs() - approval.atMs < refusedForMs) {
    return 'FORBIDDEN_CONSECUTIVE_REQUEST';
  }
  const balance = balanceOf(payment);
  if (value.refundableAmount !== undefined && value.refundableAmount !== balance) {
    return 'NOT_MATCHES_REFUNDABLE_AMOUNT';
  }
  const amount = value.cancelAmount ?? balance;
  if (amount > balance || balance === 0) return 'NOT_CANCELABLE_AMOUNT';
  return (
    refundProblem(book, payment, value) ??
    (isTaxFreePartPossible(payment, amount, value.taxFreeAmount) ? undefined : 'INVALID_REQUEST')
  );
}

/** Before the deposit there is only all or nothing. */
function closeProblem(payment: TossPayment, value: CancelRequest): TossCode | undefined {
  const { cancelAmount = payment.order.amount } = value;
  if (cancelAmount > payment.order.amount) return 'NOT_CANCELABLE_AMOUNT';
  return cancelAmount < payment.order.amount ? 'NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT' : undefined;
}

/** A card is credited for as long as one likes; the others have their time, and a deposit an account to go back to. */
function refundProblem(book: TossBook, payment: TossPayment, value: CancelRequest): TossCode | undefined {
  const method = methodOf(payment);
  const refundDays = REFUND_DAYS[method];
  const paidForMs = book.nowMs() - (payment.approval?.atMs ?? 0);
  if (refundDays !== null && paidForMs > refundDays * DAY_MS) return 'EXCEED_MAX_REFUND_DUE';
  if (method !== '가상계좌') return undefined;
  if (value.refundBank === undefined) return 'INVALID_REFUND_ACCOUNT_INFO';
  return isTossBank(value.refundBank) ? undefined : 'INVALID_BANK';
}

/** Neither the tax-free part of the cancel nor of what is left may exceed its whole. */
function isTaxFreePartPossible(payment: TossPayment, amount: number, taxFree: number | undefined): boolean {
  if (taxFree === undefined) return true;
  const left = taxFreeLeft(payment);
  return taxFree <= Math.min(amount, left) && left - taxFree <= balanceOf(payment) - amount;
}

/** Without a tax-free amount a cancel takes the taxable part first. */
function taxFreeShare(payment: TossPayment, amount: number): number {
  return Math.max(0, taxFreeLeft(payment) - (balanceOf(payment) - amount));
}
