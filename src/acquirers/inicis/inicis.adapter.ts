import { Injectable } from '@nestjs/common';
import { OutboundClient, type OutboundResult } from '../../common/http/outbound-client';
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
  InquiryOutcome,
} from '../port/acquirer.types';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type { RawWebhook, WebhookReading, WebhookVerdict } from '../port/webhook.types';
import type { ConfirmOrder, ConfirmOutcome, WindowOrder, WindowOutcome } from '../port/window.types';
import { notAsked } from '../shared/answers';
import { compactTime, inicisExchange, readAnswer } from './inicis.answers';
import { INICIS_CAPABILITIES, INICIS_CREDENTIALS } from './inicis.capabilities';
import { iniApiKeys, inicisSignKey, stdpayAddress, stdpayScript } from './inicis.config';
import { approvalOutcome, cancelOutcome, inquiryOutcome } from './inicis.mapper';
import {
  bodyV2,
  type Caller,
  type Form,
  inquiryData,
  keyInForm,
  maskedKeyIn,
  maskedRefund,
  refundForm,
} from './inicis.requests';
import { INICIS_RECEIPT, merchantOfNotice, readNotice } from './inicis.webhook';
import { confirmForm, confirmOutcome, netCancelOutcome, windowForm } from './inicis.window';
import {
  inicisApprovalSchema,
  inicisInquirySchema,
  inicisRefundSchema,
  inicisWindowSchema,
} from './inicis.wire';

/** KG Inicis: key-in and refunds by INIAPI v1, inquiry by INIAPI v2, the web standard payment. Codes: MAPPING.md. */
@Injectable()
export class InicisAdapter implements AcquirerPort, KeyInAbility, WindowAbility, WebhookAbility {
  readonly name = 'inicis';
  readonly capabilities = INICIS_CAPABILITIES;
  readonly credentialNames = INICIS_CREDENTIALS;
  readonly webhookReceipt = INICIS_RECEIPT;
  private readonly baseUrl: string;
  private readonly stdpayUrl: string;
  private readonly merchantUrl: string;
  /** Where payments are real the payer's browser must not choose KG Inicis' test system. */
  private readonly allowsTestCentre: boolean;

  constructor(
    private readonly http: OutboundClient,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.baseUrl = config.acquirer.urls.inicis;
    this.stdpayUrl = config.acquirer.urls.inicisStdpay;
    this.merchantUrl = config.http.publicUrl;
    this.allowsTestCentre = config.demo || config.environment === 'stg';
  }

  async approveKeyIn(access: ContractAccess, order: ApprovalOrder): Promise<ApprovalOutcome> {
    const caller = this.caller(access);
    const form = keyInForm(caller, order, this.merchantUrl);
    const result = await this.postForm(access, `${this.baseUrl}/api/v1/formpay`, form);
    const answer = readAnswer(result, inicisApprovalSchema, '00');
    const shown = ['tid', 'price', 'payDate', 'payTime', 'payAuthCode', 'cardCode', 'detailCode'] as const;
    const exchange = inicisExchange('POST /api/v1/formpay', maskedKeyIn(order), result, { answer, shown });
    return approvalOutcome(caller.mid, order, answer, exchange);
  }

  async cancel(access: ContractAccess, order: CancelOrder): Promise<CancelOutcome> {
    const tid = order.reference.acquirerTransactionId;
    if (tid === null) throw new AcquirerSetupError('inicis', 'a refund needs the tid');
    const form = refundForm(this.caller(access), order, tid);
    const result = await this.postForm(access, `${this.baseUrl}/api/v1/refund`, form);
    const answer = readAnswer(result, inicisRefundSchema, '00');
    const shown = ['tid', 'prtcTid', 'prtcPrice', 'prtcRemains', 'cancelDate', 'cancelTime'] as const;
    const exchange = inicisExchange('POST /api/v1/refund', maskedRefund(form), result, { answer, shown });
    return cancelOutcome(order, form.type, answer, exchange);
  }

  async inquire(access: ContractAccess, reference: ApprovalReference): Promise<InquiryOutcome> {
    const caller = this.caller(access);
    const data = inquiryData(reference);
    const result = await this.http.send({
      ...this.request(access, `${this.baseUrl}/v2/pg/inquiry`),
      headers: { 'content-type': 'application/json;charset=utf-8' },
      body: bodyV2(caller, 'inquiry', data),
    });
    const answer = readAnswer(result, inicisInquirySchema, 'SUCCESS');
    const shown = ['tid', 'oid', 'price', 'transactionStatus', 'availablePartCancelPrice'] as const;
    const exchange = inicisExchange('POST /v2/pg/inquiry', data, result, { answer, shown });
    return inquiryOutcome(caller.mid, reference, answer, exchange);
  }

