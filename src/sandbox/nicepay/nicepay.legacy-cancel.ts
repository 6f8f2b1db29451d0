import type { Exchange, Outcome, WireCall } from '../core/acquirer';
import { balanceOf, taxFreeLeft } from '../core/card-book';
import { accountProblem, isWaiting } from './nicepay.accounts';
import { isCancelNoUsed, isFullyCancelled, type NicepayBook, type NicepayPayment } from './nicepay.book';
import { taxFreeShare } from './nicepay.cancel';
import { messageOf, type NicepayCode } from './nicepay.codes';
import { signatureOf } from './nicepay.crypto';
import { type LegacyRequest, openLegacy } from './nicepay.legacy';
import { compactDay, compactTime } from './nicepay.time';

const RULES = {
  required: ['TID', 'MID', 'Moid', 'CancelAmt', 'CancelMsg', 'PartialCancelCode', 'EdiDate', 'SignData'],
  signed: ['MID', 'CancelAmt', 'EdiDate'],
};
const AMOUNT_DIGITS = 12;
/** Where a deposit goes back to. */
const REFUND_FIELDS = ['RefundAcctNo', 'RefundBankCd', 'RefundAcctNm'];

/**
 * `POST /webapi/cancel_process.jsp`. The TID alone names the payment; Moid is the number of this cancel, which a partial
 * cancel may use once (manual: against cancelling twice).
 */
export function openLegacyCancel(book: NicepayBook, call: WireCall): Exchange {
  return openLegacy(call, RULES, (request) => legacyCancel(book, request));
}

function legacyCancel(book: NicepayBook, request: LegacyRequest): Outcome {
  const payment = book.byTransaction(request.mid, request.field('TID'));
  if (payment) request.call.about(payment.order.acquirerOrderNo);
  const amount = request.won('CancelAmt');
  if (amount === null) return request.refuse('A116');
  if (!payment || (!payment.approval && !payment.order.extra.account)) return request.refuse('2012');
  const hasRefundAccount = REFUND_FIELDS.every((name) => request.field(name) !== '');
  const problemOfAccount = accountProblem(payment, { amount, hasRefundAccount });
  if (problemOfAccount) return request.refuse(problemOfAccount);
  const partial = request.field('PartialCancelCode') === '1';
  if (isWaiting(payment)) return partial ? request.refuse('2011') : close(book, request, payment);
  const problem = cancelProblem(book, payment, request, { amount, partial });
  if (problem) return request.refuse(problem);
  const silent = book.playOfCancel(payment) === 'silent';
  const taxFreeAmount = request.won('TaxFreeAmt') ?? taxFreeShare(payment, amount);
  const requestNo = partial ? request.field('Moid') : undefined;
  const reason = request.field('CancelMsg');
  const { atMs, movementId } = book.bookCancel(payment, {
    amount,
    taxFreeAmount,
    reason,
    requestNo,
    partial,
  });
  const fields = cancelledFields(request, payment, { amount, atMs, movementId, left: balanceOf(payment) });
  return {
    answer: request.answer({ ...fields, CancelNum: String(book.ledger.size).padStart(8, '0') }),
    effect: 'processed',
    delivery: silent ? 'never' : 'answer',
  };
}

function close(book: NicepayBook, request: LegacyRequest, payment: NicepayPayment): Outcome {
  book.closeAccount(payment, request.field('CancelMsg'));
  const { amount, transactionId: movementId } = payment.order;
  const fields = cancelledFields(request, payment, { amount, atMs: book.nowMs(), movementId, left: 0 });
  return { answer: request.answer(fields), effect: 'processed' };
}

const padded = (won: number) => String(won).padStart(AMOUNT_DIGITS, '0');

function cancelledFields(
  request: LegacyRequest,
  payment: NicepayPayment,
  cancel: {
    readonly amount: number;
    readonly atMs: number;
    readonly movementId: string;
    readonly left: number;
  },
): Readonly<Record<string, string>> {
  const { amount, atMs, movementId, left } = cancel;
  // A deposit that goes back is a refund (code list: 2211 counts as 2001 does).
  const code = payment.order.extra.account && payment.approval ? '2211' : '2001';
  return {
    ResultCode: code,
    ResultMsg: messageOf(code),
    ErrorCD: '0000',
    ErrorMsg: messageOf('0000'),
    CancelAmt: padded(amount),
    MID: request.mid,
    Moid: request.field('Moid'),
    // Over the amount as it stands beside it, twelve digits (which of its forms is meant is not documented).
    Signature: signatureOf(movementId, request.mid, padded(amount), request.contract.merchantKey),
    PayMethod: payment.order.extra.account ? 'VBANK' : 'CARD',
    TID: movementId,
    CancelDate: compactDay(atMs),
    CancelTime: compactTime(atMs).slice(8),
    RemainAmt: padded(left),
  };
}

function cancelProblem(
  book: NicepayBook,
  payment: NicepayPayment,
  request: LegacyRequest,
  { amount, partial }: { readonly amount: number; readonly partial: boolean },
): NicepayCode | undefined {
  if (book.playOfCancel(payment) === 'refused') return '2003';
  if (isFullyCancelled(payment)) return '2013';
  if (book.isTooOldToCancel(payment)) return '2016';
  if (amount <= 0) return '2010';
  const taxFree = request.won('TaxFreeAmt') ?? 0;
  if (taxFree > Math.min(amount, taxFreeLeft(payment))) return 'U319';
  return partial ? partialProblem(payment, amount, request.field('Moid')) : fullProblem(payment, amount);
}

/** A full cancel is one of the whole approval: of another amount, or after a partial one, it is refused. */
function fullProblem(payment: NicepayPayment, amount: number): NicepayCode | undefined {
  if (payment.cancels.length > 0) return '2031';
  return amount === payment.order.amount ? undefined : '2011';
}

function partialProblem(payment: NicepayPayment, amount: number, moid: string): NicepayCode | undefined {
  if (amount > balanceOf(payment)) return '2032';
  if (amount === payment.order.amount) return '2033';
  return isCancelNoUsed(payment, moid) ? '2015' : undefined;
}
