import { createHash } from 'node:crypto';
import type { CardProfile } from '../core/cards';
import type {
  TossAccount,
  TossApproval,
  TossCancel,
  TossFailure,
  TossMethod,
  TossOrder,
} from './toss.records';
import { tossTime } from './toss.time';

export interface TossPayment {
  readonly order: TossOrder;
  /** Null until a contract confirms the session. */
  mid: string | null;
  approval: TossApproval | null;
  failure: TossFailure | null;
  cancels: readonly TossCancel[];
  /** Of a virtual account, from the moment that it is issued. */
  account?: TossAccount;
  depositor?: string;
  /** The webhook of its expiry has left. */
  expiryTold?: boolean;
  /** What the card will do on confirm; only for payments that came from a payment window. */
  readonly profile?: CardProfile;
}

export type TossStatus =
  'IN_PROGRESS' | 'WAITING_FOR_DEPOSIT' | 'DONE' | 'CANCELED' | 'PARTIAL_CANCELED' | 'ABORTED' | 'EXPIRED';

/** From the payer's authentication to the merchant's confirm (TossPayments docs, "결제 흐름": 10 minutes). */
export const CONFIRM_WITHIN_MS = 10 * 60_000;
/** "Refund of a paid virtual account": it lands two business days later. */
const REFUND_LANDS_AFTER_MS = 2 * 24 * 60 * 60_000;
const VERSION = '2022-11-16';

export const methodOf = ({ order }: Pick<TossPayment, 'order'>): TossMethod => order.method ?? '카드';

export function balanceOf(payment: TossPayment, cancelCount = payment.cancels.length): number {
  let balance = payment.order.amount;
  for (let index = 0; index < cancelCount; index += 1) balance -= payment.cancels[index]?.amount ?? 0;
  return balance;
}

export function taxFreeLeft(payment: TossPayment, cancelCount = payment.cancels.length): number {
  let left = payment.order.taxFreeAmount;
  for (let index = 0; index < cancelCount; index += 1) left -= payment.cancels[index]?.taxFreeAmount ?? 0;
  return left;
}

/**
 * A single cancel of everything makes CANCELED; a partial one followed by the rest stays PARTIAL_CANCELED with nothing
 * left. The documents do not say so; that is how the test environment answers.
 */
export function statusOf(
  payment: TossPayment,
  nowMs: number,
  cancelCount = payment.cancels.length,
): TossStatus {
  if (payment.failure) return 'ABORTED';
  if (!payment.approval && (payment.account === undefined || cancelCount === 0)) {
    if (isExpired(payment, nowMs)) return 'EXPIRED';
    return payment.account === undefined ? 'IN_PROGRESS' : 'WAITING_FOR_DEPOSIT';
  }
  if (cancelCount === 0) return 'DONE';
  return payment.cancels[0]?.amount === payment.order.amount ? 'CANCELED' : 'PARTIAL_CANCELED';
}

/** The payer of a window came too late, or nobody paid into the account while it was open. */
export function isExpired(payment: TossPayment, nowMs: number): boolean {
  if (payment.approval || payment.failure) return false;
  if (payment.account !== undefined) return payment.cancels.length === 0 && nowMs > payment.account.dueAtMs;
  return nowMs - payment.order.requestedAtMs > CONFIRM_WITHIN_MS;
}

/**
 * What a deposit notice carries and a thief cannot know ("가상계좌 웹훅"). Made from the payment's key, so that no
 * journal holds it. Card-billing approvals have one too, as measured.
 */
export function secretOf({ order }: Pick<TossPayment, 'order'>): string {
  return `ps_${createHash('sha256').update(`sandbox secret of ${order.paymentKey}`).digest('hex').slice(0, 32)}`;
}

/**
 * The Payment object as it was after so many cancels. Parts that do not apply are null, never left out; VAT and
 * supplied amount are those of the balance (TossPayments core API, "Payment 객체"). `mid`: who asks, where nobody has
 * confirmed the payment yet.
 */
