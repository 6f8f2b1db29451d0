import { balanceOf } from '../core/card-book';
import type { BookCancel } from '../core/card-book.types';
import { companyOf, shownCardNum } from './nicepay.cards';
import { messageOf } from './nicepay.codes';
import { type NicepayPayment, statusOf } from './nicepay.book';
import { signatureOf } from './nicepay.crypto';
import { nicepaySecond, nicepayTime } from './nicepay.time';

/** What a time that does not apply looks like. */
const NEVER = '0';

const receiptUrl = (tid: string) => `https://npg.nicepay.invalid/issue/IssueLoader.do?type=0&TID=${tid}`;
const timeOr = (atMs: number | undefined) => (atMs === undefined ? NEVER : nicepaySecond(atMs));

/**
 * The payment object of the new API: answers of approval, cancel, inquiry and the webhook (manual, "응답 명세"). Parts
 * that do not apply are null, never left out.
 */
export function paymentBody(
  payment: NicepayPayment,
  told: { readonly secretKey: string; readonly atMs: number },
): Readonly<Record<string, unknown>> {
  const { order, approval, failure, cancels } = payment;
  const { extra } = order;
  const ediDate = nicepayTime(told.atMs);
  const last = cancels.at(-1);
  return {
    resultCode: '0000',
    resultMsg: messageOf('0000'),
    tid: order.transactionId,
    cancelledTid: last?.movementId ?? null,
    orderId: order.acquirerOrderNo,
    ediDate,
    signature: signatureOf(order.transactionId, order.amount, ediDate, told.secretKey),
    status: statusOf(payment),
    paidAt: timeOr(approval?.atMs),
    failedAt: timeOr(failure?.atMs),
    cancelledAt: timeOr(last?.atMs),
    payMethod: 'card',
    amount: order.amount,
    balanceAmt: balanceOf(payment),
    goodsName: extra.goodsName,
    mallReserved: extra.mallReserved,
    useEscrow: false,
    currency: 'KRW',
    channel: extra.via === 'WINDOW' ? 'pc' : null,
    approveNo: approval?.approvalNo ?? null,
    buyerName: extra.buyerName,
    buyerTel: extra.buyerTel,
    buyerEmail: extra.buyerEmail,
    issuedCashReceipt: false,
    receiptUrl: approval ? receiptUrl(order.transactionId) : null,
    mallUserId: null,
    coupon: null,
    card: cardBody(payment),
    cashReceipts: null,
    bank: null,
    vbank: null,
    cancels: cancels.length === 0 ? null : cancels.map(cancelBody),
  };
}

function cardBody({ order }: NicepayPayment): object | null {
  if (order.card === null) return null;
  const { code, name } = companyOf(order.card);
  return {
    cardCode: code,
    cardName: name,
    cardNum: shownCardNum(order.card),
    // Documented as a text, shown in the samples as a number: the samples count.
    cardQuota: order.installmentMonths,
    isInterestFree: order.extra.interestFree,
    cardType: order.card.check ? 'check' : 'credit',
    canPartCancel: true,
    acquCardCode: code,
    acquCardName: name,
  };
}

function cancelBody(cancel: BookCancel): object {
  return {
    tid: cancel.movementId,
    amount: cancel.amount,
    cancelledAt: nicepaySecond(cancel.atMs),
    reason: cancel.reason,
    receiptUrl: receiptUrl(cancel.movementId),
    couponAmt: 0,
  };
}
