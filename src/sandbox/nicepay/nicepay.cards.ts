import type { DeclineReason, Issuer } from '../core/cards';
import type { BookCard } from '../core/card-book.types';
import type { NicepayCode } from './nicepay.codes';

/** NICEPAY's two-digit card company codes ("코드집", 카드코드) and their names. */
const COMPANIES: Readonly<Record<Issuer, readonly [string, string]>> = {
  SHINHAN: ['06', '신한'],
  KB: ['02', 'KB국민'],
  SAMSUNG: ['04', '삼성'],
  HYUNDAI: ['07', '현대'],
  LOTTE: ['08', '롯데'],
  NH: ['12', 'NH채움'],
  HANA: ['16', '하나'],
  WOORI: ['15', '우리'],
  BC: ['01', '비씨'],
};

export function companyOf(card: BookCard): { readonly code: string; readonly name: string } {
  const [code, name] = COMPANIES[card.issuer];
  return { code, name };
}

/** `12345678****1234`: how the legacy answers show a number. */
export function legacyCardNo(card: BookCard): string {
  return `${card.first8}${'*'.repeat(Math.max(0, card.length - 12))}${card.last4}`;
}

/** `123456******1234`: how the new API shows it. */
export function shownCardNum(card: BookCard): string {
  return `${card.first8.slice(0, 6)}${'*'.repeat(Math.max(0, card.length - 10))}${card.last4}`;
}

/**
 * What NICEPAY says when the issuer refuses. 3095 covers most of it and only the message tells; the words of the
 * issuers are not documented, these are of the usual kind (unconfirmed).
 */
export const DECLINES: Readonly<Record<DeclineReason, { code: NicepayCode; message?: string }>> = {
  'issuer-declined': { code: '3095', message: '카드사 실패 응답(거래거절 카드사문의)' },
  'limit-exceeded': { code: '3095', message: '카드사 실패 응답(사용한도초과)' },
  'expired-card': { code: '3021' },
  'lost-or-stolen': { code: '3095', message: '카드사 실패 응답(분실/도난카드)' },
  'wrong-password': { code: '3095', message: '카드사 실패 응답(비밀번호 오류)' },
  'wrong-identity': { code: '3095', message: '카드사 실패 응답(생년월일/사업자번호 오류)' },
  'installment-not-allowed': { code: '3022' },
  maintenance: { code: '2159' },
};
