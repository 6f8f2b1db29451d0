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

const NO_ACCOUNT = {
  vbank_code: null,
  vbank_name: null,
  vbank_num: null,
  vbank_holder: null,
  vbank_date: 0,
  vbank_issued_at: 0,
};

function accountFields({ extra, requestedAtMs }: PortonePayment['order']): object {
  const { account } = extra;
  if (account === undefined) return NO_ACCOUNT;
  return {
    vbank_code: account.bankCode,
    vbank_name: bankName(account.bankCode),
    vbank_num: account.accountNumber,
    vbank_holder: account.holder,
    vbank_date: unix(account.dueAtMs),
    vbank_issued_at: unix(requestedAtMs),
  };
}

/** What went wrong, or was cancelled: a closed account counts as that. */
function endFields({ failure, cancels }: PortonePayment): object {
  const last = cancels.at(-1);
  if (failure?.code === CLOSED)
    return { failed_at: 0, fail_reason: null, cancelled_at: unix(failure.atMs), cancel_reason: null };
  return {
    failed_at: unix(failure?.atMs),
    fail_reason: failure?.message ?? null,
    cancelled_at: unix(last?.atMs),
    cancel_reason: last?.reason ?? null,
  };
}

/** The bank of every payer who transfers. */
const TRANSFER_BANK = '088';

function transferFields(payMethod: string): object {
  return payMethod === 'trans'
    ? { bank_code: TRANSFER_BANK, bank_name: bankName(TRANSFER_BANK) }
    : { bank_code: null, bank_name: null };
}

/** The "Payment" object of REST API v1. Unset times are 0, unset texts null. */
export function paymentView(payment: PortonePayment): object {
  const { order, approval, cancels } = payment;
  const { extra } = order;
  const [provider = null, pgId = null] = extra.pg.split('.');
  const isCard = extra.payMethod === 'card';
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
    ...transferFields(extra.payMethod),
    ...cardFields(order.card, order.installmentMonths),
    ...accountFields(order),
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
    ...endFields(payment),
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
