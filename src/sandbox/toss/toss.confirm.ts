import type { Outcome } from '../core/acquirer';
import type { CardProfile } from '../core/cards';
import { askCard } from './toss.approval';
import type { TossBook } from './toss.book';
import { tossError, type TossCode } from './toss.errors';
import type { TossRequest } from './toss.gate';
import { isExpired, methodOf, type TossPayment } from './toss.payment';
import type { IdempotencyMark } from './toss.records';
import { openWindowAccount } from './toss.virtual-account';
import { checkConfirm, type ConfirmRequest } from './toss.validation';

/** A bank transfer: the payer's bank has agreed already. */
const NO_CARD: CardProfile = { issuer: 'SHINHAN', check: false, corporate: false };

/** `POST /v1/payments/confirm` (TossPayments core API, "결제 승인"): the merchant takes what the payer authenticated. */
export function confirm(book: TossBook, request: TossRequest): Outcome | Promise<Outcome> {
  const checked = checkConfirm(request.call.body);
  if ('code' in checked) return request.refuse(checked.code);
  const { value } = checked;
  request.call.about(value.orderId);
  const payment = book.byKey(request.mid, value.paymentKey);
  if (!payment) return request.refuse('NOT_FOUND_PAYMENT');
  const problem = confirmProblem(book, request.mid, payment, value);
  if (problem) return request.refuse(problem);
  if (methodOf(payment) === '가상계좌') return openWindowAccount(book, request, payment);
  const approve = (mark: IdempotencyMark | undefined) => {
    const late = confirmProblem(book, request.mid, payment, value);
    if (late) return late;
    const approval = book.newApproval();
    book.commit({ kind: 'confirmation', mid: request.mid, paymentKey: value.paymentKey, approval, mark });
    return payment;
  };
  return askCard(payment.profile ?? NO_CARD, request, {
    decline: (code) => abort(book, request, value.paymentKey, code),
    approve,
  });
}

/** Which code an amount or order that differs gives is not documented; INVALID_REQUEST is the general one. */
function confirmProblem(
  book: TossBook,
  mid: string,
  payment: TossPayment,
  value: ConfirmRequest,
): TossCode | undefined {
  if (payment.approval || payment.account) return 'ALREADY_PROCESSED_PAYMENT';
  if (payment.failure || isExpired(payment, book.nowMs())) return 'NOT_FOUND_PAYMENT_SESSION';
  if (payment.order.orderId !== value.orderId || payment.order.amount !== value.amount)
    return 'INVALID_REQUEST';
  return book.isOrderUsed(mid, value.orderId) ? 'DUPLICATED_ORDER_ID' : undefined;
}

/** The issuer's refusal ends the payment. Under maintenance nobody was asked, and the session stays open. */
function abort(book: TossBook, request: TossRequest, paymentKey: string, code: TossCode): Outcome {
  if (code === 'MAINTAINED_METHOD') return request.refuse(code);
  const error = tossError(code);
  const failure = { code: error.code, message: error.message };
  book.commit({ kind: 'abort', mid: request.mid, paymentKey, failure, mark: request.markWith(error) });
  return { answer: request.errorAnswer(error), effect: 'refused' };
}
