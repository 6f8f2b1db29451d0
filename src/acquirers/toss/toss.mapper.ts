import { maskCardNumber } from '../../common/masking/masking';
import type { OutboundResult } from '../../common/http/outbound-client';
import type {
  ApprovalOrder,
  ApprovalOutcome,
  ApprovedCard,
  CancelOrder,
  CancelOutcome,
  ContractAccess,
  Exchange,
  InquiryOutcome,
} from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { readAs, type TossFailure, tossRecord } from './toss.answers';
import { TOSS_CANCEL_REFUSALS, TOSS_DECLINES, TOSS_ISSUERS } from './toss.codes';
import {
  type TossBilling,
  type TossCancelRequest,
  type TossKeyInRequest,
  type TossPayment,
  tossPaymentSchema,
} from './toss.wire';

export const ORDER_NAME_MAX = 100;

export type TossAnswer = { readonly kind: 'PAYMENT'; readonly payment: TossPayment } | TossFailure;

/** Reads the answer of a call that is about one payment. */
export function readAnswer(result: OutboundResult): TossAnswer {
  const read = readAs(result, tossPaymentSchema, 'BODY_NOT_A_PAYMENT');
  return read.kind === 'VALUE' ? { kind: 'PAYMENT', payment: read.value } : read;
}

export function keyInRequest(order: ApprovalOrder): TossKeyInRequest {
  const card = order.card.expose();
  return {
    amount: order.amount,
    orderId: order.acquirerOrderNo,
    orderName: order.goodsName.slice(0, ORDER_NAME_MAX),
    cardNumber: card.cardNumber,
    cardExpirationYear: card.cardExpiry.slice(0, 2),
    cardExpirationMonth: card.cardExpiry.slice(2, 4),
    customerIdentityNumber: card.birthOrBusinessNo,
    cardPassword: card.cardPasswordTwoDigits,
    cardInstallmentPlan: order.installmentMonths,
    taxFreeAmount: order.taxFreeAmount,
    customerName: order.buyerName,
    customerEmail: order.buyerEmail,
  };
}

export function cancelRequest(order: CancelOrder): TossCancelRequest {
  return { cancelReason: order.reason, cancelAmount: order.cancelAmount, taxFreeAmount: order.taxFreeAmount };
}

/** What of a key-in request may be kept: field by field, nothing of the card but six and four digits. */
export function maskedKeyIn(request: TossKeyInRequest): Record<string, unknown> {
  return {
    orderId: request.orderId,
    amount: request.amount,
    taxFreeAmount: request.taxFreeAmount,
    cardNumber: maskCardNumber(request.cardNumber),
    cardInstallmentPlan: request.cardInstallmentPlan,
  };
}

function maskedAnswer(answer: TossAnswer): Record<string, unknown> | null {
  if (answer.kind !== 'PAYMENT') return null;
  const { payment } = answer;
  return {
    paymentKey: payment.paymentKey,
    orderId: payment.orderId,
    status: payment.status,
    totalAmount: payment.totalAmount,
    balanceAmount: payment.balanceAmount,
    approvedAt: payment.approvedAt,
    approveNo: payment.card?.approveNo,
    lastTransactionKey: payment.lastTransactionKey,
  };
}

export function tossExchange(
  endpoint: string,
  request: Record<string, unknown>,
  result: OutboundResult,
  answer: TossAnswer,
): Exchange {
  return tossRecord({ endpoint, request, response: maskedAnswer(answer) }, result, answer);
}

type Asked = Pick<ApprovalOrder, 'acquirerOrderNo' | 'amount'>;

/** Of a key-in approval, or with `declines` of a charge by billing key. */
export function approvalOutcome(
  access: ContractAccess,
  { order, declines = TOSS_DECLINES }: { readonly order: Asked; readonly declines?: typeof TOSS_DECLINES },
  answer: TossAnswer,
  exchange: Exchange,
): ApprovalOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', acquirerTransactionId: null, exchange };
    case 'ERROR':
      return declineOutcome(declines, answer.error.code, exchange);
    case 'PAYMENT': {
      const { payment } = answer;
      const card = approvedCard(payment);
      const asAsked = isAsAsked(payment, access, order);
      const approvedAt = payment.approvedAt === null ? Number.NaN : Date.parse(payment.approvedAt);
      if (!asAsked || card === null || Number.isNaN(approvedAt)) {
        const { paymentKey: acquirerTransactionId } = payment;
        return { kind: 'UNKNOWN', acquirerTransactionId, exchange: notAsAsked(exchange) };
      }
      const { paymentKey } = payment;
      return {
        kind: 'APPROVED',
        acquirerTransactionId: paymentKey,
        approvedAt: new Date(approvedAt),
        card,
        exchange,
      };
    }
  }
}

/** Declined by a code of the table; any other code leaves the outcome open. */
export function declineOutcome(
  table: typeof TOSS_DECLINES,
  code: string,
  exchange: Exchange,
): Extract<ApprovalOutcome, { kind: 'DECLINED' | 'UNKNOWN' }> {
  const decline = Object.hasOwn(table, code) ? table[code] : undefined;
  if (decline === undefined) return { kind: 'UNKNOWN', acquirerTransactionId: null, exchange };
  return {
    kind: 'DECLINED',
    declineCode: decline.code,
    notProcessed: decline.notProcessed ?? false,
    exchange,
  };
}

