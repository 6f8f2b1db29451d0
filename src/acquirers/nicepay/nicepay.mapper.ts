import type {
  ApprovalReference,
  ApprovedCard,
  CancelOrder,
  CancelOutcome,
  ContractAccess,
  Exchange,
  InquiryOutcome,
} from '../port/acquirer.types';
import type { ConfirmOrder, ConfirmOutcome, WindowPayment } from '../port/window.types';
import { notAsAsked } from '../shared/answers';
import { isSigned, type NicepayAnswer } from './nicepay.answers';
import {
  declineOf,
  issuerOf,
  NICEPAY_CANCEL_REFUSALS,
  NICEPAY_DECLINES,
  NICEPAY_NOT_FOUND,
} from './nicepay.codes';
import { secretKeyOf } from './nicepay.config';
import { sign } from './nicepay.crypto';
import { fitBytes } from './nicepay.text';
import { newApiTime, readNewApiTime } from './nicepay.time';
import { type ApproveRequest, type CancelRequest, type NicepayPayment } from './nicepay.wire';

const REASON_BYTES = 100;
const APPROVAL_NO_MAX = 20;

export function approveRequest(
  access: ContractAccess,
  tid: string,
  amount: number,
  now: Date,
): ApproveRequest {
  const ediDate = newApiTime(now);
  return { amount, ediDate, signData: sign(tid, amount, ediDate, secretKeyOf(access)) };
}

export function cancelRequest(
  access: ContractAccess,
  tid: string,
  order: CancelOrder,
  now: Date,
): CancelRequest {
  const ediDate = newApiTime(now);
  return {
    reason: fitBytes(order.reason, REASON_BYTES, 'utf-8'),
    // A number of the cancel's own: a partial cancel under one that was used is refused.
    orderId: order.cancelKey,
    cancelAmt: order.cancelAmount,
    taxFreeAmt: order.taxFreeAmount,
    ediDate,
    signData: sign(tid, ediDate, secretKeyOf(access)),
  };
}

export function confirmOutcome(
  access: ContractAccess,
  order: ConfirmOrder,
  answer: NicepayAnswer,
  exchange: Exchange,
): ConfirmOutcome {
  // Without an answer the browser's tid stays unbelieved: it may be another payment's.
  const unknown = { kind: 'UNKNOWN', acquirerTransactionId: null } as const;
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { ...unknown, exchange };
    case 'REFUSED': {
      const { resultCode, resultMsg } = answer.result;
      const decline = declineOf(NICEPAY_DECLINES, resultCode, resultMsg);
      if (decline === undefined) return { ...unknown, exchange };
      const { code: declineCode, notProcessed = false } = decline;
      return { kind: 'DECLINED', declineCode, notProcessed, exchange };
    }
    case 'PAYMENT':
      return isSigned(answer.payment, access) && answer.payment.tid === order.proof.tid
        ? confirmedOutcome(order, answer.payment, exchange)
        : { ...unknown, exchange: notAsAsked(exchange) };
  }
}

/** An answer that is NICEPAY's own and speaks of the payment that was asked for. */
function confirmedOutcome(order: ConfirmOrder, payment: NicepayPayment, exchange: Exchange): ConfirmOutcome {
  const { tid, orderId, amount, status } = payment;
  if (status === 'ready') return { kind: 'NOT_PAID', exchange };
  const paidAt = readNewApiTime(payment.paidAt);
  if (status !== 'paid' || payment.balanceAmt !== amount || paidAt === null) {
    return { kind: 'UNKNOWN', acquirerTransactionId: tid, exchange: notAsAsked(exchange) };
  }
  const what = mismatchOf(order, payment);
  if (what !== null) {
    const as = { acquirerTransactionId: tid, acquirerOrderNo: orderId, amount };
    return { kind: 'MISMATCH', what, ...as, exchange: notAsAsked(exchange) };
  }
  return { kind: 'APPROVED', ...windowPayment(payment, paidAt), exchange };
}

function mismatchOf(order: ConfirmOrder, payment: NicepayPayment): 'AMOUNT' | 'ORDER_NO' | 'CURRENCY' | null {
  if (payment.orderId !== order.acquirerOrderNo) return 'ORDER_NO';
  if (payment.amount !== order.amount) return 'AMOUNT';
  return payment.currency === 'KRW' ? null : 'CURRENCY';
}

const METHODS: Readonly<Record<string, WindowPayment['method']>> = {
  card: 'CARD',
  vbank: 'VIRTUAL_ACCOUNT',
  bank: 'BANK_TRANSFER',
  naverpay: 'EASY_PAY',
  kakaopay: 'EASY_PAY',
  samsungpay: 'EASY_PAY',
  payco: 'EASY_PAY',
  ssgpay: 'EASY_PAY',
  cellphone: 'OTHER',
};
const CARD_TYPES: Readonly<Record<string, ApprovedCard['cardType']>> = { credit: 'CREDIT', check: 'CHECK' };

function windowPayment(payment: NicepayPayment, approvedAt: Date): WindowPayment {
  return {
    acquirerTransactionId: payment.tid,
    acquirerOrderNo: payment.orderId,
    approvedAt,
    // The manual's table has the names in capitals too.
    method: METHODS[payment.payMethod.toLowerCase()] ?? 'OTHER',
    card: cardOf(payment),
  };
}

