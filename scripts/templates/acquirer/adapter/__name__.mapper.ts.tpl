import { maskCardNumber } from '../../common/masking/masking';
import type { OutboundResult } from '../../common/http/outbound-client';
import type {
  ApprovalOrder,
  ApprovalOutcome,
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
  Exchange,
  InquiryOutcome,
} from '../port/acquirer.types';
import { exchangeOf, notAsAsked, readJson } from '../shared/answers';
import {
  __NAME___CANCEL_REFUSALS,
  __NAME___DECLINES,
  __NAME___ISSUERS,
  __NAME___NOT_FOUND,
} from './__name__.codes';
import { notWritten } from './__name__.config';
import {
  __name__ErrorSchema,
  __name__PaymentSchema,
  type __Name__Error,
  type __Name__Payment,
} from './__name__.wire';

export type __Name__Answer =
  | { readonly kind: 'PAYMENT'; readonly payment: __Name__Payment }
  | { readonly kind: 'ERROR'; readonly error: __Name__Error }
  | { readonly kind: 'NOT_SENT' }
  | { readonly kind: 'UNREADABLE'; readonly reason: string };

/** The body of a key-in approval. */
export function approvalRequest(_order: ApprovalOrder): object {
  return notWritten('approvalRequest');
}

/** The body of a cancel. Where the acquirer knows idempotency keys, `cancelKey` is the one. */
export function cancelRequest(_order: CancelOrder): object {
  return notWritten('cancelRequest');
}

/** The path of a lookup by our own order number. */
export function inquiryPath(_reference: ApprovalReference): string {
  return notWritten('inquiryPath');
}

/** Reads an answer strictly: another status, a broken body or an unknown shape is not an answer. */
export function readAnswer(result: OutboundResult): __Name__Answer {
  const read = readJson(result, (status) => status === 200);
  if (read.kind === 'NOT_SENT') return { kind: 'NOT_SENT' };
  if (read.kind === 'UNREADABLE') return read;
  const payment = __name__PaymentSchema.safeParse(read.body);
  if (payment.success) return { kind: 'PAYMENT', payment: payment.data };
  const error = __name__ErrorSchema.safeParse(read.body);
  return error.success
    ? { kind: 'ERROR', error: error.data }
    : { kind: 'UNREADABLE', reason: 'BODY_NOT_AN_ANSWER' };
}

/** What of an approval may be kept: field by field, nothing of the card but six and four digits. */
export function maskedApproval(order: ApprovalOrder): Record<string, unknown> {
  const { acquirerOrderNo, amount, taxFreeAmount, installmentMonths } = order;
  const cardNumber = maskCardNumber(order.card.expose().cardNumber);
  return { acquirerOrderNo, amount, taxFreeAmount, installmentMonths, cardNumber };
}

export function exchangeWith(
  endpoint: string,
  request: Record<string, unknown>,
  { result, answer }: { readonly result: OutboundResult; readonly answer: __Name__Answer },
): Exchange {
  const error = answer.kind === 'ERROR' ? answer.error : null;
  return exchangeOf(result, {
    endpoint,
    request,
    response: answer.kind === 'PAYMENT' ? maskedPayment(answer.payment) : error && { code: error.code },
    code: answer.kind === 'UNREADABLE' ? answer.reason : (error?.code ?? null),
    message: error?.message ?? null,
  });
}

function maskedPayment(payment: __Name__Payment): Record<string, unknown> {
  const { transactionId, orderNo, state, amount, balance, approvalNo } = payment;
  return { transactionId, orderNo, state, amount, balance, approvalNo };
}

export function approvalOutcome(
  order: ApprovalOrder,
  answer: __Name__Answer,
  exchange: Exchange,
): ApprovalOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', acquirerTransactionId: null, exchange };
    case 'ERROR': {
      const decline = entryOf(__NAME___DECLINES, answer.error.code);
      if (decline === undefined) return { kind: 'UNKNOWN', acquirerTransactionId: null, exchange };
      const { code: declineCode, notProcessed = false } = decline;
      return { kind: 'DECLINED', declineCode, notProcessed, exchange };
    }
    case 'PAYMENT':
      return approvedOutcome(order, answer.payment, exchange);
  }
}

function approvedOutcome(order: ApprovalOrder, payment: __Name__Payment, exchange: Exchange): ApprovalOutcome {
  const { transactionId: acquirerTransactionId, approvalNo, issuer } = payment;
  const approvedAt = new Date(payment.approvedAt);
  const asAsked =
    payment.state === 'APPROVED' &&
    payment.orderNo === order.acquirerOrderNo &&
    payment.amount === order.amount &&
    payment.balance === order.amount;
  if (!asAsked || Number.isNaN(approvedAt.getTime()))
    return { kind: 'UNKNOWN', acquirerTransactionId, exchange: notAsAsked(exchange) };
  return {
    kind: 'APPROVED',
    acquirerTransactionId,
    approvedAt,
    card: {
      approvalNo,
      issuer: entryOf(__NAME___ISSUERS, issuer) ?? issuer.slice(0, 30),
      cardType: 'UNKNOWN',
      ownerType: 'UNKNOWN',
      interestFree: false,
    },
    exchange,
  };
}

export function cancelOutcome(order: CancelOrder, answer: __Name__Answer, exchange: Exchange): CancelOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'ERROR': {
      const refusal = entryOf(__NAME___CANCEL_REFUSALS, answer.error.code);
      return refusal === undefined ? { kind: 'UNKNOWN', exchange } : { kind: 'REFUSED', ...refusal, exchange };
    }
    case 'PAYMENT': {
      const last = answer.payment.cancels.at(-1);
      const cancelledAt = new Date(last?.at ?? '');
      const same = answer.payment.transactionId === order.reference.acquirerTransactionId;
      if (!same || last?.amount !== order.cancelAmount || Number.isNaN(cancelledAt.getTime()))
        return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      return { kind: 'CANCELLED', acquirerCancelId: last.cancelId, cancelledAt, exchange };
    }
  }
}

export function inquiryOutcome(
  { acquirerOrderNo }: ApprovalReference,
  answer: __Name__Answer,
  exchange: Exchange,
): InquiryOutcome {
  if (answer.kind === 'ERROR' && answer.error.code === __NAME___NOT_FOUND) return { kind: 'NOT_FOUND', exchange };
  if (answer.kind !== 'PAYMENT' || answer.payment.orderNo !== acquirerOrderNo)
    return { kind: 'UNKNOWN', exchange };
  const { state, transactionId: acquirerTransactionId, amount, balance: balanceAmount, cancels } = answer.payment;
  return {
    kind: 'FOUND',
    state,
    acquirerTransactionId,
    amount,
    balanceAmount,
    cancels: cancels.map((cancel) => ({ acquirerCancelId: cancel.cancelId, amount: cancel.amount })),
    exchange,
  };
}

/** A code of the acquirer is its text: never a name that every object has. */
function entryOf<T>(table: Readonly<Record<string, T>>, code: string): T | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}
