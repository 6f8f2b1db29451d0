import { passesLuhn } from '../core/cards';
import type { TossCode } from './toss.errors';
import { koreanMonth } from './toss.time';

export type Fields = Readonly<Record<string, unknown>>;
/** A field rule: the error code of a request that breaks it. */
export type Rule = readonly [breaks: (fields: Fields) => boolean, code: TossCode];
export type Checked<T> = { readonly value: T } | { readonly code: TossCode };

/** TossPayments core API, key-in: cards from 100 won, instalments of 2 to 12 months from 50,000 won. */
export const CARD_AMOUNT_MIN = 100;
export const AMOUNT_MAX = 9_999_999_999;
const INSTALLMENT_AMOUNT_MIN = 50_000;
const INSTALLMENT_MONTHS_MAX = 12;

export interface KeyInRequest {
  readonly amount: number;
  readonly orderId: string;
  readonly orderName: string;
  readonly cardNumber: string;
  readonly installmentPlanMonths: number;
  readonly useFreeInstallmentPlan: boolean;
  readonly useCardPoint: boolean;
  readonly taxFreeAmount: number;
}

export interface ConfirmRequest {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: number;
}

export interface CancelRequest {
  readonly cancelReason: string;
  readonly cancelAmount?: number;
  readonly taxFreeAmount?: number;
  readonly refundableAmount?: number;
  /** TossPayments' bank code or name; where a virtual account's deposit goes back to. */
  readonly refundBank?: string;
}

export const isText = (value: unknown, max = Infinity): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= max;
export const isWon = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
const isAbsent = (value: unknown): boolean => value === undefined || value === null;
export const absentOr = (value: unknown, holds: (value: unknown) => boolean): boolean =>
  isAbsent(value) || holds(value);
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
export const matches = (value: unknown, pattern: RegExp): boolean =>
  typeof value === 'string' && pattern.test(value);

export function isOrderId(value: unknown): value is string {
  return matches(value, /^[A-Za-z0-9_-]{6,64}$/);
}

export const ORDER_RULES: readonly Rule[] = [
  [(f) => !isWon(f.amount), 'INVALID_REQUEST'],
  [(f) => isAbsent(f.orderId), 'INVALID_REQUEST'],
  [(f) => !isOrderId(f.orderId), 'INVALID_ORDER_ID'],
];

/** The number, its expiry and who holds it. */
export const CARD_RULES: readonly Rule[] = [
  [(f) => !isText(f.cardNumber) || !isText(f.customerIdentityNumber), 'INVALID_REQUEST'],
  [(f) => !isText(f.cardExpirationYear) || !isText(f.cardExpirationMonth), 'INVALID_REQUEST'],
  [
    (f) => !matches(f.cardNumber, /^\d{13,20}$/) || !passesLuhn(f.cardNumber as string),
    'INVALID_CARD_NUMBER',
  ],
  [(f) => !matches(f.cardExpirationYear, /^\d{2}$/), 'INVALID_CARD_EXPIRATION'],
  [(f) => !matches(f.cardExpirationMonth, /^(0[1-9]|1[0-2])$/), 'INVALID_CARD_EXPIRATION'],
  [(f) => !isIdentityNumber(f.customerIdentityNumber as string), 'INVALID_BIRTH_DAY_FORMAT'],
  [(f) => !absentOr(f.cardPassword, (v) => matches(v, /^\d{2}$/)), 'INVALID_CARD_PASSWORD'],
];

export const INSTALLMENT_RULES: readonly Rule[] = [
  [(f) => !absentOr(f.cardInstallmentPlan, isWon), 'INVALID_REQUEST'],
  [(f) => Number(f.cardInstallmentPlan ?? 0) > INSTALLMENT_MONTHS_MAX, 'EXCEED_MAX_CARD_INSTALLMENT_PLAN'],
  [(f) => !isInstallmentAllowed(f), 'INVALID_CARD_INSTALLMENT_PLAN'],
];

const KEY_IN_RULES: readonly Rule[] = [
  ...ORDER_RULES,
  [(f) => !isText(f.orderName, 100), 'INVALID_ORDER_NAME'],
  [(f) => (f.amount as number) < CARD_AMOUNT_MIN, 'BELOW_MINIMUM_AMOUNT'],
  [(f) => (f.amount as number) > AMOUNT_MAX, 'EXCEED_MAX_AMOUNT'],
  ...CARD_RULES,
  ...INSTALLMENT_RULES,
  [
    (f) => !absentOr(f.useFreeInstallmentPlan, isFlag) || !absentOr(f.useCardPoint, isFlag),
    'INVALID_REQUEST',
  ],
  [(f) => !absentOr(f.taxFreeAmount, (v) => isWon(v) && v <= (f.amount as number)), 'INVALID_REQUEST'],
  [(f) => !absentOr(f.customerEmail, (v) => matches(v, /^[^\s@]+@[^\s@]+$/)), 'INVALID_EMAIL'],
  [(f) => !absentOr(f.customerName, (v) => isText(v, 100)), 'INVALID_REQUEST'],
  [(f) => !absentOr(f.customerIp, (v) => isText(v, 45)), 'INVALID_REQUEST'],
  [(f) => !absentOr(f.vbv, (v) => fieldsOf(v) !== undefined), 'INVALID_REQUEST'],
];