export function paymentBody(
  payment: TossPayment,
  nowMs: number,
  cancelCount = payment.cancels.length,
  mid = payment.mid,
): string {
  const { order, approval } = payment;
  const method = methodOf(payment);
  const cancels = payment.cancels.slice(0, cancelCount);
  const balanceAmount = balanceOf(payment, cancelCount);
  const taxFreeAmount = taxFreeLeft(payment, cancelCount);
  const vat = Math.round((balanceAmount - taxFreeAmount) / 11);
  return JSON.stringify({
    mId: mid,
    lastTransactionKey: cancels.at(-1)?.transactionKey ?? approval?.transactionKey ?? null,
    paymentKey: order.paymentKey,
    orderId: order.orderId,
    orderName: order.orderName,
    taxExemptionAmount: 0,
    status: statusOf(payment, nowMs, cancelCount),
    requestedAt: tossTime(order.requestedAtMs),
    approvedAt: approval ? tossTime(approval.atMs) : null,
    useEscrow: false,
    cultureExpense: false,
    card: cardBody(payment),
    virtualAccount: accountBody(payment, nowMs, cancels),
    transfer: method === '계좌이체' ? { bankCode: TRANSFER_BANK, settlementStatus: 'INCOMPLETED' } : null,
    mobilePhone: null,
    giftCertificate: null,
    cashReceipt: null,
    cashReceipts: null,
    discount: null,
    cancels: cancels.length === 0 ? null : cancelBodies(payment, cancels),
    secret: method === '가상계좌' || order.billed ? secretOf(payment) : null,
    type: order.billed ? 'BILLING' : 'NORMAL',
    easyPay: null,
    country: 'KR',
    failure: payment.failure,
    isPartialCancelable: true,
    receipt: approval ? { url: receiptUrl(order.paymentKey) } : null,
    checkout: null,
    currency: 'KRW',
    totalAmount: order.amount,
    balanceAmount,
    suppliedAmount: balanceAmount - vat - taxFreeAmount,
    vat,
    taxFreeAmount,
    metadata: null,
    method,
    version: VERSION,
  });
}

export function receiptUrl(paymentKey: string): string {
  return `https://dashboard.tosspayments.invalid/receipt/redirection?transactionId=${paymentKey}`;
}

/** Shinhan, from where the sandbox's payers transfer. */
const TRANSFER_BANK = '88';

function accountBody(payment: TossPayment, nowMs: number, cancels: readonly TossCancel[]): object | null {
  const { account, approval, depositor } = payment;
  if (account === undefined) return null;
  const refund = approval === null ? undefined : cancels.at(-1);
  const landed = refund !== undefined && nowMs > refund.atMs + REFUND_LANDS_AFTER_MS;
  return {
    accountType: '일반',
    accountNumber: account.accountNumber,
    bankCode: account.bankCode,
    customerName: account.customerName,
    depositorName: depositor ?? null,
    dueDate: tossTime(account.dueAtMs),
    refundStatus: refund === undefined ? 'NONE' : landed ? 'COMPLETED' : 'PENDING',
    expired: isExpired(payment, nowMs),
    settlementStatus: 'INCOMPLETED',
    refundReceiveAccount: null,
  };
}

function cardBody({ order, approval }: TossPayment): object | null {
  const { card } = order;
  if (card === null) return null;
  return {
    issuerCode: card.issuerCode,
    acquirerCode: card.issuerCode,
    number: card.number,
    installmentPlanMonths: card.installmentPlanMonths,
    isInterestFree: card.isInterestFree,
    interestPayer: card.isInterestFree ? 'MERCHANT' : null,
    approveNo: approval?.approveNo ?? '00000000',
    useCardPoint: card.useCardPoint,
    cardType: card.cardType,
    ownerType: card.ownerType,
    acquireStatus: 'READY',
    amount: order.amount,
  };
}

export function cancelBodies(payment: TossPayment, cancels: readonly TossCancel[]): object[] {
  return cancels.map((cancel, index) => ({
    cancelAmount: cancel.amount,
    cancelReason: cancel.reason,
    taxFreeAmount: cancel.taxFreeAmount,
    taxExemptionAmount: 0,
    refundableAmount: balanceOf(payment, index + 1),
    cardDiscountAmount: 0,
    transferDiscountAmount: 0,
    easyPayDiscountAmount: 0,
    canceledAt: tossTime(cancel.atMs),
    transactionKey: cancel.transactionKey,
    receiptKey: null,
    cancelStatus: 'DONE',
    cancelRequestId: null,
  }));
}
