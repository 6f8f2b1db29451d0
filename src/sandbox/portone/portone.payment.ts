import { balanceOf } from '../core/card-book';
import type { PortonePayment } from './portone.books';
import { cardFields } from './portone.cards';

export type PortoneStatus = 'ready' | 'paid' | 'cancelled' | 'failed';

/** That a partly cancelled payment stays `paid` is not confirmed; clients are told to look at the amounts. */
export function statusOf(payment: PortonePayment): PortoneStatus {
  if (payment.approval) return balanceOf(payment) === 0 ? 'cancelled' : 'paid';
  return payment.failure ? 'failed' : 'ready';
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

/** The "Payment" object of REST API v1. Unset times are 0, unset texts null. */
export function paymentView(payment: PortonePayment): object {
  const { order, approval, failure, cancels } = payment;
  const { extra } = order;
  const [provider = null, pgId = null] = extra.pg.split('.');
  const isCard = extra.payMethod === 'card';
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
    bank_code: null,
    bank_name: null,
    ...cardFields(order.card, order.installmentMonths),
    vbank_code: null,
    vbank_name: null,
    vbank_num: null,
    vbank_holder: null,
    vbank_date: 0,
    vbank_issued_at: 0,
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
    failed_at: unix(failure?.atMs),
    cancelled_at: unix(last?.atMs),
    fail_reason: failure?.message ?? null,
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
    customer_uid: null,
    customer_uid_usage: null,
    promotion: null,
  };
}
