import { z } from 'zod';
import type { Outcome } from '../core/acquirer';
import { balanceOf, cancelPlayNow, taxFreeLeft } from '../core/card-book';
import { aidOf, type KakaoBook, type KakaoPayment } from './kakaopay.book';
import { json, type KakaoRequest, read, refuse } from './kakaopay.gate';
import {
  amountObject,
  type CancelNote,
  cancelMembers,
  includedVat,
  paymentMembers,
  statusOf,
  vatLeft,
} from './kakaopay.payment';
import { whole } from './kakaopay.ready';
import type { KakaoWebhooks } from './kakaopay.webhooks';

const cancelSchema = z.object({
  tid: z.string().min(1),
  cancel_amount: whole,
  cancel_tax_free_amount: whole,
  cancel_vat_amount: whole.nullish(),
  cancel_available_amount: whole.nullish(),
  payload: z.string().max(200).default(''),
});
type Asked = z.infer<typeof cancelSchema>;

/** `POST /online/v1/payment/cancel`: any part of what is left; `cancel_available_amount` makes it compare first. */
export function cancel(
  { book, webhooks }: { readonly book: KakaoBook; readonly webhooks: KakaoWebhooks },
  request: KakaoRequest,
): Outcome {
  const asked = read(cancelSchema, request);
  if (!asked) return refuse('-2');
  const payment = book.payment(request.contract.cid, asked.tid);
  if (!payment) return refuse('-721');
  request.call.about(payment.order.acquirerOrderNo);
  const problem = stateProblem(book, payment) ?? amountProblem(payment, asked);
  if (problem !== undefined) return refuse(problem);
  const silent = cancelPlayNow(book, payment) === 'silent';
  const { cancel_amount: amount, cancel_tax_free_amount: taxFreeAmount, payload } = asked;
  const vat = vatShare(payment, asked);
  const note: CancelNote = { vat, payload };
  const done = book.cancel(payment, { amount, taxFreeAmount, reason: JSON.stringify(note) });
  webhooks.tell('cancel', payment);
  const body = {
    aid: aidOf(done),
    ...paymentMembers(payment),
    status: statusOf(book, payment),
    approved_cancel_amount: amountObject(amount, taxFreeAmount, vat),
    ...cancelMembers(payment),
    ...(payload !== '' && { payload }),
  };
  return { answer: json(body), effect: 'processed', delivery: silent ? 'never' : 'answer' };
}

/** Which of its codes a second cancel of everything gives is not documented: a card's says so, money has none. */
function stateProblem(book: KakaoBook, payment: KakaoPayment): string | undefined {
  if (!payment.approval) return '-784';
  if (cancelPlayNow(book, payment) === 'refused') return '-781/INVALID_CANCEL_STATUS';
  if (balanceOf(payment) > 0) return undefined;
  return payment.order.card === null ? '-784' : '-781/0140';
}

function amountProblem(payment: KakaoPayment, asked: Asked): string | undefined {
  const balance = balanceOf(payment);
  const { cancel_amount: amount, cancel_tax_free_amount: taxFreeAmount } = asked;
  if (amount === 0) return '-2';
  if (amount > balance || (asked.cancel_available_amount ?? balance) !== balance) return '-710';
  if (taxFreeAmount > Math.min(amount, taxFreeLeft(payment))) return '-724';
  if ((asked.cancel_vat_amount ?? 0) > Math.min(amount - taxFreeAmount, vatLeft(payment))) return '-725';
  // A cup deposit goes back with the whole payment only.
  return payment.order.extra.greenDeposit > 0 && amount < payment.order.amount ? '-781' : undefined;
}

/** As told, else its part in eleven; the last cancel takes what rounding has left. */
function vatShare(payment: KakaoPayment, asked: Asked): number {
  const left = vatLeft(payment);
  if (asked.cancel_amount === balanceOf(payment)) return left;
  const included = includedVat(asked.cancel_amount, asked.cancel_tax_free_amount);
  return asked.cancel_vat_amount ?? Math.min(included, left);
}
