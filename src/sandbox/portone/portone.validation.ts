import { passesLuhn } from '../core/cards';
import { failure, type Failure } from './portone.cards';
import type { PortoneContract } from './portone.credentials';
import { refusal, REFUSALS, type Refusal, wrongParameter } from './portone.envelope';
import { type Fields, isAbsent, wonOf } from './portone.fields';

/** `refusal`: PortOne itself says no and keeps nothing. `failure`: the provider says no, and the payment has failed. */
export type Checked<T> =
  { readonly value: T } | { readonly refusal: Refusal } | { readonly failure: Failure; readonly value: T };

/** What onetime and again have in common. */
export interface CardOrder {
  readonly merchantUid: string;
  readonly amount: number;
  readonly taxFree: number;
  readonly cardQuota: number;
  readonly name: string | null;
  readonly buyerName: string | null;
  readonly buyerEmail: string | null;
  readonly buyerTel: string | null;
  readonly customData: string | null;
  readonly customerUid: string | null;
}

export interface OnetimeRequest extends CardOrder {
  readonly cardNumber: string;
}

const CARD_AMOUNT_MIN = 100;
const INSTALLMENT_AMOUNT_MIN = 50_000;
const INSTALLMENT_MONTHS_MAX = 36;
export const CUSTOMER_UID_MAX = 80;
const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/;
const CARD_NUMBER = /^\d{4}(-\d{4}){2}-\d{1,4}(-\d{1,3})?$/;

/** Names and rules of the schema's fields: what is there must be as the schema says. */
export type Rule = readonly [name: string, required: boolean, holds: (value: unknown) => boolean];

export const isWon = (value: unknown) => wonOf(value) !== undefined;

/** The first field that breaks its rule. */
export function brokenField(fields: Fields, rules: readonly Rule[]): string | undefined {
  return rules.find(([name, required, holds]) =>
    isAbsent(fields[name]) ? required : !holds(fields[name]),
  )?.[0];
}

export const CARD_RULES: readonly Rule[] = [
  ['card_number', true, (value) => matches(value, CARD_NUMBER)],
  ['expiry', true, (value) => matches(value, MONTH)],
  ['birth', false, (value) => matches(value, /^(\d{6}|\d{10})$/)],
  ['pwd_2digit', false, (value) => matches(value, /^\d{2}$/)],
];

const ORDER_RULES: readonly Rule[] = [
  ['merchant_uid', true, (value) => isText(value, 100)],
  ['amount', true, (value) => wonOf(value) !== undefined],
  ['customer_uid', false, (value) => isText(value, CUSTOMER_UID_MAX)],
  ['tax_free', false, (value) => wonOf(value) !== undefined],
  ['vat_amount', false, (value) => wonOf(value) !== undefined],
  ['card_quota', false, (value) => wonOf(value) !== undefined && wonOf(value) !== 1],
  ['name', false, (value) => isText(value, 40)],
  ['buyer_name', false, (value) => isText(value, 16)],
  ['buyer_email', false, (value) => isText(value, 64)],
  ['buyer_tel', false, (value) => isText(value, 16)],
  ['pg', false, (value) => isText(value, 100)],
];

/** `POST /subscribe/payments/onetime`: the fields first, then what the provider finds before it asks the issuer. */
export function checkOnetime(
  fields: Fields,
  contract: PortoneContract,
  month: string,
): Checked<OnetimeRequest> {
  const broken = brokenField(fields, [...CARD_RULES, ...ORDER_RULES]);
  if (broken !== undefined) return { refusal: wrongParameter(broken) };
  if (!isAbsent(fields.pg) && !isOwnProvider(fields.pg, contract.pg)) return { refusal: REFUSALS.noProvider };
  const value: OnetimeRequest = { ...cardOrder(fields), cardNumber: cardNumberOf(fields) };
  if (value.taxFree > value.amount) return { refusal: wrongParameter('tax_free') };
  if (!passesLuhn(value.cardNumber)) return { refusal: refusal(-1, failure('3011').message) };
  if (value.amount < CARD_AMOUNT_MIN) return { refusal: refusal(-1, failure('3041').message) };
  const failed = failureBeforeIssuer(value, String(fields.expiry) < month);
  return failed ? { failure: failed, value } : { value };
}

