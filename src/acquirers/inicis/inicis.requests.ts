import { maskCardNumber } from '../../common/masking/masking';
import { includedVat } from '../../common/money/won';
import type { ApprovalOrder, ApprovalReference, CancelOrder, KeyInCard } from '../port/acquirer.types';
import type { IniApiKeys } from './inicis.config';
import { hashV1, hashV2, sealField } from './inicis.crypto';

const GOODS_NAME_MAX = 40;
const BUYER_NAME_MAX = 30;
const REASON_MAX = 80;
/** A name must be there; whose it is decides nothing. */
export const NO_BUYER_NAME = '구매자';

/** What every call of one contract is signed with. `timestamp`: yyyyMMddHHmmss in Korea. */
export interface Caller extends IniApiKeys {
  readonly mid: string;
  readonly timestamp: string;
}

export type Form = Readonly<Record<string, string>>;

/** Cuts between characters, never through one. */
export function cut(text: string, max: number): string {
  return [...text].slice(0, max).join('');
}

export function goodsName(text: string): string {
  return cut(text, GOODS_NAME_MAX);
}

export function buyerName(text: string | undefined): string {
  return cut(text ?? NO_BUYER_NAME, BUYER_NAME_MAX);
}

/** Won of VAT and tax-free value as texts; nothing where all is taxable and KG Inicis reckons the VAT itself. */
export function taxOf(amount: number, taxFreeAmount: number): { tax: string; taxFree: string } | null {
  if (taxFreeAmount === 0) return null;
  return { tax: String(includedVat(amount, taxFreeAmount, 0)), taxFree: String(taxFreeAmount) };
}

/** `POST /api/v1/formpay`: key-in by card (INIAPI v1). `url`: the merchant's address, as it was contracted. */
export function keyInForm(caller: Caller, order: ApprovalOrder, url: string): Form {
  const card = cardFields(caller, order.card.expose());
  const hashed = [order.acquirerOrderNo, String(order.amount), card.cardNumber];
  return signedForm(
    caller,
    { type: 'Pay', paymethod: 'Card', hashed },
    {
      url,
      ...orderFields(order),
      cardQuota: installments(order.installmentMonths),
      quotaInterest: '0',
      ...card,
      authentification: card.regNo !== undefined || card.cardPw !== undefined ? '00' : '99',
      cardPoint: '2',
    },
  );
}

/**
 * A form of INIAPI v1. `hashed`: what the service hashes after the merchant id, in the manual's order; of sealed fields
 * their sealed text.
 */
export function signedForm(
  caller: Caller,
  call: { readonly type: string; readonly paymethod: string; readonly hashed: readonly string[] },
  fields: Readonly<Record<string, string | undefined>>,
): Form {
  const { mid, timestamp, clientIp } = caller;
  const { type, paymethod } = call;
  const told = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  const hashData = hashV1(caller.apiKey, [type, paymethod, timestamp, clientIp, mid, ...call.hashed]);
  return { type, paymethod, timestamp, clientIp, mid, ...Object.fromEntries(told), hashData };
}

/** What every order is described by. */
export function orderFields(order: {
  readonly acquirerOrderNo: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly goodsName: string;
  readonly buyerName?: string;
  readonly buyerEmail?: string;
}) {
  return {
    moid: order.acquirerOrderNo,
    goodName: goodsName(order.goodsName),
    buyerName: buyerName(order.buyerName),
    buyerEmail: order.buyerEmail ?? '',
    buyerTel: '',
    price: String(order.amount),
    ...taxOf(order.amount, order.taxFreeAmount),
    currency: 'WON',
  };
}

export function installments(months: number): string {
  return String(months).padStart(2, '0');
}

