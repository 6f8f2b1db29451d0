import type {
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
  Exchange,
  InquiryOutcome,
} from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { idOf, type NaverpayAnswer, timeOf, wonOf } from './naverpay.answers';
import { naverpayRefusal } from './naverpay.codes';
import type { NaverpayCancel, NaverpayRow } from './naverpay.wire';

export function cancelOutcome(
  order: CancelOrder,
  answer: NaverpayAnswer<NaverpayCancel>,
  exchange: Exchange,
): CancelOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'FAILURE': {
      const refusal = naverpayRefusal(answer.code);
      return refusal === undefined
        ? { kind: 'UNKNOWN', exchange }
        : { kind: 'REFUSED', ...refusal, exchange };
    }
    case 'SUCCESS': {
      const { paymentId, payHistId, totalRestAmount, cancelYmdt } = answer.body;
      const cancelledAt = timeOf(cancelYmdt);
      const isAsAsked =
        paymentId === order.reference.acquirerTransactionId &&
        wonOf(totalRestAmount) === order.balanceAmount - order.cancelAmount;
      if (!isAsAsked || cancelledAt === null) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      return { kind: 'CANCELLED', acquirerCancelId: idOf(payHistId), cancelledAt, exchange };
    }
  }
}

const APPROVAL = '01';
const CANCELS: readonly string[] = ['03', '04'];

export const isApproval = (row: NaverpayRow) => row.admissionTypeCode === APPROVAL;
export const isCancel = (row: NaverpayRow) => CANCELS.includes(row.admissionTypeCode);
export const isApproved = (row: NaverpayRow) => isApproval(row) && row.admissionState === 'SUCCESS';

type Found = Extract<InquiryOutcome, { kind: 'FOUND' }>;

/** `rows`: the whole history of the payment `paymentId`, or all failed tries of an order that has none else. */
export function inquiryOutcome(
  mid: string,
  reference: ApprovalReference,
  { rows, paymentId }: { readonly rows: readonly NaverpayRow[]; readonly paymentId: string },
  exchange: Exchange,
): InquiryOutcome {
  if (rows.length === 0) return { kind: 'NOT_FOUND', exchange };
  const found = rows.every((row) => isOf(row, mid, paymentId)) ? stateOf(rows, reference) : null;
  if (found === null) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  return { kind: 'FOUND', acquirerTransactionId: paymentId, ...found, exchange };
}

/** A row of this payment of this merchant whose meaning we know. */
function isOf(row: NaverpayRow, mid: string, paymentId: string): boolean {
  return (
    row.paymentId === paymentId &&
    (row.merchantId === '' || row.merchantId === mid) &&
    (isApproval(row) || isCancel(row)) &&
    ['SUCCESS', 'FAIL'].includes(row.admissionState)
  );
}

/** Null where the rows do not make one whole. A cancel's row may leave the order number out. */
function stateOf(
  rows: readonly NaverpayRow[],
  { acquirerOrderNo }: ApprovalReference,
): Pick<Found, 'state' | 'amount' | 'balanceAmount' | 'cancels'> | null {
  const isOurs = rows.every(
    (row) => row.merchantPayKey === acquirerOrderNo || (!isApproval(row) && row.merchantPayKey === ''),
  );
  const [approval, second] = rows.filter(isApproved);
  const tried = approval ?? rows.find(isApproval);
  const amount = wonOf(tried?.totalPayAmount ?? '');
  if (!isOurs || second !== undefined || amount === null) return null;
  const cancels = rows
    .filter((row) => !isApproval(row) && row.admissionState === 'SUCCESS')
    // Whether a cancel's amount bears a minus is not documented.
    .map((row) => ({
      acquirerCancelId: idOf(row.payHistId),
      amount: wonOf(row.totalPayAmount.replace(/^-/, '')) ?? 0,
    }));
  if (approval === undefined)
    return cancels.length > 0 ? null : { state: 'NOT_APPROVED', amount, balanceAmount: 0, cancels };
  const balanceAmount = cancels.reduce((left, cancel) => left - cancel.amount, amount);
  if (balanceAmount < 0 || cancels.some((cancel) => cancel.amount === 0)) return null;
  if (cancels.length === 0) return { state: 'APPROVED', amount, balanceAmount, cancels };
  return { state: balanceAmount === 0 ? 'CANCELLED' : 'PARTIALLY_CANCELLED', amount, balanceAmount, cancels };
}
