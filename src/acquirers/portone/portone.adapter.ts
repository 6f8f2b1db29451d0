import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { OutboundClient } from '../../common/http/outbound-client';
import { Clock } from '../../common/time/clock';
import { AppConfig } from '../../config/app-config';
import type { AcquirerPort, KeyInAbility, WebhookAbility, WindowAbility } from '../port/acquirer.port';
import type {
  ApprovalOrder,
  ApprovalOutcome,
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
  ContractAccess,
  Exchange,
  InquiryOutcome,
} from '../port/acquirer.types';
import type { RawWebhook, WebhookReading, WebhookVerdict } from '../port/webhook.types';
import type { ConfirmOrder, ConfirmOutcome, WindowOrder, WindowOutcome } from '../port/window.types';
import {
  failureOf,
  isUnauthorized,
  maskedPayment,
  type PortoneAnswer,
  portoneExchange,
  readAnswer,
} from './portone.answers';
import { notAsked } from '../shared/answers';
import { PORTONE_CAPABILITIES, PORTONE_CREDENTIALS } from './portone.capabilities';
import { portonePg } from './portone.config';
import {
  approvalOutcome,
  cancelOutcome,
  cancelRequest,
  inquiryOutcome,
  maskedOnetime,
  onetimeRequest,
} from './portone.mapper';
import { PortoneTokens } from './portone.tokens';
import { readPortoneWebhook } from './portone.webhook';
import { confirmOutcome, windowOutcome } from './portone.window';
import { IMP_UID, portonePaymentSchema, type PortonePayment, portonePreparedSchema } from './portone.wire';

interface Call<Value> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** As it is kept: without the ids in its path, and the request already masked. */
  readonly endpoint: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly schema: z.ZodType<Value>;
  readonly masked: (value: Value) => Record<string, unknown>;
  readonly said?: (value: Value) => { readonly code: string; readonly message: string | null } | null;
}

interface Answered<Value> {
  readonly answer: PortoneAnswer<Value>;
  readonly exchange: Exchange;
}

const PAYMENT = { schema: portonePaymentSchema, masked: maskedPayment, said: failureOf };

/** PortOne V1 (iamport): key-in, payment window, cancel, lookup, webhooks. Statuses and codes: MAPPING.md. */
@Injectable()
export class PortoneAdapter implements AcquirerPort, KeyInAbility, WindowAbility, WebhookAbility {
  readonly name = 'portone';
  readonly capabilities = PORTONE_CAPABILITIES;
  readonly credentialNames = PORTONE_CREDENTIALS;
  /** Any 200 stops the sending. */
  readonly webhookReceipt = { contentType: 'text/plain', body: 'OK' };
  private readonly baseUrl: string;
  private readonly tokens: PortoneTokens;

  constructor(
    private readonly http: OutboundClient,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.baseUrl = config.acquirer.urls.portone;
    this.tokens = new PortoneTokens(http, clock, this.baseUrl);
  }

  async approveKeyIn(access: ContractAccess, order: ApprovalOrder): Promise<ApprovalOutcome> {
    const body = onetimeRequest(order, portonePg(access));
    const { answer, exchange } = await this.call(access, {
      method: 'POST',
      path: '/subscribe/payments/onetime',
      endpoint: 'POST /subscribe/payments/onetime',
      body,
      request: maskedOnetime(body),
      ...PAYMENT,
    });
    return approvalOutcome(order, answer, exchange);
  }

  async cancel(access: ContractAccess, order: CancelOrder): Promise<CancelOutcome> {
    const body = cancelRequest(order);
    const { answer, exchange } = await this.call(access, {
      method: 'POST',
      path: '/payments/cancel',
      endpoint: 'POST /payments/cancel',
      body,
      request: { ...body },
      ...PAYMENT,
    });
    return cancelOutcome(order, answer, exchange);
  }

  /** By PortOne's id where it is known: an order number that was cut short is not found by ours. */
  async inquire(access: ContractAccess, reference: ApprovalReference): Promise<InquiryOutcome> {
    const { acquirerTransactionId: id, acquirerOrderNo } = reference;
    const { answer, exchange } = await (id === null
      ? this.find(access, acquirerOrderNo)
      : this.read(access, id));
    return inquiryOutcome(reference, answer, exchange);
  }

  async openWindow(access: ContractAccess, order: WindowOrder): Promise<WindowOutcome> {
    const body = { merchant_uid: order.acquirerOrderNo, amount: order.amount };
    const { answer, exchange } = await this.call(access, {
      method: 'POST',
      path: '/payments/prepare',
      endpoint: 'POST /payments/prepare',
      body,
      request: body,
      schema: portonePreparedSchema,
      masked: ({ merchant_uid, amount }) => ({ merchant_uid, amount }),
    });
    return windowOutcome(access, order, answer, exchange);
  }

  async confirmWindow(access: ContractAccess, order: ConfirmOrder): Promise<ConfirmOutcome> {
    const { impUid } = order.proof;
    // What no imp_uid looks like names no payment, and must not become part of an address either.
    const proven = impUid === undefined || IMP_UID.test(impUid);
    if (!proven) return { kind: 'NOT_PAID', exchange: notAsked('none', 'IMP_UID_MALFORMED') };
    const { answer, exchange } = await (impUid === undefined
      ? this.find(access, order.acquirerOrderNo)
      : this.read(access, impUid));
    return confirmOutcome(order, answer, exchange);
  }

  readWebhook(raw: RawWebhook): WebhookReading {
    return readPortoneWebhook(raw);
  }

  /** PortOne V1 signs nothing. */
  verifyWebhook(_access: ContractAccess, raw: RawWebhook): WebhookVerdict {
    return readPortoneWebhook(raw).kind === 'HINT' ? 'UNSIGNED' : 'INVALID';
  }

  private read(access: ContractAccess, impUid: string): Promise<Answered<PortonePayment>> {
    return this.call(access, {
      method: 'GET',
      path: `/payments/${encodeURIComponent(impUid)}`,
      endpoint: 'GET /payments/{imp_uid}',
      request: { imp_uid: impUid },
      ...PAYMENT,
    });
  }

  private find(access: ContractAccess, merchantUid: string): Promise<Answered<PortonePayment>> {
    return this.call(access, {
      method: 'GET',
      path: `/payments/find/${encodeURIComponent(merchantUid)}`,
      endpoint: 'GET /payments/find/{merchant_uid}',
      request: { merchant_uid: merchantUid },
      ...PAYMENT,
    });
  }

  private async call<Value>(access: ContractAccess, call: Call<Value>): Promise<Answered<Value>> {
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
