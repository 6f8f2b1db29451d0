import type { AcquirerMovement, ListOutcome } from '../port/ability.types';
import type { Exchange } from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { compactTime, idOf, type NaverpayAnswer, timeOf, wonOf } from './naverpay.answers';
import { NAVERPAY_LIST_REFUSALS } from './naverpay.codes';
import { isApproval, isCancel } from './naverpay.mapper';
import { ROWS_PER_PAGE } from './naverpay.requests';
import type { NaverpayHistory, NaverpayRow } from './naverpay.wire';

const LAST_SECOND_MS = 24 * 60 * 60_000 - 1_000;

/** The history of one Korean day. `next`: the number of the page. */
export function movementsRequest(day: string, next: string | null) {
  const start = new Date(`${day}T00:00:00+09:00`);
  return {
    startTime: compactTime(start),
    endTime: compactTime(new Date(start.getTime() + LAST_SECOND_MS)),
    approvalType: 'ALL',
    pageNumber: Number(next ?? '1'),
    rowsPerPage: ROWS_PER_PAGE,
  };
}

/** A row that cannot be told makes the page unknown: a list with a hole is worse than none. */
export function movementPage(
  mid: string,
  pageNumber: number,
  answer: NaverpayAnswer<NaverpayHistory>,
  exchange: Exchange,
): ListOutcome<AcquirerMovement> {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'FAILURE':
      return { kind: NAVERPAY_LIST_REFUSALS.includes(answer.code) ? 'REFUSED' : 'UNKNOWN', exchange };
    case 'SUCCESS': {
      const { list, totalPageCount } = answer.body;
      const lines = list.filter(({ admissionState }) => admissionState !== 'FAIL').map(movementOf(mid));
      const isWhole =
        lines.every((line) => line !== null) && (list.length > 0 || totalPageCount < pageNumber);
      if (!isWhole) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      return {
        kind: 'PAGE',
        lines: lines.filter((line) => line !== null),
        next: pageNumber < totalPageCount ? String(pageNumber + 1) : null,
      };
    }
  }
}

const movementOf =
  (mid: string) =>
  (row: NaverpayRow): AcquirerMovement | null => {
    const movementId = idOf(row.payHistId);
    const acquirerTransactionId = idOf(row.paymentId);
    const amount = wonOf(row.totalPayAmount.replace(/^-/, ''));
    const at = timeOf(row.admissionYmdt);
    const isKnown =
      row.admissionState === 'SUCCESS' &&
      (isApproval(row) || isCancel(row)) &&
      (row.merchantId === '' || row.merchantId === mid);
    if (!isKnown || movementId === null || acquirerTransactionId === null || amount === null || at === null)
      return null;
    const kind = isApproval(row) ? 'APPROVAL' : 'CANCEL';
    return { kind, acquirerOrderNo: row.merchantPayKey, acquirerTransactionId, movementId, amount, at };
  };
