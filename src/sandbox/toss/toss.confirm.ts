import type { Outcome } from '../core/acquirer';
import { askCard } from './toss.approval';
import type { TossBook } from './toss.book';
import { tossError, type TossCode } from './toss.errors';
import type { TossRequest } from './toss.gate';
import { isExpired, type TossPayment } from './toss.payment';
import { checkConfirm, type ConfirmRequest } from './toss.validation';

/** `POST /v1/payments/confirm` (TossPayments core API, "결제 승인"): the merchant takes what the payer authenticated. */
export function confirm(book: TossBook, request: TossRequest): Outcome | Promise<Outcome> {
  const checked = checkConfirm(request.call.body);
  if ('code' in checked) return request.refuse(checked.code);
  const { value } = checked;
  request.call.about(value.orderId);
  const payment = book.byKey(request.mid, value.paymentKey);
  if (!payment) return request.refuse('NOT_FOUND_PAYMENT');
  const problem = confirmProblem(book, request.mid, payment, value);
  // A payment without a profile came from key-in, so it has been approved.
  if (problem || !payment.profile) return request.refuse(problem ?? 'ALREADY_PROCESSED_PAYMENT');
  return askCard(payment.profile, request, {
    decline: (code) => abort(book, request, value.paymentKey, code),
    approve: (mark) => {
      const late = confirmProblem(book, request.mid, payment, value);
      if (late) return late;
      const approval = book.newApproval();
      book.commit({ kind: 'confirmation', mid: request.mid, paymentKey: value.paymentKey, approval, mark });
      return payment;
    },
  });
}

/** Which code an amount or order that differs gives is not documented; INVALID_REQUEST is the general one. */
function confirmProblem(
  book: TossBook,
  mid: string,
  payment: TossPayment,
  value: ConfirmRequest,
): TossCode | undefined {
  if (payment.approval) return 'ALREADY_PROCESSED_PAYMENT';
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
