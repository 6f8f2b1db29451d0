import type { z } from 'zod';
import type { OutboundResult } from '../../common/http/outbound-client';
import type { Exchange } from '../port/acquirer.types';
import { exchangeOf, readJson } from '../shared/answers';
import { leadingCode } from './portone.codes';
import { portoneEnvelopeSchema, type PortonePayment } from './portone.wire';

/** Answers other than these are not PortOne speaking of the payment, whatever their body says. */
const isBusinessStatus = (status: number) => status === 200 || (status >= 400 && status < 500);

export type PortoneAnswer<Value> =
  | { readonly kind: 'OK'; readonly value: Value }
  /** An envelope with a code that is not 0 and nothing in it, under HTTP 200 or a 4xx. */
  | {
      readonly kind: 'REFUSED';
      readonly status: number;
      readonly code: number;
      readonly message: string | null;
    }
  | { readonly kind: 'NOT_SENT' }
  | { readonly kind: 'UNREADABLE'; readonly reason: string };

/** Reads an answer strictly: a 5xx, a broken body, another envelope or an unknown shape is not an answer. */
export function readAnswer<Value>(result: OutboundResult, schema: z.ZodType<Value>): PortoneAnswer<Value> {
  const read = readJson(result, isBusinessStatus);
  if (read.kind === 'NOT_SENT') return { kind: 'NOT_SENT' };
  if (read.kind === 'UNREADABLE') return read;
  const unreadable = (reason: string): PortoneAnswer<Value> => ({ kind: 'UNREADABLE', reason });
  const envelope = portoneEnvelopeSchema.safeParse(read.body);
  if (!envelope.success) return unreadable('BODY_NOT_AN_ENVELOPE');
  const { code, message = null, response } = envelope.data;
  if (code !== 0) {
    return response === null || response === undefined
      ? { kind: 'REFUSED', status: read.status, code, message }
      : unreadable('REFUSED_WITH_A_RESPONSE');
  }
  if (read.status !== 200) return unreadable(`HTTP_${read.status}`);
  const value = schema.safeParse(response);
  return value.success ? { kind: 'OK', value: value.data } : unreadable('RESPONSE_NOT_AS_DOCUMENTED');
}

/** The token was not accepted ("인증 Token"), so nothing of the call was looked at. */
export function isUnauthorized(answer: PortoneAnswer<unknown>): boolean {
  return answer.kind === 'REFUSED' && answer.status === 401;
}

export function maskedPayment(payment: PortonePayment): Record<string, unknown> {
  return {
    imp_uid: payment.imp_uid,
    merchant_uid: payment.merchant_uid,
    status: payment.status,
    amount: payment.amount,
    cancel_amount: payment.cancel_amount,
    currency: payment.currency,
    pay_method: payment.pay_method,
    pg_provider: payment.pg_provider,
    pg_tid: payment.pg_tid,
    apply_num: payment.apply_num,
    paid_at: payment.paid_at,
    failed_at: payment.failed_at,
    cancelled_at: payment.cancelled_at,
  };
}

interface Told<Value> {
  readonly endpoint: string;
  /** Already masked. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly result: OutboundResult;
  readonly answer: PortoneAnswer<Value>;
  readonly masked: (value: Value) => Record<string, unknown>;
  /** What an answer that was read says against itself. */
  readonly said?: (value: Value) => { readonly code: string; readonly message: string | null } | null;
}

export function portoneExchange<Value>(told: Told<Value>): Exchange {
  const { endpoint, request, result, answer } = told;
  switch (answer.kind) {
    case 'OK': {
      const said = told.said?.(answer.value) ?? { code: null, message: null };
      return exchangeOf(result, { endpoint, request, response: told.masked(answer.value), ...said });
    }
    case 'REFUSED': {
      const { code, message } = answer;
      const shown = leadingCode(message) ?? String(code);
      return exchangeOf(result, { endpoint, request, response: { code }, code: shown, message });
    }
    case 'NOT_SENT':
      return exchangeOf(result, { endpoint, request, response: null, code: null });
    case 'UNREADABLE':
      return exchangeOf(result, { endpoint, request, response: null, code: answer.reason });
  }
}

/** A payment that failed tells why in its text; the code in front of it, or the status, stands for it. */
export function failureOf(payment: PortonePayment): { code: string; message: string | null } | null {
  if (payment.status !== 'failed') return null;
  const message = payment.fail_reason ?? null;
  return { code: leadingCode(message) ?? payment.status, message };
}
