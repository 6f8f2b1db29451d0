import { maskCardNumber } from '../../common/masking/masking';
import type { Secret } from '../../common/masking/secret';
import type {
  ApprovalOrder,
  ApprovalOutcome,
  ApprovedCard,
  CancelOrder,
  CancelOutcome,
  DeclineCode,
  Exchange,
  KeyInCard,
} from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { isUnauthorized, type PortoneAnswer } from './portone.answers';
import {
  leadingCode,
  PORTONE_CANCEL_REFUSALS,
  PORTONE_CANCEL_TEXTS,
  PORTONE_DECLINES,
  PORTONE_DUPLICATES,
  PORTONE_ISSUERS,
  PORTONE_REASON_IN_TEXT,
  PORTONE_REASONS,
  type PortoneDecline,
  type PortoneRefusal,
} from './portone.codes';
import type {
  PortoneCancelRequest,
  PortoneCardFields,
  PortoneOnetimeRequest,
  PortonePayment,
} from './portone.wire';

/** Lengths of the schema; what is too long is cut where only people read it. */
const NAME_MAX = 40;
const BUYER_NAME_MAX = 16;
const BUYER_EMAIL_MAX = 64;
/** Order numbers may come back cut short, but never to less than this. */
const CUT_ORDER_MIN = 16;

export function cut(text: string, max: number): string {
  return [...text].slice(0, max).join('');
}

export function cutName(goodsName: string): string {
  return cut(goodsName, NAME_MAX);
}

export function buyerName(name: string | undefined): string | undefined {
  return name === undefined ? undefined : cut(name, BUYER_NAME_MAX);
}

/** An address that is cut is another address, so a longer one is left out. */
export function buyerEmail(email: string | undefined): string | undefined {
  return email === undefined || email.length > BUYER_EMAIL_MAX ? undefined : email;
}

/** The card as `onetime` and the storing of a card take it. */
export function wireCard(secret: Secret<KeyInCard>): PortoneCardFields {
  const card = secret.expose();
  return {
    card_number: card.cardNumber.replace(/\d{4}(?=\d)/g, '$&-'),
    expiry: `20${card.cardExpiry.slice(0, 2)}-${card.cardExpiry.slice(2, 4)}`,
    birth: card.birthOrBusinessNo,
    pwd_2digit: card.cardPasswordTwoDigits,
  };
}

/** One month is a lump sum, and PortOne knows 0 or 2 and more. */
export function cardQuota(installmentMonths: number): number {
  return installmentMonths <= 1 ? 0 : installmentMonths;
}

export function onetimeRequest(order: ApprovalOrder, pg: string): PortoneOnetimeRequest {
  return {
    merchant_uid: order.acquirerOrderNo,
    amount: order.amount,
    tax_free: order.taxFreeAmount,
    ...wireCard(order.card),
    card_quota: cardQuota(order.installmentMonths),
    name: cutName(order.goodsName),
    buyer_name: buyerName(order.buyerName),
    buyer_email: buyerEmail(order.buyerEmail),
    pg,
  };
}

/** What of a key-in request may be kept: field by field, nothing of the card but six and four digits. */
export function maskedOnetime(request: PortoneOnetimeRequest): Record<string, unknown> {
  return {
    merchant_uid: request.merchant_uid,
    amount: request.amount,
    tax_free: request.tax_free,
    card_number: maskCardNumber(request.card_number.replaceAll('-', '')),
    card_quota: request.card_quota,
    pg: request.pg,
  };
}

export function cancelRequest(order: CancelOrder): PortoneCancelRequest {
  const { acquirerTransactionId, acquirerOrderNo } = order.reference;
  return {
    ...(acquirerTransactionId === null
      ? { merchant_uid: acquirerOrderNo }
      : { imp_uid: acquirerTransactionId }),
    amount: order.cancelAmount,
    tax_free: order.taxFreeAmount,
    checksum: order.balanceAmount,
    reason: order.reason,
  };
}

/**
 * PortOne may cut an order number short without saying so. One that ours begins with, long enough and over the same
 * amount, is ours; any other is not.
 */
export function isOurOrder(
  payment: Pick<PortonePayment, 'merchant_uid' | 'amount'>,
  order: { readonly acquirerOrderNo: string; readonly amount: number },
): boolean {
  const { merchant_uid: theirs, amount } = payment;
  if (theirs === order.acquirerOrderNo) return true;
  return (
    theirs.length >= CUT_ORDER_MIN && order.acquirerOrderNo.startsWith(theirs) && amount === order.amount
  );
}

export function approvalOutcome(
  order: Pick<ApprovalOrder, 'acquirerOrderNo' | 'amount'>,
  answer: PortoneAnswer<PortonePayment>,
  exchange: Exchange,
): ApprovalOutcome {
  const unknown = (acquirerTransactionId: string | null, seen = exchange): ApprovalOutcome => ({
    kind: 'UNKNOWN',
    acquirerTransactionId,
    exchange: seen,
  });
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return unknown(null);
    case 'REFUSED': {
      const decline = declineOfRefusal(answer);
      return decline === undefined ? unknown(null) : declined(decline, exchange);
    }
    case 'OK': {
      const payment = answer.value;
      const { imp_uid: id } = payment;
      const ours =
        isOurOrder(payment, order) && payment.amount === order.amount && payment.currency === 'KRW';
      const card = approvedCard(payment);
      if (!ours) return unknown(id, notAsAsked(exchange));
      if (payment.status === 'failed') return failedOutcome(payment, exchange);
      if (payment.status !== 'paid' || payment.cancel_amount !== 0 || payment.paid_at === 0 || card === null)
        return unknown(id, notAsAsked(exchange));
      return {
        kind: 'APPROVED',
        acquirerTransactionId: id,
        approvedAt: fromUnix(payment.paid_at),
        card,
        exchange,
      };
    }
  }
}

