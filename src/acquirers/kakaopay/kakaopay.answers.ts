import { koreanTime } from '../../common/time/korean-time';
import type { OutboundResult } from '../../common/http/outbound-client';
import type { Exchange } from '../port/acquirer.types';
import { exchangeOf, readJson } from '../shared/answers';
import { kakaopayErrorSchema } from './kakaopay.wire';

/** KakaoPay speaks of payments by 200 and 4xx. Its 503 says maintenance, but not what became of this call. */
const isBusinessStatus = (status: number) => status === 200 || (status >= 400 && status < 500);

export type KakaopayAnswer<Body> =
  | { readonly kind: 'SUCCESS'; readonly body: Body }
  /** `code`: as in kakaopay.codes, `-780/0002` where the payment method gave its reason. */
  | { readonly kind: 'FAILURE'; readonly code: string; readonly message: string | null }
  | { readonly kind: 'NOT_SENT' }
  | { readonly kind: 'UNREADABLE'; readonly reason: string };

interface Schema<Body> {
  safeParse(value: unknown): { success: true; data: Body } | { success: false };
}

/** Reads an answer strictly: a 5xx, a broken body or an unknown shape is not an answer. */
export function readAnswer<Body>(result: OutboundResult, schema: Schema<Body>): KakaopayAnswer<Body> {
  const read = readJson(result, isBusinessStatus);
  if (read.kind === 'NOT_SENT') return { kind: 'NOT_SENT' };
  if (read.kind === 'UNREADABLE') return read;
  if (read.status !== 200) return failure(read.body);
  const parsed = schema.safeParse(read.body);
  return parsed.success
    ? { kind: 'SUCCESS', body: parsed.data }
    : { kind: 'UNREADABLE', reason: 'BODY_NOT_AN_ANSWER' };
}

function failure(body: unknown): KakaopayAnswer<never> {
  const parsed = kakaopayErrorSchema.safeParse(body);
  if (!parsed.success) return { kind: 'UNREADABLE', reason: 'BODY_NOT_AN_ERROR' };
  const { error_code: now, code: before, error_message: message, msg, extras } = parsed.data;
  const error = String(now ?? before);
  const method = methodCode(extras?.method_result_code ?? null);
  return {
    kind: 'FAILURE',
    code: method === null ? error : `${error}/${method}`,
    message: extras?.method_result_message ?? message ?? msg ?? null,
  };
}

/** One that is written in another way than its table is no code of it. */
function methodCode(told: string | number | null): string | null {
  if (told === null || told === '') return null;
  const text = typeof told === 'number' ? String(told).padStart(4, '0') : told;
  return /^[A-Z0-9_]{1,40}$/.test(text) ? text : 'UNREADABLE';
}

/** The record of an exchange. `shown`: the allow-list of what may be kept of a success. */
export function kakaopayExchange<Body>(
  endpoint: string,
  request: Readonly<Record<string, unknown>>,
  result: OutboundResult,
  { answer, shown }: { answer: KakaopayAnswer<Body>; shown: (body: Body) => Record<string, unknown> },
): Exchange {
  const failed = answer.kind === 'FAILURE';
  const unread = answer.kind === 'UNREADABLE' ? answer.reason : null;
  return exchangeOf(result, {
    endpoint,
    request,
    response: answer.kind === 'SUCCESS' ? shown(answer.body) : failed ? { error_code: answer.code } : null,
    code: failed ? answer.code : unread,
    message: failed ? answer.message : null,
  });
}

/** `yyyy-MM-ddTHH:mm:ss` in Korea as an instant; null for any other form and for a time that does not exist. */
export function timeOf(text: string): Date | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) return null;
  const at = new Date(`${text}+09:00`);
  return Number.isNaN(at.getTime()) || koreanTime(at).slice(0, 19) !== text ? null : at;
}
