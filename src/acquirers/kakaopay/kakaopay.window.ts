import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ApprovedCard, Exchange } from '../port/acquirer.types';
import type { ConfirmOrder, ConfirmOutcome, WindowOrder, WindowOutcome } from '../port/window.types';
import { notAsAsked } from '../shared/answers';
import { type KakaopayAnswer, timeOf } from './kakaopay.answers';
import { KAKAOPAY_DECLINES, KAKAOPAY_NOT_PAID, kakaopayIssuer } from './kakaopay.codes';
import type { KakaopayApproval, KakaopayReady } from './kakaopay.wire';

const TEXT_MAX = 100;
const ADDRESS_MAX = 255;
const GUEST = 'guest';

/** Body of `POST /online/v1/payment/ready`. KakaoPay adds `pg_token` to the first address, and nothing to the others. */
export function readyRequest(cid: string, order: WindowOrder) {
  const { returnUrl } = order;
  if (returnUrl.length > ADDRESS_MAX)
    throw new AcquirerSetupError(
      'kakaopay',
      `an address to come back to has at most ${ADDRESS_MAX} characters`,
    );
  return {
    cid,
    partner_order_id: order.acquirerOrderNo,
    partner_user_id: userOf(order),
    item_name: order.goodsName.slice(0, TEXT_MAX),
    quantity: 1,
    total_amount: order.amount,
    tax_free_amount: order.taxFreeAmount,
    approval_url: returnUrl,
    cancel_url: returnUrl,
    fail_url: returnUrl,
  };
}

/** The same at ready and at approve, or KakaoPay refuses (-707). */
function userOf({ customerKey }: { readonly customerKey?: string }): string {
  return customerKey === undefined || customerKey === '' ? GUEST : customerKey.slice(0, TEXT_MAX);
}

export function readyOutcome(answer: KakaopayAnswer<KakaopayReady>, exchange: Exchange): WindowOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'FAILURE':
      return { kind: 'REFUSED', exchange };
    case 'SUCCESS': {
      const { body } = answer;
      const clientParams = {
        nextRedirectPcUrl: body.next_redirect_pc_url,
        nextRedirectMobileUrl: body.next_redirect_mobile_url,
        nextRedirectAppUrl: body.next_redirect_app_url,
      };
      return { kind: 'OPENED', acquirerTransactionId: body.tid, clientParams, exchange };
    }
  }
}

/** Body of `POST /online/v1/payment/approve`. `total_amount` makes KakaoPay compare too. */
export function approveRequest(cid: string, order: ConfirmOrder, pgToken: string) {
  const { acquirerTransactionId: tid } = order;
  if (tid === null) throw new AcquirerSetupError('kakaopay', 'a confirm needs the tid of its ready');
  return {
    cid,
    tid,
    partner_order_id: order.acquirerOrderNo,
    partner_user_id: userOf(order),
    pg_token: pgToken,
    total_amount: order.amount,
  };
}

/** An exchange that never was: without a token there is nothing to ask. */
export function notAsked(endpoint: string, code: string): Exchange {
  return { endpoint, request: {}, httpStatus: null, response: null, code, message: null, latencyMs: 0 };
}

export function confirmOutcome(
  cid: string,
  order: ConfirmOrder,
  answer: KakaopayAnswer<KakaopayApproval>,
  exchange: Exchange,
): ConfirmOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', acquirerTransactionId: order.acquirerTransactionId, exchange };
    case 'FAILURE':
      return failed(order, answer.code, exchange);
    case 'SUCCESS':
      return approved(cid, order, answer.body, exchange);
  }
}

function failed(order: ConfirmOrder, code: string, exchange: Exchange): ConfirmOutcome {
  if (KAKAOPAY_NOT_PAID.includes(code)) return { kind: 'NOT_PAID', exchange };
  const decline = Object.hasOwn(KAKAOPAY_DECLINES, code) ? KAKAOPAY_DECLINES[code] : undefined;
  if (decline === undefined)
    return { kind: 'UNKNOWN', acquirerTransactionId: order.acquirerTransactionId, exchange };
  const { code: declineCode, notProcessed = false } = decline;
  return { kind: 'DECLINED', declineCode, notProcessed, exchange };
}

function approved(
  cid: string,
  order: ConfirmOrder,
  body: KakaopayApproval,
  exchange: Exchange,
): ConfirmOutcome {
  // The tid that we asked with is the one to look up, whatever the answer calls it.
  const { acquirerTransactionId } = order;
  const { partner_order_id: acquirerOrderNo, tid, amount } = body;
  const unknown = { kind: 'UNKNOWN', acquirerTransactionId, exchange: notAsAsked(exchange) } as const;
  if (body.cid !== cid || tid !== acquirerTransactionId) return unknown;
  const what =
    acquirerOrderNo !== order.acquirerOrderNo ? 'ORDER_NO' : amount.total !== order.amount ? 'AMOUNT' : null;
  if (what !== null) {
    return {
      kind: 'MISMATCH',
      what,
      acquirerTransactionId: tid,
      acquirerOrderNo,
      amount: amount.total,
      exchange: notAsAsked(exchange),
    };
  }
  const approvedAt = timeOf(body.approved_at);
  if (approvedAt === null) return unknown;
  return {
    kind: 'APPROVED',
    acquirerTransactionId: tid,
    acquirerOrderNo,
    approvedAt,
    method: 'EASY_PAY',
    card: cardOf(body),
    exchange,
  };
}

const CARD_TYPES: Readonly<Record<string, ApprovedCard['cardType']>> = {
  신용: 'CREDIT',
  체크: 'CHECK',
  기프트: 'GIFT',
};

/** Null where the payer used KakaoPay money. Whose card it is KakaoPay does not tell. */
function cardOf({ card_info: card }: KakaopayApproval): ApprovedCard | null {
  if (card === null || card === undefined) return null;
  return {
    approvalNo: card.approved_id.slice(0, 20),
    issuer: kakaopayIssuer(card.kakaopay_issuer_corp_code, card.kakaopay_issuer_corp),
    cardType: CARD_TYPES[card.card_type] ?? 'UNKNOWN',
    ownerType: 'UNKNOWN',
    interestFree: card.interest_free_install === 'Y',
  };
}
