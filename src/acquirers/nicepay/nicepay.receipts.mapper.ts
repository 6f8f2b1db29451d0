import type { OutboundResult } from '../../common/http/outbound-client';
import type { CashReceiptOrder, CashReceiptOutcome } from '../port/ability.types';
import type { ContractAccess, Exchange } from '../port/acquirer.types';
import { exchangeOf, notAsAsked, readJson } from '../shared/answers';
import { isBusinessStatus } from './nicepay.answers';
import { NEW_API_OK, NICEPAY_RECEIPT_CANCEL_REFUSALS, NICEPAY_RECEIPT_REFUSALS } from './nicepay.codes';
import { secretKeyOf } from './nicepay.config';
import { isSignedBy, sign } from './nicepay.crypto';
import { fitBytes } from './nicepay.text';
import { newApiTime, readNewApiTime } from './nicepay.time';
import { type NicepayReceipt, type NicepayResult, receiptSchema, resultSchema } from './nicepay.wire';

const GOODS_NAME_BYTES = 40;
const CANCEL_REASON = '현금영수증 취소';

export type ReceiptAmounts = Pick<
  CashReceiptOrder,
  'acquirerOrderNo' | 'amount' | 'supplyAmount' | 'vat' | 'taxFreeAmount'
>;

export function receiptRequest(access: ContractAccess, order: CashReceiptOrder, now: Date) {
  const ediDate = newApiTime(now);
  const { acquirerOrderNo: orderId, amount } = order;
  return {
    orderId,
    amount,
    goodsName: fitBytes(order.goodsName, GOODS_NAME_BYTES, 'utf-8'),
    receiptType: order.purpose === 'INCOME_DEDUCTION' ? 'individual' : 'company',
    receiptNo: order.identifier.expose(),
    supplyAmt: order.supplyAmount,
    goodsVat: order.vat,
    taxFreeAmt: order.taxFreeAmount,
    serviceAmt: order.serviceCharge,
    ediDate,
    signData: sign(orderId, amount, ediDate, secretKeyOf(access)),
  };
}

export function receiptCancelRequest(
  access: ContractAccess,
  receiptId: string,
  order: ReceiptAmounts,
  now: Date,
) {
  const ediDate = newApiTime(now);
  const { amount, supplyAmount, vat, taxFreeAmount } = order;
  return {
    orderId: order.acquirerOrderNo,
    reason: CANCEL_REASON,
    cancelAmt: amount,
    supplyAmt: supplyAmount,
    goodsVat: vat,
    taxFreeAmt: taxFreeAmount,
    // What is neither supply value, VAT nor free of tax is the service charge.
    serviceAmt: amount - supplyAmount - vat - taxFreeAmount,
    ediDate,
    signData: sign(receiptId, ediDate, secretKeyOf(access)),
  };
}

export type ReceiptAnswer =
  | { readonly kind: 'RECEIPT'; readonly receipt: NicepayReceipt }
  | { readonly kind: 'REFUSED'; readonly result: NicepayResult }
  | { readonly kind: 'NOT_SENT' }
  | { readonly kind: 'UNREADABLE'; readonly reason: string };

export function readReceiptAnswer(result: OutboundResult): ReceiptAnswer {
  const read = readJson(result, isBusinessStatus);
  if (read.kind === 'NOT_SENT') return { kind: 'NOT_SENT' };
  if (read.kind === 'UNREADABLE') return read;
  const head = resultSchema.safeParse(read.body);
  if (head.success && head.data.resultCode !== NEW_API_OK) return { kind: 'REFUSED', result: head.data };
  const receipt = receiptSchema.safeParse(read.body);
  return receipt.success && read.status === 200
    ? { kind: 'RECEIPT', receipt: receipt.data }
    : { kind: 'UNREADABLE', reason: 'BODY_NOT_A_RECEIPT' };
}

