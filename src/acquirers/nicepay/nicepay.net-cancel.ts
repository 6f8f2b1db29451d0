import type {
  ApprovalReference,
  CancelOutcome,
  ContractAccess,
  InquiryOutcome,
} from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { nicepayExchange, readAnswer } from './nicepay.answers';
import type { NicepayClient } from './nicepay.client';
import { secretKeyOf } from './nicepay.config';
import { sign } from './nicepay.crypto';
import { inquire } from './nicepay.inquiry';
import { cancelOutcome, inquiryOutcome, isOfAnotherOrder } from './nicepay.mapper';
import { newApiTime } from './nicepay.time';

const REASON = '망취소';

/**
 * A key-in is undone by its TID at the webapi, a virtual account is closed there; anything else is undone by its order
 * number, which NICEPAY takes for an hour.
 */
export function netCancel(
  client: NicepayClient,
  access: ContractAccess,
  reference: ApprovalReference,
): Promise<CancelOutcome> {
  const { channel, acquirerTransactionId: tid } = reference;
  if (channel === 'VIRTUAL_ACCOUNT') return undoAccount(client, access, reference);
  return channel === 'KEY_IN' && tid !== null
    ? undoByTid(client, access, reference, tid)
    : undoByOrderNo(client, access, reference);
}

/**
 * The webapi takes back whatever bears the TID. A shop that makes TIDs elsewhere too may have made the same one, so it
 * is asked first whose payment it is; only the proof that it is another order's keeps us from cancelling. The asking
 * takes at most half of the answer time, the cancel what is left.
 */
async function undoByTid(
  client: NicepayClient,
  access: ContractAccess,
  reference: ApprovalReference,
  tid: string,
): Promise<CancelOutcome> {
  const { acquirerOrderNo, amount } = reference;
  const startedMs = client.clock.monotonicMs();
  const { answer, exchange } = await client.askByTid(within(access, access.answerTimeoutMs / 2), tid);
  if (isOfAnotherOrder(access, { tid, acquirerOrderNo }, answer))
    return { kind: 'REFUSED', reason: 'NOT_FOUND', retryLater: false, exchange: notAsAsked(exchange) };
  const leftMs = access.answerTimeoutMs - (client.clock.monotonicMs() - startedMs);
  return client.legacyCancel(within(access, leftMs), {
    tid,
    cancelNo: acquirerOrderNo,
    amount,
    taxFreeAmount: 0,
    approvedAmount: amount,
    reason: REASON,
  });
}

/**
 * Nothing says that the new API knows accounts of the webapi: one is looked up and closed where nobody has paid into it,
 * and closed by its TID too where the look-up does not know it. The look-up may take two calls, so each call has a
 * third of the answer time.
 */
async function undoAccount(
  client: NicepayClient,
  access: ContractAccess,
  reference: ApprovalReference,
): Promise<CancelOutcome> {
  const third = within(access, access.answerTimeoutMs / 3);
  const { acquirerTransactionId: known } = reference;
  const closeBy = (tid: string) =>
    client.legacyCancel(third, {
      tid,
      cancelNo: reference.acquirerOrderNo,
      amount: reference.amount,
      taxFreeAmount: 0,
      approvedAmount: reference.amount,
      reason: REASON,
    });
  const seen = await lookUpAccount(client, third, reference);
  if (seen.kind === 'UNKNOWN') return { kind: 'UNKNOWN', exchange: seen.exchange };
  if (seen.kind === 'NOT_FOUND')
    return known === null || seen.isAnothers === true
      ? refused('NOT_FOUND', seen)
      : paidIsFinal(await closeBy(known));
  if (seen.state === 'NOT_APPROVED') return refused('ALREADY_CANCELLED', seen);
  if (seen.state !== 'PENDING') return refused('NOT_ALLOWED', seen);
  return closeBy(seen.acquirerTransactionId);
}

/** As `inquire`; a TID that is proven to be another order's has made no account of ours. */
async function lookUpAccount(
  client: NicepayClient,
  access: ContractAccess,
  reference: ApprovalReference,
): Promise<InquiryOutcome & { readonly isAnothers?: true }> {
  const { acquirerTransactionId: tid, acquirerOrderNo } = reference;
  if (tid === null) return inquire(client, access, reference);
  const { answer, exchange } = await client.askByTid(access, tid);
  if (isOfAnotherOrder(access, { tid, acquirerOrderNo }, answer))
    return { kind: 'NOT_FOUND', isAnothers: true, exchange: notAsAsked(exchange) };
  return inquiryOutcome(access, reference, answer, exchange);
}

function refused(
  reason: 'NOT_FOUND' | 'ALREADY_CANCELLED' | 'NOT_ALLOWED',
  { exchange }: Pick<InquiryOutcome, 'exchange'>,
): CancelOutcome {
  return { kind: 'REFUSED', reason, retryLater: false, exchange };
}

/** Refused by the webapi as paid, and not known to the look-up: that it is not found must not be believed after this. */
function paidIsFinal(closed: CancelOutcome): CancelOutcome {
  return closed.kind === 'REFUSED' && closed.reason === 'NOT_ALLOWED'
    ? { ...closed, reason: 'OTHER' }
    : closed;
}

function within(access: ContractAccess, ms: number): ContractAccess {
  return { ...access, answerTimeoutMs: Math.max(1, Math.floor(ms)) };
}

async function undoByOrderNo(
  client: NicepayClient,
  access: ContractAccess,
  reference: ApprovalReference,
): Promise<CancelOutcome> {
  const { acquirerOrderNo: orderId, amount } = reference;
  const ediDate = newApiTime(client.now());
  const signData = sign(orderId, ediDate, secretKeyOf(access));
  const result = await client.post(access, '/v1/payments/netcancel', { orderId, ediDate, signData });
  const answer = readAnswer(result);
  const exchange = nicepayExchange('POST /v1/payments/netcancel', { orderId }, result, answer);
  const expected = { tid: null, acquirerOrderNo: orderId, cancelAmount: amount };
  return cancelOutcome(access, expected, answer, exchange);
}
