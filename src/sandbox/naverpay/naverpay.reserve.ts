import { randomBytes } from 'node:crypto';
import type { Outcome } from '../core/acquirer';
import type { NaverpayBook } from './naverpay.book';
import { type Fields, type NaverpayRequest, textOf, wonOf } from './naverpay.gate';

const REQUIRED = [
  'modelVersion',
  'merchantPayKey',
  'merchantUserKey',
  'productName',
  'productCount',
  'totalPayAmount',
  'taxScopeAmount',
  'taxExScopeAmount',
  'returnUrl',
] as const;
const KEY_MAX = 64;
const PRODUCT_NAME_MAX = 128;

/** `POST /v2/reserve` ("결제예약"): the reservation with which the payer's browser opens the payment page. */
export function reserve(book: NaverpayBook, { call, fields, refuse, success }: NaverpayRequest): Outcome {
  const merchantPayKey = textOf(fields.merchantPayKey);
  call.about(merchantPayKey);
  if (REQUIRED.some((name) => textOf(fields[name]) === '')) return refuse('RequireParameter');
  const [totalPayAmount, taxExScopeAmount] = [wonOf(fields.totalPayAmount), wonOf(fields.taxExScopeAmount)];
  if (!isPlain(fields) || totalPayAmount === undefined || taxExScopeAmount === undefined)
    return refuse('InvalidParameter');
  if (totalPayAmount === 0 || wonOf(fields.taxScopeAmount) !== totalPayAmount - taxExScopeAmount)
    return refuse('InvalidParameter');
  const reserveId = randomBytes(12).toString('hex');
  book.reserve({
    reserveId,
    merchantPayKey,
    merchantUserKey: textOf(fields.merchantUserKey),
    productName: textOf(fields.productName),
    totalPayAmount,
    taxExScopeAmount,
  });
  return { answer: success({ reserveId }), effect: 'processed' };
}

function isPlain(fields: Fields): boolean {
  return (
    fields.modelVersion === '2' &&
    textOf(fields.merchantPayKey).length <= KEY_MAX &&
    textOf(fields.productName).length <= PRODUCT_NAME_MAX &&
    (wonOf(fields.productCount) ?? 0) > 0 &&
    /^https?:\/\/\S+$/.test(textOf(fields.returnUrl)) &&
    (fields.productItems === undefined || Array.isArray(fields.productItems))
  );
}
