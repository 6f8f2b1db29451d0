import type { Answer, Outcome } from '../core/acquirer';
import { askCard } from '../core/card-play';
import type { NaverpayBook, NaverpayPayment } from './naverpay.book';
import { DECLINES, type NaverpayCode } from './naverpay.codes';
import { type NaverpayRequest, textOf } from './naverpay.gate';
import { approvalRow } from './naverpay.rows';
import type { NaverpayWebhooks } from './naverpay.webhooks';

/** From the payer's authentication ("결제승인"). */
const APPLY_WITHIN_MS = 10 * 60_000;

/** `POST /v2.2/apply/payment` ("결제승인"): takes what the payer authenticated; the merchant names no amount. */
export function apply(
  book: NaverpayBook,
  webhooks: NaverpayWebhooks,
  request: NaverpayRequest,
): Outcome | Promise<Outcome> {
  const { call, contract, fields, refuse, success } = request;
  const { mid } = contract;
  const paymentId = textOf(fields.paymentId);
  if (paymentId === '') return refuse('RequireParameter');
  const payment = book.byTransaction(mid, paymentId);
  // Which code an unknown number gives is not documented.
  if (!payment?.profile) return refuse('Fail', '유효하지 않은 결제번호입니다.');
  call.about(payment.order.acquirerOrderNo);
  const problem = problemOf(book, payment);
  if (problem !== undefined) return refuse(problem);
  book.begin(paymentId);
  const outcome = askCard(payment.profile, call, {
    decline: (reason) => {
      const [code, message] = DECLINES[reason];
      // Under maintenance nobody was asked, and the payment stays open.
      if (code !== 'MaintenanceOngoing') book.fail(mid, paymentId, { code, message });
      return refuse(code, message).answer;
    },
    broken: brokenAnswer,
    approve: () => {
      const approved = book.approve(mid, paymentId);
      webhooks.tell('confirm', mid, approved);
      return { approved: success({ paymentId, detail: approvalRow(mid, approved).members }) };
    },
  });
  const over = () => book.end(paymentId);
  if (outcome instanceof Promise) return outcome.finally(over);
  over();
  return outcome;
}

function problemOf(book: NaverpayBook, payment: NaverpayPayment): NaverpayCode | undefined {
  const { order, approval, failure } = payment;
  if (approval) return 'AlreadyComplete';
  if (book.isRunning(order.transactionId)) return 'AlreadyOnGoing';
  if (failure) return 'Fail';
  return book.nowMs() - order.requestedAtMs > APPLY_WITHIN_MS ? 'TimeExpired' : undefined;
}

/** The page of a proxy, as no business answer of NaverPay looks like. */
function brokenAnswer(): Answer {
  const body = '<html><body>Internal Server Error</body></html>';
  return { status: 500, body, headers: {}, contentType: 'text/html;charset=UTF-8' };
}
