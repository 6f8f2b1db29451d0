import type { z } from 'zod';
import type { OutboundClient } from '../../common/http/outbound-client';
import type { Clock } from '../../common/time/clock';
import type { ContractAccess, Exchange } from '../port/acquirer.types';
import { notAsked } from '../shared/answers';
import {
  failureOf,
  isUnauthorized,
  maskedPayment,
  type PortoneAnswer,
  portoneExchange,
  readAnswer,
} from './portone.answers';
import { PortoneTokens } from './portone.tokens';
import { portonePaymentSchema, type PortonePayment } from './portone.wire';

export interface Call<Value> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  /** As it is kept: without the ids in its path, and the request already masked. */
  readonly endpoint: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly schema: z.ZodType<Value>;
  readonly masked: (value: Value) => Record<string, unknown>;
  readonly said?: (value: Value) => { readonly code: string; readonly message: string | null } | null;
}

export interface Answered<Value> {
  readonly answer: PortoneAnswer<Value>;
  readonly exchange: Exchange;
}

const PAYMENT = { schema: portonePaymentSchema, masked: maskedPayment, said: failureOf };

/** How PortOne is called: with a token, and within the contract's answer time together with the asking for it. */
export class PortoneClient {
  private readonly tokens: PortoneTokens;

  constructor(
    private readonly http: OutboundClient,
    private readonly clock: Clock,
    private readonly baseUrl: string,
  ) {
    this.tokens = new PortoneTokens(http, clock, baseUrl);
  }

  /** `POST` of a body that is answered with a payment. `request`: what of the body may be kept. */
  postPayment(
    access: ContractAccess,
    path: string,
    body: object,
    request: Readonly<Record<string, unknown>>,
  ): Promise<Answered<PortonePayment>> {
    return this.call(access, { method: 'POST', path, endpoint: `POST ${path}`, body, request, ...PAYMENT });
  }

  read(access: ContractAccess, impUid: string): Promise<Answered<PortonePayment>> {
    return this.call(access, {
      method: 'GET',
      path: `/payments/${encodeURIComponent(impUid)}`,
      endpoint: 'GET /payments/{imp_uid}',
      request: { imp_uid: impUid },
      ...PAYMENT,
    });
  }

  find(access: ContractAccess, merchantUid: string): Promise<Answered<PortonePayment>> {
    return this.call(access, {
      method: 'GET',
      path: `/payments/find/${encodeURIComponent(merchantUid)}`,
      endpoint: 'GET /payments/find/{merchant_uid}',
      request: { merchant_uid: merchantUid },
      ...PAYMENT,
    });
  }

  closeAccount(access: ContractAccess, impUid: string): Promise<Answered<PortonePayment>> {
    return this.call(access, {
      method: 'DELETE',
      path: `/vbanks/${encodeURIComponent(impUid)}`,
      endpoint: 'DELETE /vbanks/{imp_uid}',
      request: { imp_uid: impUid },
      ...PAYMENT,
    });
  }

  async call<Value>(access: ContractAccess, call: Call<Value>): Promise<Answered<Value>> {
    const startedMs = this.clock.monotonicMs();
    const got = await this.tokens.get(access);
    if (got.kind === 'NONE') return { answer: { kind: 'NOT_SENT' }, exchange: got.exchange };
    const leftMs = Math.floor(access.answerTimeoutMs - (this.clock.monotonicMs() - startedMs));
    if (leftMs <= 0) return { answer: { kind: 'NOT_SENT' }, exchange: notAsked('none', 'TOKEN_TIMEOUT') };
    const result = await this.http.send({
      method: call.method,
      url: `${this.baseUrl}${call.path}`,
      headers: {
        authorization: `Bearer ${got.token}`,
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      connectTimeoutMs: access.connectTimeoutMs,
      answerTimeoutMs: leftMs,
    });
    const answer = readAnswer(result, call.schema);
    if (isUnauthorized(answer)) this.tokens.drop(access, got.token);
    const { endpoint, request, masked, said } = call;
    return { answer, exchange: portoneExchange({ endpoint, request, result, answer, masked, said }) };
  }
}
