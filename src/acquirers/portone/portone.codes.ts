import type { DeclineCode } from '../port/acquirer.types';

export interface PortoneDecline {
  readonly code: DeclineCode;
  readonly notProcessed?: true;
}

const rejected: PortoneDecline = { code: 'ACQUIRER_REJECTED' };
const notTaken: PortoneDecline = { code: 'ACQUIRER_REJECTED', notProcessed: true };
const maintenance: PortoneDecline = { code: 'ACQUIRER_MAINTENANCE', notProcessed: true };

function each<Value>(codes: string, value: Value): Record<string, Value> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, value]));
}

/**
 * PortOne has no decline codes of its own: it hands on the provider's, at the front of the text (`[3095] ...`). These
 * are NICEPAY's (manual, "common/code"), the provider of our contracts, that say that no approval was made.
 * `notProcessed`: the order fell before it reached the issuer, so another acquirer may be asked.
 */
export const PORTONE_DECLINES: Readonly<Record<string, PortoneDecline>> = {
  '3095': { code: 'CARD_DECLINED' },
  ...each('3011 F112', { code: 'CARD_NUMBER_INVALID' }),
  '3021': { code: 'CARD_EXPIRED' },
  ...each('3022 3023 3024 P037', { code: 'INSTALLMENT_NOT_ALLOWED' }),
  ...each('3041 A113', { code: 'AMOUNT_NOT_ALLOWED' }),
  '3057': { code: 'CARD_NOT_SUPPORTED' },
  '3081': { code: 'CARD_BALANCE_INSUFFICIENT' },
  F113: { code: 'BIRTH_OR_BUSINESS_NO_MISMATCH' },
  F118: { code: 'CARD_STOPPED' },
  ...each('2159 4008', maintenance),
  ...each('3012 3013 3014 2151 2152 A128 F115 F116 F117', notTaken),
  ...each('A101 A211 A224 U104 U304 U305 U306 U312 U315', notTaken),
  ...each('9000 P007 U100 9001 P008 P009 U105 P010 P011 P012', rejected),
};

/**
 * The order number has been used at the provider: an approval of it may stand, whatever this answer says. Not a
 * decline, even in a payment that PortOne marks failed.
 */
export const PORTONE_DUPLICATES: ReadonlySet<string> = new Set(['2156', '2201', 'A127', 'P015', 'U112']);

/** Codes that leave the reason to the text behind them. */
export const PORTONE_REASON_IN_TEXT: ReadonlySet<string> = new Set(['3095', 'F113']);

/**
 * The reason of a payment that has failed for certain, read from its text. It never decides whether something was
 * declined, only what we call it. First match.
 */
export const PORTONE_REASONS: readonly (readonly [pattern: RegExp, code: DeclineCode])[] = [
  [/비밀번호.*(횟수|초과)/, 'CARD_PASSWORD_TRIES_EXCEEDED'],
  [/비밀번호/, 'CARD_PASSWORD_INVALID'],
  [/생년월일|주민등록?번호|사업자(등록)?번호/, 'BIRTH_OR_BUSINESS_NO_MISMATCH'],
  [/분실|도난/, 'CARD_LOST_OR_STOLEN'],
  [/한도/, 'CARD_LIMIT_EXCEEDED'],
  [/잔액/, 'CARD_BALANCE_INSUFFICIENT'],
  [/유효기간/, 'CARD_EXPIRED'],
  [/할부/, 'INSTALLMENT_NOT_ALLOWED'],
  [/정지|해지/, 'CARD_STOPPED'],
  [/카드번호/, 'CARD_NUMBER_INVALID'],
];

export interface PortoneRefusal {
  readonly reason: 'ALREADY_CANCELLED' | 'BALANCE' | 'NOT_FOUND' | 'NOT_ALLOWED' | 'OTHER';
  readonly retryLater: boolean;
}

const refusal = (reason: PortoneRefusal['reason'], retryLater = false): PortoneRefusal => ({
  reason,
  retryLater,
});

/** NICEPAY's codes of a cancel that say that this call cancelled nothing. */
export const PORTONE_CANCEL_REFUSALS: Readonly<Record<string, PortoneRefusal>> = {
  '2013': refusal('ALREADY_CANCELLED'),
  ...each('2010 2011 2026 2032 U123 U318', refusal('BALANCE')),
  ...each('2012 U122', refusal('NOT_FOUND')),
  ...each('2014 2016 2017 2018 2028 2029 2030 2031 2033 1534', refusal('NOT_ALLOWED')),
  ...each('2003 2151 2152 U319', refusal('OTHER')),
  ...each('2023 2159', refusal('OTHER', true)),
};

/**
 * Codes behind which no virtual account was issued. A used order number (`2156`, `A127`) is not: it may have been used
 * by this very order.
 */
export const PORTONE_ACCOUNT_REFUSALS: ReadonlySet<string> = new Set(
  [
    '4101 4102 4103 4104 4105 4106 4108 4111 4116 4117 4125 4126 4127 4141 7012 7013',
    'A113 2151 2152 2159 4008 A224 U315 U104 U304 U305 A101 A211 U306 U312',
    '9000 9001 P007 P008 P009 P010 P011 P012 U100 U105',
  ].flatMap((codes) => codes.split(' ')),
);

/** Codes behind which a stored card is stored still. */
export const PORTONE_REVOKE_REFUSALS: ReadonlySet<string> = new Set(
  '2151 2152 A224 U315 U104 U304 U305 A101 A211 U306 U312 9000 9001 P007 U100 U105'.split(' '),
);

/** PortOne's own refusals of a cancel: it gives them no code, so the whole text is looked at. */
export const PORTONE_CANCEL_TEXTS: readonly (readonly [pattern: RegExp, refusal: PortoneRefusal])[] = [
  [/^이미 전액\s?취소된 주문입니다\.?$/, refusal('ALREADY_CANCELLED')],
  [/^취소할 결제건이 존재하지 않습니다\.?$/, refusal('NOT_FOUND')],
  [/checksum|(취소|환불) ?가능 ?(금액|잔액)/i, refusal('BALANCE')],
];

/** Card company codes of the financial telecommunications institute in our names; the code itself for any other. */
export const PORTONE_ISSUERS: Readonly<Record<string, string>> = {
  '361': 'BC',
  '381': 'KB',
  '374': 'HANA',
  '365': 'SAMSUNG',
  '366': 'SHINHAN',
  '367': 'HYUNDAI',
  '368': 'LOTTE',
  '371': 'NH',
  '041': 'WOORI',
  '370': 'CITI',
  '369': 'SUHYUP',
  '048': 'SHINHYUP',
  '364': 'GWANGJU',
  '372': 'JEONBUK',
  '373': 'JEJU',
  '002': 'KDB',
  '071': 'POST',
  '045': 'MG',
  '090': 'KAKAO_BANK',
  '089': 'K_BANK',
  '092': 'TOSS_BANK',
  '10005': 'VISA',
  VIS: 'VISA',
  '10004': 'MASTERCARD',
  MAS: 'MASTERCARD',
  '10006': 'JCB',
  JCB: 'JCB',
  '10003': 'AMEX',
  AMX: 'AMEX',
  '10002': 'DINERS',
  DIN: 'DINERS',
  '10001': 'UNIONPAY',
  UNI: 'UNIONPAY',
};

/** The provider's code at the front of a text; null where there is none. */
export function leadingCode(message: string | null | undefined): string | null {
  return /^\s*\[([A-Za-z0-9]{1,10})\]/.exec(message ?? '')?.[1] ?? null;
}
