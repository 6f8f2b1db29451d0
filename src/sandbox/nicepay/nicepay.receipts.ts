import type { Answer, BookedCashReceipt, Outcome } from '../core/acquirer';
import type { NicepayBook, Receipt, ReceiptCancel } from './nicepay.book';
import { messageOf, type NicepayCode } from './nicepay.codes';
import { signatureOf } from './nicepay.crypto';
import type { NicepayRequest } from './nicepay.gate';
import { compactDay, nicepaySecond, nicepayTime } from './nicepay.time';

const ORDER_ID_MAX = 64;
const REASON_BYTES_MAX = 100;
/** What a time that does not apply looks like. */
const NEVER = '0';
/**
 * Whom a receipt is for: a phone, or a business. Cards for cash receipts have 13 to 19 digits; the manual's twenty bytes
 * leave room for them, its words do not name them (unconfirmed).
 */
const RECEIPT_NOS: Readonly<Record<string, RegExp>> = {
  individual: /^(\d{10,11}|\d{13,19})$/,
  company: /^\d{10}$/,
};
const PARTS = ['supplyAmt', 'goodsVat', 'taxFreeAmt', 'serviceAmt'] as const;

const leftOf = ({ amount, cancels }: Receipt) =>
  cancels.reduce((left, cancel) => left - cancel.amount, amount);

/** `POST /v1/receipt` (manual, "현금영수증 발급"). */
export function issueReceipt(book: NicepayBook, request: NicepayRequest): Outcome {
  const [orderId, goodsName] = [request.text('orderId'), request.text('goodsName')];
  const [amount, parts] = [request.won('amount'), PARTS.map((name) => request.won(name))];
  if (orderId !== undefined) request.call.about(orderId);
  if (orderId === undefined || goodsName === undefined) return request.refuse('U100');
  if (amount === undefined || parts.includes(undefined)) return request.refuse('U100');
  const problem = issueProblem(book, request, { orderId, amount, parts });
  if (problem) return request.refuse(problem);
  const receipt: Receipt = {
    mid: request.mid,
    tid: book.newTid('0401', request.mid),
    orderId,
    amount: amount ?? 0,
    approvedAtMs: book.nowMs(),
    approveNo: newApproveNo(book),
    cancels: [],
  };
  book.receipts.put(receipt.tid, receipt);
  return { answer: issuedAnswer(book, request, receipt), effect: 'processed' };
}

function issueProblem(
  book: NicepayBook,
  request: NicepayRequest,
  told: {
    readonly orderId: string;
    readonly amount: number | null;
    readonly parts: readonly (number | null | undefined)[];
  },
): NicepayCode | undefined {
  const { orderId, amount, parts } = told;
  if (orderId.length > ORDER_ID_MAX) return 'U105';
  if (amount === null || parts.includes(null)) return 'P010';
  if (request.isSignedWrongly(orderId, amount)) return 'U312';
  const pattern = RECEIPT_NOS[request.text('receiptType') ?? ''];
  if (pattern === undefined) return 'P012';
  if (!pattern.test(request.text('receiptNo') ?? '')) return '7012';
  if (amount <= 0) return '7041';
  if (parts.reduce<number>((sum, part) => sum + (part ?? 0), 0) !== amount) return 'P013';
  const same = [...book.receipts.values()].some(
    (receipt) => receipt.mid === request.mid && receipt.orderId === orderId,
  );
  return same || book.isOrderUsed(request.mid, orderId) ? 'U112' : undefined;
}

/** Nine digits, as the tax office's numbers are. */
function newApproveNo(book: NicepayBook): string {
  const count = [...book.receipts.values()].reduce((sum, { cancels }) => sum + 1 + cancels.length, 0);
  return String(100_000_001 + count);
}

