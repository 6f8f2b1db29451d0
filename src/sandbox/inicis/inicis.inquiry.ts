import type { Outcome } from '../core/acquirer';
import { balanceOf } from '../core/card-book';
import type { InicisBook, InicisPayment } from './inicis.book';
import { cardCode, cardName, shownNumber } from './inicis.cards';
import { type InicisRequest, json, textOf } from './inicis.gate';
import { dateOf, timeOf } from './inicis.time';

/** `POST /v2/pg/inquiry`: by exactly one of `tid` and `oid` (KG Inicis manual, "거래조회"). */
export function inquiry(book: InicisBook, { call, contract, fields, refuse }: InicisRequest): Outcome {
  const { mid } = contract;
  const [tid, oid] = [textOf(fields.tid), textOf(fields.oid)];
  call.about(oid);
  if ((tid === '') === (oid === '')) return refuse('500252');
  const known = tid === '' ? book.latestByOrder(mid, oid) : book.byTransaction(mid, tid);
  const payment = book.visible(mid, known && book.discrepancies.payment(known));
  if (payment === undefined) return refuse('500623');
  call.about(payment.order.acquirerOrderNo);
  const { method } = payment.order.extra;
  const account = method === 'VIRTUAL_ACCOUNT' ? accountMembers(book, payment) : {};
  return { answer: json({ ...inquiryBody(mid, payment), ...account }), effect: 'read' };
}

/** Partial cancels stay PART_CANCEL even when nothing is left; only one refund of everything makes CANCEL. */
function statusOf({ order, cancels }: InicisPayment): 'APPROVAL' | 'PART_CANCEL' | 'CANCEL' {
  if (cancels.length === 0) return 'APPROVAL';
  return cancels[0]?.amount === order.amount ? 'CANCEL' : 'PART_CANCEL';
}

function inquiryBody(mid: string, payment: InicisPayment): Record<string, unknown> {
  const { order, approval } = payment;
  const { card, extra } = order;
  const status = statusOf(payment);
  const last = payment.cancels.at(-1);
  return {
    resultCode: 'SUCCESS',
    resultMsg: '정상처리되었습니다.',
    mid,
    tid: order.transactionId,
    oid: order.acquirerOrderNo,
    price: String(order.amount),
    goodsName: extra.goodName,
    paymethod: PAY_METHODS[extra.method ?? 'CARD'],
    transactionStatus: status,
    approvedDate: dateOf(approval?.atMs ?? 0),
    approvedTime: timeOf(approval?.atMs ?? 0),
    buyerName: extra.buyerName,
    buyerTel: extra.buyerTel,
    buyerMail: extra.buyerEmail,
    availablePartCancelPrice: String(balanceOf(payment)),
    ...(card && {
      cardInfo: {
        approvedNumber: approval?.approvalNo,
        currencyCode: 'WON',
        cardNumber: shownNumber(card),
        cardCode: cardCode(card),
        cardName: cardName(card),
        quota: String(order.installmentMonths).padStart(2, '0'),
      },
    }),
    ...(status === 'CANCEL' && { cancelDate: dateOf(last?.atMs ?? 0), cancelTime: timeOf(last?.atMs ?? 0) }),
    partCancelTransInfo:
      status === 'PART_CANCEL'
        ? payment.cancels.map(({ movementId, amount, atMs }) => ({
            tid: movementId,
            requestDate: dateOf(atMs),
            requestTime: timeOf(atMs),
            requestPrice: String(amount),
          }))
        : [],
  };
}

const PAY_METHODS = { CARD: 'Card', BANK_TRANSFER: 'DirectBank', VIRTUAL_ACCOUNT: 'VBank' } as const;

/**
 * Unconfirmed: what an inquiry says of an account is not documented. Here APPROVAL is that of its issue, `deposit*`
 * are there once somebody has paid, and one that was released or has run out is cancelled.
 */
function accountMembers(book: InicisBook, payment: InicisPayment): Record<string, unknown> {
  const { transactionId } = payment.order;
  const account = book.accounts.byTransaction(transactionId);
  if (account === undefined) return {};
  const { bankCode, accountNumber, dueAtMs, state } = account;
  const { approval } = payment;
  const isOver = approval === null && (state === 'CLOSED' || book.nowMs() > dueAtMs);
  return {
    ...(isOver && { transactionStatus: 'CANCEL' }),
    vacctInfo: {
      vacct: accountNumber,
      bankCode: bankCode.slice(1),
      validDate: dateOf(dueAtMs),
      validTime: timeOf(dueAtMs),
      ...(approval !== null && {
        depositName: book.depositors.get(transactionId) ?? '',
        depositDate: dateOf(approval.atMs),
        depositTime: timeOf(approval.atMs),
      }),
    },
  };
}