/** The card of a key-in or of a billing key, sealed. */
export function cardFields(caller: Caller, card: KeyInCard) {
  const sealed = (text: string | undefined) => (text === undefined ? undefined : sealField(caller, text));
  return {
    cardNumber: sealField(caller, card.cardNumber),
    cardExpire: sealField(caller, card.cardExpiry),
    regNo: sealed(card.birthOrBusinessNo),
    cardPw: sealed(card.cardPasswordTwoDigits),
  };
}

/** What of a key-in may be kept: field by field, nothing of the card but six and four digits. */
export function maskedKeyIn(order: ApprovalOrder): Record<string, unknown> {
  return {
    moid: order.acquirerOrderNo,
    price: order.amount,
    taxFree: order.taxFreeAmount,
    cardNumber: maskCardNumber(order.card.expose().cardNumber),
    cardQuota: order.installmentMonths,
  };
}

/**
 * All of an untouched payment goes back by a refund, anything else by a partial refund, since KG Inicis refuses each
 * where the other belongs.
 */
export function isWhole({ cancelAmount, balanceAmount, reference }: CancelOrder): boolean {
  // More than was asked for was approved by mistake, so nothing of it can have been cancelled before.
  return cancelAmount === balanceAmount && balanceAmount >= reference.amount;
}

/** `confirmPrice`, what is left afterwards, makes a partial refund a compare-and-set. */
function partOf({ cancelAmount, balanceAmount }: CancelOrder) {
  return { price: String(cancelAmount), confirmPrice: String(balanceAmount - cancelAmount) };
}

/** `to`: the sealed account that a deposit goes back to, for Vacct. */
export interface RefundTo {
  readonly refundAcctNum: string;
  readonly refundBankCode: string;
  readonly refundAcctName: string;
}

/** `POST /api/v1/refund`, which must be told how it was paid: by card, or into an account. */
export function refundForm(caller: Caller, order: CancelOrder, tid: string, to?: RefundTo): Form {
  const part = isWhole(order) ? undefined : partOf(order);
  const hashed = [tid, ...Object.values(part ?? {}), ...(to === undefined ? [] : [to.refundAcctNum])];
  const type = part === undefined ? 'Refund' : 'PartialRefund';
  return signedForm(
    caller,
    { type, paymethod: to === undefined ? 'Card' : 'Vacct', hashed },
    {
      tid,
      msg: cut(order.reason, REASON_MAX),
      ...(part && { ...part, ...taxOf(order.cancelAmount, order.taxFreeAmount), currency: 'WON' }),
      ...to,
    },
  );
}

/** `refund` and `partialRefund` of INIAPI v2, which need not be told how it was paid. */
export function refundData(order: CancelOrder, tid: string): { type: string; data: Form } {
  const msg = cut(order.reason, REASON_MAX);
  if (isWhole(order)) return { type: 'refund', data: { tid, msg } };
  const parts = taxOf(order.cancelAmount, order.taxFreeAmount);
  return {
    type: 'partialRefund',
    data: {
      ...{ tid, msg, ...partOf(order), currency: 'WON' },
      ...(parts !== null && { tax: parts.tax, taxfree: parts.taxFree }),
    },
  };
}

export function maskedRefund({ tid, price, confirmPrice, taxFree, taxfree }: Form): Record<string, unknown> {
  return { tid, price, confirmPrice, taxFree: taxFree ?? taxfree };
}

/** By its own id where it is known: the inquiry by our order number needs a clause of the contract (MAPPING.md). */
export function inquiryData(reference: ApprovalReference): Form {
  const { acquirerTransactionId: tid, acquirerOrderNo: oid } = reference;
  return tid === null ? { oid } : { tid };
}

/** The body of a call of INIAPI v2: JSON text whose `data` is, to the byte, what the hash was made over. */
export function bodyV2(caller: Caller, type: string, data: Form): string {
  const { mid, timestamp, clientIp, apiKey } = caller;
  const hashData = hashV2(apiKey, { mid, type, timestamp, dataText: JSON.stringify(data) });
  return JSON.stringify({ mid, type, timestamp, clientIp, data, hashData });
}
