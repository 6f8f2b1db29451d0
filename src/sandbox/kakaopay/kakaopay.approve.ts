import { z } from 'zod';
import type { Outcome } from '../core/acquirer';
import { askCard } from '../core/card-play';
import { aidOf, type KakaoBook, type KakaoPayment, isProvedBy } from './kakaopay.book';
import { cardInfo, declineCode } from './kakaopay.cards';
import { errorAnswer, messageOf } from './kakaopay.errors';
import { json, type KakaoRequest, read, refuse } from './kakaopay.gate';
import { paymentMembers } from './kakaopay.payment';
import { whole } from './kakaopay.ready';
import type { KakaoWebhooks } from './kakaopay.webhooks';

const approveSchema = z.object({
  tid: z.string().min(1),
  partner_order_id: z.string().min(1).max(100),
  partner_user_id: z.string().min(1).max(100),
  pg_token: z.string().min(1),
  payload: z.string().max(200).default(''),
  total_amount: whole.nullish(),
});
type Asked = z.infer<typeof approveSchema>;

/** `POST /online/v1/payment/approve`: takes what the payer authenticated, once. */
export function approve(
  { book, webhooks }: { readonly book: KakaoBook; readonly webhooks: KakaoWebhooks },
  request: KakaoRequest,
): Outcome | Promise<Outcome> {
  const { call, contract } = request;
  const { cid } = contract;
  const asked = read(approveSchema, request);
  if (!asked) return refuse('-2');
  const payment = book.payment(cid, asked.tid);
  if (!payment) return refuse('-721');
  call.about(payment.order.acquirerOrderNo);
  const authentication = book.authentication(payment);
  const problem = stateProblem(book, payment) ?? proofProblem(payment, authentication, asked);
  if (problem !== undefined || !authentication?.profile) return refuse(problem ?? '-701');
  const { profile, order: authenticated } = authentication;
  const { proof: _proof, ...known } = authenticated.extra;
  const method = known.method ?? 'CARD';
  const extra = { ...known, payload: asked.payload };
  const order = { ...authenticated, transactionId: asked.tid, extra };
  return askCard(profile, call, {
    decline: (reason) => {
      const code = declineCode(method, reason);
      // Nobody was asked under maintenance, and the payment stays open.
      if (reason !== 'maintenance') book.fail(cid, order, { code, message: messageOf(code) });
      return errorAnswer(code);
    },
    broken: () => errorAnswer('-1'),
    approve: () => {
      // Asked again: a late approval leaves time for another one of the same payment.
      const late = stateProblem(book, book.payment(cid, asked.tid) ?? payment);
      if (late !== undefined) return { refused: errorAnswer(late) };
      const approved = book.approve(cid, order);
      webhooks.tell('confirm', approved);
      return { approved: json(approvedBody(cid, approved)) };
    },
  });
}

function stateProblem(book: KakaoBook, payment: KakaoPayment): string | undefined {
  if (payment.approval) return '-702';
  if (payment.failure) return '-783';
  return book.isExpired(payment) ? '-723' : undefined;
}

/** In which order KakaoPay looks at these is not documented. */
function proofProblem(
  { order }: KakaoPayment,
  authentication: KakaoPayment | undefined,
  asked: Asked,
): string | undefined {
  if (asked.partner_order_id !== order.acquirerOrderNo) return '-706';
  if (asked.partner_user_id !== order.extra.userId) return '-707';
  if (!authentication) return '-701';
  if (!isProvedBy(authentication, asked.pg_token)) return '-708';
  return (asked.total_amount ?? order.amount) === order.amount ? undefined : '-722';
}

function approvedBody(cid: string, payment: KakaoPayment): Record<string, unknown> {
  const { order, approval } = payment;
  if (!approval) return {};
  return {
    aid: aidOf(approval),
    ...paymentMembers(payment),
    ...(order.card && { card_info: cardInfo(cid, order.card, order.installmentMonths, approval) }),
    ...(order.extra.payload !== '' && { payload: order.extra.payload }),
  };
}
