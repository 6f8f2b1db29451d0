import { Injectable } from '@nestjs/common';
import { OutboundClient, type OutboundResult } from '../../common/http/outbound-client';
import { AppConfig } from '../../config/app-config';
import type { AcquirerPort, WebhookAbility, WindowAbility } from '../port/acquirer.port';
import type {
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
  ContractAccess,
  InquiryOutcome,
} from '../port/acquirer.types';
import type { RawWebhook, WebhookReading, WebhookReceipt, WebhookVerdict } from '../port/webhook.types';
import type { ConfirmOrder, ConfirmOutcome, WindowOrder, WindowOutcome } from '../port/window.types';
import { kakaopayExchange, readAnswer } from './kakaopay.answers';
import { KAKAOPAY_CAPABILITIES, KAKAOPAY_CREDENTIALS } from './kakaopay.capabilities';
import { kakaopayAuthorization } from './kakaopay.config';
import { cancelOutcome, cancelRequest, inquiryOutcome, inquiryRequest } from './kakaopay.mapper';
import { readHint, verifyHint } from './kakaopay.webhook';
import { approveRequest, confirmOutcome, notAsked, readyOutcome, readyRequest } from './kakaopay.window';
import {
  kakaopayApprovalSchema,
  kakaopayCancelSchema,
  kakaopayOrderSchema,
  kakaopayReadySchema,
} from './kakaopay.wire';

const SERVICE = '/online/v1/payment';

/** KakaoPay online payment, single payments: ready, approve, order, cancel. Statuses and codes: MAPPING.md. */
@Injectable()
export class KakaopayAdapter implements AcquirerPort, WindowAbility, WebhookAbility {
  readonly name = 'kakaopay';
  readonly capabilities = KAKAOPAY_CAPABILITIES;
  readonly credentialNames = KAKAOPAY_CREDENTIALS;
  readonly webhookReceipt: WebhookReceipt = { contentType: 'text/plain', body: 'OK' };
  private readonly baseUrl: string;

  constructor(
    private readonly http: OutboundClient,
    config: AppConfig,
  ) {
    this.baseUrl = config.acquirer.urls.kakaopay;
  }

  async openWindow(access: ContractAccess, order: WindowOrder): Promise<WindowOutcome> {
    const request = readyRequest(access.acquirerMerchantId, order);
    const result = await this.post(access, 'ready', request);
    const answer = readAnswer(result, kakaopayReadySchema);
    const { cid, partner_order_id, total_amount, tax_free_amount } = request;
    const kept = { cid, partner_order_id, total_amount, tax_free_amount };
    const shown = { answer, shown: ({ tid }: { tid: string }) => ({ tid }) };
    return readyOutcome(answer, kakaopayExchange(`POST ${SERVICE}/ready`, kept, result, shown));
  }

  async confirmWindow(access: ContractAccess, order: ConfirmOrder): Promise<ConfirmOutcome> {
    const endpoint = `POST ${SERVICE}/approve`;
    const { pgToken } = order.proof;
    if (!pgToken) return { kind: 'NOT_PAID', exchange: notAsked(endpoint, 'NO_PG_TOKEN') };
    const request = approveRequest(access.acquirerMerchantId, order, pgToken);
    const result = await this.post(access, 'approve', request);
    const answer = readAnswer(result, kakaopayApprovalSchema);
    const { cid, tid, partner_order_id, total_amount } = request;
    const kept = { cid, tid, partner_order_id, total_amount };
    const exchange = kakaopayExchange(endpoint, kept, result, {
      answer,
      shown: ({ amount, card_info: card, ...body }) => ({
        aid: body.aid,
        tid: body.tid,
        partner_order_id: body.partner_order_id,
        payment_method_type: body.payment_method_type,
        total: amount.total,
        approved_at: body.approved_at,
        approved_id: card?.approved_id,
      }),
    });
    return confirmOutcome(cid, order, answer, exchange);
  }

  async cancel(access: ContractAccess, order: CancelOrder): Promise<CancelOutcome> {
    const request = cancelRequest(access.acquirerMerchantId, order);
    const result = await this.post(access, 'cancel', request);
    const answer = readAnswer(result, kakaopayCancelSchema);
    const { payload: _payload, ...kept } = request;
    const exchange = kakaopayExchange(`POST ${SERVICE}/cancel`, kept, result, {
      answer,
      shown: ({ aid, tid, status, canceled_at, ...body }) => ({
        ...{ aid, tid, status, canceled_at },
        approved_cancel_total: body.approved_cancel_amount.total,
        cancel_available_total: body.cancel_available_amount.total,
      }),
    });
    return cancelOutcome(request.cid, order, answer, exchange);
  }

  async inquire(access: ContractAccess, reference: ApprovalReference): Promise<InquiryOutcome> {
    const request = inquiryRequest(access.acquirerMerchantId, reference);
    const result = await this.post(access, 'order', request);
    const answer = readAnswer(result, kakaopayOrderSchema);
    const exchange = kakaopayExchange(`POST ${SERVICE}/order`, request, result, {
      answer,
      shown: ({ tid, partner_order_id, status, amount, cancel_available_amount: left }) => ({
        ...{ tid, partner_order_id, status },
        total: amount.total,
        cancel_available_total: left?.total,
      }),
    });
    return inquiryOutcome(request, reference, answer, exchange);
  }

  readWebhook(raw: RawWebhook): WebhookReading {
    return readHint(raw);
  }

  verifyWebhook(access: ContractAccess, raw: RawWebhook): WebhookVerdict {
    return verifyHint(access, raw);
  }

  private post(access: ContractAccess, service: string, body: object): Promise<OutboundResult> {
    const { connectTimeoutMs, answerTimeoutMs } = access;
    return this.http.send({
      method: 'POST',
      url: `${this.baseUrl}${SERVICE}/${service}`,
      headers: { authorization: kakaopayAuthorization(access), 'content-type': 'application/json' },
      body: JSON.stringify(body),
      connectTimeoutMs,
      answerTimeoutMs,
    });
  }
}
