import type { ApprovedCard, DeclineCode } from '../port/acquirer.types';

/**
 * KG Inicis' result codes (its result-code workbook): modules `500` (card), `504` (virtual account), `506` (bank
 * transfer) and `550` (key-in and billing) with a reason of three digits, the same in each, or `1200` (older `12`) with
 * the two characters of a card company's reply. What is not here is unknown, never a decline.
 */
export interface InicisDecline {
  readonly code: DeclineCode;
  /** The request was turned away at the door: the order was not taken, so another acquirer may be asked. */
  readonly notProcessed: boolean;
}

const each = <T>(keys: string, value: T) => keys.split(' ').map((key) => [key, value] as const);
const declined = (code: DeclineCode): InicisDecline => ({ code, notProcessed: false });
const notTaken = (code: DeclineCode): InicisDecline => ({ code, notProcessed: true });

/** Reasons that say for certain that no approval was made. */
export const INICIS_DECLINES: ReadonlyMap<string, InicisDecline> = new Map([
  ...each('601', declined('CARD_NUMBER_INVALID')),
  ...each('638', declined('CARD_EXPIRY_INVALID')),
  ...each('635', declined('BIRTH_OR_BUSINESS_NO_MISMATCH')),
  ...each('617', declined('CARD_PASSWORD_INVALID')),
  ...each('416 606 629', declined('CARD_NOT_SUPPORTED')),
  ...each('607 649 650 651', declined('INSTALLMENT_NOT_ALLOWED')),
  ...each('608 609 654 690 701', declined('AMOUNT_NOT_ALLOWED')),
  ...each('644 645 646 647 648', declined('CARD_LIMIT_EXCEEDED')),
  // 929, 997: no billing key was made, there is none such.
  ...each('610 703 929 997', declined('ACQUIRER_REJECTED')),
  ...each('200 201 202 209 251 252 260 261 400 403 413 414', notTaken('ACQUIRER_REJECTED')),
  ...each('602 613 632 633 634', notTaken('ACQUIRER_REJECTED')),
]);

/** 70 to 99: "call the issuer". */
const CALL_THE_ISSUER = Array.from({ length: 30 }, (_, index) => String(70 + index)).join(' ');

/** Replies of card companies that say for certain that no approval was made. */
export const INICIS_REPLIES: ReadonlyMap<string, InicisDecline> = new Map([
  ...each(`27 53 ${CALL_THE_ISSUER}`, declined('CARD_DECLINED')),
  ...each('02 15 16 37 39 49', declined('CARD_LIMIT_EXCEEDED')),
  ...each('54 F1', declined('CARD_BALANCE_INSUFFICIENT')),
  ...each('04', declined('CARD_EXPIRED')),
  ...each('23 48', declined('CARD_EXPIRY_INVALID')),
  ...each('26', declined('CARD_LOST_OR_STOLEN')),
  ...each('01 32 B2', declined('CARD_STOPPED')),
  ...each('14', declined('CARD_NUMBER_INVALID')),
  ...each('19', declined('CARD_PASSWORD_INVALID')),
  ...each('21', declined('CARD_PASSWORD_TRIES_EXCEEDED')),
  ...each('51 52', declined('BIRTH_OR_BUSINESS_NO_MISMATCH')),
  ...each('03 09 33 38 56 58', declined('CARD_NOT_SUPPORTED')),
  ...each('05 06 11', declined('INSTALLMENT_NOT_ALLOWED')),
  ...each('13', declined('AMOUNT_NOT_ALLOWED')),
  ...each('07 08 20 29', declined('ACQUIRER_REJECTED')),
  ...each('F2', declined('SUSPECTED_FRAUD')),
  ...each('B9 E8', notTaken('ACQUIRER_MAINTENANCE')),
]);

export interface InicisRefusal {
  readonly reason: 'ALREADY_CANCELLED' | 'BALANCE' | 'NOT_FOUND' | 'NOT_ALLOWED' | 'OTHER';
  readonly retryLater: boolean;
}

const final = (reason: InicisRefusal['reason']): InicisRefusal => ({ reason, retryLater: false });
const later: InicisRefusal = { reason: 'OTHER', retryLater: true };

/** Reasons of a refund that say for certain that this call cancelled nothing. */
export const INICIS_REFUSALS: ReadonlyMap<string, InicisRefusal> = new Map([
  ...each('626', final('ALREADY_CANCELLED')),
  ...each('706 826', final('BALANCE')),
  ...each('623', final('NOT_FOUND')),
  ...each('412 621 622 624 625 627 628', final('NOT_ALLOWED')),
  ...each('667 699 700 702 705 707 714 715 749', final('NOT_ALLOWED')),
  ...each('251 252 260 261 606 609 610 613 636 639 701 703 827 828', final('OTHER')),
  // Keys and contracts are mended by people, a cancel under way by time.
  ...each('127 200 201 202 209 400 403 413 414 632 633 634 906', later),
]);

export const INICIS_REFUSAL_REPLIES: ReadonlyMap<string, InicisRefusal> = new Map([
  ...each('25', final('ALREADY_CANCELLED')),
  ...each('24', final('NOT_FOUND')),
  ...each('61 64', final('NOT_ALLOWED')),
]);

