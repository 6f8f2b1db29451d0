import type {
  ApprovalOrder,
  ApprovalOutcome,
  CancelOrder,
  CancelOutcome,
  Exchange,
} from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { type InicisAnswer, timeOf, wonOf } from './inicis.answers';
import { inicisCard, inicisDecline, inicisRefusal } from './inicis.codes';
import { isWhole } from './inicis.requests';
import type { InicisApproval, InicisRefund } from './inicis.wire';

const TID_MAX = 64;

/** A key-in, or a charge of a billing key: their answers are of one form. */
export function approvalOutcome(
  mid: string,
  order: Pick<ApprovalOrder, 'acquirerOrderNo' | 'amount'>,
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
function isAsAsked(
  mid: string,
  order: Pick<ApprovalOrder, 'acquirerOrderNo' | 'amount'>,
  body: InicisApproval,
): boolean {
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
      const isPart = !isWhole(order);
      if (cancelledAt === null || (isPart && !isPartAsAsked(order, body)))
        return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      const acquirerCancelId = isPart ? cancelIdOf(order, body) : null;
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
