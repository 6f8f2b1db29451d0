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
  const payment = tid === '' ? book.approvedByOrder(mid, oid) : book.byTransaction(mid, tid);
  if (!payment?.approval) return refuse('500623');
  call.about(payment.order.acquirerOrderNo);
  return { answer: json(inquiryBody(mid, payment)), effect: 'read' };
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
    paymethod: 'Card',
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
