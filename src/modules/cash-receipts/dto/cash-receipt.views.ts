import { koreanTime } from '../../../common/time/korean-time';
import type { ReceiptAmounts } from '../amounts.calc';
import type {
  CashReceipt,
  CashReceiptCancel,
  CashReceiptEvent,
  CashReceiptWithHistory,
} from '../cash-receipts.types';
import type {
  CashReceiptCancelResponse,
  CashReceiptDetailResponse,
  CashReceiptEventResponse,
  CashReceiptFailureResponse,
  CashReceiptResponse,
} from './cash-receipt.response';

/** Rows as answers, built field by field, so that a new column never leaks by itself. */

const timeOrNull = (at: Date | null) => (at === null ? null : koreanTime(at));

export function toReceiptResponse(
  receipt: CashReceipt,
  outcome?: CashReceiptResponse['outcome'],
): CashReceiptResponse {
  return {
    receiptId: receipt.receiptId,
    ...(outcome === undefined ? {} : { outcome }),
    mid: receipt.mid,
    orderNo: receipt.orderNo,
    paymentId: receipt.paymentId,
    replacedById: receipt.replacedById,
    status: receipt.status,
    purpose: receipt.purpose,
    identifier: receipt.identifierMasked,
    identifierKind: receipt.identifierKind,
    goodsName: receipt.goodsName,
    ...toAmounts(receipt),
    balanceAmount: receipt.balanceAmount,
    cancelledAmount: receipt.cancelledAmount,
    pendingCancelAmount: receipt.pendingCancelAmount,
    provider: receipt.provider,
    approvalNo: receipt.approvalNo,
    issuedAt: timeOrNull(receipt.issuedAt),
    failure: failureOf(receipt),
    createdAt: koreanTime(receipt.createdAt),
    nextCheckAt: receipt.status === 'IN_PROGRESS' ? timeOrNull(receipt.dueAt) : null,
  };
}

export function toReceiptDetail(
  found: CashReceiptWithHistory,
  outcome?: CashReceiptResponse['outcome'],
): CashReceiptDetailResponse {
  return {
    ...toReceiptResponse(found.receipt, outcome),
    cancels: found.cancels.map(toReceiptCancelResponse),
    events: found.events.map(toEventResponse),
  };
}

export function toReceiptCancelResponse(cancel: CashReceiptCancel): CashReceiptCancelResponse {
  return {
    cancelId: cancel.cancelId,
    status: cancel.status,
    ...toAmounts(cancel),
    reason: cancel.reason,
    approvalNo: cancel.approvalNo,
    failure: failureOf(cancel),
    requestedAt: koreanTime(cancel.requestedAt),
    cancelledAt: timeOrNull(cancel.cancelledAt),
  };
}

function toAmounts({
  amount,
  supplyAmount,
  vat,
  taxFreeAmount,
  serviceCharge,
}: ReceiptAmounts): ReceiptAmounts {
  return { amount, supplyAmount, vat, taxFreeAmount, serviceCharge };
}

type WithFailure = Pick<CashReceipt, 'failureCode' | 'failureProviderCode' | 'failureProviderMessage'>;

function failureOf(failed: WithFailure): CashReceiptFailureResponse | null {
  if (failed.failureCode === null) return null;
  return {
    code: failed.failureCode,
    providerCode: failed.failureProviderCode,
    providerMessage: failed.failureProviderMessage,
  };
}

function toEventResponse({
  cancelId,
  from,
  to,
  actor,
  reason,
  occurredAt,
}: CashReceiptEvent): CashReceiptEventResponse {
  return { cancelId, from, to, actor, reason, occurredAt: koreanTime(occurredAt) };
}
