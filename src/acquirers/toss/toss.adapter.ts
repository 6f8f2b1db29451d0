import { Injectable } from '@nestjs/common';
import { OutboundClient, type OutboundResult } from '../../common/http/outbound-client';
import { AppConfig } from '../../config/app-config';
import type { AcquirerPort, KeyInAbility, WebhookAbility, WindowAbility } from '../port/acquirer.port';
import type {
  ApprovalOrder,
  ApprovalOutcome,
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
  ContractAccess,
  InquiryOutcome,
} from '../port/acquirer.types';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type { RawWebhook, WebhookReading, WebhookReceipt, WebhookVerdict } from '../port/webhook.types';
import type { ConfirmOrder, ConfirmOutcome, WindowOrder, WindowOutcome } from '../port/window.types';
import { TOSS_CAPABILITIES, TOSS_CREDENTIALS } from './toss.capabilities';
import { tossAuthorization, tossClientKey } from './toss.config';
import {
  approvalOutcome,
  cancelOutcome,
  cancelRequest,
  tossExchange,
  inquiryOutcome,
  keyInRequest,
  maskedKeyIn,
  readAnswer,
} from './toss.mapper';
import { readTossWebhook, verifyTossWebhook } from './toss.webhook';
import { confirmOutcome, confirmRequest, windowParams } from './toss.window';

/** TossPayments core API v1: key-in and window approval, cancel, lookup by order, webhooks. Statuses and codes: MAPPING.md. */
@Injectable()
export class TossAdapter implements AcquirerPort, KeyInAbility, WindowAbility, WebhookAbility {
  readonly name = 'toss';
  readonly capabilities = TOSS_CAPABILITIES;
  /** Any body will do: TossPayments looks at the status 200 alone. */
  readonly webhookReceipt: WebhookReceipt = { contentType: 'text/plain', body: 'OK' };
  readonly credentialNames = TOSS_CREDENTIALS;
  private readonly baseUrl: string;

  constructor(
    private readonly http: OutboundClient,
    config: AppConfig,
  ) {
    this.baseUrl = config.acquirer.urls.toss;
  }

  async approveKeyIn(access: ContractAccess, order: ApprovalOrder): Promise<ApprovalOutcome> {
    const request = keyInRequest(order);
    const result = await this.post(access, '/v1/payments/key-in', request, order.acquirerOrderNo);
    const answer = readAnswer(result);
    const exchange = tossExchange('POST /v1/payments/key-in', maskedKeyIn(request), result, answer);
    return approvalOutcome(access, order, answer, exchange);
  }

  /** Nothing is asked of TossPayments: its script opens the window by the client key. */
  async openWindow(access: ContractAccess, order: WindowOrder): Promise<WindowOutcome> {
    const clientParams = windowParams(tossClientKey(access), order);
    return { kind: 'OPENED', acquirerTransactionId: null, clientParams, exchange: null };
  }

  async confirmWindow(access: ContractAccess, order: ConfirmOrder): Promise<ConfirmOutcome> {
    const request = confirmRequest(order);
    // A key of this try alone: TossPayments keeps its refusals too, and a payer may come back with a better proof. Two
    // tries of one order never run at once, and an order is approved only once there.
    const key = `${order.acquirerOrderNo}-${order.requestedAt.getTime()}`;
    const result = await this.post(access, '/v1/payments/confirm', request, key);
    const answer = readAnswer(result);
    const exchange = tossExchange('POST /v1/payments/confirm', { ...request }, result, answer);
    return confirmOutcome(access, order, answer, exchange);
  }

  readWebhook(raw: RawWebhook): WebhookReading {
    return readTossWebhook(raw);
  }

  verifyWebhook(access: ContractAccess, raw: RawWebhook): WebhookVerdict {
    return verifyTossWebhook(access, raw);
  }

  async cancel(access: ContractAccess, order: CancelOrder): Promise<CancelOutcome> {
    const paymentKey = order.reference.acquirerTransactionId;
    if (paymentKey === null) throw new AcquirerSetupError('toss', 'a cancel needs the paymentKey');
    const request = cancelRequest(order);
    const path = `/v1/payments/${encodeURIComponent(paymentKey)}/cancel`;
    const result = await this.post(access, path, request, order.cancelKey);
    const answer = readAnswer(result);
    const exchange = tossExchange(
      'POST /v1/payments/{paymentKey}/cancel',
      { paymentKey, ...request, idempotencyKey: order.cancelKey },
      result,
      answer,
    );
    return cancelOutcome(order, answer, exchange);
  }

  async inquire(access: ContractAccess, reference: ApprovalReference): Promise<InquiryOutcome> {
    const { acquirerOrderNo } = reference;
    const result = await this.http.send({
      method: 'GET',
      url: `${this.baseUrl}/v1/payments/orders/${encodeURIComponent(acquirerOrderNo)}`,
      headers: { authorization: tossAuthorization(access) },
      connectTimeoutMs: access.connectTimeoutMs,
      answerTimeoutMs: access.answerTimeoutMs,
    });
    const answer = readAnswer(result);
    const exchange = tossExchange(
      'GET /v1/payments/orders/{orderId}',
      { orderId: acquirerOrderNo },
      result,
      answer,
    );
    return inquiryOutcome(acquirerOrderNo, answer, exchange);
  }

  private post(access: ContractAccess, path: string, body: object, key: string): Promise<OutboundResult> {
    return this.http.send({
      method: 'POST',
      url: `${this.baseUrl}${path}`,
      headers: {
        authorization: tossAuthorization(access),
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
      connectTimeoutMs: access.connectTimeoutMs,
      answerTimeoutMs: access.answerTimeoutMs,
    });
  }
}
