import type { Answer, Outcome } from '../core/acquirer';
import { bookCard } from '../core/card-book';
import type { BookCard } from '../core/card-book.types';
import { askCard } from '../core/card-play';
import { type CardProfile, cardProfile } from '../core/cards';
import type { InicisBook, InicisExtra, InicisPayment } from './inicis.book';
import { cardCode, cardName, DECLINE_CODES } from './inicis.cards';
import { type InicisRequest, json, textOf } from './inicis.gate';
import { dateOf, timeOf } from './inicis.time';
import { type ChargedOrder, checkKeyIn } from './inicis.validation';

/** `POST /api/v1/formpay`, Pay by Card (KG Inicis manual, "INIAPI"). A refused approval leaves no payment behind. */
export function keyIn(book: InicisBook, request: InicisRequest): Outcome | Promise<Outcome> {
  const { call, contract, fields, refuse } = request;
  call.about(textOf(fields.moid));
  const asked = checkKeyIn(contract, fields, book.nowMs());
  if (typeof asked === 'string') return refuse(asked);
  const profile = cardProfile(asked.cardNumber);
  const card = { card: bookCard(asked.cardNumber, profile), profile };
  return chargeCard(book, request, { ...asked, ...card, tidKind: 'INIAPICARD' });
}

/** What a card is charged with, by its number or by a billing key. */
export interface CardCharge extends ChargedOrder {
  readonly card: BookCard;
  readonly profile: CardProfile;
  readonly tidKind: 'INIAPICARD' | 'INIAPIBILL';
}

/** Asks the card and books what it says. */
export function chargeCard(
  book: InicisBook,
  { call, contract: { mid }, refuse }: InicisRequest,
  asked: CardCharge,
): Outcome | Promise<Outcome> {
  const requestedAtMs = book.nowMs();
  if (book.isOrderUsed(mid, asked.moid)) return refuse('550619');
  const { card, profile, amount, taxFreeAmount, installmentMonths } = asked;
  const { goodName, buyerName, buyerTel, buyerEmail } = asked;
  const extra: InicisExtra = { goodName, buyerName, buyerTel, buyerEmail };
  return askCard(profile, call, {
    decline: (reason) => refuse(DECLINE_CODES[reason]).answer,
    broken: brokenAnswer,
    approve: () => {
      // Asked again: a late approval leaves time for another one of the same order.
      if (book.isOrderUsed(mid, asked.moid)) return { refused: refuse('550619').answer };
      const payment = book.approve(mid, {
        transactionId: book.newTid(asked.tidKind, mid),
        acquirerOrderNo: asked.moid,
        ...{ amount, taxFreeAmount, requestedAtMs, installmentMonths, card, extra },
        cancelPlay: profile.cancel,
      });
      return { approved: json(approvedBody(payment, asked.interestFree)) };
    },
  });
}

/** The page of a proxy, as no business answer of KG Inicis looks like. */
export function brokenAnswer(): Answer {
  return {
    status: 500,
    body: '<html><body>Internal Server Error</body></html>',
    headers: {},
    contentType: 'text/html;charset=UTF-8',
  };
}

/** As captured: no order number and no merchant id among its members, the amount as text. */
function approvedBody({ order, approval }: InicisPayment, interestFree: boolean): Record<string, string> {
  const card = order.card as BookCard;
  const atMs = approval?.atMs ?? 0;
  return {
    tid: order.transactionId,
    resultCode: '00',
    resultMsg: '[Card|Transaction has been successful]',
    payDate: dateOf(atMs),
    payTime: timeOf(atMs),
    payAuthCode: approval?.approvalNo ?? '',
    cardCode: cardCode(card),
    checkFlg: card.check ? '1' : '0',
    payAuthQuota: String(order.installmentMonths).padStart(2, '0'),
    prtcCode: '1',
    price: String(order.amount),
    cardName: cardName(card),
    cardPoint: '',
    usePoint: '',
    generalEvent: '',
    quotainterest: interestFree ? '1' : '',
    buyCode: '',
    detailCode: '00',
  };
}
