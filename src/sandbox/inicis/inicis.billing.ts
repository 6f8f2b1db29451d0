import { randomBytes } from 'node:crypto';
import type { Outcome } from '../core/acquirer';
import { bookCard } from '../core/card-book';
import { cardProfile } from '../core/cards';
import type { InicisBook } from './inicis.book';
import { cardCode, cardName } from './inicis.cards';
import { sha256Hex } from './inicis.crypto';
import { type InicisRequest, json, textOf } from './inicis.gate';
import { chargeCard } from './inicis.key-in';
import { dateOf, timeOf } from './inicis.time';
import { checkCard, checkCharge } from './inicis.validation';

const BILL_KEY_BYTES = 20;

/**
 * `POST /api/v1/billing`, Auth by Card: a billing key for any card whose number can be one. What the card does is
 * seen when it is charged. Only the key's hash is kept.
 */
export function issueBillKey(book: InicisBook, request: InicisRequest): Outcome {
  const { call, contract, fields, refuse } = request;
  const { mid } = contract;
  call.about(textOf(fields.moid));
  const asked = checkCard(contract, fields, book.nowMs());
  if (typeof asked === 'string') return refuse(asked);
  const profile = cardProfile(asked.number);
  const card = bookCard(asked.number, profile);
  const billKey = randomBytes(BILL_KEY_BYTES).toString('hex');
  const tid = book.newTid('INIAPIBILL', mid);
  book.keepCard(sha256Hex(billKey), { mid, card, profile });
  const atMs = book.nowMs();
  const members = {
    ...{ resultCode: '00', resultMsg: '정상처리되었습니다.', tid, billKey },
    ...{ payDate: dateOf(atMs), payTime: timeOf(atMs), cardCode: cardCode(card), cardName: cardName(card) },
    cardKind: card.corporate ? '1' : '0',
    checkFlg: card.check ? '1' : '0',
    detailCode: '00',
  };
  return { answer: json(members), effect: 'processed' };
}

/** `POST /api/v1/billing`, Billing by Card: the same answer as a key-in. */
export function chargeBillKey(book: InicisBook, request: InicisRequest): Outcome | Promise<Outcome> {
  const { call, contract, fields, refuse } = request;
  call.about(textOf(fields.moid));
  const asked = checkCharge(fields);
  if (typeof asked === 'string') return refuse(asked);
  const billed = book.billedCards.get(sha256Hex(textOf(fields.billKey)));
  if (billed?.mid !== contract.mid) return refuse('550997');
  const { card, profile } = billed;
  return chargeCard(book, request, { ...asked, card, profile, tidKind: 'INIAPIBILL' });
}
