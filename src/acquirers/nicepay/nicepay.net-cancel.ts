import type { ApprovalReference, CancelOutcome, ContractAccess } from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { nicepayExchange, readAnswer } from './nicepay.answers';
import type { NicepayClient } from './nicepay.client';
import { secretKeyOf } from './nicepay.config';
import { sign } from './nicepay.crypto';
import { inquire } from './nicepay.inquiry';
import { cancelOutcome, isOfAnotherOrder } from './nicepay.mapper';
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
 * Nothing says that the new API's net cancel knows accounts of the webapi: the account is looked up, and closed where
 * nobody has paid into it. The look-up may take two calls, so each call has a third of the answer time.
 */
async function undoAccount(
  client: NicepayClient,
  access: ContractAccess,
  reference: ApprovalReference,
): Promise<CancelOutcome> {
  const third = within(access, access.answerTimeoutMs / 3);
  const seen = await inquire(client, third, reference);
  if (seen.kind === 'UNKNOWN') return { kind: 'UNKNOWN', exchange: seen.exchange };
  const refused = (reason: 'NOT_FOUND' | 'ALREADY_CANCELLED' | 'NOT_ALLOWED'): CancelOutcome => ({
    kind: 'REFUSED',
    reason,
    retryLater: false,
    exchange: seen.exchange,
  });
  if (seen.kind === 'NOT_FOUND') return refused('NOT_FOUND');
  if (seen.state === 'NOT_APPROVED') return refused('ALREADY_CANCELLED');
  if (seen.state !== 'PENDING') return refused('NOT_ALLOWED');
  return client.legacyCancel(third, {
    tid: seen.acquirerTransactionId,
    cancelNo: reference.acquirerOrderNo,
    amount: seen.amount,
    taxFreeAmount: 0,
    approvedAmount: seen.amount,
    reason: REASON,
  });
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
