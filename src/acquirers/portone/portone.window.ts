import type { ContractAccess, Exchange } from '../port/acquirer.types';
import type {
  ConfirmOrder,
  ConfirmOutcome,
  WindowOrder,
  WindowOutcome,
  WindowPayment,
} from '../port/window.types';
import { notAsAsked } from '../shared/answers';
import { isUnauthorized, type PortoneAnswer } from './portone.answers';
import { portonePg } from './portone.config';
import {
  approvedCard,
  buyerEmail,
  buyerName,
  cutName,
  failedOutcome,
  fromUnix,
  isOurOrder,
} from './portone.mapper';
import type { PortonePayment, PortonePrepared } from './portone.wire';

const METHODS: Readonly<Record<string, WindowPayment['method']>> = {
  card: 'CARD',
  trans: 'BANK_TRANSFER',
  vbank: 'VIRTUAL_ACCOUNT',
  samsung: 'EASY_PAY',
  kakaopay: 'EASY_PAY',
  naverpay: 'EASY_PAY',
  tosspay: 'EASY_PAY',
  payco: 'EASY_PAY',
  ssgpay: 'EASY_PAY',
  lpay: 'EASY_PAY',
  applepay: 'EASY_PAY',
};

/** `impCode` is for `IMP.init`, everything else for `IMP.request_pay` of PortOne's script. */
export function clientParams(
  access: ContractAccess,
  order: WindowOrder,
): Record<string, string | number | boolean> {
  const buyer = {
    buyer_name: buyerName(order.buyerName),
    buyer_email: buyerEmail(order.buyerEmail),
    buyer_tel: order.buyerPhone,
  };
  return {
    impCode: access.acquirerMerchantId,
    pg: portonePg(access),
    pay_method: order.method === 'BANK_TRANSFER' ? 'trans' : 'card',
    merchant_uid: order.acquirerOrderNo,
    name: cutName(order.goodsName),
    amount: order.amount,
    tax_free: order.taxFreeAmount,
    currency: 'KRW',
    m_redirect_url: order.returnUrl,
    ...Object.fromEntries(Object.entries(buyer).filter((entry): entry is [string, string] => !!entry[1])),
  };
}

/** The amount is registered before the payer sees a window, so that PortOne blocks a window over another one. */
export function windowOutcome(
  access: ContractAccess,
  order: WindowOrder,
  answer: PortoneAnswer<PortonePrepared>,
  exchange: Exchange,
): WindowOutcome {
  if (answer.kind === 'NOT_SENT') return { kind: 'NOT_SENT', exchange };
  if (answer.kind === 'REFUSED') return { kind: 'REFUSED', exchange };
  if (answer.kind === 'UNREADABLE') return { kind: 'UNKNOWN', exchange };
  const { merchant_uid, amount } = answer.value;
  if (merchant_uid !== order.acquirerOrderNo || amount !== order.amount)
    return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  return { kind: 'OPENED', acquirerTransactionId: null, clientParams: clientParams(access, order), exchange };
}

/** PortOne has approved by itself when the payer comes back: confirming is reading, and comparing with the order. */
export function confirmOutcome(
  order: ConfirmOrder,
  answer: PortoneAnswer<PortonePayment>,
  exchange: Exchange,
): ConfirmOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', acquirerTransactionId: null, exchange };
    case 'REFUSED':
      // Reading approves nothing, so a payment that is not there was not paid, and a refused token leaves it open.
      return answer.status === 404 && !isUnauthorized(answer)
        ? { kind: 'NOT_PAID', exchange }
        : { kind: 'UNKNOWN', acquirerTransactionId: null, exchange };
    case 'OK':
      return seenOutcome(order, answer.value, exchange);
  }
}

function seenOutcome(order: ConfirmOrder, payment: PortonePayment, exchange: Exchange): ConfirmOutcome {
  const { imp_uid: id } = payment;
  const unknown: ConfirmOutcome = {
    kind: 'UNKNOWN',
    acquirerTransactionId: id,
    exchange: notAsAsked(exchange),
  };
  if (order.proof.impUid !== undefined && id !== order.proof.impUid)
    return { ...unknown, acquirerTransactionId: null };
  switch (payment.status) {
    case 'ready':
      return { kind: 'NOT_PAID', exchange };
    case 'failed':
      // Somebody else's failed payment says nothing of our order: its own payer may still pay.
      return isOurOrder(payment, order) ? failedOutcome(payment, exchange) : { kind: 'NOT_PAID', exchange };
    case 'cancelled':
      return unknown;
    case 'paid':
      return paidOutcome(order, payment, { exchange, unknown });
  }
}

function paidOutcome(
  order: ConfirmOrder,
  payment: PortonePayment,
  { exchange, unknown }: { exchange: Exchange; unknown: ConfirmOutcome },
): ConfirmOutcome {
  const mismatch = (what: 'AMOUNT' | 'ORDER_NO' | 'CURRENCY'): ConfirmOutcome => ({
    kind: 'MISMATCH',
    what,
    acquirerTransactionId: payment.imp_uid,
    acquirerOrderNo: payment.merchant_uid,
    amount: payment.amount,
    exchange: { ...exchange, code: `MISMATCH_${what}` },
  });
  if (!isOurOrder(payment, order)) return mismatch('ORDER_NO');
  if (payment.currency !== 'KRW') return mismatch('CURRENCY');
  if (payment.amount !== order.amount) return mismatch('AMOUNT');
  const method = METHODS[payment.pay_method ?? ''] ?? 'OTHER';
  const card = approvedCard(payment);
  if (payment.cancel_amount !== 0 || payment.paid_at === 0 || (method === 'CARD' && card === null))
    return unknown;
  const approvedAt = fromUnix(payment.paid_at);
  return {
    kind: 'APPROVED',
    acquirerTransactionId: payment.imp_uid,
    acquirerOrderNo: payment.merchant_uid,
    approvedAt,
    method,
    card: method === 'CARD' ? card : null,
    exchange,
  };
}
