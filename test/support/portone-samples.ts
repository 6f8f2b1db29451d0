import {
  failureOf,
  maskedPayment,
  portoneExchange,
  readAnswer,
} from '../../src/acquirers/portone/portone.answers';
import { portonePaymentSchema } from '../../src/acquirers/portone/portone.wire';

/* Answers of PortOne V1, composed from the field lists; every value is invented. */

export const ORDER_NO = 'pay_01JD0000000000000000000001';
export const paid = {
  imp_uid: 'imp_000000000001',
  merchant_uid: ORDER_NO,
  pay_method: 'card',
  channel: 'api',
  pg_provider: 'nice_v2',
  pg_tid: 'sandbox00m01012601020304050001',
  apply_num: '30000001',
  card_code: '366',
  card_issuer_code: '366',
  card_type: 0,
  amount: 1_004,
  cancel_amount: 0,
  currency: 'KRW',
  status: 'paid',
  started_at: 1_767_323_045,
  paid_at: 1_767_323_046,
  failed_at: 0,
  cancelled_at: 0,
  fail_reason: null as string | null,
  sandbox: true,
  cancel_history: [] as object[],
};
export const failed = { ...paid, status: 'failed', paid_at: 0, failed_at: 1_767_323_046, apply_num: null };
export const envelope = (response: unknown) => ({ code: 0, message: null, response });
export const refusal = (message: string | null, code = -1) => ({ code, message, response: null });

/** How the adapter reads an answer, and the record of it. */
export const read = (status: number, body: unknown) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const result = { kind: 'ANSWER', status, body: text, latencyMs: 1 } as const;
  const answer = readAnswer(result, portonePaymentSchema);
  const exchange = portoneExchange({
    endpoint: 'POST /x',
    request: {},
    result,
    answer,
    masked: maskedPayment,
    said: failureOf,
  });
  return { answer, exchange };
};
