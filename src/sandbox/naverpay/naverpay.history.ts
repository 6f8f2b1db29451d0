import type { Outcome } from '../core/acquirer';
import { addedPayments } from '../core/discrepancies';
import type { NaverpayBook } from './naverpay.book';
import type { NaverpayCode } from './naverpay.codes';
import { type NaverpayRequest, textOf } from './naverpay.gate';
import { type HistoryRow, rowsOf } from './naverpay.rows';
import { parseCompactTime } from './naverpay.time';

const PERIOD_MAX_MS = 31 * 24 * 60 * 60_000;
const ROWS_DEFAULT = 20;
const ROWS_MAX = 100;

type Kind = 'ALL' | 'APPROVAL' | 'CANCEL';

/**
 * `POST /v2.2/list/history` and `/v2.3/list/history/{paymentId}` ("결제내역조회"): of one payment, or of a period of at
 * most 31 days. A number that nobody knows is an empty list; that is not documented.
 */
export function history(book: NaverpayBook, request: NaverpayRequest): Outcome {
  const { call, fields, refuse, success } = request;
  const kind = (textOf(fields.approvalType) || 'ALL') as Kind;
  const pageNumber = countOf(fields.pageNumber, 1);
  const rowsPerPage = countOf(fields.rowsPerPage, ROWS_DEFAULT);
  const isPlain = ['ALL', 'APPROVAL', 'CANCEL'].includes(kind) && pageNumber > 0 && rowsPerPage > 0;
  if (!isPlain || rowsPerPage > ROWS_MAX) return refuse('InvalidParameter');
  const paymentId = call.params.paymentId ?? textOf(fields.paymentId);
  const rows = paymentId === '' ? rowsOfPeriod(book, request) : rowsOfPayment(book, request, paymentId);
  if (typeof rows === 'string') return refuse(rows);
  const found = rows.filter(({ isCancel }) => kind === 'ALL' || isCancel === (kind === 'CANCEL'));
  const list = found.slice((pageNumber - 1) * rowsPerPage, pageNumber * rowsPerPage);
  const answer = success({
    list: list.map(({ members }) => members),
    totalCount: found.length,
    responseCount: list.length,
    totalPageCount: Math.ceil(found.length / rowsPerPage),
    currentPageNumber: pageNumber,
  });
  return { answer, effect: 'read' };
}

function rowsOfPayment(book: NaverpayBook, { call, contract }: NaverpayRequest, id: string): HistoryRow[] {
  const payment = book.byTransaction(contract.mid, id);
  if (payment?.mid !== contract.mid) return [];
  call.about(payment.order.acquirerOrderNo);
  return rowsOf(contract.mid, payment);
}

/** The oldest first; both ends are whole seconds and belong to the period. */
function rowsOfPeriod(
  book: NaverpayBook,
  { contract, fields }: NaverpayRequest,
): HistoryRow[] | NaverpayCode {
  const [from, to] = [textOf(fields.startTime), textOf(fields.endTime)];
  if (from === '' || to === '') return 'RequireParameter';
  const [fromMs, toMs] = [parseCompactTime(from), parseCompactTime(to)];
  if (fromMs === undefined || toMs === undefined) return 'InvalidParameter';
  if (toMs < fromMs || toMs - fromMs > PERIOD_MAX_MS) return 'TimeConditionError';
  const rows: HistoryRow[] = [];
  const added = addedPayments(book.discrepancies.added(contract.mid), {
    productName: '',
    merchantUserKey: '',
  });
  for (const payment of [...book.all(contract.mid), ...added])
    rows.push(...rowsOf(contract.mid, book.discrepancies.payment(payment)));
  return rows.filter(({ atMs }) => atMs >= fromMs && atMs < toMs + 1_000).sort((a, b) => a.atMs - b.atMs);
}

function countOf(value: unknown, otherwise: number): number {
  const text = textOf(value);
  if (text === '') return otherwise;
  return /^\d{1,6}$/.test(text) ? Number(text) : 0;
}
