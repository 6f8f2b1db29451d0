import { balanceOf } from '../core/card-book';
import type { PortonePayment } from './portone.books';
import { bankName, cardFields } from './portone.cards';

/** A virtual account that was closed before anybody paid: kept as a failure, shown as cancelled. */
export const CLOSED = 'account-closed';

export type PortoneStatus = 'ready' | 'paid' | 'cancelled' | 'failed';

/** That a partly cancelled payment stays `paid` is not confirmed; clients are told to look at the amounts. */
export function statusOf(payment: PortonePayment): PortoneStatus {
  if (payment.approval) return balanceOf(payment) === 0 ? 'cancelled' : 'paid';
  if (payment.failure) return payment.failure.code === CLOSED ? 'cancelled' : 'failed';
  return 'ready';
}

/** When something last happened to it, in milliseconds. */
export function updatedAtMs(payment: PortonePayment): number {
  const { order, approval, failure, cancels } = payment;
  return cancels.at(-1)?.atMs ?? approval?.atMs ?? failure?.atMs ?? order.requestedAtMs;
}

/** Unix seconds; 0 for what has not happened. */
export function unix(atMs: number | undefined): number {
  return atMs === undefined ? 0 : Math.floor(atMs / 1_000);
}

function receiptUrl(pgTid: string): string {
  return `https://receipt.invalid/nice/${pgTid}`;
}

function accountFields({ order, failure }: PortonePayment): object {
  const { account } = order.extra;
  return {
    vbank_code: account?.bankCode ?? null,
    vbank_name: account ? bankName(account.bankCode) : null,
    vbank_num: account?.accountNumber ?? null,
    vbank_holder: account?.holder ?? null,
    vbank_date: unix(account?.dueAtMs),
    vbank_issued_at: account ? unix(order.requestedAtMs) : 0,
    failed_at: failure?.code === CLOSED ? 0 : unix(failure?.atMs),
    fail_reason: failure?.code === CLOSED ? null : (failure?.message ?? null),
  };
}

/** The bank of every payer who transfers. */
const TRANSFER_BANK = '088';

/** The "Payment" object of REST API v1. Unset times are 0, unset texts null. */
export function paymentView(payment: PortonePayment): object {
  const { order, approval, failure, cancels } = payment;
  const { extra } = order;
  const [provider = null, pgId = null] = extra.pg.split('.');
  const isCard = extra.payMethod === 'card';
  const isTransfer = extra.payMethod === 'trans';
  const last = cancels.at(-1);
  return {
    imp_uid: order.transactionId,
    merchant_uid: order.acquirerOrderNo,
    pay_method: extra.payMethod,
    channel: extra.channel,
    pg_provider: provider,
    emb_pg_provider: null,
    pg_tid: approval ? extra.pgTid : null,
    pg_id: pgId,
    sandbox: true,
    escrow: false,
    apply_num: approval && isCard ? approval.approvalNo : null,
    bank_code: isTransfer ? TRANSFER_BANK : null,
    bank_name: isTransfer ? bankName(TRANSFER_BANK) : null,
    ...cardFields(order.card, order.installmentMonths),
    ...accountFields(payment),
    name: extra.name,
    amount: order.amount,
    cancel_amount: order.amount - balanceOf(payment),
    currency: 'KRW',
    buyer_name: extra.buyerName,
    buyer_email: extra.buyerEmail,
    buyer_tel: extra.buyerTel,
    buyer_addr: null,
    buyer_postcode: null,
    custom_data: extra.customData,
    user_agent: null,
    status: statusOf(payment),
    started_at: unix(order.requestedAtMs),
    paid_at: unix(approval?.atMs),
    cancelled_at: unix(last?.atMs ?? (failure?.code === CLOSED ? failure.atMs : undefined)),
    cancel_reason: last?.reason ?? null,
    receipt_url: approval ? receiptUrl(extra.pgTid) : null,
    cancel_history: cancels.map((cancel) => ({
      pg_tid: extra.pgTid,
      amount: cancel.amount,
      cancelled_at: unix(cancel.atMs),
      reason: cancel.reason,
      cancellation_id: cancel.movementId,
      receipt_url: receiptUrl(cancel.movementId),
    })),
    deposit_history: [],
    cancel_receipt_urls: cancels.map((cancel) => receiptUrl(cancel.movementId)),
    cash_receipt_issued: false,
    customer_uid: extra.customerUid ?? null,
    customer_uid_usage: extra.customerUid === undefined ? null : 'payment',
    promotion: null,
  };
}
