import { koreanTime } from '../../common/time/korean-time';
import type { OutboundResult } from '../../common/http/outbound-client';
import type { Exchange } from '../port/acquirer.types';
import { exchangeOf, readJson } from '../shared/answers';
import { naverpayEnvelopeSchema } from './naverpay.wire';

const DONE: readonly number[] = [200, 409];
/**
 * The statuses with which NaverPay speaks of a payment ("HTTP 상태 코드"). 409 brings the answer that the same
 * idempotency key was given before. 503 and every other 5xx say nothing for certain.
 */
const SPOKEN: readonly number[] = [...DONE, 400, 401, 403, 404];

export type NaverpayAnswer<Body> =
  | { readonly kind: 'SUCCESS'; readonly body: Body }
  | { readonly kind: 'FAILURE'; readonly code: string; readonly message: string }
  | { readonly kind: 'NOT_SENT' }
  | { readonly kind: 'UNREADABLE'; readonly reason: string };

interface Schema<Body> {
  safeParse(value: unknown): { success: true; data: Body } | { success: false };
}

/** Reads an answer strictly: another status, a broken body or an unknown shape is not an answer. */
export function readAnswer<Body>(result: OutboundResult, schema: Schema<Body>): NaverpayAnswer<Body> {
  const read = readJson(result, (status) => SPOKEN.includes(status));
  if (read.kind === 'NOT_SENT') return { kind: 'NOT_SENT' };
  if (read.kind === 'UNREADABLE') return read;
  const envelope = naverpayEnvelopeSchema.safeParse(read.body);
  const unreadable = { kind: 'UNREADABLE', reason: 'BODY_NOT_AN_ANSWER' } as const;
  if (!envelope.success) return unreadable;
  const { code, message, body } = envelope.data;
  if (code !== 'Success') return { kind: 'FAILURE', code, message };
  const parsed = schema.safeParse(body);
  return parsed.success && DONE.includes(read.status) ? { kind: 'SUCCESS', body: parsed.data } : unreadable;
}

/** The record of an exchange. `shown`: what may be kept of an answer that was read. */
export function naverpayExchange<Body>(
  endpoint: string,
  request: Readonly<Record<string, unknown>>,
  result: OutboundResult,
  { answer, shown }: { answer: NaverpayAnswer<Body>; shown: (body: Body) => Record<string, unknown> },
): Exchange {
  const told = { endpoint, request };
  switch (answer.kind) {
    case 'SUCCESS':
      return exchangeOf(result, { ...told, response: shown(answer.body), code: null });
    case 'FAILURE': {
      const { code, message } = answer;
      return exchangeOf(result, { ...told, response: { code }, code, message });
    }
    case 'UNREADABLE':
      return exchangeOf(result, { ...told, response: null, code: answer.reason });
    case 'NOT_SENT':
      return exchangeOf(result, { ...told, response: null, code: null });
  }
}

/** An exchange that never was: what came back from the browser cannot be asked about. */
export function notAsked(endpoint: string, code: string): Exchange {
  return { endpoint, request: {}, httpStatus: null, response: null, code, message: null, latencyMs: 0 };
}

/** Whole won from its text; null for anything else. */
export function wonOf(text: string): number | null {
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}

/** `yyyyMMddHHmmss` in Korea as an instant; null for a time that does not exist. */
export function timeOf(text: string): Date | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+09:00`);
  return Number.isNaN(at.getTime()) || compactTime(at) !== text ? null : at;
}

/** `yyyyMMddHHmmss` in Korea. */
export function compactTime(at: Date): string {
  return koreanTime(at).replace(/\D/g, '').slice(0, 14);
}

/** An id of the acquirer as we keep it; null where there is none. */
export function idOf(text: string): string | null {
  return /^[\w.:-]{1,64}$/.test(text) ? text : null;
}
