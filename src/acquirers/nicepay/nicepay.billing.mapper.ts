import type { OutboundResult } from '../../common/http/outbound-client';
import { maskCardNumber } from '../../common/masking/masking';
import { Secret } from '../../common/masking/secret';
import type {
  BillingChargeOrder,
  BillingKeyOrder,
  BillingKeyOutcome,
  BillingRevokeOutcome,
} from '../port/ability.types';
import type { ApprovalOutcome, ContractAccess, Exchange, KeyInCard } from '../port/acquirer.types';
import { exchangeOf, notAsAsked, readJson } from '../shared/answers';
import { isBusinessStatus, isSigned, type NicepayAnswer } from './nicepay.answers';
import {
  BILLING_KEY_DELETED,
  BILLING_KEY_GONE,
  BILLING_KEY_KEPT,
  BILLING_KEY_MADE,
  declineOf,
  issuerOf,
  NICEPAY_CHARGE_DECLINES,
  NICEPAY_KEY_DECLINES,
} from './nicepay.codes';
import { billingKeyOf, secretKeyOf } from './nicepay.config';
import { encryptBillingText, sign } from './nicepay.crypto';
import { cardOf } from './nicepay.mapper';
import { fitBytes } from './nicepay.text';
import { newApiTime, readNewApiTime } from './nicepay.time';
import { billingKeySchema, type NicepayKeyAnswer, type NicepayPayment } from './nicepay.wire';

const GOODS_NAME_BYTES = 40;
const BUYER_NAME_BYTES = 30;
const BUYER_EMAIL_BYTES = 60;
const KEY_LENGTH_MAX = 30;

interface Buyer {
  readonly buyerName?: string;
  readonly buyerEmail?: string;
  readonly buyerPhone?: string;
}

function buyerParts({ buyerName, buyerEmail, buyerPhone }: Buyer): Readonly<Record<string, string>> {
  return {
    ...(buyerName === undefined ? {} : { buyerName: fitBytes(buyerName, BUYER_NAME_BYTES, 'utf-8') }),
    ...(buyerEmail === undefined ? {} : { buyerEmail: fitBytes(buyerEmail, BUYER_EMAIL_BYTES, 'utf-8') }),
    ...(buyerPhone === undefined ? {} : { buyerTel: buyerPhone.replace(/\D/g, '') }),
  };
}

export function keyRequest(access: ContractAccess, order: BillingKeyOrder, now: Date) {
  const ediDate = newApiTime(now);
  return {
    encData: encryptBillingText(cardText(order.card.expose()), billingKeyOf(access)),
    encMode: 'A2',
    orderId: order.acquirerOrderNo,
    ...buyerParts(order),
    ediDate,
    signData: sign(order.acquirerOrderNo, ediDate, secretKeyOf(access)),
  };
}

/** idNo and cardPw belong to some contracts only; where they are not known they stay away. */
function cardText(card: KeyInCard): string {
  const { birthOrBusinessNo, cardPasswordTwoDigits } = card;
  return [
    `cardNo=${card.cardNumber}`,
    `expYear=${card.cardExpiry.slice(0, 2)}`,
    `expMonth=${card.cardExpiry.slice(2)}`,
    ...(birthOrBusinessNo === undefined ? [] : [`idNo=${birthOrBusinessNo}`]),
    ...(cardPasswordTwoDigits === undefined ? [] : [`cardPw=${cardPasswordTwoDigits}`]),
  ].join('&');
}

export function maskedKeyRequest(order: BillingKeyOrder): Record<string, unknown> {
  return { orderId: order.acquirerOrderNo, cardNo: maskCardNumber(order.card.expose().cardNumber) };
}

export type KeyAnswer =
  | { readonly kind: 'BODY'; readonly body: NicepayKeyAnswer }
  | { readonly kind: 'NOT_SENT' }
  | { readonly kind: 'UNREADABLE'; readonly reason: string };

export function readKeyAnswer(result: OutboundResult): KeyAnswer {
  const read = readJson(result, isBusinessStatus);
  if (read.kind === 'NOT_SENT') return { kind: 'NOT_SENT' };
  if (read.kind === 'UNREADABLE') return read;
  const body = billingKeySchema.safeParse(read.body);
  return body.success
    ? { kind: 'BODY', body: body.data }
    : { kind: 'UNREADABLE', reason: 'BODY_NOT_AN_ANSWER' };
}

/** Never the billing key: who has it can charge the card. */
export function keyExchange(
  endpoint: string,
  request: Record<string, unknown>,
  result: OutboundResult,
  answer: KeyAnswer,
): Exchange {
  const body = answer.kind === 'BODY' ? answer.body : null;
  const refused = body !== null && !BILLING_KEY_MADE.has(body.resultcode) && body.resultcode !== 'F101';
  return exchangeOf(result, {
    endpoint,
    request,
    response:
      body === null
        ? null
        : { resultCode: body.resultcode, tid: body.tid, orderId: body.orderid, cardCode: body.cardcode },
    code: refused ? body.resultcode : answer.kind === 'UNREADABLE' ? answer.reason : null,
    message: refused ? (body.resultmsg ?? null) : null,
  });
}

