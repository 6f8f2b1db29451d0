import type {
  AcquirerCancelRecord,
  ApprovalOrder,
  ApprovalOutcome,
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
  Exchange,
  InquiryOutcome,
} from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { type InicisAnswer, timeOf, wonOf } from './inicis.answers';
import { inicisCard, inicisDecline, inicisRefusal, isNoSuchTransaction } from './inicis.codes';
import type { InicisApproval, InicisInquiry, InicisRefund } from './inicis.wire';

const TID_MAX = 64;

export function approvalOutcome(
  mid: string,
  order: ApprovalOrder,
  answer: InicisAnswer<InicisApproval>,
  exchange: Exchange,
): ApprovalOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', acquirerTransactionId: null, exchange };
    case 'FAILURE':
      return failedApproval(answer.code, exchange);
    case 'SUCCESS': {
      const { body } = answer;
      const approvedAt = timeOf(body.payDate, body.payTime);
      if (approvedAt === null || !isAsAsked(mid, order, body)) {
        const acquirerTransactionId = tidOf(body.tid);
        return { kind: 'UNKNOWN', acquirerTransactionId, exchange: notAsAsked(exchange) };
      }
      const card = inicisCard({
        approvalNo: body.payAuthCode,
        cardCode: body.cardCode,
        checkFlag: body.checkFlg,
        corporateFlag: '',
        interest: body.quotainterest,
      });
      return { kind: 'APPROVED', acquirerTransactionId: body.tid, approvedAt, card, exchange };
    }
  }
}

/** A refused approval: declined by a listed code, else nobody knows. */
export function failedApproval(
  code: string,
  exchange: Exchange,
): Extract<ApprovalOutcome, { kind: 'DECLINED' | 'UNKNOWN' }> {
  const decline = inicisDecline(code);
  if (decline === undefined) return { kind: 'UNKNOWN', acquirerTransactionId: null, exchange };
  return { kind: 'DECLINED', declineCode: decline.code, notProcessed: decline.notProcessed, exchange };
}

/** The answer names the merchant only inside its transaction id, and the order number not at all as a rule. */
function isAsAsked(mid: string, order: ApprovalOrder, body: InicisApproval): boolean {
  return (
    tidOf(body.tid) !== null &&
    body.tid.includes(mid) &&
    wonOf(body.price) === order.amount &&
    (body.moid === '' || body.moid === order.acquirerOrderNo) &&
    body.payAuthCode !== '' &&
    body.cardCode !== ''
  );
}

export function tidOf(text: string): string | null {
  return text !== '' && text.length <= TID_MAX ? text : null;
}

export function cancelOutcome(
  order: CancelOrder,
  type: string | undefined,
  answer: InicisAnswer<InicisRefund>,
  exchange: Exchange,
): CancelOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'FAILURE': {
      const refusal = inicisRefusal(answer.code);
      return refusal === undefined
        ? { kind: 'UNKNOWN', exchange }
        : { kind: 'REFUSED', ...refusal, exchange };
    }
    case 'SUCCESS': {
      const { body } = answer;
      const cancelledAt = timeOf(body.prtcDate, body.prtcTime) ?? timeOf(body.cancelDate, body.cancelTime);
      if (cancelledAt === null || (type === 'PartialRefund' && !isPartAsAsked(order, body)))
        return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      const acquirerCancelId = type === 'PartialRefund' ? cancelIdOf(order, body) : null;
      return { kind: 'CANCELLED', acquirerCancelId, cancelledAt, exchange };
    }
  }
}

function isPartAsAsked({ cancelAmount, balanceAmount, reference }: CancelOrder, body: InicisRefund): boolean {
  const told = [body.tid, body.prtcTid].filter((id) => id !== '');
  // Which of the two is the payment's is told in two ways; where both are there, one of them must be.
  const isOurs = told.length < 2 || told.includes(reference.acquirerTransactionId ?? '');
  return (
    isOurs &&
    wonOf(body.prtcPrice) === cancelAmount &&
    wonOf(body.prtcRemains) === balanceAmount - cancelAmount
  );
}