/** `POST /subscribe/payments/again`. */
export function checkAgain(fields: Fields): Checked<CardOrder & { readonly customerUid: string }> {
  const broken = brokenField(fields, [
    ['customer_uid', true, (value) => isText(value, CUSTOMER_UID_MAX)],
    ['name', true, (value) => isText(value, 40)],
    ...ORDER_RULES,
  ]);
  if (broken !== undefined) return { refusal: wrongParameter(broken) };
  const value = { ...cardOrder(fields), customerUid: String(fields.customer_uid) };
  if (value.taxFree > value.amount) return { refusal: wrongParameter('tax_free') };
  if (value.amount < CARD_AMOUNT_MIN) return { refusal: refusal(-1, failure('3041').message) };
  const failed = failureBeforeIssuer(value, false);
  return failed ? { failure: failed, value } : { value };
}

/** `POST /subscribe/customers/{customer_uid}`: the number of the card to store. */
export function checkCustomer(
  fields: Fields,
  contract: PortoneContract,
  month: string,
): { readonly cardNumber: string } | { readonly refusal: Refusal } {
  const broken = brokenField(fields, CARD_RULES);
  if (broken !== undefined) return { refusal: wrongParameter(broken) };
  if (!namesProvider(fields, contract)) return { refusal: REFUSALS.noProvider };
  const cardNumber = cardNumberOf(fields);
  if (!passesLuhn(cardNumber)) return { refusal: refusal(-1, failure('F112').message) };
  if (String(fields.expiry) < month) return { refusal: refusal(-1, failure('3021').message) };
  return { cardNumber };
}

/** By the channel's key, or by the provider's name. */
function namesProvider(fields: Fields, contract: PortoneContract): boolean {
  if (!isAbsent(fields.channel_key)) return fields.channel_key === contract.channelKey;
  return isOwnProvider(fields.pg, contract.pg);
}

function cardNumberOf(fields: Fields): string {
  return String(fields.card_number).replaceAll('-', '');
}

function cardOrder(fields: Fields): CardOrder {
  return {
    merchantUid: String(fields.merchant_uid),
    amount: wonOf(fields.amount) ?? 0,
    taxFree: wonOf(fields.tax_free) ?? 0,
    cardQuota: wonOf(fields.card_quota) ?? 0,
    name: textOrNull(fields.name),
    buyerName: textOrNull(fields.buyer_name),
    buyerEmail: textOrNull(fields.buyer_email),
    buyerTel: textOrNull(fields.buyer_tel),
    customData: textOrNull(fields.custom_data),
    customerUid: textOrNull(fields.customer_uid),
  };
}

function failureBeforeIssuer({ amount, cardQuota }: CardOrder, isExpired: boolean): Failure | undefined {
  if (isExpired) return failure('3021');
  if (cardQuota > INSTALLMENT_MONTHS_MAX) return failure('3023');
  return cardQuota > 0 && amount < INSTALLMENT_AMOUNT_MIN ? failure('3024') : undefined;
}

export interface CancelRequest {
  readonly impUid: string | undefined;
  readonly merchantUid: string | undefined;
  /** Undefined for everything that is left. */
  readonly amount: number | undefined;
  readonly taxFree: number | undefined;
  readonly checksum: number | undefined;
  readonly reason: string;
  readonly webhook: boolean;
  /** A whole account to send a deposit back to. */
  readonly hasRefundAccount: boolean;
}

const REFUND_FIELDS = ['refund_holder', 'refund_bank', 'refund_account'];

export function checkCancel(fields: Fields): CancelRequest | Refusal {
  const wrong = ['amount', 'tax_free', 'checksum', 'vat_amount'].find(
    (name) => !isAbsent(fields[name]) && wonOf(fields[name]) === undefined,
  );
  if (wrong !== undefined) return wrongParameter(wrong);
  const optional = (name: string) => (isAbsent(fields[name]) ? undefined : wonOf(fields[name]));
  return {
    impUid: textOrNull(fields.imp_uid) ?? undefined,
    merchantUid: textOrNull(fields.merchant_uid) ?? undefined,
    amount: optional('amount') || undefined,
    taxFree: optional('tax_free'),
    checksum: optional('checksum'),
    reason: textOrNull(fields.reason) ?? '',
    webhook: fields.enable_webhook === true || fields.enable_webhook === 'true',
    hasRefundAccount: REFUND_FIELDS.every((name) => textOrNull(fields[name]) !== null),
  };
}

export function isText(value: unknown, max: number): value is string {
  return typeof value === 'string' && value.length > 0 && [...value].length <= max;
}

export function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** `nice_v2` names the shop's one provider as well as `nice_v2.sandbox` does. */
function isOwnProvider(asked: unknown, own: string): boolean {
  return asked === own || asked === own.split('.')[0];
}