export function keyOutcome(order: BillingKeyOrder, answer: KeyAnswer, exchange: Exchange): BillingKeyOutcome {
  if (answer.kind !== 'BODY') return { kind: answer.kind === 'NOT_SENT' ? 'NOT_SENT' : 'UNKNOWN', exchange };
  const { resultcode, resultmsg, bid, orderid, cardcode } = answer.body;
  if (!BILLING_KEY_MADE.has(resultcode)) {
    const decline = declineOf(NICEPAY_KEY_DECLINES, resultcode, resultmsg ?? '');
    return decline === undefined
      ? { kind: 'UNKNOWN', exchange }
      : { kind: 'DECLINED', declineCode: decline.code, exchange };
  }
  const isKey = typeof bid === 'string' && bid !== '' && bid.length <= KEY_LENGTH_MAX;
  if (!isKey || orderid !== order.acquirerOrderNo) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  return {
    kind: 'ISSUED',
    token: new Secret(bid),
    card: {
      issuer: issuerOf(cardcode ?? ''),
      cardType: 'UNKNOWN',
      ownerType: 'UNKNOWN',
      interestFree: false,
    },
    exchange,
  };
}

export function chargeRequest(access: ContractAccess, order: BillingChargeOrder, now: Date) {
  const ediDate = newApiTime(now);
  const orderId = order.acquirerOrderNo;
  return {
    orderId,
    amount: order.amount,
    goodsName: fitBytes(order.goodsName, GOODS_NAME_BYTES, 'utf-8'),
    cardQuota: String(order.installmentMonths),
    useShopInterest: false,
    ...(order.taxFreeAmount === 0 ? {} : { taxFreeAmt: order.taxFreeAmount }),
    ...buyerParts(order),
    ediDate,
    signData: sign(orderId, order.token.expose(), ediDate, secretKeyOf(access)),
  };
}

/** The answer is a payment object, signed; its TID is NICEPAY's, never the one that was made up for the order. */
export function chargeOutcome(
  access: ContractAccess,
  order: BillingChargeOrder,
  answer: NicepayAnswer,
  exchange: Exchange,
): ApprovalOutcome {
  const unknown = { kind: 'UNKNOWN', acquirerTransactionId: null } as const;
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { ...unknown, exchange };
    case 'REFUSED': {
      const { resultCode, resultMsg } = answer.result;
      const decline = declineOf(NICEPAY_CHARGE_DECLINES, resultCode, resultMsg);
      if (decline === undefined) return { ...unknown, exchange };
      const { code: declineCode, notProcessed = false } = decline;
      return { kind: 'DECLINED', declineCode, notProcessed, exchange };
    }
    case 'PAYMENT': {
      const { payment } = answer;
      if (!isSigned(payment, access) || payment.orderId !== order.acquirerOrderNo)
        return { ...unknown, exchange: notAsAsked(exchange) };
      const approvedAt = readNewApiTime(payment.paidAt);
      const card = cardOf(payment);
      if (approvedAt === null || card === null || !isChargeAsAsked(payment, order))
        return { ...unknown, acquirerTransactionId: payment.tid, exchange: notAsAsked(exchange) };
      return { kind: 'APPROVED', acquirerTransactionId: payment.tid, approvedAt, card, exchange };
    }
  }
}

function isChargeAsAsked(payment: NicepayPayment, order: BillingChargeOrder): boolean {
  const quota = payment.card?.cardQuota ?? order.installmentMonths;
  return (
    payment.status === 'paid' &&
    payment.amount === order.amount &&
    payment.balanceAmt === order.amount &&
    payment.currency === 'KRW' &&
    Number(quota) === order.installmentMonths
  );
}

export function revokeOutcome(bid: string, answer: KeyAnswer, exchange: Exchange): BillingRevokeOutcome {
  if (answer.kind !== 'BODY') return { kind: answer.kind === 'NOT_SENT' ? 'NOT_SENT' : 'UNKNOWN', exchange };
  const { resultcode } = answer.body;
  if (BILLING_KEY_GONE.has(resultcode)) return { kind: 'REVOKED', exchange };
  if (!BILLING_KEY_DELETED.has(resultcode))
    return { kind: BILLING_KEY_KEPT.has(resultcode) ? 'REFUSED' : 'UNKNOWN', exchange };
  return answer.body.bid === bid
    ? { kind: 'REVOKED', exchange }
    : { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
}
