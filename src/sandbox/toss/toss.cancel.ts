import type { Outcome } from '../core/acquirer';
import { CANCEL_REFUSED_FOR_MS } from '../core/cards';
import type { TossBook } from './toss.book';
import type { TossCode } from './toss.errors';
import type { TossRequest } from './toss.gate';
import { balanceOf, statusOf, taxFreeLeft, type TossPayment } from './toss.payment';
import { checkCancel, type CancelRequest } from './toss.validation';

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
  const { approval } = payment;
  if (!approval) return 'NOT_CANCELABLE_PAYMENT';
  const refusedForMs = CANCEL_REFUSED_FOR_MS * book.timeScale;
  if (payment.order.cancelPlay === 'cancel-refused-at-first' && book.nowMs() - approval.atMs < refusedForMs) {
    return 'FORBIDDEN_CONSECUTIVE_REQUEST';
  }
  if (statusOf(payment, book.nowMs()) === 'CANCELED') return 'ALREADY_CANCELED_PAYMENT';
  const balance = balanceOf(payment);
  if (value.refundableAmount !== undefined && value.refundableAmount !== balance) {
    return 'NOT_MATCHES_REFUNDABLE_AMOUNT';
  }
  const amount = value.cancelAmount ?? balance;
  if (amount > balance || balance === 0) return 'NOT_CANCELABLE_AMOUNT';
  return isTaxFreePartPossible(payment, amount, value.taxFreeAmount) ? undefined : 'INVALID_REQUEST';
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
