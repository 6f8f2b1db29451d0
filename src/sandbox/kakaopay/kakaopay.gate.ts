import type { z } from 'zod';
import type { Answer, Exchange, Outcome, WireCall } from '../core/acquirer';
import { contractOf, type KakaoContract } from './kakaopay.credentials';
import { errorAnswer } from './kakaopay.errors';

/** A call whose sender is known, with the contract that its cid names. */
export interface KakaoRequest {
  readonly call: WireCall;
  readonly contract: KakaoContract;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Handler = (request: KakaoRequest) => Outcome | Promise<Outcome>;

/** Who calls, whether the body is JSON, whether the cid is the caller's; then the call itself. */
export function open(call: WireCall, handler: Handler): Exchange {
  return {
    run: (declineWith) => {
      const request = admit(call);
      if (typeof request === 'string') return refuse(request);
      return declineWith === undefined ? handler(request) : refuse(declineWith);
    },
    abandon: () => undefined,
  };
}

function admit(call: WireCall): KakaoRequest | string {
  const contract = contractOf(call.headers.authorization);
  if (!contract) return '-401';
  const { body } = call;
  const isJson = String(call.headers['content-type']).startsWith('application/json');
  if (!isJson || !isObject(body)) return '-2';
  if (body.cid !== contract.cid) return '-731';
  // None of the demo contracts has one.
  return body.cid_secret === undefined || body.cid_secret === null ? { call, contract, body } : '-733';
}

export function refuse(code: string): Outcome {
  return { answer: errorAnswer(code), effect: 'refused' };
}

export function json(members: Readonly<Record<string, unknown>>): Answer {
  return { status: 200, body: JSON.stringify(members), headers: {} };
}

/** The members that a service reads; undefined where one is missing or wrong. */
export function read<T>(schema: z.ZodType<T>, { body }: KakaoRequest): T | undefined {
  return schema.safeParse(body).data;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
