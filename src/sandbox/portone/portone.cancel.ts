import type { Outcome } from '../core/acquirer';
import { balanceOf, cancelPlayNow, taxFreeLeft } from '../core/card-book';
import type { PortonePayment } from './portone.books';
import { failure } from './portone.cards';
import { envelope, refusal, type Refusal, REFUSALS, refused, wrongParameter } from './portone.envelope';
import { bodyFields } from './portone.fields';
import type { PortoneRequest } from './portone.gate';
import { paymentView } from './portone.payment';
import { type CancelRequest, checkCancel } from './portone.validation';
import { tellCancelled } from './portone.webhooks';

/** `POST /payments/cancel`: by `imp_uid`, or by `merchant_uid` where there is none; `checksum` guards the balance. */
export function cancel(request: PortoneRequest): Outcome {
  const { call, books, fault } = request;
  const fields = bodyFields(call);
  if (!fields) return refused(wrongParameter('body'));
  const wish = checkCancel(fields);
  if ('message' in wish) return refused(wish);
  const payment = paymentToCancel(request, wish);
  if (payment) call.about(payment.order.acquirerOrderNo);
  if (fault) return refused(refusal(1, fault.message));
  if (!payment?.approval) return refused(REFUSALS.nothingToCancel);
  const play = cancelPlayNow(books.payments, payment);
  const problem = play === 'refused' ? refusal(1, failure('2159').message) : cancelProblem(payment, wish);
  if (problem) return refused(problem);
  const amount = wish.amount ?? balanceOf(payment);
  const done = books.payments.cancel(payment, {
    amount,
    taxFreeAmount: wish.taxFree ?? taxFreeShare(payment, amount),
    reason: wish.reason,
  });
  if (wish.webhook) tellCancelled(books.context, payment, done);
  return {
    answer: envelope(paymentView(payment)),
    effect: 'processed',
    delivery: play === 'silent' ? 'never' : 'answer',
  };
}

/** An `imp_uid` that is wrong is not mended by a `merchant_uid` that is right. */
function paymentToCancel(
  { mid, books }: PortoneRequest,
  { impUid, merchantUid }: CancelRequest,
): PortonePayment | undefined {
  if (impUid !== undefined) return books.payments.byTransaction(mid, impUid);
  return merchantUid === undefined ? undefined : books.payments.latestByOrder(mid, merchantUid);
}

function cancelProblem(payment: PortonePayment, wish: CancelRequest): Refusal | undefined {
  const balance = balanceOf(payment);
  if (balance === 0) return REFUSALS.cancelledAlready;
  // Which of its codes a provider gives to a deposit without an account to send it to is not documented.
  if (payment.order.extra.account && !wish.hasRefundAccount) return refusal(1, failure('2014').message);
  if (wish.checksum !== undefined && wish.checksum !== balance) return REFUSALS.checksum;
  const amount = wish.amount ?? balance;
  if (amount > balance) return refusal(1, failure('2032').message);
  const taxFree = wish.taxFree ?? taxFreeShare(payment, amount);
  const left = taxFreeLeft(payment);
  const isPossible = taxFree <= Math.min(amount, left) && left - taxFree <= balance - amount;
  return isPossible ? undefined : refusal(1, failure('U319').message);
}

/** Without a tax-free amount a cancel takes the taxable part first. */
function taxFreeShare(payment: PortonePayment, amount: number): number {
  return Math.max(0, taxFreeLeft(payment) - (balanceOf(payment) - amount));
}