  async openWindow(access: ContractAccess, order: WindowOrder): Promise<WindowOutcome> {
    const { acquirerMerchantId: mid } = access;
    const scriptUrl = stdpayScript(this.stdpayUrl);
    const at = this.clock.now();
    const clientParams = windowForm(order, { mid, signKey: inicisSignKey(access), scriptUrl, at });
    return { kind: 'OPENED', acquirerTransactionId: null, clientParams, exchange: null };
  }

  async confirmWindow(access: ContractAccess, order: ConfirmOrder): Promise<ConfirmOutcome> {
    const endpoint = 'POST /api/payAuth';
    const address = this.windowAddress(order);
    if (address === null) return { kind: 'NOT_PAID', exchange: notAsked(endpoint, 'DATA_CENTRE_UNKNOWN') };
    if (!order.proof.authToken) return { kind: 'NOT_PAID', exchange: notAsked(endpoint, 'NO_AUTH_TOKEN') };
    const { mid, form, result } = await this.postWindow(access, order, `${address}/api/payAuth`);
    const answer = readAnswer(result, inicisWindowSchema, '0000');
    const shown = ['tid', 'MOID', 'TotPrice', 'payMethod', 'applDate', 'applTime', 'applNum'] as const;
    const exchange = inicisExchange(endpoint, maskedConfirm(order), result, { answer, shown });
    return confirmOutcome({ mid, order, tstamp: form.timestamp ?? '' }, answer, exchange);
  }

  /**
   * Takes back a confirm whose answer was lost: the same form to `/api/netCancel` (web standard payment, "망취소").
   * Only whoever made the confirm call has its token, so this is no `netCancel` of the port and may be used at once
   * after an unknown outcome; anybody later inquires and refunds. KG Inicis answers it twice with yes.
   */
  async netCancelWindow(access: ContractAccess, order: ConfirmOrder): Promise<CancelOutcome> {
    const endpoint = 'POST /api/netCancel';
    const address = this.windowAddress(order);
    if (address === null || !order.proof.authToken)
      return { kind: 'NOT_SENT', exchange: notAsked(endpoint, 'NO_AUTH_TOKEN') };
    const { result } = await this.postWindow(access, order, `${address}/api/netCancel`);
    const answer = readAnswer(result, inicisWindowSchema, '0000');
    const shown = ['tid', 'MOID', 'TotPrice'] as const;
    const exchange = inicisExchange(endpoint, maskedConfirm(order), result, { answer, shown });
    return netCancelOutcome(answer, this.clock.now(), exchange);
  }

  readWebhook(raw: RawWebhook): WebhookReading {
    return readNotice(raw);
  }

  /** KG Inicis signs no notice; one for another merchant is certainly not of this contract. */
  verifyWebhook(access: ContractAccess, raw: RawWebhook): WebhookVerdict {
    const mid = merchantOfNotice(raw);
    return mid !== null && mid !== access.acquirerMerchantId ? 'INVALID' : 'UNSIGNED';
  }

  private caller(access: ContractAccess): Caller {
    const { acquirerMerchantId: mid } = access;
    return { ...iniApiKeys(access), mid, timestamp: compactTime(this.clock.now()) };
  }

  private windowAddress(order: ConfirmOrder): string | null {
    return stdpayAddress(this.stdpayUrl, order.proof.idcName, this.allowsTestCentre);
  }

  private async postWindow(access: ContractAccess, order: ConfirmOrder, url: string) {
    const { acquirerMerchantId: mid } = access;
    const form = confirmForm(order, { mid, signKey: inicisSignKey(access), at: this.clock.now() });
    return { mid, form, result: await this.postForm(access, url, form) };
  }

  /** Base64 holds `+`: a form that does not escape it arrives as another text (KG Inicis' INIAPI FAQ). */
  private postForm(access: ContractAccess, url: string, form: Form): Promise<OutboundResult> {
    return this.http.send({
      ...this.request(access, url),
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams(form).toString(),
    });
  }

  private request(access: ContractAccess, url: string) {
    const { connectTimeoutMs, answerTimeoutMs } = access;
    return { method: 'POST', url, connectTimeoutMs, answerTimeoutMs } as const;
  }
}

/** What of a confirm may be kept: no token, no signature. */
function maskedConfirm(order: ConfirmOrder): Record<string, unknown> {
  return { oid: order.acquirerOrderNo, price: order.amount, idcName: order.proof.idcName };
}
