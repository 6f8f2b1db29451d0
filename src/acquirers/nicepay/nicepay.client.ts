import type { OutboundClient, OutboundResult } from '../../common/http/outbound-client';
import type { Clock } from '../../common/time/clock';
import type { AppConfig } from '../../config/app-config';
import type { CancelOutcome, ContractAccess } from '../port/acquirer.types';
import { nicepayExchange, readAnswer } from './nicepay.answers';
import { nicepayAuthorization, secretKeyOf } from './nicepay.config';
import { sign } from './nicepay.crypto';
import { legacyExchange, readLegacyAnswer } from './nicepay.legacy.answers';
import {
  legacyCancelForm,
  legacyCancelOutcome,
  type LegacyCancelWish,
  maskedLegacyCancel,
} from './nicepay.legacy.cancel';
import { eucKrForm } from './nicepay.text';
import { newApiTime } from './nicepay.time';

/** How NICEPAY is called: JSON at the new API, forms in EUC-KR at the webapi; and the calls that several jobs share. */
export class NicepayClient {
  private readonly baseUrl: string;
  private readonly legacyUrl: string;

  constructor(
    private readonly http: OutboundClient,
    config: AppConfig,
    readonly clock: Clock,
  ) {
    this.baseUrl = config.acquirer.urls.nicepay;
    this.legacyUrl = config.acquirer.urls.nicepayLegacy;
  }

  now(): Date {
    return this.clock.now();
  }

  post(access: ContractAccess, path: string, body: object): Promise<OutboundResult> {
    return this.http.send({
      method: 'POST',
      url: `${this.baseUrl}${path}`,
      headers: {
        authorization: nicepayAuthorization(access),
        'content-type': 'application/json;charset=utf-8',
      },
      body: JSON.stringify(body),
      connectTimeoutMs: access.connectTimeoutMs,
      answerTimeoutMs: access.answerTimeoutMs,
    });
  }

  get(access: ContractAccess, path: string): Promise<OutboundResult> {
    return this.http.send({
      method: 'GET',
      url: `${this.baseUrl}${path}`,
      headers: { authorization: nicepayAuthorization(access) },
      connectTimeoutMs: access.connectTimeoutMs,
      answerTimeoutMs: access.answerTimeoutMs,
    });
  }

  postLegacy(
    access: ContractAccess,
    path: string,
    form: Readonly<Record<string, string>>,
  ): Promise<OutboundResult> {
    return this.http.send({
      method: 'POST',
      url: `${this.legacyUrl}${path}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=euc-kr' },
      body: eucKrForm(form),
      connectTimeoutMs: access.connectTimeoutMs,
      answerTimeoutMs: access.answerTimeoutMs,
    });
  }

  async legacyCancel(access: ContractAccess, wish: LegacyCancelWish): Promise<CancelOutcome> {
    const form = legacyCancelForm(access, wish, this.now());
    const result = await this.postLegacy(access, '/webapi/cancel_process.jsp', form);
    const answer = readLegacyAnswer(result);
    const masked = maskedLegacyCancel(form);
    const exchange = legacyExchange('POST /webapi/cancel_process.jsp', masked, result, answer);
    return legacyCancelOutcome(access, form, answer, exchange);
  }

  async askByTid(access: ContractAccess, tid: string) {
    const ediDate = newApiTime(this.now());
    const query = new URLSearchParams({ ediDate, signData: sign(tid, ediDate, secretKeyOf(access)) });
    const result = await this.get(access, `/v1/payments/${encodeURIComponent(tid)}?${query.toString()}`);
    const answer = readAnswer(result);
    return { answer, exchange: nicepayExchange('GET /v1/payments/{tid}', { tid }, result, answer) };
  }

  /** signData is left out: the manual prints a formula with a TID, and no TID is known here. */
  async askByOrder(access: ContractAccess, orderId: string, orderDate: string) {
    const path = `/v1/payments/find/${encodeURIComponent(orderId)}?orderDate=${orderDate}`;
    const result = await this.get(access, path);
    const answer = readAnswer(result);
    const endpoint = 'GET /v1/payments/find/{orderId}';
    return { answer, exchange: nicepayExchange(endpoint, { orderId, orderDate }, result, answer) };
  }
}
