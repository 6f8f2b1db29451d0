import type { z } from 'zod';
import type { OutboundResult } from '../../common/http/outbound-client';
import type { Exchange } from '../port/acquirer.types';
import { exchangeOf, readJson } from '../shared/answers';
import { type TossError, tossErrorSchema } from './toss.wire';

/** Answers other than these are not TossPayments speaking of the payment, whatever their body says. */
const isBusinessStatus = (status: number) => status === 200 || (status >= 400 && status < 500);

/** An answer without a value: how the call ended otherwise. */
export type TossFailure =
  | { readonly kind: 'ERROR'; readonly status: number; readonly error: TossError }
  | { readonly kind: 'NOT_SENT' }
  | { readonly kind: 'UNREADABLE'; readonly reason: string };
export type TossReading<Value> = { readonly kind: 'VALUE'; readonly value: Value } | TossFailure;

/** Reads an answer strictly: a 5xx, a broken body or an unknown shape is not an answer. */
export function readAs<Value>(
  result: OutboundResult,
  schema: z.ZodType<Value>,
  unlike: string,
): TossReading<Value> {
  const read = readJson(result, isBusinessStatus);
  if (read.kind === 'NOT_SENT') return { kind: 'NOT_SENT' };
  if (read.kind === 'UNREADABLE') return read;
  const { status, body } = read;
  if (status === 200) {
    const parsed = schema.safeParse(body);
    return parsed.success ? { kind: 'VALUE', value: parsed.data } : { kind: 'UNREADABLE', reason: unlike };
  }
  const error = tossErrorSchema.safeParse(body);
  if (!error.success) return { kind: 'UNREADABLE', reason: 'BODY_NOT_AN_ERROR' };
  return { kind: 'ERROR', status, error: error.data };
}

/** An answer that says everything by its status 200, and has no body. */
export function readNothing(result: OutboundResult): TossReading<null> {
  const isDone = result.kind === 'ANSWER' && result.status === 200;
  if (!isDone)
    return readAs(
      result,
      tossErrorSchema.transform(() => null),
      'BODY_NOT_EMPTY',
    );
  if (result.body.trim() === '') return { kind: 'VALUE', value: null };
  return { kind: 'UNREADABLE', reason: 'BODY_NOT_EMPTY' };
}

/** The record of an exchange; `request` and `response` are masked by whoever knows them. */
export function tossRecord(
  told: {
    readonly endpoint: string;
    readonly request: Readonly<Record<string, unknown>>;
    readonly response: Readonly<Record<string, unknown>> | null;
  },
  result: OutboundResult,
  answer: { readonly kind: string } | TossFailure,
): Exchange {
  const failure = 'error' in answer || 'reason' in answer ? answer : null;
  return exchangeOf(result, {
    endpoint: told.endpoint,
    request: told.request,
    response: failure !== null && 'error' in failure ? { code: failure.error.code } : told.response,
    code: failure === null ? null : 'error' in failure ? failure.error.code : failure.reason,
    message: failure !== null && 'error' in failure ? failure.error.message : null,
  });
}
