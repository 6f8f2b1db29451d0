import type { BookCard } from '../core/card-book.types';
import type { DeclineReason, Issuer } from '../core/cards';

/** KG Inicis' two-digit card codes and the names that go with them. */
const ISSUERS: Readonly<Record<Issuer, readonly [code: string, name: string]>> = {
  SHINHAN: ['14', '신한카드'],
  KB: ['06', '국민카드'],
  SAMSUNG: ['12', '삼성카드'],
  HYUNDAI: ['04', '현대카드'],
  LOTTE: ['03', '롯데카드'],
  NH: ['16', 'NH카드'],
  HANA: ['17', '하나카드'],
  WOORI: ['44', '우리카드'],
  BC: ['11', '비씨카드'],
};

/** The card company's reply for each way of refusing. The cards that bring each about: src/sandbox/README.md. */
export const DECLINE_CODES: Readonly<Record<DeclineReason, string>> = {
  'issuer-declined': '120027',
  'limit-exceeded': '120049',
  'expired-card': '120004',
  'lost-or-stolen': '120026',
  'wrong-password': '120019',
  'wrong-identity': '120051',
  'installment-not-allowed': '120005',
  maintenance: '1200B9',
};

export function cardCode(card: BookCard): string {
  return ISSUERS[card.issuer][0];
}

export function cardName(card: BookCard): string {
  return ISSUERS[card.issuer][1];
}

/** `400933*********7`: six digits, stars, the last one. */
export function shownNumber(card: BookCard): string {
  return `${card.first8.slice(0, 6)}${'*'.repeat(Math.max(0, card.length - 7))}${card.last4.slice(-1)}`;
}