/** The partial cancel's own id is the one of the two that is not the payment's: both orders are seen in the field. */
function cancelIdOf({ reference }: CancelOrder, { tid, prtcTid }: InicisRefund): string | null {
  const own = [tid, prtcTid].find((id) => id !== '' && id !== reference.acquirerTransactionId);
  return own === undefined ? null : tidOf(own);
}

type Found = Extract<InquiryOutcome, { kind: 'FOUND' }>;

export function inquiryOutcome(
  mid: string,
  reference: ApprovalReference,
  answer: InicisAnswer<InicisInquiry>,
  exchange: Exchange,
): InquiryOutcome {
  if (answer.kind === 'FAILURE' && isNoSuchTransaction(answer.code)) return { kind: 'NOT_FOUND', exchange };
  if (answer.kind !== 'SUCCESS') return { kind: 'UNKNOWN', exchange };
  const { body } = answer;
  const amount = wonOf(body.price);
  const acquirerTransactionId = tidOf(body.tid);
  const isOurs =
    body.mid === mid &&
    body.oid === reference.acquirerOrderNo &&
    (reference.acquirerTransactionId ?? body.tid) === body.tid;
  if (!isOurs || amount === null || acquirerTransactionId === null)
    return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  const found = stateOf(body, amount, reference.amount);
  if (found === null) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  return { kind: 'FOUND', acquirerTransactionId, amount, ...found, exchange };
}

function stateOf(
  body: InicisInquiry,
  amount: number,
  asked: number,
): Pick<Found, 'state' | 'balanceAmount' | 'cancels'> | null {
  switch (body.transactionStatus === '' ? OLD_STATES[body.status] : body.transactionStatus) {
    case 'APPROVAL':
      return { state: 'APPROVED', balanceAmount: amount, cancels: [] };
    case 'CANCEL':
      return { state: 'CANCELLED', balanceAmount: 0, cancels: wholly(partsOf(body) ?? [], amount) };
    case 'PART_CANCEL':
      // That `price` stays what was approved is not documented; where it did not, nothing can be reckoned from it.
      return amount === asked ? partly(body, amount) : null;
    default:
      return null;
  }
}

/** The older `status`; what 9 means is told in two ways, so it is not here. */
const OLD_STATES: Readonly<Record<string, string>> = { '0': 'APPROVAL', '1': 'CANCEL' };

function partly(
  body: InicisInquiry,
  amount: number,
): Pick<Found, 'state' | 'balanceAmount' | 'cancels'> | null {
  const cancels = partsOf(body);
  if (cancels === null || cancels.length === 0) return null;
  const left = amount - sumOf(cancels);
  const told = body.availablePartCancelPrice;
  if (left < 0 || (told !== '' && wonOf(told) !== left)) return null;
  return { state: left === 0 ? 'CANCELLED' : 'PARTIALLY_CANCELLED', balanceAmount: left, cancels };
}

/** Its partial cancels; null where one of them cannot be read. */
function partsOf(body: InicisInquiry): AcquirerCancelRecord[] | null {
  const parts = (body.partCancelTransInfo ?? []).map(({ tid, requestPrice }) => ({
    acquirerCancelId: tidOf(tid),
    amount: wonOf(requestPrice) ?? 0,
  }));
  return parts.every((part) => part.amount > 0) ? parts : null;
}

/** A full cancel is not listed and has no id of its own. */
function wholly(parts: AcquirerCancelRecord[], amount: number): AcquirerCancelRecord[] {
  const rest = amount - sumOf(parts);
  return rest > 0 ? [...parts, { acquirerCancelId: null, amount: rest }] : parts;
}

function sumOf(cancels: readonly AcquirerCancelRecord[]): number {
  return cancels.reduce((sum, cancel) => sum + cancel.amount, 0);
}
