import type { Outcome } from '../core/acquirer';
import type { LedgerEntry } from '../core/ledger';
import type { TossBook } from './toss.book';
import type { TossRequest } from './toss.gate';
import { methodOf, receiptUrl, statusOf, type TossPayment } from './toss.payment';
import { parseTossLocalTime, tossTime } from './toss.time';

const TRANSACTIONS_DEFAULT = 100;
const TRANSACTIONS_MAX = 5_000;

/** `GET /v1/payments/{paymentKey}`. */
export function inquireByKey(book: TossBook, request: TossRequest): Outcome {
  return found(request, book.byKey(request.mid, request.call.params.paymentKey ?? ''));
}

/** `GET /v1/payments/orders/{orderId}`. */
export function inquireByOrder(book: TossBook, request: TossRequest): Outcome {
  const orderId = request.call.params.orderId ?? '';
  request.call.about(orderId);
  return found(request, book.byOrder(request.mid, orderId));
}

function found(request: TossRequest, payment: TossPayment | undefined): Outcome {
  if (!payment) return request.refuse('NOT_FOUND_PAYMENT');
  request.call.about(payment.order.orderId);
  return { answer: request.paymentAnswer(payment), effect: 'read' };
}

/** `GET /v1/transactions`: Korean local times without an offset, paged by the last transaction key. */
export function transactions(book: TossBook, request: TossRequest): Outcome {
  const { query } = request.call;
  const fromMs = parseTossLocalTime(query.startDate);
  const toMs = parseTossLocalTime(query.endDate);
  const limit = query.limit === undefined ? TRANSACTIONS_DEFAULT : Number(query.limit);
  const { startingAfter = '' } = query;
  if (typeof startingAfter !== 'string') return request.refuse('INVALID_REQUEST');
  const all = book.listed(request.mid);
  const after = all.findIndex(({ movementId }) => movementId === startingAfter);
  const isKnown = startingAfter === '' || after >= 0;
  if (fromMs === undefined || toMs === undefined || !isKnown) return request.refuse('INVALID_REQUEST');
  if (!Number.isInteger(limit) || limit < 1 || limit > TRANSACTIONS_MAX)
    return request.refuse('INVALID_REQUEST');
  // Both ends are whole seconds and belong to the period.
  const toEndMs = toMs + 1_000;
  const rows = all
    .slice(after + 1)
    .filter(({ atMs }) => fromMs <= atMs && atMs < toEndMs)
    .slice(0, limit);
  const body = JSON.stringify(rows.map((row) => transactionBody(book, row)));
  return { answer: request.answer(200, body), effect: 'read' };
}

/** Cancels carry a negative amount; that sign is not documented. */
function transactionBody(book: TossBook, entry: LedgerEntry): object {
  const payment = book.byKey(entry.mid, entry.acquirerTransactionId);
  const index = payment?.cancels.findIndex((cancel) => cancel.transactionKey === entry.movementId) ?? -1;
  return {
    mId: entry.mid,
    transactionKey: entry.movementId,
    paymentKey: entry.acquirerTransactionId,
    orderId: entry.acquirerOrderNo,
    method: payment ? methodOf(payment) : '카드',
    customerKey: null,
    useEscrow: false,
    receiptUrl: receiptUrl(entry.acquirerTransactionId),
    status:
      entry.kind === 'cancel' && index < 0 ? 'CANCELED' : payment ? statusOf(payment, 0, index + 1) : 'DONE',
    transactionAt: tossTime(entry.atMs),
    currency: 'KRW',
    amount: entry.kind === 'cancel' ? -entry.amount : entry.amount,
  };
}