/** Nothing of whom the receipt is for. */
export function receiptExchange(
  endpoint: string,
  request: Record<string, unknown>,
  result: OutboundResult,
  answer: ReceiptAnswer,
): Exchange {
  const refusal = answer.kind === 'REFUSED' ? answer.result : null;
  return exchangeOf(result, {
    endpoint,
    request,
    response: maskedReceipt(answer),
    code: refusal?.resultCode ?? (answer.kind === 'UNREADABLE' ? answer.reason : null),
    message: refusal?.resultMsg ?? null,
  });
}

function maskedReceipt(answer: ReceiptAnswer): Record<string, unknown> | null {
  if (answer.kind === 'REFUSED') return { resultCode: answer.result.resultCode };
  if (answer.kind !== 'RECEIPT') return null;
  const { tid, orderId, approveNo, approvedAt, cancelAmt, cancelledAt } = answer.receipt;
  return { tid, orderId, approveNo, approvedAt, cancelAmt, cancelledAt };
}

/** Receipts are signed over their order number, not over an amount (manual, "현금영수증"). */
function isSigned({ signature, tid, orderId, ediDate }: NicepayReceipt, access: ContractAccess): boolean {
  return isSignedBy(signature, tid, orderId, ediDate, secretKeyOf(access));
}

export function receiptOutcome(
  access: ContractAccess,
  order: CashReceiptOrder,
  answer: ReceiptAnswer,
  exchange: Exchange,
): CashReceiptOutcome {
  if (answer.kind !== 'RECEIPT') return notReceipt(NICEPAY_RECEIPT_REFUSALS, answer, exchange);
  const { receipt } = answer;
  const at = readNewApiTime(receipt.approvedAt ?? '');
  const asAsked = receipt.orderId === order.acquirerOrderNo && isSigned(receipt, access);
  const { tid: receiptId, approveNo: approvalNo } = receipt;
  if (!asAsked || at === null || typeof approvalNo !== 'string')
    return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  return { kind: 'ISSUED', receiptId, approvalNo, at, exchange };
}

/** `receiptId` stays the receipt's own: a cancel may be told under another TID. */
export function receiptCancelOutcome(
  access: ContractAccess,
  expected: {
    readonly receiptId: string;
    readonly amount: number;
    readonly isAsked: (receipt: NicepayReceipt) => boolean;
  },
  answer: ReceiptAnswer,
  exchange: Exchange,
): CashReceiptOutcome {
  if (answer.kind !== 'RECEIPT') return notReceipt(NICEPAY_RECEIPT_CANCEL_REFUSALS, answer, exchange);
  const { receipt } = answer;
  const at = readNewApiTime(receipt.cancelledAt ?? '');
  const asAsked =
    isSigned(receipt, access) && expected.isAsked(receipt) && receipt.cancelAmt === expected.amount;
  const { approveNo: approvalNo } = receipt;
  if (!asAsked || at === null || typeof approvalNo !== 'string')
    return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  return { kind: 'CANCELLED', receiptId: expected.receiptId, approvalNo, at, exchange };
}

/** A lookup that proves, signed, that nothing of the receipt was cancelled. */
export function isStillIssued(access: ContractAccess, receiptId: string, answer: ReceiptAnswer): boolean {
  if (answer.kind !== 'RECEIPT' || !isSigned(answer.receipt, access)) return false;
  const { tid, cancelAmt, cancelledAt } = answer.receipt;
  return tid === receiptId && cancelAmt === 0 && readNewApiTime(cancelledAt ?? '') === null;
}

function notReceipt(
  refusals: ReadonlySet<string>,
  answer: Exclude<ReceiptAnswer, { kind: 'RECEIPT' }>,
  exchange: Exchange,
): CashReceiptOutcome {
  if (answer.kind === 'NOT_SENT') return { kind: 'NOT_SENT', exchange };
  const isRefused = answer.kind === 'REFUSED' && refusals.has(answer.result.resultCode);
  return { kind: isRefused ? 'REFUSED' : 'UNKNOWN', exchange };
}