const CONFIRM_RULES: readonly Rule[] = [
  [(f) => !isText(f.paymentKey, 200), 'INVALID_REQUEST'],
  ...ORDER_RULES,
];

const CANCEL_RULES: readonly Rule[] = [
  [(f) => !isText(f.cancelReason, 200), 'INVALID_REQUEST'],
  [(f) => !absentOr(f.cancelAmount, (v) => isWon(v) && v > 0), 'INVALID_REQUEST'],
  [(f) => !absentOr(f.taxFreeAmount, isWon), 'INVALID_REQUEST'],
  [(f) => !absentOr(f.refundableAmount, isWon), 'INVALID_REQUEST'],
  [(f) => !absentOr(f.currency, (v) => v === 'KRW'), 'INVALID_REQUEST'],
  [(f) => !absentOr(f.refundReceiveAccount, isRefundAccount), 'INVALID_REFUND_ACCOUNT_INFO'],
];

/** Key-in: the fields of TossPayments' table, then the card's expiry at this moment. */
export function checkKeyIn(body: unknown, nowMs: number): Checked<KeyInRequest> {
  const fields = fieldsOf(body);
  const code = firstBroken(fields, KEY_IN_RULES);
  if (!fields || code) return { code: code ?? 'INVALID_REQUEST' };
  if (isCardExpired(fields, nowMs)) return { code: 'INVALID_CARD_EXPIRATION' };
  return {
    value: {
      amount: fields.amount as number,
      orderId: fields.orderId as string,
      orderName: fields.orderName as string,
      cardNumber: fields.cardNumber as string,
      installmentPlanMonths: (fields.cardInstallmentPlan ?? 0) as number,
      useFreeInstallmentPlan: fields.useFreeInstallmentPlan === true,
      useCardPoint: fields.useCardPoint === true,
      taxFreeAmount: (fields.taxFreeAmount ?? 0) as number,
    },
  };
}

/** A card is good until the end of its month, in Korea. */
export function isCardExpired(fields: Fields, nowMs: number): boolean {
  const expires = Number(`20${String(fields.cardExpirationYear)}${String(fields.cardExpirationMonth)}`);
  return expires < koreanMonth(nowMs);
}

export function checkConfirm(body: unknown): Checked<ConfirmRequest> {
  const fields = fieldsOf(body);
  const code = firstBroken(fields, CONFIRM_RULES);
  if (!fields || code) return { code: code ?? 'INVALID_REQUEST' };
  return {
    value: {
      paymentKey: fields.paymentKey as string,
      orderId: fields.orderId as string,
      amount: fields.amount as number,
    },
  };
}

export function checkCancel(body: unknown): Checked<CancelRequest> {
  const fields = fieldsOf(body);
  const code = firstBroken(fields, CANCEL_RULES);
  if (!fields || code) return { code: code ?? 'INVALID_REQUEST' };
  return {
    value: {
      cancelReason: fields.cancelReason as string,
      cancelAmount: (fields.cancelAmount ?? undefined) as number | undefined,
      taxFreeAmount: (fields.taxFreeAmount ?? undefined) as number | undefined,
      refundableAmount: (fields.refundableAmount ?? undefined) as number | undefined,
      refundBank: fieldsOf(fields.refundReceiveAccount)?.bank as string | undefined,
    },
  };
}

export function fieldsOf(body: unknown): Fields | undefined {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Fields) : undefined;
}

export function firstBroken(fields: Fields | undefined, rules: readonly Rule[]): TossCode | undefined {
  return fields && rules.find(([breaks]) => breaks(fields))?.[1];
}

/** Birth date YYMMDD or a business number of ten digits. */
function isIdentityNumber(text: string): boolean {
  if (/^\d{10}$/.test(text)) return true;
  if (!/^\d{6}$/.test(text)) return false;
  const month = Number(text.slice(2, 4));
  const day = Number(text.slice(4, 6));
  // 2000 was a leap year, so 29 February passes in every century that a two-digit year can mean.
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000, month, 0)).getUTCDate();
}

function isInstallmentAllowed(fields: Fields): boolean {
  const months = (fields.cardInstallmentPlan ?? 0) as number;
  return months === 0 || (months >= 2 && (fields.amount as number) >= INSTALLMENT_AMOUNT_MIN);
}

function isRefundAccount(value: unknown): boolean {
  const account = fieldsOf(value);
  return (
    account !== undefined &&
    isText(account.bank) &&
    matches(account.accountNumber, /^\d{1,20}$/) &&
    isText(account.holderName, 60)
  );
}
