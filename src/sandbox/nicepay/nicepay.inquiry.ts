import type { Outcome } from '../core/acquirer';
import { type NicepayBook, type NicepayPayment, orderDayOf } from './nicepay.book';
import { messageOf } from './nicepay.codes';
import type { NicepayRequest } from './nicepay.gate';
import { nicepayTime } from './nicepay.time';
import type { NicepayTokens } from './nicepay.tokens';

/** An authentication that nobody has approved is no transaction yet; an account that waits for its deposit is one. */
const isTransaction = ({ approval, failure, order }: NicepayPayment) =>
  approval !== null || failure !== null || order.extra.account !== undefined;

/** `GET /v1/payments/{tid}` (manual, "거래 조회"). */
export function inquireByTid(book: NicepayBook, request: NicepayRequest): Outcome {
  const tid = request.call.params.tid ?? '';
  const payment = book.byTransaction(request.mid, tid);
  if (payment) request.call.about(payment.order.acquirerOrderNo);
  if (request.isSignedWrongly(tid)) return request.refuse('U312');
  const told = payment && book.discrepancies.payment(payment);
  if (!told || !isTransaction(told)) return request.refuse('U107');
  return { answer: request.payment(told), effect: 'read' };
}

/**
 * `GET /v1/payments/find/{orderId}?orderDate=yyyyMMdd`: the Korean day on which it was ordered. The manual prints the
 * formula with a TID for signData here; it is checked so where it is sent.
 */
export function inquireByOrder(book: NicepayBook, request: NicepayRequest): Outcome {
  const orderId = request.call.params.orderId ?? '';
  request.call.about(orderId);
  const orderDate = request.text('orderDate');
  if (orderDate === undefined) return request.refuse('U100');
  if (!/^\d{8}$/.test(orderDate)) return request.refuse('U130');
  const found = book
    .byOrder(request.mid, orderId)
    .map((each) => book.discrepancies.payment(each))
    .filter((payment) => isTransaction(payment) && orderDayOf(payment) === orderDate);
  const payment = found.find(({ approval }) => approval !== null) ?? found.at(-1);
  if (!payment) return request.refuse('U107');
  if (request.isSignedWrongly(payment.order.transactionId)) return request.refuse('U312');
  return { answer: request.payment(payment), effect: 'read' };
}

/** `POST /v1/access-token`, called with Basic (manual, "Access token"). */
export function accessToken(book: NicepayBook, tokens: NicepayTokens, request: NicepayRequest): Outcome {
  const nowMs = book.nowMs();
  const token = tokens.issue(request.contract, nowMs);
  const body = {
    resultCode: '0000',
    resultMsg: messageOf('0000'),
    accessToken: token.accessToken,
    tokenType: 'Bearer',
    expireAt: nicepayTime(token.expiresAtMs),
    now: nicepayTime(nowMs),
  };
  return { answer: request.answer(body), effect: 'processed' };
}
