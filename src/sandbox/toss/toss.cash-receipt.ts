import { isCalendarDay, koreanDay } from '../../common/time/korean-time';
import type { BookedCashReceipt, Outcome } from '../core/acquirer';
import type { TossBook } from './toss.book';
import type { TossCode } from './toss.errors';
import type { TossRequest } from './toss.gate';
import type { TossCashReceipt } from './toss.records';
import { tossTime } from './toss.time';
import {
  absentOr,
  AMOUNT_MAX,
  type Fields,
  fieldsOf,
  firstBroken,
  isOrderId,
  isText,
  isWon,
  matches,
  ORDER_RULES,
  type Rule,
} from './toss.validation';

const PAGE_DEFAULT = 100;
const PAGE_MAX = 10_000;

const ISSUE_RULES: readonly Rule[] = [
  ...ORDER_RULES,
  [(f) => !isText(f.orderName, 100), 'INVALID_ORDER_NAME'],
  [(f) => (f.amount as number) < 1 || (f.amount as number) > AMOUNT_MAX, 'INVALID_REQUEST'],
  [(f) => !matches(f.customerIdentityNumber, /^[\d-]{8,30}$/), 'INVALID_REQUEST'],
  [(f) => f.type !== '소득공제' && f.type !== '지출증빙', 'INVALID_REQUEST'],
  [(f) => !absentOr(f.taxFreeAmount, (v) => isWon(v) && v <= (f.amount as number)), 'INVALID_REQUEST'],
];

/** `POST /v1/cash-receipts`. Neither that the order is known nor that it has no receipt yet is checked, as measured. */
export function issueCashReceipt(book: TossBook, request: TossRequest): Outcome {
  const fields = fieldsOf(request.call.body);
  if (isOrderId(fields?.orderId)) request.call.about(fields.orderId);
  const code = firstBroken(fields, ISSUE_RULES);
  if (!fields || code) return request.refuse(code ?? 'INVALID_REQUEST');
  return keep(book, request, {
    receiptKey: book.newPaymentKey(book.nowMs()).replace('tk_', 'cr_'),
    mid: request.mid,
    orderId: fields.orderId as string,
    orderName: fields.orderName as string,
    type: fields.type as TossCashReceipt['type'],
    transactionType: 'CONFIRM',
    cancels: null,
    issueNumber: issueNumber(book),
    amount: fields.amount as number,
    taxFreeAmount: (fields.taxFreeAmount ?? 0) as number,
    identity: masked(fields.customerIdentityNumber as string),
    requestedAtMs: book.nowMs(),
  });
}

/** `POST /v1/cash-receipts/{receiptKey}/cancel`: a record of its own, with `c_` before its key. */
export function cancelCashReceipt(book: TossBook, request: TossRequest): Outcome {
  const receipt = book.receipts.get(request.call.params.receiptKey ?? '');
  if (receipt?.mid !== request.mid || receipt.cancels !== null) return request.refuse('NOT_FOUND');
  request.call.about(receipt.orderId);
  const fields = fieldsOf(request.call.body) ?? {};
  const left = leftOf(book, receipt);
  const problem = cancelProblem(fields, left);
  if (problem) return request.refuse(problem);
  const amount = (fields.amount ?? left) as number;
  return keep(book, request, {
    ...receipt,
    receiptKey: `c_${book.newPaymentKey(book.nowMs()).replace('tk_', 'cr_')}`,
    transactionType: 'CANCEL',
    cancels: receipt.receiptKey,
    issueNumber: issueNumber(book),
    amount,
    taxFreeAmount: Math.min(receipt.taxFreeAmount, amount),
    requestedAtMs: book.nowMs(),
  });
}

/** Which codes they are is not documented. */
function cancelProblem({ amount }: Fields, left: number): TossCode | undefined {
  if (!absentOr(amount, (value) => isWon(value) && value > 0)) return 'INVALID_REQUEST';
  if (left === 0) return 'ALREADY_CANCELED_PAYMENT';
  return Number(amount ?? left) > left ? 'NOT_CANCELABLE_AMOUNT' : undefined;
}

/** `GET /v1/cash-receipts`: those of one day, after a cursor. There is none by receipt key. */
export function cashReceipts(book: TossBook, request: TossRequest): Outcome {
  const { requestDate, cursor = '', limit: asked } = request.call.query;
  const limit = asked === undefined ? PAGE_DEFAULT : Number(asked);
  const after = cursor === '' ? 0 : Number(cursor);
  if (typeof requestDate !== 'string' || !isCalendarDay(requestDate))
    return request.refuse('INVALID_REQUEST');
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_MAX) return request.refuse('INVALID_REQUEST');
  if (!Number.isInteger(after) || after < 0) return request.refuse('INVALID_REQUEST');
  const all = [...book.receipts.values()].filter(
    ({ mid, requestedAtMs }) => mid === request.mid && koreanDay(new Date(requestedAtMs)) === requestDate,
  );
  const data = all.slice(after, after + limit);
  const hasNext = all.length > after + limit;
  const lastCursor = hasNext ? after + data.length : null;
  const body = { hasNext, lastCursor, data: data.map(receiptBody) };
  return { answer: request.answer(200, JSON.stringify(body)), effect: 'read' };
}

/** All of them, for the control interface. */
export function bookedReceipts(book: TossBook): BookedCashReceipt[] {
  return [...book.receipts.values()].map((receipt) => ({
    kind: receipt.cancels === null ? 'issue' : 'cancel',
    mid: receipt.mid,
    acquirerOrderNo: receipt.orderId,
    receiptId: receipt.receiptKey,
    approvalNo: receipt.issueNumber,
    originalApprovalNo:
      receipt.cancels === null ? null : (book.receipts.get(receipt.cancels)?.issueNumber ?? null),
    amount: receipt.amount,
    atMs: receipt.requestedAtMs,
  }));
}

function keep(book: TossBook, request: TossRequest, receipt: TossCashReceipt): Outcome {
  book.receipts.put(receipt.receiptKey, receipt);
  const answer = request.answer(200, JSON.stringify(receiptBody(receipt)));
  const mark = request.markAs(answer);
  if (mark) book.commit({ kind: 'answer', mark });
  return { answer, effect: 'processed' };
}

/** What no cancel has taken back yet. */
function leftOf(book: TossBook, { receiptKey, amount }: TossCashReceipt): number {
  const cancelled = [...book.receipts.values()].filter(({ cancels }) => cancels === receiptKey);
  return cancelled.reduce((left, cancel) => left - cancel.amount, amount);
}

/** Filed at once, though the tax office really takes a day. */
function receiptBody(receipt: TossCashReceipt): object {
  return {
    receiptKey: receipt.receiptKey,
    issueNumber: receipt.issueNumber,
    issueStatus: 'COMPLETED',
    amount: receipt.amount,
    taxFreeAmount: receipt.taxFreeAmount,
    orderId: receipt.orderId,
    orderName: receipt.orderName,
    type: receipt.type,
    transactionType: receipt.transactionType,
    businessNumber: '0000000000',
    customerIdentityNumber: receipt.identity,
    failure: null,
    requestedAt: tossTime(receipt.requestedAtMs),
    receiptUrl: `https://dashboard.tosspayments.invalid/receipt/mids/${receipt.mid}/${receipt.receiptKey}`,
  };
}

function issueNumber(book: TossBook): string {
  return String(100_000_001 + (book.receipts.size % 800_000_000));
}

function masked(identity: string): string {
  const digits = identity.replaceAll('-', '');
  return `${digits.slice(0, 3)}${'*'.repeat(Math.max(0, digits.length - 5))}${digits.slice(-2)}`;
}