/** Null where it was not a card that paid. */
export function cardOf({ card, approveNo }: NicepayPayment): ApprovedCard | null {
  if (card === null || card === undefined) return null;
  return {
    approvalNo: (approveNo ?? '').slice(0, APPROVAL_NO_MAX),
    issuer: issuerOf(card.cardCode),
    cardType: CARD_TYPES[card.cardType ?? ''] ?? 'UNKNOWN',
    // NICEPAY does not say whose card it is.
    ownerType: 'UNKNOWN',
    interestFree: card.isInterestFree === true,
  };
}

/** What a cancel of the new API should have done: `tid` where it is known before, the amount always. */
export interface CancelExpectation {
  readonly tid: string | null;
  readonly acquirerOrderNo: string | null;
  readonly cancelAmount: number;
}

export function cancelOutcome(
  access: ContractAccess,
  expected: CancelExpectation,
  answer: NicepayAnswer,
  exchange: Exchange,
): CancelOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'REFUSED': {
      const refusal = NICEPAY_CANCEL_REFUSALS[answer.result.resultCode];
      return refusal === undefined
        ? { kind: 'UNKNOWN', exchange }
        : { kind: 'REFUSED', ...refusal, exchange };
    }
    case 'PAYMENT':
      return cancelledOutcome(expected, answer.payment, isSigned(answer.payment, access), exchange);
  }
}

function cancelledOutcome(
  expected: CancelExpectation,
  payment: NicepayPayment,
  signed: boolean,
  exchange: Exchange,
): CancelOutcome {
  // cancels[] is told apart by cancelledTid (manual); the last one where that is not given.
  const { cancels, cancelledTid } = payment;
  const ours = cancels?.find(({ tid }) => tid === cancelledTid) ?? cancels?.at(-1);
  const cancelledAt = ours === undefined ? null : readNewApiTime(ours.cancelledAt);
  const same =
    (expected.tid === null || payment.tid === expected.tid) &&
    (expected.acquirerOrderNo === null || payment.orderId === expected.acquirerOrderNo);
  const done = payment.status === 'cancelled' || payment.status === 'partialCancelled';
  if (!signed || !same || !done || ours?.amount !== expected.cancelAmount || cancelledAt === null) {
    return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  }
  return { kind: 'CANCELLED', acquirerCancelId: ours.tid, cancelledAt, exchange };
}

/** Proof, signed with the contract's key, that what bears this TID is not our order. */
export function isOfAnotherOrder(
  access: ContractAccess,
  ours: { readonly tid: string; readonly acquirerOrderNo: string },
  answer: NicepayAnswer,
): boolean {
  if (answer.kind !== 'PAYMENT' || !isSigned(answer.payment, access)) return false;
  return answer.payment.tid === ours.tid && answer.payment.orderId !== ours.acquirerOrderNo;
}

const STATES: Record<NicepayPayment['status'], Extract<InquiryOutcome, { kind: 'FOUND' }>['state']> = {
  ready: 'PENDING',
  paid: 'APPROVED',
  partialCancelled: 'PARTIALLY_CANCELLED',
  cancelled: 'CANCELLED',
  failed: 'NOT_APPROVED',
  expired: 'NOT_APPROVED',
};

export function inquiryOutcome(
  access: ContractAccess,
  reference: Pick<ApprovalReference, 'acquirerOrderNo'>,
  answer: NicepayAnswer,
  exchange: Exchange,
): InquiryOutcome {
  if (answer.kind === 'REFUSED' && NICEPAY_NOT_FOUND.has(answer.result.resultCode))
    return { kind: 'NOT_FOUND', exchange };
  if (answer.kind !== 'PAYMENT') return { kind: 'UNKNOWN', exchange };
  const { payment } = answer;
  if (payment.orderId !== reference.acquirerOrderNo || !isSigned(payment, access))
    return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  return {
    kind: 'FOUND',
    state: stateOf(payment),
    acquirerTransactionId: payment.tid,
    amount: payment.amount,
    balanceAmount: payment.balanceAmt,
    cancels: (payment.cancels ?? []).map(({ tid, amount }) => ({ acquirerCancelId: tid, amount })),
    ...depositOf(payment),
    exchange,
  };
}

const isAccount = (payment: NicepayPayment) => payment.payMethod.toLowerCase() === 'vbank';

function stateOf(payment: NicepayPayment): Extract<InquiryOutcome, { kind: 'FOUND' }>['state'] {
  const { status } = payment;
  // An account that was taken back before anybody paid into it is cancelled too, but was never paid.
  if (status === 'cancelled' && isAccount(payment) && readNewApiTime(payment.paidAt) === null)
    return 'NOT_APPROVED';
  // Whether partial cancels of everything make `cancelled` is not documented: the balance says it.
  return status === 'partialCancelled' && payment.balanceAmt === 0 ? 'CANCELLED' : STATES[status];
}

/** Who paid into an account the payment object does not say; only the notice does, which nobody signs. */
function depositOf(payment: NicepayPayment): { deposit?: { depositor: null; depositedAt: Date } } {
  const depositedAt = isAccount(payment) ? readNewApiTime(payment.paidAt) : null;
  return depositedAt === null ? {} : { deposit: { depositor: null, depositedAt } };
}
