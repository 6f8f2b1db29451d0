import type { ApprovedCard, ContractAccess, Exchange } from '../port/acquirer.types';
import type { ConfirmOrder, ConfirmOutcome, WindowOrder, WindowOutcome } from '../port/window.types';
import { notAsAsked } from '../shared/answers';
import { idOf, type NaverpayAnswer, timeOf, wonOf } from './naverpay.answers';
import { naverpayDecline, naverpayIssuer } from './naverpay.codes';
import { naverpayClient } from './naverpay.config';
import { productName } from './naverpay.requests';
import type { NaverpayApproval, NaverpayReservation, NaverpayRow } from './naverpay.wire';

/** Of any shop system that shares the contract, so wider than ours. */
const ORDER_NO_FORM = /^[\x20-\x7e]{1,64}$/;

/** A reservation that was refused took nothing, whatever the code. */
export function windowOutcome(
  access: ContractAccess,
  order: WindowOrder,
  answer: NaverpayAnswer<NaverpayReservation>,
  exchange: Exchange,
): WindowOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'FAILURE':
      return { kind: 'REFUSED', exchange };
    case 'SUCCESS': {
      const clientParams = {
        reserveId: answer.body.reserveId,
        ...naverpayClient(access),
        merchantPayKey: order.acquirerOrderNo,
        totalPayAmount: order.amount,
        productName: productName(order),
        returnUrl: order.returnUrl,
      };
      return { kind: 'OPENED', acquirerTransactionId: null, clientParams, exchange };
    }
  }
}

/** `paymentId`: what the browser brought and we asked for. */
export function confirmOutcome(
  asked: { readonly mid: string; readonly order: ConfirmOrder; readonly paymentId: string },
  answer: NaverpayAnswer<NaverpayApproval>,
  exchange: Exchange,
): ConfirmOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', acquirerTransactionId: null, exchange };
    case 'FAILURE': {
      const decline = naverpayDecline(answer.code);
      if (decline === undefined) return { kind: 'UNKNOWN', acquirerTransactionId: null, exchange };
      const { code: declineCode, notProcessed = false } = decline;
      return { kind: 'DECLINED', declineCode, notProcessed, exchange };
    }
    case 'SUCCESS':
      return taken(asked, answer.body, exchange);
  }
}

/** NaverPay takes what the payer authenticated and is told no amount of ours: another one is money already gone. */
function taken(
  { mid, order, paymentId }: { mid: string; order: ConfirmOrder; paymentId: string },
  body: NaverpayApproval,
  exchange: Exchange,
): ConfirmOutcome {
  const { detail } = body;
  const { merchantPayKey: acquirerOrderNo } = detail;
  const isOurs = acquirerOrderNo === order.acquirerOrderNo;
  const isTheOne = body.paymentId === paymentId && isSameOrNone(detail.paymentId, paymentId);
  // A payment is believed to be this order's only where the answer says so; else the order number must find it.
  const acquirerTransactionId = isOurs && isTheOne ? idOf(paymentId) : null;
  const unknown = { kind: 'UNKNOWN', acquirerTransactionId, exchange: notAsAsked(exchange) } as const;
  const amount = wonOf(detail.totalPayAmount);
  const isApproval = detail.admissionTypeCode === '01' && detail.admissionState === 'SUCCESS';
  if (!isTheOne || !isApproval || !isSameOrNone(detail.merchantId, mid)) return unknown;
  if (amount === null || !ORDER_NO_FORM.test(acquirerOrderNo)) return unknown;
  if (!isOurs || amount !== order.amount) {
    return {
      kind: 'MISMATCH',
      what: isOurs ? 'AMOUNT' : 'ORDER_NO',
      acquirerTransactionId: paymentId,
      acquirerOrderNo,
      amount,
      exchange: notAsAsked(exchange),
    };
  }
  const approvedAt = timeOf(detail.admissionYmdt);
  if (approvedAt === null || acquirerTransactionId === null) return unknown;
  return {
    kind: 'APPROVED',
    acquirerTransactionId,
    acquirerOrderNo,
    approvedAt,
    method: 'EASY_PAY',
    card: cardOf(detail),
    exchange,
  };
}

function isSameOrNone(told: string, asked: string): boolean {
  return told === '' || told === asked;
}

/** Null where a bank account or points paid. Whose card it is, and of which kind, NaverPay does not tell. */
function cardOf({ primaryPayMeans, cardAuthNo, cardCorpCode }: NaverpayRow): ApprovedCard | null {
  if (primaryPayMeans !== 'CARD') return null;
  return {
    approvalNo: cardAuthNo.slice(0, 20),
    issuer: naverpayIssuer(cardCorpCode),
    cardType: 'UNKNOWN',
    ownerType: 'UNKNOWN',
    interestFree: false,
  };
}
