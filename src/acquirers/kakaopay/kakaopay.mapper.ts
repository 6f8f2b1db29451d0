import { AcquirerSetupError } from '../port/acquirer.errors';
import type {
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
  Exchange,
  InquiryOutcome,
} from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { type KakaopayAnswer, timeOf } from './kakaopay.answers';
import { KAKAOPAY_CANCEL_REFUSALS, KAKAOPAY_NOT_FOUND } from './kakaopay.codes';
import type { KakaopayCancel, KakaopayOrder } from './kakaopay.wire';

const PAYLOAD_MAX = 200;

/** Body of `POST /online/v1/payment/cancel`. `cancel_available_amount` makes KakaoPay compare the balance first. */
export function cancelRequest(cid: string, order: CancelOrder) {
  const { acquirerTransactionId: tid } = order.reference;
  if (tid === null) throw new AcquirerSetupError('kakaopay', 'a cancel needs the tid');
  return {
    cid,
    tid,
    cancel_amount: order.cancelAmount,
    cancel_tax_free_amount: order.taxFreeAmount,
    cancel_available_amount: order.balanceAmount,
    payload: order.reason.slice(0, PAYLOAD_MAX),
  };
}

export function cancelOutcome(
  cid: string,
  order: CancelOrder,
  answer: KakaopayAnswer<KakaopayCancel>,
  exchange: Exchange,
): CancelOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'FAILURE': {
      const { code } = answer;
      const refusal = Object.hasOwn(KAKAOPAY_CANCEL_REFUSALS, code)
        ? KAKAOPAY_CANCEL_REFUSALS[code]
        : undefined;
      return refusal === undefined
        ? { kind: 'UNKNOWN', exchange }
        : { kind: 'REFUSED', ...refusal, exchange };
    }
    case 'SUCCESS': {
      const cancelledAt = timeOf(answer.body.canceled_at);
      if (cancelledAt === null || !isAsAsked(cid, order, answer.body))
        return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      return { kind: 'CANCELLED', acquirerCancelId: answer.body.aid, cancelledAt, exchange };
    }
  }
}

function isAsAsked(cid: string, order: CancelOrder, body: KakaopayCancel): boolean {
  const { reference, cancelAmount, balanceAmount } = order;
  const left = balanceAmount - cancelAmount;
  return (
    body.cid === cid &&
    body.tid === reference.acquirerTransactionId &&
    body.partner_order_id === reference.acquirerOrderNo &&
    body.approved_cancel_amount.total === cancelAmount &&
    body.cancel_available_amount.total === left &&
    body.status === (left === 0 ? 'CANCEL_PAYMENT' : 'PART_CANCEL_PAYMENT')
  );
}

type Found = Extract<InquiryOutcome, { kind: 'FOUND' }>;
const STATES: Readonly<Record<string, Found['state']>> = {
  READY: 'PENDING',
  SEND_TMS: 'PENDING',
  OPEN_PAYMENT: 'PENDING',
  SELECT_METHOD: 'PENDING',
  ARS_WAITING: 'PENDING',
  AUTH_PASSWORD: 'PENDING',
  ISSUED_SID: 'PENDING',
  SUCCESS_PAYMENT: 'APPROVED',
  PART_CANCEL_PAYMENT: 'PARTIALLY_CANCELLED',
  CANCEL_PAYMENT: 'CANCELLED',
  FAIL_AUTH_PASSWORD: 'NOT_APPROVED',
  QUIT_PAYMENT: 'NOT_APPROVED',
  FAIL_PAYMENT: 'NOT_APPROVED',
};

/** Without a tid there was no ready, so nothing to find; the order number in its place asks for nothing that exists. */
export function inquiryRequest(cid: string, reference: ApprovalReference) {
  return { cid, tid: reference.acquirerTransactionId ?? reference.acquirerOrderNo };
}

export function inquiryOutcome(
  asked: { readonly cid: string; readonly tid: string },
  reference: ApprovalReference,
  answer: KakaopayAnswer<KakaopayOrder>,
  exchange: Exchange,
): InquiryOutcome {
  if (answer.kind === 'FAILURE' && answer.code === KAKAOPAY_NOT_FOUND) return { kind: 'NOT_FOUND', exchange };
  if (answer.kind !== 'SUCCESS') return { kind: 'UNKNOWN', exchange };
  const { cid, tid, partner_order_id: orderNo } = answer.body;
  const isAsked = cid === asked.cid && tid === asked.tid && orderNo === reference.acquirerOrderNo;
  const standing = standingOf(answer.body);
  if (!isAsked || standing === null) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  const cancels = (answer.body.payment_action_details ?? [])
    .filter((action) => action.payment_action_type === 'CANCEL')
    .map((action) => ({ acquirerCancelId: action.aid, amount: action.amount }));
  return { kind: 'FOUND', acquirerTransactionId: tid, ...standing, cancels, exchange };
}

/** Null where the status is not listed, or money is left other than it says. */
function standingOf({
  status,
  amount: { total: amount },
  cancel_available_amount: left,
}: KakaopayOrder): Pick<Found, 'state' | 'amount' | 'balanceAmount'> | null {
  const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  const balanceAmount = left?.total ?? null;
  switch (state) {
    case undefined:
      return null;
    case 'PENDING':
    case 'NOT_APPROVED':
      return { state, amount, balanceAmount: balanceAmount ?? 0 };
    default:
      return balanceAmount !== null && fits(state, amount, balanceAmount)
        ? { state, amount, balanceAmount }
        : null;
  }
}

/** What is left must be what the status says is left. */
function fits(state: Found['state'], amount: number, balance: number): boolean {
  if (state === 'APPROVED') return balance === amount;
  return state === 'CANCELLED' ? balance === 0 : balance > 0 && balance < amount;
}
