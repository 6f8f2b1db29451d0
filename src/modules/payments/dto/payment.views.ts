import { cardAmountOf } from '../hybrid.calc';
import { wasCharged } from '../payment.state';
import { koreanTime } from '../../../common/time/korean-time';
import type {
  Payment,
  PaymentAttempt,
  PaymentCancel,
  PaymentEvent,
  PaymentWithHistory,
} from '../payments.types';
import type { CardResponse } from './card.response';
import type {
  AttemptResponse,
  CancelResponse,
  EventResponse,
  FailureResponse,
  PaymentDetailResponse,
  PaymentResponse,
} from './payment.response';

/** Rows as answers, built field by field, so that a new column never leaks by itself. */

const timeOrNull = (at: Date | null) => (at === null ? null : koreanTime(at));

export function toPaymentResponse(payment: Payment, outcome?: PaymentResponse['outcome']): PaymentResponse {
  return {
    paymentId: payment.paymentId,
    ...(outcome === undefined ? {} : { outcome }),
    mid: payment.mid,
    orderNo: payment.orderNo,
    status: payment.status,
    method: payment.method,
    currency: 'KRW',
    amount: payment.amount,
    pointAmount: payment.pointAmount,
    cardAmount: cardAmountOf(payment),
    balanceAmount: wasCharged(payment) ? payment.balanceAmount : 0,
    cancelledAmount: payment.cancelledAmount,
    pendingCancelAmount: payment.pendingCancelAmount,
    supplyAmount: payment.amount - payment.vat - payment.taxFreeAmount - payment.serviceCharge,
    vat: payment.vat,
    taxFreeAmount: payment.taxFreeAmount,
    serviceCharge: payment.serviceCharge,
    goodsName: payment.goodsName,
    buyerName: payment.buyerName,
    customerKey: payment.customerKey,
    branchId: payment.branchId,
    card: cardOf(payment),
    acquirer: payment.acquirer,
    acquirerTransactionId: payment.acquirerTransactionId,
    approvalNo: payment.approvalNo,
    failure: failureOf(payment),
    metadata: payment.metadata,
    approvedAt: timeOrNull(payment.approvedAt),
    createdAt: koreanTime(payment.createdAt),
    nextCheckAt: payment.status === 'REVERSING' ? timeOrNull(payment.dueAt) : null,
  };
}

export function toPaymentDetail(
  found: PaymentWithHistory,
  outcome?: PaymentResponse['outcome'],
): PaymentDetailResponse {
  return {
    ...toPaymentResponse(found.payment, outcome),
    cancels: found.cancels.map(toCancelResponse),
    events: found.events.map(toEventResponse),
    attempts: found.attempts.map(toAttemptResponse),
  };
}

export function toCancelResponse(cancel: PaymentCancel): CancelResponse {
  return {
    cancelId: cancel.cancelId,
    status: cancel.status,
    amount: cancel.amount,
    pointAmount: cancel.pointAmount,
    cardAmount: cardAmountOf(cancel),
    taxFreeAmount: cancel.taxFreeAmount,
    reason: cancel.reason,
    refundAccount:
      cancel.refundAccount === null
        ? null
        : { bankCode: cancel.refundAccount.bankCode, accountNumber: cancel.refundAccount.accountMasked },
    acquirerCancelId: cancel.acquirerCancelId,
    failure: failureOf(cancel),
    balanceAfter: cancel.balanceAfter,
    requestedAt: koreanTime(cancel.requestedAt),
    cancelledAt: timeOrNull(cancel.cancelledAt),
  };
}

function cardOf(payment: Payment): CardResponse | null {
  const { cardFirst6, cardLast4, cardNumberLength } = payment;
  if (cardFirst6 === null || cardLast4 === null || cardNumberLength === null) return null;
  return {
    number: `${cardFirst6}${'*'.repeat(cardNumberLength - 10)}${cardLast4}`,
    issuer: payment.cardIssuer,
    type: payment.cardType,
    ownerType: payment.cardOwnerType,
    installmentMonths: payment.installmentMonths,
    interestFree: payment.interestFree,
  };
}

type WithFailure = Pick<PaymentCancel, 'failureCode' | 'failureAcquirerCode' | 'failureAcquirerMessage'>;

function failureOf(failed: WithFailure): FailureResponse | null {
  if (failed.failureCode === null) return null;
  return {
    code: failed.failureCode,
    acquirerCode: failed.failureAcquirerCode,
    acquirerMessage: failed.failureAcquirerMessage,
  };
}

function toEventResponse(event: PaymentEvent): EventResponse {
  const { from, to, actor, reason, cancelId } = event;
  return { from, to, actor, reason, cancelId, occurredAt: koreanTime(event.occurredAt) };
}

function toAttemptResponse(attempt: PaymentAttempt): AttemptResponse {
  return {
    acquirer: attempt.acquirer,
    acquirerOrderNo: attempt.acquirerOrderNo,
    acquirerTransactionId: attempt.acquirerTransactionId,
    operation: attempt.operation,
    outcome: attempt.outcome,
    code: attempt.code,
    latencyMs: attempt.latencyMs,
    startedAt: koreanTime(attempt.startedAt),
  };
}