/** Without a code of the provider nothing says whether an order was taken, a used order number least of all. */
export function declineOfRefusal(
  answer: Extract<PortoneAnswer<unknown>, { kind: 'REFUSED' }>,
): PortoneDecline | undefined {
  if (isUnauthorized(answer)) return { code: 'ACQUIRER_REJECTED', notProcessed: true };
  return PORTONE_DECLINES[leadingCode(answer.message) ?? ''];
}

function declined(decline: PortoneDecline, exchange: Exchange): ApprovalOutcome & { kind: 'DECLINED' } {
  return {
    kind: 'DECLINED',
    declineCode: decline.code,
    notProcessed: decline.notProcessed ?? false,
    exchange,
  };
}

/** A payment that PortOne keeps as failed was not approved, whatever its reason; unless its order number was used before. */
export function failedOutcome(
  payment: PortonePayment,
  exchange: Exchange,
): Extract<ApprovalOutcome, { kind: 'DECLINED' | 'UNKNOWN' }> {
  const code = leadingCode(payment.fail_reason);
  if (code !== null && PORTONE_DUPLICATES.has(code))
    return { kind: 'UNKNOWN', acquirerTransactionId: payment.imp_uid, exchange };
  const listed = code === null ? undefined : PORTONE_DECLINES[code];
  if (listed !== undefined && !PORTONE_REASON_IN_TEXT.has(code ?? '')) return declined(listed, exchange);
  const reason = reasonIn(payment.fail_reason ?? '');
  return declined({ code: reason ?? listed?.code ?? 'CARD_DECLINED' }, exchange);
}

function reasonIn(text: string): DeclineCode | undefined {
  return PORTONE_REASONS.find(([pattern]) => pattern.test(text))?.[1];
}

/** Null where PortOne does not tell of a card what an approval needs. */
export function approvedCard(payment: PortonePayment): ApprovedCard | null {
  if (!payment.apply_num || !(payment.card_issuer_code ?? payment.card_code)) return null;
  return { approvalNo: payment.apply_num.slice(0, 20), ...ownersCard(payment) };
}

/** What PortOne tells of a card; never whose it is. */
export function ownersCard(
  told: Pick<PortonePayment, 'card_code' | 'card_issuer_code' | 'card_type'>,
): Omit<ApprovedCard, 'approvalNo'> {
  const issuerCode = told.card_issuer_code ?? told.card_code ?? 'UNKNOWN';
  const types: Record<string, ApprovedCard['cardType']> = { '0': 'CREDIT', '1': 'CHECK' };
  return {
    issuer: PORTONE_ISSUERS[issuerCode] ?? issuerCode.replace(/[^\x20-\x7e]/g, '?').slice(0, 30),
    cardType: types[String(told.card_type)] ?? 'UNKNOWN',
    ownerType: 'UNKNOWN',
    interestFree: false,
  };
}

export function fromUnix(seconds: number): Date {
  return new Date(seconds * 1_000);
}

export function cancelOutcome(
  order: CancelOrder,
  answer: PortoneAnswer<PortonePayment>,
  exchange: Exchange,
): CancelOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'REFUSED': {
      const refusal = refusalOf(answer);
      return refusal === undefined
        ? { kind: 'UNKNOWN', exchange }
        : { kind: 'REFUSED', ...refusal, exchange };
    }
    case 'OK': {
      const payment = answer.value;
      const { acquirerTransactionId: id } = order.reference;
      const same = id === null ? isOurOrder(payment, order.reference) : payment.imp_uid === id;
      const left = payment.amount - payment.cancel_amount;
      const record = payment.cancel_history
        .filter(({ amount }) => amount === order.cancelAmount)
        .reduce<PortonePayment['cancel_history'][number] | null>(
          (latest, one) => (latest === null || one.cancelled_at >= latest.cancelled_at ? one : latest),
          null,
        );
      const at = record?.cancelled_at || payment.cancelled_at;
      if (!same || left !== order.balanceAmount - order.cancelAmount || at === 0)
        return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      return {
        kind: 'CANCELLED',
        acquirerCancelId: record?.cancellation_id ?? record?.pg_tid ?? null,
        cancelledAt: fromUnix(at),
        exchange,
      };
    }
  }
}

export function refusalOf(
  answer: Extract<PortoneAnswer<unknown>, { kind: 'REFUSED' }>,
): PortoneRefusal | undefined {
  if (isUnauthorized(answer)) return { reason: 'OTHER', retryLater: true };
  const code = leadingCode(answer.message);
  if (code !== null) return PORTONE_CANCEL_REFUSALS[code];
  return PORTONE_CANCEL_TEXTS.find(([pattern]) => pattern.test(answer.message?.trim() ?? ''))?.[1];
}
