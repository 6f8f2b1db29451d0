import type { Outcome } from '../core/acquirer';
import { balanceOf, cancelPlayNow, taxFreeLeft } from '../core/card-book';
import type { NaverpayBook, NaverpayPayment } from './naverpay.book';
import type { NaverpayCode } from './naverpay.codes';
import { type Fields, type NaverpayRequest, textOf, wonOf } from './naverpay.gate';
import { compactTime } from './naverpay.time';
import type { NaverpayWebhooks } from './naverpay.webhooks';

const REQUIRED = [
  'paymentId',
  'cancelAmount',
  'cancelReason',
  'cancelRequester',
  'taxScopeAmount',
  'taxExScopeAmount',
] as const;
const REASON_BYTES_MAX = 256;

interface Asked {
  readonly amount: number;
  readonly taxScope: number;
  readonly taxExScope: number;
  /** What the merchant thinks is left afterwards; null where it does not want it compared. */
  readonly expectedRest: number | null;
}

/** `POST /v1/cancel` ("결제취소"): all or a part. */
export function cancel(book: NaverpayBook, webhooks: NaverpayWebhooks, request: NaverpayRequest): Outcome {
  const { call, contract, fields, refuse, success } = request;
  if (REQUIRED.some((name) => textOf(fields[name]) === '')) return refuse('RequireParameter');
  const asked = askedOf(fields);
  if (asked === undefined) return refuse('InvalidParameter');
  const payment = book.byTransaction(contract.mid, textOf(fields.paymentId));
  if (!payment?.approval) return refuse('InvalidPaymentId');
  call.about(payment.order.acquirerOrderNo);
  const problem = problemOf(book, payment, asked);
  if (problem !== undefined) return refuse(problem);
  const silent = cancelPlayNow(book, payment) === 'silent';
  const booked = book.cancel(payment, {
    amount: asked.amount,
    taxFreeAmount: asked.taxExScope,
    reason: textOf(fields.cancelReason),
    movementId: book.newHistoryId(),
  });
  webhooks.tell('cancel', contract.mid, payment);
  const left = balanceOf(payment);
  const answer = success({
    paymentId: payment.order.transactionId,
    payHistId: booked.movementId,
    primaryPayMeans: 'CARD',
    primaryPayCancelAmount: asked.amount,
    primaryPayRestAmount: left,
    npointCancelAmount: 0,
    npointRestAmount: 0,
    giftCardCancelAmount: 0,
    giftCardRestAmount: 0,
    discountCancelAmount: 0,
    discountRestAmount: 0,
    taxScopeAmount: asked.taxScope,
    taxExScopeAmount: asked.taxExScope,
    taxScopeRestAmount: left - taxFreeLeft(payment),
    taxExScopeRestAmount: taxFreeLeft(payment),
    cancelYmdt: compactTime(booked.atMs),
    totalRestAmount: left,
  });
  return { answer, effect: 'processed', delivery: silent ? 'never' : 'answer' };
}

function askedOf(fields: Fields): Asked | undefined {
  const [amount, taxScope, taxExScope] = ['cancelAmount', 'taxScopeAmount', 'taxExScopeAmount'].map((name) =>
    wonOf(fields[name]),
  );
  const compares = textOf(fields.doCompareRest) === '1';
  const expected = textOf(fields.expectedRestAmount);
  const isPlain =
    /^[12]$/.test(textOf(fields.cancelRequester)) &&
    Buffer.byteLength(textOf(fields.cancelReason)) <= REASON_BYTES_MAX &&
    /^[01]?$/.test(textOf(fields.doCompareRest)) &&
    (!compares || /^-?\d{1,12}$/.test(expected));
  if (!isPlain || !amount || taxScope === undefined || taxExScope === undefined) return undefined;
  return { amount, taxScope, taxExScope, expectedRest: compares ? Number(expected) : null };
}

function problemOf(book: NaverpayBook, payment: NaverpayPayment, asked: Asked): NaverpayCode | undefined {
  const left = balanceOf(payment);
  const exempt = taxFreeLeft(payment);
  if (asked.taxScope + asked.taxExScope !== asked.amount) return 'TaxScopeAmountError';
  if (left === 0) return 'AlreadyCanceled';
  if (cancelPlayNow(book, payment) === 'refused') return 'MaintenanceOngoing';
  if (asked.amount > left) return 'OverRemainAmount';
  if (asked.expectedRest !== null && left - asked.amount !== asked.expectedRest) return 'RestAmountDiff';
  const isWithin = asked.taxExScope <= exempt && asked.taxScope <= left - exempt;
  return isWithin ? undefined : 'TaxScopeAmtGreaterThanRemainError';
}
