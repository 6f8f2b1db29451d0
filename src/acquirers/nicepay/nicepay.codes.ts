import type { CancelOutcome, DeclineCode } from '../port/acquirer.types';

interface Decline {
  readonly code: DeclineCode;
  /** The order was not taken at all, so another acquirer may be asked. */
  readonly notProcessed?: true;
}
type Refusal = Pick<Extract<CancelOutcome, { kind: 'REFUSED' }>, 'reason' | 'retryLater'>;

const each = <Meaning>(codes: string, meaning: Meaning): Record<string, Meaning> =>
  Object.fromEntries(codes.split(' ').map((code) => [code, meaning]));
const declines = (codes: string, meaning: Decline) => each(codes, meaning);
const refusals = (codes: string, meaning: Refusal) => each(codes, meaning);

/**
 * Result codes that say for certain that this call approved nothing, and what they mean in our catalogue (NICEPAY
 * manual, "코드집"; one list for both APIs). A code that is not here is unknown, never a decline; A225 is not: a TID that
 * was used may have been used by this very order.
 */
export const NICEPAY_DECLINES: Readonly<Record<string, Decline>> = {
  // Only the message of 3095 tells more: see declineOfMessage.
  ...declines('3095', { code: 'CARD_DECLINED' }),
  ...declines('3011 F112', { code: 'CARD_NUMBER_INVALID' }),
  ...declines('3021', { code: 'CARD_EXPIRED' }),
  ...declines('3022 3023 3024 P037', { code: 'INSTALLMENT_NOT_ALLOWED' }),
  ...declines('3041 A113 A116 A123 P034 U127', { code: 'AMOUNT_NOT_ALLOWED' }),
  ...declines('3081', { code: 'CARD_BALANCE_INSUFFICIENT' }),
  ...declines('3051 3052 3053 3054 3055 3056 3057 F118', { code: 'CARD_NOT_SUPPORTED' }),
  ...declines('F113', { code: 'BIRTH_OR_BUSINESS_NO_MISMATCH' }),
  ...declines('2159 4008', { code: 'ACQUIRER_MAINTENANCE', notProcessed: true }),
  // The merchant, its keys or its address are not accepted: nothing of the order was looked at.
  ...declines('3012 3013 3014 2151 2152 A114 A128 A224 U315', {
    code: 'ACQUIRER_REJECTED',
    notProcessed: true,
  }),
  ...declines('U104 U304 U305 A101 A211 U306 U312 A204', { code: 'ACQUIRER_REJECTED', notProcessed: true }),
  ...declines('A246', { code: 'ACQUIRER_REJECTED', notProcessed: true }),
  // The request breaks a rule.
  ...declines('9000 9001 P007 P008 P009 P010 P011 P012 U100 U105 A212', { code: 'ACQUIRER_REJECTED' }),
  ...declines('1615 P013 A115 A122', { code: 'ACQUIRER_REJECTED' }),
  // The payer's authentication is not there, or too old.
  ...declines('A245 U121', { code: 'ACQUIRER_REJECTED' }),
};

/** Codes that say for certain that no billing key was made. F110 is not: it failed at any point of the making. */
export const NICEPAY_KEY_DECLINES: Readonly<Record<string, Decline>> = {
  ...NICEPAY_DECLINES,
  ...declines('F115 F116 F117 F201', { code: 'ACQUIRER_REJECTED' }),
};

/** Codes of a charge: there is no such billing key, or it was deleted, so nobody was asked. */
export const NICEPAY_CHARGE_DECLINES: Readonly<Record<string, Decline>> = {
  ...NICEPAY_DECLINES,
  ...declines('A124 A125 A126 A223 U115 U309 F117', { code: 'ACQUIRER_REJECTED' }),
};

