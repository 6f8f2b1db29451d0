import type { Answer, Outcome } from '../core/acquirer';
import { balanceOf } from '../core/card-book';
import type { BookCard, BookOrder } from '../core/card-book.types';
import { askCard } from '../core/card-play';
import type { InicisBook, InicisExtra, InicisPayment } from './inicis.book';
import { cardCode, cardName, DECLINE_CODES, shownNumber } from './inicis.cards';
import { messageOf } from './inicis.codes';
import { sha256Hex, signedAnswer } from './inicis.crypto';
import { type InicisRequest, json, textOf } from './inicis.gate';
import { brokenAnswer } from './inicis.key-in';
import { dateOf, timeOf } from './inicis.time';

/** `POST /api/payAuth`: approves what the payer authenticated in the window. A token is good for one answer. */
export function payAuth(book: InicisBook, request: InicisRequest): Outcome | Promise<Outcome> {
  const { call, contract, fields, refuse } = request;
  const { mid } = contract;
  const session = book.byTransaction(mid, sha256Hex(textOf(fields.authToken)));
  if (!session?.profile) return refuse('500623');
  const { order, profile } = session;
  call.about(order.acquirerOrderNo);
  if (!isSpoken(fields.format)) return refuse('500252');
  if (book.confirmed(mid, session)) return refuse('500631');
  const price = textOf(fields.price);
  if (price !== '' && price !== String(order.amount)) return refuse('500703');
  const attempt = (): BookOrder<InicisExtra> => ({
    ...order,
    transactionId: book.newTid(order.extra.method === undefined ? 'StdpayCARD' : 'StdpayDBNK', mid),
    extra: { ...order.extra, session: order.transactionId },
  });
  return askCard(profile, call, {
    decline: (reason) => {
      const code = DECLINE_CODES[reason];
      book.fail(mid, attempt(), { code, message: messageOf(code) });
      return refuse(code).answer;
    },
    broken: brokenAnswer,
    approve: () => {
      if (book.confirmed(mid, session)) return { refused: refuse('500631').answer };
      if (book.isOrderUsed(mid, order.acquirerOrderNo)) return { refused: refuse('500619').answer };
      const payment = book.approve(mid, attempt());
      return { approved: spoken(fields.format, approvedBody(mid, payment, textOf(fields.timestamp))) };
    },
  });
}

/** `POST /api/netCancel` (망취소): the form of the approval again. Asked twice it says yes twice and cancels once. */
export function netCancel(book: InicisBook, request: InicisRequest): Outcome {
  const { call, contract, fields, refuse } = request;
  const session = book.byTransaction(contract.mid, sha256Hex(textOf(fields.authToken)));
  if (!session) return refuse('500623');
  call.about(session.order.acquirerOrderNo);
  if (!isSpoken(fields.format)) return refuse('500252');
  const payment = book.confirmed(contract.mid, session);
  if (!payment?.approval) return refuse('500623');
  const left = balanceOf(payment);
  if (left > 0 && payment.cancels.length > 0) return refuse('500624');
  if (left > 0) {
    const { taxFreeAmount } = payment.order;
    book.cancel(payment, { amount: left, taxFreeAmount, reason: '망취소' });
  }
  const body = { resultCode: '0000', resultMsg: '망취소 처리되었습니다.', tid: payment.order.transactionId };
  return { answer: spoken(fields.format, body), effect: left > 0 ? 'processed' : 'replayed' };
}

/** KG Inicis speaks XML too; nobody here reads it. */
function isSpoken(format: unknown): boolean {
  return format === 'JSON' || format === 'NVP';
}

function spoken(format: unknown, members: Record<string, string>): Answer {
  if (format === 'JSON') return json(members);
  const body = new URLSearchParams(members).toString();
  return { status: 200, body, headers: {}, contentType: 'text/plain;charset=UTF-8' };
}

/** The members of a captured card answer; what was empty there is empty here. */
function approvedBody(mid: string, payment: InicisPayment, tstamp: string): Record<string, string> {
  const { order, approval } = payment;
  const atMs = approval?.atMs ?? 0;
  const totPrice = String(order.amount);
  return {
    resultCode: '0000',
    resultMsg: '정상처리되었습니다.',
    tid: order.transactionId,
    mid,
    MOID: order.acquirerOrderNo,
    TotPrice: totPrice,
    currency: 'WON',
    payMethod: order.card === null ? 'DirectBank' : 'Card',
    payDevice: 'PC',
    applDate: dateOf(atMs),
    applTime: timeOf(atMs),
    applNum: order.card === null ? '' : (approval?.approvalNo ?? ''),
    goodName: order.extra.goodName,
    goodsName: order.extra.goodName,
    buyerName: order.extra.buyerName,
    buyerTel: order.extra.buyerTel,
    buyerEmail: order.extra.buyerEmail,
    ...(order.card === null ? TRANSFER_MEMBERS : cardMembers(order.card, order.installmentMonths, totPrice)),
    EventCode: '',
    authSignature: signedAnswer({ mid, tstamp, moid: order.acquirerOrderNo, totPrice }),
  };
}

/** A transfer from an account at Shinhan, without a cash receipt. */
const TRANSFER_MEMBERS = { ACCT_BankCode: '88', CSHR_ResultCode: '', CSHR_Type: '' };

function cardMembers(card: BookCard, months: number, price: string): Record<string, string> {
  return {
    CARD_Code: cardCode(card),
    CARD_BankCode: '',
    CARD_Num: shownNumber(card),
    CARD_Quota: String(months).padStart(2, '0'),
    CARD_Interest: '0',
    CARD_CheckFlag: card.check ? '1' : '0',
    CARD_CorpFlag: card.corporate ? '1' : '0',
    CARD_PRTC_CODE: '1',
    CARD_PrtcCode: '1',
    CARD_ApplPrice: price,
    CARD_PurchaseName: cardName(card),
    P_FN_NM: cardName(card),
  };
}
