import { createHash } from 'node:crypto';
import type { ApprovalReference, CancelOrder } from '../port/acquirer.types';
import type { WindowOrder } from '../port/window.types';
import { compactTime } from './naverpay.answers';

const PRODUCT_NAME_MAX = 128;
const REASON_BYTES_MAX = 256;
/** The merchant, not the buyer: NaverPay asks for this where it is not clear. */
const CANCEL_REQUESTER = '2';
const KEY_FORM = /^[A-Za-z0-9_-]{1,64}$/;
const DAY_MS = 24 * 60 * 60_000;
/** The most that NaverPay gives at once. */
export const ROWS_PER_PAGE = 100;

export type Form = Readonly<Record<string, string>>;

export function productName(order: WindowOrder): string {
  return order.goodsName.slice(0, PRODUCT_NAME_MAX);
}

/** `POST /v2/reserve` ("결제예약"). */
export function reserveRequest(order: WindowOrder) {
  const { acquirerOrderNo, amount, taxFreeAmount } = order;
  const name = productName(order);
  return {
    modelVersion: '2',
    merchantPayKey: acquirerOrderNo,
    // Whoever pays without an account with the shop is somebody new each time.
    merchantUserKey: order.customerKey ?? acquirerOrderNo,
    productName: name,
    productCount: 1,
    totalPayAmount: amount,
    taxScopeAmount: amount - taxFreeAmount,
    taxExScopeAmount: taxFreeAmount,
    returnUrl: order.returnUrl,
    productItems: [{ categoryType: 'ETC', categoryId: 'ETC', uid: acquirerOrderNo, name, count: 1 }],
  };
}

/** `POST /v1/cancel` ("결제취소"). `expectedRestAmount` is what is left afterwards: NaverPay refuses if it is not. */
export function cancelForm(order: CancelOrder, paymentId: string): Form {
  const { cancelAmount, taxFreeAmount, balanceAmount, reason } = order;
  return {
    paymentId,
    cancelAmount: String(cancelAmount),
    cancelReason: firstBytes(reason, REASON_BYTES_MAX),
    cancelRequester: CANCEL_REQUESTER,
    taxScopeAmount: String(cancelAmount - taxFreeAmount),
    taxExScopeAmount: String(taxFreeAmount),
    doCompareRest: '1',
    expectedRestAmount: String(balanceAmount - cancelAmount),
  };
}

/** One page of a payment's history, or of the approvals of the days around the order. */
export function historyRequest(of: string | ApprovalReference, pageNumber: number) {
  const page = { pageNumber, rowsPerPage: ROWS_PER_PAGE };
  if (typeof of === 'string') return { paymentId: of, approvalType: 'ALL', ...page };
  const day = of.requestedAt.getTime();
  return {
    startTime: compactTime(new Date(day - DAY_MS)),
    endTime: compactTime(new Date(day + DAY_MS)),
    approvalType: 'APPROVAL',
    ...page,
  };
}

/** One apply of this order and this payment for ever, whoever sends it again. */
export function applyKey(acquirerOrderNo: string, paymentId: string): string {
  return hashed(`${acquirerOrderNo} ${paymentId}`);
}

export function cancelKeyOf({ cancelKey }: CancelOrder): string {
  return KEY_FORM.test(cancelKey) ? cancelKey : hashed(cancelKey);
}

/** 43 characters of those that a key may have. */
function hashed(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** No character is cut in two. */
function firstBytes(text: string, max: number): string {
  let kept = '';
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > max) break;
    kept += character;
  }
  return kept;
}