/** `POST /v1/receipt/{tid}/cancel`: within the calendar year of the issue; without cancelAmt all that is left. */
export function cancelReceipt(book: NicepayBook, request: NicepayRequest): Outcome {
  const receipt = receiptOf(book, request);
  const [orderId, reason] = [request.text('orderId'), request.text('reason')];
  if (orderId === undefined || reason === undefined) return request.refuse('U100');
  if (Buffer.byteLength(reason) > REASON_BYTES_MAX) return request.refuse('U105');
  if (request.isSignedWrongly(request.call.params.tid ?? '')) return request.refuse('U312');
  if (receipt === undefined) return request.refuse('U122');
  const told = request.won('cancelAmt');
  if (told === null) return request.refuse('P010');
  const amount = told ?? leftOf(receipt);
  const problem = cancelProblem(book, request, receipt, amount);
  if (problem) return request.refuse(problem);
  const cancel: ReceiptCancel = { orderId, amount, atMs: book.nowMs(), approveNo: newApproveNo(book) };
  const cancelled = { ...receipt, cancels: [...receipt.cancels, cancel] };
  book.receipts.put(receipt.tid, cancelled);
  return { answer: cancelAnswer(book, request, cancelled), effect: 'processed' };
}

function cancelProblem(
  book: NicepayBook,
  request: NicepayRequest,
  receipt: Receipt,
  amount: number,
): NicepayCode | undefined {
  const left = leftOf(receipt);
  if (left === 0) return '2013';
  if (compactDay(receipt.approvedAtMs).slice(0, 4) !== compactDay(book.nowMs()).slice(0, 4)) return '2016';
  if (amount <= 0) return '2010';
  if (amount > left) return '2032';
  if (amount === receipt.amount) return undefined;
  const parts = PARTS.map((name) => request.won(name) ?? Number.NaN);
  return parts.reduce((sum, part) => sum + part, 0) === amount ? undefined : 'P013';
}

/** `GET /v1/receipt/{tid}`: the answer has the members of a cancel, empty where there was none. */
export function findReceipt(book: NicepayBook, request: NicepayRequest): Outcome {
  const receipt = receiptOf(book, request);
  if (request.isSignedWrongly(request.call.params.tid ?? '')) return request.refuse('U312');
  if (receipt === undefined) return request.refuse('U107');
  return { answer: cancelAnswer(book, request, receipt), effect: 'read' };
}

/** All receipts with their cancels, as the control interface tells them. */
export function bookedReceipts(book: NicepayBook): BookedCashReceipt[] {
  return [...book.receipts.values()].flatMap(
    ({ mid, tid, orderId, amount, approveNo, approvedAtMs, cancels }) => {
      const issue = { acquirerOrderNo: orderId, approvalNo: approveNo, originalApprovalNo: null, amount };
      const of = { mid, receiptId: tid };
      return [
        { ...of, ...issue, kind: 'issue' as const, atMs: approvedAtMs },
        ...cancels.map((cancel) => ({
          ...of,
          kind: 'cancel' as const,
          acquirerOrderNo: cancel.orderId,
          approvalNo: cancel.approveNo,
          originalApprovalNo: approveNo,
          amount: cancel.amount,
          atMs: cancel.atMs,
        })),
      ];
    },
  );
}

function receiptOf(book: NicepayBook, request: NicepayRequest): Receipt | undefined {
  const receipt = book.receipts.get(request.call.params.tid ?? '');
  if (receipt === undefined || receipt.mid !== request.mid) return undefined;
  request.call.about(receipt.orderId);
  return receipt;
}

function issuedAnswer(book: NicepayBook, request: NicepayRequest, receipt: Receipt): Answer {
  const { tid, orderId, approveNo, approvedAtMs } = receipt;
  return signed(book, request, { tid, orderId, approvedAt: nicepaySecond(approvedAtMs), approveNo });
}

/** Under which TID and order number a cancel is told is not documented: the receipt's and the cancel's (unconfirmed). */
function cancelAnswer(book: NicepayBook, request: NicepayRequest, receipt: Receipt): Answer {
  const last = receipt.cancels.at(-1);
  return signed(book, request, {
    tid: receipt.tid,
    orderId: last?.orderId ?? receipt.orderId,
    cancelAmt: last?.amount ?? 0,
    balanceAmt: leftOf(receipt),
    cancelledAt: last === undefined ? NEVER : nicepaySecond(last.atMs),
    approveNo: last?.approveNo ?? receipt.approveNo,
  });
}

function signed(
  book: NicepayBook,
  request: NicepayRequest,
  fields: Readonly<Record<string, string | number>> & { readonly tid: string; readonly orderId: string },
): Answer {
  const ediDate = nicepayTime(book.nowMs());
  return request.answer({
    resultCode: '0000',
    resultMsg: messageOf('0000'),
    ...fields,
    ediDate,
    signature: signatureOf(fields.tid, fields.orderId, ediDate, request.contract.secretKey),
  });
}
