import { Injectable } from '@nestjs/common';
import { OutboundClient } from '../../common/http/outbound-client';
import { Clock } from '../../common/time/clock';
import { AppConfig } from '../../config/app-config';
import type {
  AcquirerPort,
  WebhookAbility,
  WindowAbility,
  WindowNetCancelAbility,
} from '../port/acquirer.port';
import type { CancelOutcome, ContractAccess } from '../port/acquirer.types';
import type { RawWebhook, WebhookReading, WebhookVerdict } from '../port/webhook.types';
import type {
  ConfirmOrder,
  ConfirmOutcome,
  WindowOrder,
  WindowOutcome,
  WindowProof,
} from '../port/window.types';
import { notAsked } from '../shared/answers';
import { inicisExchange, readAnswer } from './inicis.answers';
import { INICIS_CAPABILITIES, INICIS_CREDENTIALS } from './inicis.capabilities';
import { inicisSignKey, stdpayAddress, stdpayScript } from './inicis.config';
import { InicisIniApi } from './inicis.iniapi';
import { INICIS_RECEIPT, merchantOfNotice, readNotice } from './inicis.webhook';
import { confirmForm, confirmOutcome, netCancelOutcome, windowForm } from './inicis.window';
import { inicisWindowSchema } from './inicis.wire';

type Abilities = WindowAbility & WindowNetCancelAbility & WebhookAbility;

/** KG Inicis: INIAPI v1, of v2 inquiry and refunds, the web standard payment. Codes: MAPPING.md. */
@Injectable()
export class InicisAdapter extends InicisIniApi implements AcquirerPort, Abilities {
  readonly name = 'inicis';
  readonly capabilities = INICIS_CAPABILITIES;
  readonly credentialNames = INICIS_CREDENTIALS;
  readonly webhookReceipt = INICIS_RECEIPT;
  private readonly stdpayUrl: string;
  /** Where payments are real the payer's browser must not choose KG Inicis' test system. */
  private readonly allowsTestCentre: boolean;

  constructor(http: OutboundClient, clock: Clock, config: AppConfig) {
    super(http, clock, config);
    this.stdpayUrl = config.acquirer.urls.inicisStdpay;
    this.allowsTestCentre = config.demo || config.environment === 'stg';
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

  oneTimeProof({ authToken }: WindowProof): string | null {
    return authToken ? authToken : null;
  }

  /**
   * The same form again to `/api/netCancel` (web standard payment, "망취소"). KG Inicis answers it twice with yes.
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
    return netCancelOutcome({ order, at: this.clock.now() }, answer, exchange);
  }

  readWebhook(raw: RawWebhook): WebhookReading {
    return readNotice(raw);
  }

  /** KG Inicis signs no notice; one for another merchant is certainly not of this contract. */
  verifyWebhook(access: ContractAccess, raw: RawWebhook): WebhookVerdict {
    const mid = merchantOfNotice(raw);
    return mid !== null && mid !== access.acquirerMerchantId ? 'INVALID' : 'UNSIGNED';
  }

  private windowAddress(order: ConfirmOrder): string | null {
    return stdpayAddress(this.stdpayUrl, order.proof.idcName, this.allowsTestCentre);
  }

  private async postWindow(access: ContractAccess, order: ConfirmOrder, url: string) {
    const { acquirerMerchantId: mid } = access;
    const form = confirmForm(order, { mid, signKey: inicisSignKey(access), at: this.clock.now() });
    return { mid, form, result: await this.api.postTo(access, url, form) };
  }
}

/** What of a confirm may be kept: no token, no signature. */
function maskedConfirm(order: ConfirmOrder): Record<string, unknown> {
  return { oid: order.acquirerOrderNo, price: order.amount, idcName: order.proof.idcName };
}