/** What a registration or a deletion of a billing key says on success: the new API's word, or the code list's own. */
export const BILLING_KEY_MADE: ReadonlySet<string> = new Set(['0000', 'F100']);
export const BILLING_KEY_DELETED: ReadonlySet<string> = new Set(['0000', 'F101']);
/** It was deleted before: what is wanted is so. */
export const BILLING_KEY_GONE: ReadonlySet<string> = new Set(['A126', 'U115']);
/** Codes of a deletion that say for certain that it was not done. */
export const BILLING_KEY_KEPT: ReadonlySet<string> = new Set(
  [
    'A124 A125 A223 A255 U309 2151 2152 A114 A122 A224 A246 U315 U104 U304 U305',
    'A101 A211 A212 U306 U312 9000 9001 P007 P008 P009 P010 P011 P012 U100 U105',
  ].flatMap((codes) => codes.split(' ')),
);

/** What issuers write into the message of a 3095, as seen in use; their words are not documented. */
const MESSAGES: readonly (readonly [RegExp, DeclineCode])[] = [
  [/한도/, 'CARD_LIMIT_EXCEEDED'],
  [/잔액/, 'CARD_BALANCE_INSUFFICIENT'],
  [/분실|도난/, 'CARD_LOST_OR_STOLEN'],
  [/비밀번호.*(횟수|초과)/, 'CARD_PASSWORD_TRIES_EXCEEDED'],
  [/비밀번호/, 'CARD_PASSWORD_INVALID'],
  [/생년월일|주민|사업자/, 'BIRTH_OR_BUSINESS_NO_MISMATCH'],
  [/유효기간/, 'CARD_EXPIRED'],
  [/정지|해지/, 'CARD_STOPPED'],
  [/할부/, 'INSTALLMENT_NOT_ALLOWED'],
];

/** The finer meaning of "the issuer declined". It is a decline whatever the message says. */
export function declineOfMessage(message: string): DeclineCode {
  return MESSAGES.find(([words]) => words.test(message))?.[1] ?? 'CARD_DECLINED';
}

/** What a code means by this table; undefined where it is none of a decline. */
export function declineOf(
  table: Readonly<Record<string, Decline>>,
  code: string,
  message: string,
): Decline | undefined {
  const decline = table[code];
  return code === '3095' && decline !== undefined ? { ...decline, code: declineOfMessage(message) } : decline;
}

/** Codes of the cancel operations that say for certain that this call cancelled nothing. */
export const NICEPAY_CANCEL_REFUSALS: Readonly<Record<string, Refusal>> = {
  ...refusals('2013', { reason: 'ALREADY_CANCELLED', retryLater: false }),
  ...refusals('2010 2011 2026 2032 U123 U318 U319', { reason: 'BALANCE', retryLater: false }),
  ...refusals('2012 U107 U122 A251', { reason: 'NOT_FOUND', retryLater: false }),
  ...refusals('1534 2014 2016 2017 2018 2020', { reason: 'NOT_ALLOWED', retryLater: false }),
  ...refusals('2028 2029 2030 2031 2033 U128', { reason: 'NOT_ALLOWED', retryLater: false }),
  ...refusals('2003 2023 2159 4008 A246', { reason: 'OTHER', retryLater: true }),
  ...refusals('2151 2152 A114 A224 U315 U104 U304 U305', { reason: 'OTHER', retryLater: true }),
  ...refusals('A101 A211 U306 U312', { reason: 'OTHER', retryLater: true }),
  ...refusals('9000 9001 P007 P008 P009 P010 P011 P012 P035', { reason: 'OTHER', retryLater: false }),
  ...refusals('U100 U105 A115 A116 A122 A212', { reason: 'OTHER', retryLater: false }),
};

/** Codes that say for certain that no virtual account was issued. A127 and A225 are not: it may be this order's. */
export const NICEPAY_ACCOUNT_REFUSALS: ReadonlySet<string> = new Set(
  [
    '4101 4102 4103 4104 4105 4106 4108 4111 4116 4117 4125 4126 4127 4141 7012 7013',
    'A106 A107 A108 A113 A115 A116 A122 2151 2152 2159 4008 A114 A224 A246 U315',
    'A101 A211 A212 9000 9001 P007 P008 P009 P010 P011 P012 1615',
  ].flatMap((codes) => codes.split(' ')),
);

