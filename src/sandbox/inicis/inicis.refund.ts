import type { Outcome } from '../core/acquirer';
import { balanceOf, cancelPlayNow, taxFreeLeft } from '../core/card-book';
import { type InicisBook, type InicisPayment, midOfTid } from './inicis.book';
import { type InicisRequest, json, textOf } from './inicis.gate';
import { dateOf, timeOf } from './inicis.time';

/** `Refund`: all of a payment of which nothing was cancelled before (INIAPI v1 and v2, "취소"). */
export function refund(book: InicisBook, request: InicisRequest): Outcome {
  const payment = paymentOf(book, request);
  if (typeof payment === 'string') return request.refuse(payment);
  const problem = stateProblem(book, payment);
  if (problem !== undefined) return request.refuse(problem);
  if (payment.cancels.length > 0) return request.refuse('500624');
  const silent = cancelPlayNow(book, payment) === 'silent';
  const { atMs } = book.cancel(payment, {
    amount: payment.order.amount,
    taxFreeAmount: payment.order.taxFreeAmount,
    reason: textOf(request.fields.msg),
  });
  return booked(silent, refundedBody(atMs));
}

/** `cshrCancelNum`: the number of a cancelled cash receipt. */
export function refundedBody(atMs: number, cshrCancelNum = ''): Record<string, string> {
  return {
    resultCode: '00',
    resultMsg: '정상처리되었습니다.',
    cancelDate: dateOf(atMs),
    cancelTime: timeOf(atMs),
    cshrCancelNum,
    detailResultCode: '',
    receiptInfo: '',
  };
}

/** `PartialRefund`: `price` is cancelled where exactly `confirmPrice` is left after it. */
export function partialRefund(book: InicisBook, request: InicisRequest): Outcome {
  const payment = paymentOf(book, request);
  if (typeof payment === 'string') return request.refuse(payment);
  const problem = stateProblem(book, payment) ?? amountProblem(payment, request);
  if (problem !== undefined) return request.refuse(problem);
  const amount = Number(textOf(request.fields.price));
  const left = balanceOf(payment) - amount;
  const silent = cancelPlayNow(book, payment) === 'silent';
  const { mid } = request.contract;
  const { atMs, movementId } = book.cancel(payment, {
    amount,
    taxFreeAmount: taxFreeShare(payment, amount, request),
    reason: textOf(request.fields.msg),
    movementId: book.newTid('INIAPICARD', mid),
  });
  return booked(silent, {
    resultCode: '00',
    resultMsg: '정상처리되었습니다.',
    tid: movementId,
    prtcTid: payment.order.transactionId,
    prtcPrice: String(amount),
    prtcRemains: String(left),
    prtcCnt: String(payment.cancels.length),
    prtcType: '1',
    prtcDate: dateOf(atMs),
    prtcTime: timeOf(atMs),
    detailResultCode: '',
    receiptInfo: '',
  });
}

function booked(silent: boolean, members: Record<string, string>): Outcome {
  return { answer: json(members), effect: 'processed', delivery: silent ? 'never' : 'answer' };
}

function paymentOf(book: InicisBook, { call, contract, fields }: InicisRequest): InicisPayment | string {
  const tid = textOf(fields.tid);
  if (tid.length !== 40) return '500252';
  if (midOfTid(tid) !== contract.mid) return '500621';
  const payment = book.byTransaction(contract.mid, tid);
  if (!payment?.approval) return '500623';
  call.about(payment.order.acquirerOrderNo);
  const { method = 'CARD' } = payment.order.extra;
  return isItsMethod(textOf(fields.paymethod), method) ? payment : '500606';
}

const METHODS: Readonly<Record<string, string>> = {
  Card: 'CARD',
  Acct: 'BANK_TRANSFER',
  Vacct: 'VIRTUAL_ACCOUNT',
};

/** INIAPI v2 names no method; what came through an account goes back to an account, for which it has another path. */
function isItsMethod(paymethod: string, method: string): boolean {
  return paymethod === '' ? method !== 'VIRTUAL_ACCOUNT' : METHODS[paymethod] === method;
}

function stateProblem(book: InicisBook, payment: InicisPayment): string | undefined {
  if (cancelPlayNow(book, payment) === 'refused') return '500127';
  return balanceOf(payment) === 0 ? '500626' : undefined;
}

function amountProblem(payment: InicisPayment, { fields }: InicisRequest): string | undefined {
  const [price, confirmPrice] = [textOf(fields.price), textOf(fields.confirmPrice)];
  if (!/^\d{1,12}$/.test(price) || !/^\d{1,12}$/.test(confirmPrice)) return '500609';
  const balance = balanceOf(payment);
  if (Number(price) === 0) return '500701';
  if (Number(price) > balance) return '500826';
  if (balance - Number(price) !== Number(confirmPrice)) return '500706';
  return Number(price) === payment.order.amount ? '500749' : undefined;
}

/** What the request says of tax-free value, within what is left of it; v1 and v2 spell it differently. */
function taxFreeShare(payment: InicisPayment, amount: number, { fields }: InicisRequest): number {
  const told = Number(textOf(fields.taxFree) || textOf(fields.taxfree)) || 0;
  return Math.min(told, amount, taxFreeLeft(payment));
}
