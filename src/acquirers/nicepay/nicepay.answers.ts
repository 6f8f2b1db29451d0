import type { OutboundResult } from '../../common/http/outbound-client';
import type { ContractAccess, Exchange } from '../port/acquirer.types';
import { exchangeOf, readJson } from '../shared/answers';
import { NEW_API_OK } from './nicepay.codes';
import { secretKeyOf } from './nicepay.config';
import { isSignedBy } from './nicepay.crypto';
import { type NicepayPayment, type NicepayResult, paymentSchema, resultSchema } from './nicepay.wire';

/** 200 for every word on a payment; these for refused keys and wrong addresses, with a code in the body too. */
const BUSINESS_STATUSES: readonly number[] = [200, 401, 403];
export const isBusinessStatus = (status: number) => BUSINESS_STATUSES.includes(status);

export type NicepayAnswer =
  | { readonly kind: 'PAYMENT'; readonly payment: NicepayPayment }
  | { readonly kind: 'REFUSED'; readonly result: NicepayResult }
  | { readonly kind: 'NOT_SENT' }
  | { readonly kind: 'UNREADABLE'; readonly reason: string };

/** Reads an answer strictly: a 5xx, a broken body or an unknown shape is not an answer. */
export function readAnswer(result: OutboundResult): NicepayAnswer {
  const read = readJson(result, isBusinessStatus);
  if (read.kind === 'NOT_SENT') return { kind: 'NOT_SENT' };
  if (read.kind === 'UNREADABLE') return read;
  const unreadable = (reason: string): NicepayAnswer => ({ kind: 'UNREADABLE', reason });
  const head = resultSchema.safeParse(read.body);
  if (!head.success) return unreadable('BODY_NOT_AN_ANSWER');
  if (head.data.resultCode !== NEW_API_OK) return { kind: 'REFUSED', result: head.data };
  const payment = paymentSchema.safeParse(read.body);
  if (read.status !== 200 || !payment.success) return unreadable('BODY_NOT_A_PAYMENT');
  return { kind: 'PAYMENT', payment: payment.data };
}

/** What may be kept of an answer: no signature, no buyer, nothing of the card. */
function maskedAnswer(answer: NicepayAnswer): Record<string, unknown> | null {
  if (answer.kind === 'REFUSED') return { resultCode: answer.result.resultCode };
  if (answer.kind !== 'PAYMENT') return null;
  const { tid, cancelledTid, orderId, status, amount, balanceAmt, paidAt, approveNo, payMethod } =
    answer.payment;
  return { tid, cancelledTid, orderId, status, amount, balanceAmt, paidAt, approveNo, payMethod };
}

export function nicepayExchange(
  endpoint: string,
  request: Record<string, unknown>,
  result: OutboundResult,
  answer: NicepayAnswer,
): Exchange {
  const refusal = answer.kind === 'REFUSED' ? answer.result : null;
  return exchangeOf(result, {
    endpoint,
    request,
    response: maskedAnswer(answer),
    code: refusal?.resultCode ?? (answer.kind === 'UNREADABLE' ? answer.reason : null),
    message: refusal?.resultMsg ?? null,
  });
}

/** Payments on which no money moved need not be signed. */
const UNSIGNED_STATES: readonly NicepayPayment['status'][] = ['ready', 'failed', 'expired'];

/** Every answer on a valid payment is signed (manual: "유효한 거래건에 한하여"). */
export function isSigned(payment: NicepayPayment, access: ContractAccess): boolean {
  const { signature, tid, amount, ediDate, status } = payment;
  if (signature === null || signature === undefined) return UNSIGNED_STATES.includes(status);
  return isSignedBy(signature, tid, amount, ediDate, secretKeyOf(access));
}
