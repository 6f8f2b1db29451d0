import { koreanTime } from '../../common/time/korean-time';
import type { OutboundResult } from '../../common/http/outbound-client';
import type { Exchange } from '../port/acquirer.types';
import { exchangeOf, readJson } from '../shared/answers';
import type { InicisSaid } from './inicis.wire';

/** KG Inicis answers every business question with HTTP 200; a wrong path too, with the address as text. */
const isBusinessStatus = (status: number) => status === 200;

export type InicisAnswer<Body extends InicisSaid> =
  | { readonly kind: 'SUCCESS'; readonly body: Body }
  /** `code`: the most exact reason that it gives. */
  | { readonly kind: 'FAILURE'; readonly code: string; readonly body: Body }
  | { readonly kind: 'NOT_SENT' }
  | { readonly kind: 'UNREADABLE'; readonly reason: string };

interface Schema<Body> {
  safeParse(value: unknown): { success: true; data: Body } | { success: false };
}

/** Reads an answer strictly: another status, a broken body or an unknown shape is not an answer. */
export function readAnswer<Body extends InicisSaid>(
  result: OutboundResult,
  schema: Schema<Body>,
  successCode: '00' | '0000' | 'SUCCESS',
): InicisAnswer<Body> {
  const read = readJson(result, isBusinessStatus);
  if (read.kind === 'NOT_SENT') return { kind: 'NOT_SENT' };
  if (read.kind === 'UNREADABLE') return read;
  const parsed = schema.safeParse(read.body);
  if (!parsed.success) return { kind: 'UNREADABLE', reason: 'BODY_NOT_AN_ANSWER' };
  const body = parsed.data;
  if (body.resultCode === successCode) return { kind: 'SUCCESS', body };
  return { kind: 'FAILURE', code: failureCode(body), body };
}

/**
 * Why it failed. "01" is all that the result code says; which member names the reason is known for refunds only, so
 * the others are asked in turn.
 */
function failureCode({ resultCode, resultMsg, detailResultCode, detailCode }: InicisSaid): string {
  const inMessage = /^\[([0-9A-Z]{4,6})\]/.exec(resultMsg)?.[1] ?? '';
  const exact = [detailResultCode, detailCode, inMessage].find((code) => /^[0-9A-Z]{4,6}$/.test(code));
  return exact ?? resultCode;
}

/** The record of an exchange. `shown`: the allow-list of what may be kept of an answer that was read. */
export function inicisExchange<Body extends InicisSaid>(
  endpoint: string,
  request: Readonly<Record<string, unknown>>,
  result: OutboundResult,
  { answer, shown }: { readonly answer: InicisAnswer<Body>; readonly shown: readonly (keyof Body)[] },
): Exchange {
  const isRead = answer.kind === 'SUCCESS' || answer.kind === 'FAILURE';
  const code = answer.kind === 'FAILURE' ? answer.code : null;
  return exchangeOf(result, {
    endpoint,
    request,
    response: isRead ? kept(answer.body, shown) : null,
    code: answer.kind === 'UNREADABLE' ? answer.reason : code,
    message: answer.kind === 'FAILURE' ? answer.body.resultMsg : null,
  });
}

function kept<Body extends InicisSaid>(body: Body, shown: readonly (keyof Body)[]): Record<string, unknown> {
  const members = shown.map((name) => [name, body[name]] as const).filter(([, value]) => value !== '');
  return { resultCode: body.resultCode, ...Object.fromEntries(members) };
}

/** Whole won from its text; null for anything else. */
export function wonOf(text: string): number | null {
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}

/** `yyyyMMdd` and `HHmmss` in Korea as an instant; null for a time that does not exist. */
export function timeOf(date: string, time: string): Date | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(date + time);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+09:00`);
  return Number.isNaN(at.getTime()) || compactTime(at) !== date + time ? null : at;
}

/** `yyyyMMddHHmmss` in Korea, as INIAPI signs it. */
export function compactTime(at: Date): string {
  return koreanTime(at).replace(/\D/g, '').slice(0, 14);
}
