import type { z } from 'zod';
import type { OutboundResult } from '../../common/http/outbound-client';
import { readJson } from '../shared/answers';
import { type PopbillError, popbillErrorSchema } from './popbill.wire';

/** Answers other than these are not Popbill speaking of the receipt, whatever their body says. */
const isBusinessStatus = (status: number) => status === 200 || (status >= 400 && status < 500);

export type PopbillAnswer<Value> =
  | { readonly kind: 'OK'; readonly value: Value }
  /** A 4xx with Popbill's own error body. */
  | { readonly kind: 'REFUSED'; readonly status: number; readonly error: PopbillError }
  | { readonly kind: 'NOT_SENT'; readonly reason: string }
  | { readonly kind: 'UNREADABLE'; readonly reason: string };

/** Reads an answer strictly: a 5xx, a broken body or an unknown shape is not an answer. */
export function readAnswer<Value>(result: OutboundResult, schema: z.ZodType<Value>): PopbillAnswer<Value> {
  const read = readJson(result, isBusinessStatus);
  if (read.kind !== 'BODY') return read;
  if (read.status === 200) {
    const value = schema.safeParse(read.body);
    return value.success
      ? { kind: 'OK', value: value.data }
      : { kind: 'UNREADABLE', reason: 'BODY_NOT_AS_DOCUMENTED' };
  }
  const error = popbillErrorSchema.safeParse(read.body);
  return error.success
    ? { kind: 'REFUSED', status: read.status, error: error.data }
    : { kind: 'UNREADABLE', reason: 'BODY_NOT_AN_ERROR' };
}