/** Partial cancels are not possible: the one code of the workbook outside both forms. */
const NO_PARTIAL_CANCEL = '11C9';

export function inicisDecline(code: string): InicisDecline | undefined {
  // An account is no approval: a code of its module has no business here.
  return code.startsWith('504') ? undefined : lookedUp(code, INICIS_DECLINES, INICIS_REPLIES);
}

export function inicisRefusal(code: string): InicisRefusal | undefined {
  if (code === NO_PARTIAL_CANCEL) return final('NOT_ALLOWED');
  return lookedUp(code, INICIS_REFUSALS, INICIS_REFUSAL_REPLIES);
}

/** "No such transaction" of an inquiry. */
export function isNoSuchTransaction(code: string): boolean {
  return /^(500|504|506|550)623$/.test(code);
}

/** Due date, due time or data of an account, a bank that is not served. */
export const ACCOUNT_REASONS = ['640', '641', '643', '652'];
/** VAT, kind or identity of a cash receipt. 659, a double, is not here: the first may have been issued. */
export const RECEIPT_REASONS = ['656', '657', '658'];

/** Whether a code says for certain that no virtual account was issued. */
export function isAccountRefused(code: string): boolean {
  return isRefused(code, ACCOUNT_REASONS);
}

/** Whether a code says for certain that no cash receipt was issued. */
export function isReceiptRefused(code: string): boolean {
  return isRefused(code, RECEIPT_REASONS);
}

/** What declines an approval declines these too, but the replies of card companies, who are not asked. */
function isRefused(code: string, more: readonly string[]): boolean {
  const reason = MODULE_REASON.exec(code)?.[1];
  return reason !== undefined && (INICIS_DECLINES.has(reason) || more.includes(reason));
}

const MODULE_REASON = /^(?:500|504|506|550)(\d{3})$/;

function lookedUp<T>(
  code: string,
  reasons: ReadonlyMap<string, T>,
  replies: ReadonlyMap<string, T>,
): T | undefined {
  const reason = MODULE_REASON.exec(code)?.[1];
  if (reason !== undefined) return reasons.get(reason);
  const reply = /^12(?:00)?([0-9A-Z]{2})$/.exec(code)?.[1];
  return reply === undefined ? undefined : replies.get(reply);
}

/** Card codes in our names; KG Inicis' own code stands for one that is not listed. */
const ISSUERS: ReadonlyMap<string, string> = new Map([
  ...each('01 17 34', 'HANA'),
  ...each('03', 'LOTTE'),
  ...each('04', 'HYUNDAI'),
  ...each('06', 'KB'),
  ...each('11', 'BC'),
  ...each('12', 'SAMSUNG'),
  ...each('14', 'SHINHAN'),
  ...each('15 43', 'CITI'),
  ...each('16 41', 'NH'),
  ...each('21', 'VISA'),
  ...each('22', 'MASTERCARD'),
  ...each('23', 'JCB'),
  ...each('24', 'AMEX'),
  ...each('25', 'DINERS'),
  ...each('26', 'UNIONPAY'),
  ...each('32', 'GWANGJU'),
  ...each('33', 'JEONBUK'),
  ...each('35', 'KDB'),
  ...each('44', 'WOORI'),
  ...each('48', 'SHINHYUP'),
  ...each('51', 'SUHYUP'),
  ...each('52', 'JEJU'),
  ...each('54', 'MG'),
  ...each('55', 'K_BANK'),
  ...each('56', 'KAKAO_BANK'),
  ...each('71', 'POST'),
  ...each('95', 'SAVINGS_BANK'),
  ...each('91', 'NAVER_PAY'),
  ...each('93', 'TOSS_PAY'),
  ...each('94', 'SSG_PAY'),
  ...each('96', 'LPOINT'),
  ...each('97', 'KAKAO_PAY'),
  ...each('98', 'PAYCO'),
]);

const CARD_TYPES: Readonly<Record<string, ApprovedCard['cardType']>> = {
  '0': 'CREDIT',
  '1': 'CHECK',
  '2': 'GIFT',
};
const OWNER_TYPES: Readonly<Record<string, ApprovedCard['ownerType']>> = {
  '0': 'PERSONAL',
  '1': 'CORPORATE',
};

/** The card of an approval. A key-in answer does not say whose card it is. */
export function inicisCard(told: InicisCard & { readonly approvalNo: string }): ApprovedCard {
  return { approvalNo: told.approvalNo.slice(0, 20), ...inicisCardKind(told) };
}

export interface InicisCard {
  readonly cardCode: string;
  readonly checkFlag: string;
  readonly corporateFlag: string;
  readonly interest: string;
}

/** What a card is, without an approval. */
export function inicisCardKind(told: InicisCard): Omit<ApprovedCard, 'approvalNo'> {
  return {
    issuer: ISSUERS.get(told.cardCode) ?? told.cardCode.replace(/[^\x20-\x7e]/g, '?').slice(0, 30),
    cardType: CARD_TYPES[told.checkFlag] ?? 'UNKNOWN',
    ownerType: OWNER_TYPES[told.corporateFlag] ?? 'UNKNOWN',
    interestFree: told.interest === '1',
  };
}
