import type { BookCard } from '../core/card-book.types';
import type { Issuer } from '../core/cards';

/** NaverPay's `cardCorpCode`, as public clients list it; its own table could not be confirmed. */
const ISSUERS: Readonly<Record<Issuer, string>> = {
  SHINHAN: 'C0',
  BC: 'C1',
  KB: 'C3',
  NH: 'C4',
  LOTTE: 'C5',
  SAMSUNG: 'C7',
  WOORI: 'CB',
  HANA: 'CF',
  HYUNDAI: 'CH',
};

export function cardCorpCode(card: BookCard): string {
  return ISSUERS[card.issuer];
}

/** `424242******4242`. */
export function shownNumber(card: BookCard): string {
  return `${card.first8.slice(0, 6)}${'*'.repeat(Math.max(0, card.length - 10))}${card.last4}`;
}