function isAsAsked(payment: TossPayment, access: ContractAccess, order: Asked): boolean {
  return (
    payment.status === 'DONE' &&
    payment.orderId === order.acquirerOrderNo &&
    payment.totalAmount === order.amount &&
    payment.balanceAmount === order.amount &&
    payment.currency === 'KRW' &&
    payment.mId === access.acquirerMerchantId
  );
}

/** Null where the answer names no card. */
export function approvedCard(payment: TossPayment): ApprovedCard | null {
  if (payment.card === null) return null;
  const { approveNo, isInterestFree } = payment.card;
  return { approvalNo: approveNo.slice(0, 20), ...ownersCard(payment.card), interestFree: isInterestFree };
}

/** Whose card it is, in our words. */
export function ownersCard(card: Pick<TossBilling['card'], 'issuerCode' | 'cardType' | 'ownerType'>) {
  const { issuerCode, cardType, ownerType } = card;
  const types: Record<string, ApprovedCard['cardType']> = { 신용: 'CREDIT', 체크: 'CHECK', 기프트: 'GIFT' };
  const owners: Record<string, ApprovedCard['ownerType']> = { 개인: 'PERSONAL', 법인: 'CORPORATE' };
  return {
    issuer: TOSS_ISSUERS[issuerCode] ?? issuerCode.replace(/[^\x20-\x7e]/g, '?').slice(0, 30),
    cardType: types[cardType] ?? 'UNKNOWN',
    ownerType: owners[ownerType] ?? 'UNKNOWN',
  } as const;
}

export function cancelOutcome(order: CancelOrder, answer: TossAnswer, exchange: Exchange): CancelOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'ERROR':
      return cancelRefusal(answer.error.code, exchange);
    case 'PAYMENT': {
      const last = answer.payment.cancels?.at(-1);
      const at = last === undefined ? Number.NaN : Date.parse(last.canceledAt);
      const same = answer.payment.paymentKey === order.reference.acquirerTransactionId;
      if (last === undefined || !same || last.cancelAmount !== order.cancelAmount || Number.isNaN(at)) {
        return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      }
      return {
        kind: 'CANCELLED',
        acquirerCancelId: last.transactionKey,
        cancelledAt: new Date(at),
        exchange,
      };
    }
  }
}

/** Refused by a code of the table; any other code leaves the outcome open. */
export function cancelRefusal(code: string, exchange: Exchange): CancelOutcome {
  const refusal = Object.hasOwn(TOSS_CANCEL_REFUSALS, code) ? TOSS_CANCEL_REFUSALS[code] : undefined;
  return refusal === undefined ? { kind: 'UNKNOWN', exchange } : { kind: 'REFUSED', ...refusal, exchange };
}

const STATES: Record<TossPayment['status'], Extract<InquiryOutcome, { kind: 'FOUND' }>['state']> = {
  READY: 'PENDING',
  IN_PROGRESS: 'PENDING',
  WAITING_FOR_DEPOSIT: 'PENDING',
  DONE: 'APPROVED',
  PARTIAL_CANCELED: 'PARTIALLY_CANCELLED',
  CANCELED: 'CANCELLED',
  ABORTED: 'NOT_APPROVED',
  EXPIRED: 'NOT_APPROVED',
};

function stateOf(payment: TossPayment): (typeof STATES)[TossPayment['status']] {
  const { status, balanceAmount, virtualAccount, approvedAt } = payment;
  // An account that was closed before anybody paid into it: no money came, so none went back.
  if (status === 'CANCELED' && virtualAccount && approvedAt === null) return 'NOT_APPROVED';
  return status === 'PARTIAL_CANCELED' && balanceAmount === 0 ? 'CANCELLED' : STATES[status];
}

function depositOf({ virtualAccount, approvedAt }: TossPayment) {
  const depositedAt = new Date(approvedAt ?? '');
  if (!virtualAccount || Number.isNaN(depositedAt.getTime())) return null;
  return { depositor: virtualAccount.depositorName ?? null, depositedAt };
}

export function inquiryOutcome(
  acquirerOrderNo: string,
  answer: TossAnswer,
  exchange: Exchange,
): InquiryOutcome {
  if (answer.kind === 'ERROR' && answer.status === 404 && answer.error.code === 'NOT_FOUND_PAYMENT') {
    return { kind: 'NOT_FOUND', exchange };
  }
  if (answer.kind !== 'PAYMENT' || answer.payment.orderId !== acquirerOrderNo)
    return { kind: 'UNKNOWN', exchange };
  const { payment } = answer;
  const deposit = depositOf(payment);
  return {
    kind: 'FOUND',
    state: stateOf(payment),
    acquirerTransactionId: payment.paymentKey,
    amount: payment.totalAmount,
    balanceAmount: payment.balanceAmount,
    ...(payment.status === 'WAITING_FOR_DEPOSIT' ? { awaitsDeposit: true } : {}),
    ...(deposit === null ? {} : { deposit }),
    cancels: (payment.cancels ?? []).map((cancel) => ({
      acquirerCancelId: cancel.transactionKey,
      amount: cancel.cancelAmount,
    })),
    exchange,
  };
}
