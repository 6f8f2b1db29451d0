import type { Outcome } from '../core/acquirer';
import { askCard } from '../core/card-play';
import type { NicepayBook, NicepayPayment } from './nicepay.book';
import { DECLINES } from './nicepay.cards';
import { messageOf, type NicepayCode } from './nicepay.codes';
import { type NicepayRequest, statusAnswer } from './nicepay.gate';
import { nicepayTime } from './nicepay.time';
import { signatureOf } from './nicepay.crypto';
import type { NicepayWebhooks } from './nicepay.webhooks';

/** How long the payer's authentication can be approved. Not documented; ten minutes here (unconfirmed). */
const APPROVE_WITHIN_MS = 10 * 60_000;
const AMOUNT_MIN = 1_000;

/** `POST /v1/payments/{tid}` (manual, "승인"): the merchant takes what the payer authenticated in the window. */
export function approve(
  parts: { readonly book: NicepayBook; readonly webhooks: NicepayWebhooks },
  request: NicepayRequest,
): Outcome | Promise<Outcome> {
  const { book, webhooks } = parts;
  const { mid } = request;
  const tid = request.call.params.tid ?? '';
  const payment = book.byTransaction(mid, tid);
  if (payment) request.call.about(payment.order.acquirerOrderNo);
  const amount = request.won('amount');
  if (amount === undefined) return request.refuse('U100');
  if (amount === null) return request.refuse('A116');
  if (request.isSignedWrongly(tid, amount)) return request.refuse('U312');
  if (tid.length !== 30) return request.refuse('A115');
  if (!payment) return request.refuse('U121');
  const problem = approvalProblem(book, mid, payment, amount);
  // A payment without a profile came by key-in, so it is over already.
  if (problem || !payment.profile) return request.refuse(problem ?? '2201');
  return askCard(payment.profile, request.call, {
    approve: () => {
      // Asked again: a late approval leaves time for another one of the same order.
      const late = approvalProblem(book, mid, payment, amount);
      if (late) return { refused: request.refusal(late) };
      book.approve(mid, tid);
      webhooks.tell('confirm', payment, request.contract);
      return { approved: request.payment(payment) };
    },
    decline: (reason) => {
      const { code, message = messageOf(code) } = DECLINES[reason];
      // Under maintenance nobody was asked, and the authentication stays open.
      if (reason !== 'maintenance') book.fail(mid, tid, { code, message });
      return request.refusal(code, message);
    },
    broken: () => statusAnswer(500),
  });
}

function approvalProblem(
  book: NicepayBook,
  mid: string,
  payment: NicepayPayment,
  amount: number,
): NicepayCode | undefined {
  const { order } = payment;
  if (payment.approval) return '2201';
  if (payment.failure || book.nowMs() - order.requestedAtMs > APPROVE_WITHIN_MS) return 'A245';
  if (amount !== order.amount) return 'A123';
  if (order.card !== null && amount < AMOUNT_MIN) return '3041';
  return book.isOrderUsed(mid, order.acquirerOrderNo) ? 'U112' : undefined;
}

/**
 * `POST /v1/check-amount/{tid}`: whether a payment was approved with this amount, for windows that approve by
 * themselves. The members of the answer are from the manual's table (isValid), no sample is known (unconfirmed).
 */
export function checkAmount(book: NicepayBook, request: NicepayRequest): Outcome {
  const tid = request.call.params.tid ?? '';
  const payment = book.byTransaction(request.mid, tid);
  if (payment) request.call.about(payment.order.acquirerOrderNo);
  const amount = request.won('amount');
  if (amount === undefined) return request.refuse('U100');
  if (amount === null) return request.refuse('A116');
  if (request.isSignedWrongly(tid, amount)) return request.refuse('U312');
  if (!payment?.approval) return request.refuse('U107');
  const ediDate = nicepayTime(book.nowMs());
  const body = {
    resultCode: '0000',
    resultMsg: messageOf('0000'),
    ediDate,
    signature: signatureOf(tid, amount, ediDate, request.contract.secretKey),
    isValid: amount === payment.order.amount,
  };
  return { answer: request.answer(body), effect: 'read' };
}
