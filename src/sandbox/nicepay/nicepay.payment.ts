import { balanceOf } from '../core/card-book';
import type { BookCancel } from '../core/card-book.types';
import { bankName } from './nicepay.banks';
import { companyOf, shownCardNum } from './nicepay.cards';
import { messageOf } from './nicepay.codes';
import { closedAt, type NicepayPayment, statusOf } from './nicepay.book';
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
  const { order, approval, failure } = payment;
  const { extra } = order;
  const ediDate = nicepayTime(told.atMs);
  const cancels = cancelsOf(payment);
  const last = cancels.at(-1);
  const isClosed = closedAt(payment) !== undefined;
  return {
    resultCode: '0000',
    resultMsg: messageOf('0000'),
    tid: order.transactionId,
    cancelledTid: last?.movementId ?? null,
    orderId: order.acquirerOrderNo,
    ediDate,
    signature: signatureOf(order.transactionId, order.amount, ediDate, told.secretKey),
    status: statusOf(payment, told.atMs),
    paidAt: timeOr(approval?.atMs),
    failedAt: timeOr(isClosed ? undefined : failure?.atMs),
    cancelledAt: timeOr(last?.atMs),
    payMethod: methodOf(payment),
    amount: order.amount,
    balanceAmt: isClosed ? 0 : balanceOf(payment),
    goodsName: extra.goodsName,
    mallReserved: extra.mallReserved,
    useEscrow: false,
    currency: 'KRW',
    channel: extra.via === 'WINDOW' || extra.via === 'BILLING' ? 'pc' : null,
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
    bank:
      extra.bankCode === undefined ? null : { bankCode: extra.bankCode, bankName: bankName(extra.bankCode) },
    vbank: accountBody(payment),
    cancels: cancels.length === 0 ? null : cancels.map(cancelBody),
  };
}

function methodOf({ order: { extra } }: NicepayPayment): 'card' | 'bank' | 'vbank' {
  if (extra.account) return 'vbank';
  return extra.bankCode === undefined ? 'card' : 'bank';
}

/** An account that was closed shows its closing as a cancel of everything (unconfirmed). */
function cancelsOf(payment: NicepayPayment): readonly BookCancel[] {
  const atMs = closedAt(payment);
  if (atMs === undefined) return payment.cancels;
  const { transactionId: movementId, amount, taxFreeAmount } = payment.order;
  return [{ atMs, movementId, amount, taxFreeAmount, reason: payment.failure?.message ?? '' }];
}

function accountBody({ order: { extra } }: NicepayPayment): object | null {
  if (!extra.account) return null;
  const { bankCode, accountNumber, dueAtMs, holder } = extra.account;
  return {
    vbankCode: bankCode,
    vbankName: bankName(bankCode),
    vbankNumber: accountNumber,
    vbankExpDate: nicepaySecond(dueAtMs),
    vbankHolder: holder,
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
