import { isCalendarDay } from '../../common/time/korean-time';
import type { Outcome } from '../core/acquirer';
import type { LedgerEntry } from '../core/ledger';
import type { SettlementLine } from '../core/settlements';
import type { TossBook } from './toss.book';
import type { TossRequest } from './toss.gate';
import { cancelBodies, methodOf } from './toss.payment';
import { tossTime } from './toss.time';

const SIZE_DEFAULT = 100;
const SIZE_MAX = 5_000;

function numberOf(value: unknown, otherwise: number): number {
  if (value === undefined) return otherwise;
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : 0;
}

/** `GET /v1/settlements`: by day of sale or of payout, paged by number from 1. */
export function settlements(book: TossBook, request: TossRequest): Outcome {
  const { startDate, endDate, dateType = 'soldDate', page: pageAsked, size: sizeAsked } = request.call.query;
  const page = numberOf(pageAsked, 1);
  const size = numberOf(sizeAsked, SIZE_DEFAULT);
  if (!isDay(startDate) || !isDay(endDate) || page < 1 || size < 1 || size > SIZE_MAX)
    return request.refuse('INVALID_REQUEST');
  if (dateType !== 'soldDate' && dateType !== 'paidOutDate') return request.refuse('INVALID_REQUEST');
  const settled = book.settlements.lines(({ entry }) => entry.mid === request.mid);
  const entries = book.discrepancies.entries(
    'SETTLEMENTS',
    request.mid,
    settled.map(({ entry }) => entry),
  );
  const lines = entries
    .map((entry, seq) => book.settlements.lineOf({ seq, entry }, book.discrepancies.feeOf(entry)))
    .filter(({ capturedDay, payoutDay }) => {
      const day = dateType === 'soldDate' ? capturedDay : payoutDay;
      return startDate <= day && day <= endDate;
    });
  const rows = lines.slice((page - 1) * size, page * size).map((line) => settlementBody(book, line));
  return { answer: request.answer(200, JSON.stringify(rows)), effect: 'read' };
}

const isDay = (value: unknown): value is string => typeof value === 'string' && isCalendarDay(value);

/** Cancels carry negative amounts; that sign is not documented. */
function settlementBody(book: TossBook, line: SettlementLine): object {
  const { entry, fee, vat, net, capturedDay, payoutDay } = line;
  const payment = book.byKey(entry.mid, entry.acquirerTransactionId);
  const method = payment ? methodOf(payment) : '카드';
  const cancels = payment ? cancelBodies(payment, payment.cancels) : [];
  const index = payment?.cancels.findIndex(({ transactionKey }) => transactionKey === entry.movementId) ?? -1;
  return {
    mId: entry.mid,
    paymentKey: entry.acquirerTransactionId,
    transactionKey: entry.movementId,
    orderId: entry.acquirerOrderNo,
    currency: 'KRW',
    method,
    amount: entry.kind === 'cancel' ? -entry.amount : entry.amount,
    interestFee: 0,
    fees: [{ type: 'BASE', fee }],
    suppliedAmount: fee,
    vat,
    payOutAmount: net,
    approvedAt: tossTime(payment?.approval?.atMs ?? entry.atMs),
    soldDate: capturedDay,
    paidOutDate: payoutDay,
    card: null,
    easyPay: null,
    giftCertificate: null,
    mobilePhone: null,
    transfer: null,
    virtualAccount: null,
    cancel: entry.kind === 'approval' ? null : (cancels[index] ?? unknownCancel(entry)),
  };
}

/** Of a cancel that the book does not have. */
function unknownCancel({ amount, atMs, movementId }: LedgerEntry): object {
  return {
    ...{ cancelAmount: amount, cancelReason: '', taxFreeAmount: 0, refundableAmount: 0 },
    ...{ canceledAt: tossTime(atMs), transactionKey: movementId, cancelStatus: 'DONE' },
  };
}
