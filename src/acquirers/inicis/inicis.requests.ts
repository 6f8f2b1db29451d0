import { maskCardNumber } from '../../common/masking/masking';
import { includedVat } from '../../common/money/won';
import type { ApprovalOrder, ApprovalReference, CancelOrder } from '../port/acquirer.types';
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
  const { cardNumber, cardExpiry, birthOrBusinessNo, cardPasswordTwoDigits } = order.card.expose();
  const sealed = (text: string) => sealField(caller, text);
  const { mid, timestamp, clientIp } = caller;
  const price = String(order.amount);
  const number = sealed(cardNumber);
  const isVerified = birthOrBusinessNo !== undefined || cardPasswordTwoDigits !== undefined;
  const hashed = ['Pay', 'Card', timestamp, clientIp, mid, order.acquirerOrderNo, price, number];
  return {
    type: 'Pay',
    paymethod: 'Card',
    timestamp,
    clientIp,
    mid,
    url,
    moid: order.acquirerOrderNo,
    goodName: goodsName(order.goodsName),
    buyerName: buyerName(order.buyerName),
    buyerEmail: order.buyerEmail ?? '',
    buyerTel: '',
    price,
    ...taxOf(order.amount, order.taxFreeAmount),
    currency: 'WON',
    cardQuota: String(order.installmentMonths).padStart(2, '0'),
    quotaInterest: '0',
    cardNumber: number,
    cardExpire: sealed(cardExpiry),
    ...(birthOrBusinessNo !== undefined && { regNo: sealed(birthOrBusinessNo) }),
    ...(cardPasswordTwoDigits !== undefined && { cardPw: sealed(cardPasswordTwoDigits) }),
    authentification: isVerified ? '00' : '99',
    cardPoint: '2',
    hashData: hashV1(caller.apiKey, hashed),
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
 * `POST /api/v1/refund`: all of an untouched payment by Refund, anything else by PartialRefund, since KG Inicis
 * refuses each where the other belongs. `confirmPrice`, what is left afterwards, makes the latter a compare-and-set.
 */
export function refundForm(caller: Caller, order: CancelOrder, tid: string): Form {
  const { cancelAmount, balanceAmount, taxFreeAmount, reference } = order;
  // More than was asked for was approved by mistake, so nothing of it can have been cancelled before.
  const isWhole = cancelAmount === balanceAmount && balanceAmount >= reference.amount;
  const amounts = { price: String(cancelAmount), confirmPrice: String(balanceAmount - cancelAmount) };
  const { mid, timestamp, clientIp } = caller;
  const type = isWhole ? 'Refund' : 'PartialRefund';
  const hashed = [type, 'Card', timestamp, clientIp, mid, tid, ...(isWhole ? [] : Object.values(amounts))];
  return {
    type,
    paymethod: 'Card',
    timestamp,
    clientIp,
    mid,
    tid,
    msg: cut(order.reason, REASON_MAX),
    ...(!isWhole && { ...amounts, ...taxOf(cancelAmount, taxFreeAmount), currency: 'WON' }),
    hashData: hashV1(caller.apiKey, hashed),
  };
}

export function maskedRefund({ type, tid, price, confirmPrice, taxFree }: Form): Record<string, unknown> {
  return { type, tid, price, confirmPrice, taxFree };
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
