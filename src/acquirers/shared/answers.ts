import type { OutboundResult } from '../../common/http/outbound-client';
import type { Exchange } from '../port/acquirer.types';

const MESSAGE_MAX = 200;
const LONG_DIGITS = /\d{6,}/g;

/** An HTTP exchange as far as it can be told without knowing the acquirer. */
export type JsonAnswer =
  | { readonly kind: 'BODY'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'NOT_SENT'; readonly reason: string }
  /** Nothing that the acquirer says of the payment: no answer, a status that is not its own, a body that is no JSON. */
  | { readonly kind: 'UNREADABLE'; readonly reason: string };

/** `isBusinessStatus`: which HTTP statuses this acquirer uses to speak of a payment. All others are no answer. */
export function readJson(result: OutboundResult, isBusinessStatus: (status: number) => boolean): JsonAnswer {
  if (result.kind === 'NOT_SENT') return { kind: 'NOT_SENT', reason: result.reason };
  if (result.kind === 'BROKEN') return { kind: 'UNREADABLE', reason: result.reason };
  if (!isBusinessStatus(result.status)) return { kind: 'UNREADABLE', reason: `HTTP_${result.status}` };
  try {
    return { kind: 'BODY', status: result.status, body: JSON.parse(result.body) as unknown };
  } catch {
    return { kind: 'UNREADABLE', reason: 'BODY_NOT_JSON' };
  }
}

/** The record of one exchange. `request` and `response` are already masked, field by field, by the adapter. */
export function exchangeOf(
  result: OutboundResult,
  told: {
    readonly endpoint: string;
    readonly request: Readonly<Record<string, unknown>>;
    readonly response: Readonly<Record<string, unknown>> | null;
    readonly code: string | null;
    readonly message?: string | null;
  },
): Exchange {
  return {
    endpoint: told.endpoint,
    request: told.request,
    httpStatus: result.kind === 'ANSWER' ? result.status : null,
    response: told.response,
    code: told.code ?? (result.kind === 'ANSWER' ? null : result.reason),
    message: told.message === undefined || told.message === null ? null : keptMessage(told.message),
    latencyMs: result.latencyMs,
  };
}

/** An acquirer's message is free text: kept short, with digit runs struck out. */
function keptMessage(text: string): string {
  return text.replace(LONG_DIGITS, '******').slice(0, MESSAGE_MAX);
}

/** An exchange whose answer was read but is not what was asked for. */
export function notAsAsked(exchange: Exchange): Exchange {
  return { ...exchange, code: exchange.code ?? 'ANSWER_NOT_AS_ASKED' };
}

/** The record of a call that was not made, since what it needs is missing: nothing left us. */
export function notAsked(endpoint: string, code: string): Exchange {
  return { endpoint, request: {}, httpStatus: null, response: null, code, message: null, latencyMs: 0 };
}
