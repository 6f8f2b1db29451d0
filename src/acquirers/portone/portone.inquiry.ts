import type { ApprovalReference, InquiryOutcome } from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import type { Answered } from './portone.client';
import { fromUnix, isOurOrder } from './portone.mapper';
import type { PortonePayment } from './portone.wire';

/** How long after its due time an account still may show a deposit that was made in time. */
const DEPOSIT_LAG_MS = 10 * 60_000;

/** `now`: an account that waits past its due time has run out, which PortOne shows by nothing else. */
export function inquiryOutcome(
  reference: ApprovalReference,
  { answer, exchange }: Answered<PortonePayment>,
  now: Date,
): InquiryOutcome {
  if (answer.kind === 'REFUSED' && answer.status === 404) return { kind: 'NOT_FOUND', exchange };
  if (answer.kind !== 'OK') return { kind: 'UNKNOWN', exchange };
  const payment = answer.value;
  const { acquirerTransactionId: id } = reference;
  const state = stateOf(payment, now);
  if (!isOurOrder(payment, reference) || (id !== null && payment.imp_uid !== id) || state === null)
    return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  const isDeposited = payment.pay_method === 'vbank' && payment.paid_at !== 0;
  return {
    kind: 'FOUND',
    state,
    acquirerTransactionId: payment.imp_uid,
    amount: payment.amount,
    balanceAmount: payment.amount - payment.cancel_amount,
    cancels: payment.cancel_history.map((cancel) => ({
      acquirerCancelId: cancel.cancellation_id ?? cancel.pg_tid ?? null,
      amount: cancel.amount,
    })),
    // Who paid in PortOne does not tell.
    ...(isDeposited ? { deposit: { depositor: null, depositedAt: fromUnix(payment.paid_at) } } : {}),
    exchange,
  };
}

type State = Extract<InquiryOutcome, { kind: 'FOUND' }>['state'];

/** Decided by the amounts: which status a partly cancelled payment has is not documented. Null where they contradict it. */
function stateOf(payment: PortonePayment, now: Date): State | null {
  const { status, amount, cancel_amount: cancelled } = payment;
  if (cancelled > amount) return null;
  if (status === 'cancelled' && payment.pay_method === 'vbank' && payment.paid_at === 0)
    return 'NOT_APPROVED';
  if (status === 'ready' || status === 'failed') {
    if (cancelled > 0) return null;
    return status === 'ready' && !hasRunOut(payment, now) ? 'PENDING' : 'NOT_APPROVED';
  }
  if (cancelled === 0) return status === 'paid' ? 'APPROVED' : null;
  return cancelled === amount ? 'CANCELLED' : 'PARTIALLY_CANCELLED';
}

function hasRunOut({ pay_method, vbank_date }: PortonePayment, now: Date): boolean {
  if (pay_method !== 'vbank' || vbank_date === 0) return false;
  return now.getTime() > fromUnix(vbank_date).getTime() + DEPOSIT_LAG_MS;
}