/**
 * Codes that say for certain that no cash receipt was issued. 7003 is not: the receipt that is there may be this one;
 * nor is 7010, behind which the line to the tax office broke.
 */
export const NICEPAY_RECEIPT_REFUSALS: ReadonlySet<string> = new Set(
  [
    '7002 7005 7006 7007 7008 7009 7011 7012 7013 7014 7041 7042 1615 P013 P034 P036 U321',
    '2151 2152 2159 A114 A116 A224 A246 U315 U104 U304 U305 A101 A211 A212 U306 U312',
    '9000 9001 P007 P008 P009 P010 P011 P012 U100 U105',
  ].flatMap((codes) => codes.split(' ')),
);
/** Codes of a receipt's cancel that leave open whether it was cancelled before: the receipt is looked at. */
export const NICEPAY_RECEIPT_DOUBTS: ReadonlySet<string> = new Set(['2013', '7004']);
export const NICEPAY_RECEIPT_CANCEL_REFUSALS: ReadonlySet<string> = new Set(
  [...Object.keys(NICEPAY_CANCEL_REFUSALS), '7005', '7015', 'P013'].filter(
    (code) => !NICEPAY_RECEIPT_DOUBTS.has(code),
  ),
);

/** Codes of a lookup that say that there is no such transaction (yet). */
export const NICEPAY_NOT_FOUND: ReadonlySet<string> = new Set(['2012', 'A118', 'A251', 'U107', 'U122']);

export const LEGACY_APPROVED = '3001';
export const LEGACY_ACCOUNT_ISSUED = '4100';
/** The manual: 2211 is to be treated as 2001 is. */
export const LEGACY_CANCELLED: ReadonlySet<string> = new Set(['2001', '2211']);
/** Codes of the webapi that are no refusal: their messages say nothing that is kept. */
export const LEGACY_SUCCESSES: ReadonlySet<string> = new Set([
  LEGACY_APPROVED,
  LEGACY_ACCOUNT_ISSUED,
  ...LEGACY_CANCELLED,
]);
export const NEW_API_OK = '0000';

/** NICEPAY card company codes ("카드코드") in our names; the code itself stands for one that is not listed. */
export const NICEPAY_ISSUERS: Readonly<Record<string, string>> = {
  '01': 'BC',
  '02': 'KB',
  '03': 'HANA',
  '04': 'SAMSUNG',
  '06': 'SHINHAN',
  '07': 'HYUNDAI',
  '08': 'LOTTE',
  '11': 'CITI',
  '12': 'NH',
  '13': 'SUHYUP',
  '14': 'SHINHYUP',
  '15': 'WOORI',
  '16': 'HANA',
  '21': 'GWANGJU',
  '22': 'JEONBUK',
  '23': 'JEJU',
  '24': 'KDB_CAPITAL',
  '25': 'VISA',
  '26': 'MASTERCARD',
  '27': 'DINERS',
  '28': 'AMEX',
  '29': 'JCB',
  '31': 'OK_CASHBAG',
  '32': 'POST',
  '33': 'SAVINGS_BANK',
  '34': 'UNIONPAY',
  '35': 'MG',
  '36': 'KDB',
  '37': 'KAKAO_BANK',
  '38': 'K_BANK',
  '39': 'PAYCO',
  '40': 'KAKAO_MONEY',
  '41': 'SSG_MONEY',
  '42': 'NAVER_POINT',
};

/** Our name of an issuer; NICEPAY's own code, made printable, where the table lacks it. */
export function issuerOf(cardCode: string): string {
  return NICEPAY_ISSUERS[cardCode] ?? cardCode.replace(/[^\x20-\x7e]/g, '?').slice(0, 30);
}
