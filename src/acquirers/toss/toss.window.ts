import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ContractAccess, Exchange } from '../port/acquirer.types';
import type { ConfirmOrder, ConfirmOutcome, WindowOrder, WindowPayment } from '../port/window.types';
import { notAsAsked } from '../shared/answers';
import { TOSS_CONFIRM_DECLINES, TOSS_NOT_PAID } from './toss.codes';
import { approvedCard, declineOutcome, ORDER_NAME_MAX, type TossAnswer } from './toss.mapper';
import type { TossConfirmRequest, TossPayment } from './toss.wire';

/** What TossPayments' script is called with ("결제창 SDK", requestPayment). Parts that are not known are left out. */
export function windowParams(clientKey: string, order: WindowOrder): Record<string, string | number> {
  return {
    clientKey,
    orderId: order.acquirerOrderNo,
    amount: order.amount,
    orderName: order.goodsName.slice(0, ORDER_NAME_MAX),
    ...(order.method === 'BANK_TRANSFER' ? { method: 'TRANSFER' } : {}),
    ...(order.taxFreeAmount > 0 ? { taxFreeAmount: order.taxFreeAmount } : {}),
    ...(order.buyerName === undefined ? {} : { customerName: order.buyerName }),
    ...(order.buyerEmail === undefined ? {} : { customerEmail: order.buyerEmail }),
    successUrl: order.returnUrl,
    failUrl: order.returnUrl,
  };
}

/** Asks for our own amount, never for one that the browser brought. */
export function confirmRequest(order: ConfirmOrder): TossConfirmRequest {
  const { paymentKey } = order.proof;
  if (paymentKey === undefined || paymentKey === '')
    throw new AcquirerSetupError('toss', 'a confirm needs the paymentKey that the payer brought back');
  return { paymentKey, orderId: order.acquirerOrderNo, amount: order.amount };
}

export function confirmOutcome(
  access: ContractAccess,
  order: ConfirmOrder,
  answer: TossAnswer,
  exchange: Exchange,
): ConfirmOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', acquirerTransactionId: null, exchange };
    case 'ERROR': {
      const { code } = answer.error;
      if (TOSS_NOT_PAID.includes(code)) return { kind: 'NOT_PAID', exchange };
      return declineOutcome(TOSS_CONFIRM_DECLINES, code, exchange);
    }
    case 'PAYMENT':
      return paidOutcome(access, order, answer.payment, exchange);
  }
}

function paidOutcome(
  access: ContractAccess,
  order: ConfirmOrder,
  payment: TossPayment,
  exchange: Exchange,
): ConfirmOutcome {
  const { paymentKey: acquirerTransactionId, orderId, totalAmount } = payment;
  const unknown: ConfirmOutcome = { kind: 'UNKNOWN', acquirerTransactionId, exchange: notAsAsked(exchange) };
  if (!isTaken(payment, access) || acquirerTransactionId !== order.proof.paymentKey) return unknown;
  const what = mismatchOf(payment, order);
  if (what !== null) {
    return {
      kind: 'MISMATCH',
      what,
      acquirerTransactionId,
      acquirerOrderNo: orderId,
      amount: totalAmount,
      exchange: notAsAsked(exchange),
    };
  }
  const approvedAt = payment.approvedAt === null ? Number.NaN : Date.parse(payment.approvedAt);
  const method = METHODS[payment.method ?? ''] ?? 'OTHER';
  const card = approvedCard(payment);
  if (Number.isNaN(approvedAt) || (method === 'CARD' && card === null)) return unknown;
  return {
    kind: 'APPROVED',
    acquirerTransactionId,
    acquirerOrderNo: orderId,
    approvedAt: new Date(approvedAt),
    method,
    card,
    exchange,
  };
}

/** All of the money of a payment of this contract was taken, and nothing has gone back since. */
function isTaken(payment: TossPayment, access: ContractAccess): boolean {
  return (
    payment.status === 'DONE' &&
    payment.balanceAmount === payment.totalAmount &&
    payment.mId === access.acquirerMerchantId
  );
}

function mismatchOf(payment: TossPayment, order: ConfirmOrder): 'ORDER_NO' | 'CURRENCY' | 'AMOUNT' | null {
  if (payment.orderId !== order.acquirerOrderNo) return 'ORDER_NO';
  if (payment.currency !== 'KRW') return 'CURRENCY';
  return payment.totalAmount === order.amount ? null : 'AMOUNT';
}

/** TossPayments' Korean names of the payment methods; phone bills and gift certificates have no name of ours. */
const METHODS: Readonly<Record<string, WindowPayment['method']>> = {
  카드: 'CARD',
  간편결제: 'EASY_PAY',
  계좌이체: 'BANK_TRANSFER',
  가상계좌: 'VIRTUAL_ACCOUNT',
};
