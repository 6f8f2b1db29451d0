import { Injectable } from '@nestjs/common';
import { OutboundClient, type OutboundResult } from '../../common/http/outbound-client';
import { Clock } from '../../common/time/clock';
import { AppConfig } from '../../config/app-config';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type {
  AcquirerPort,
  KeyInAbility,
  NetCancelAbility,
  OwnTransactionIds,
  WebhookAbility,
  WindowAbility,
} from '../port/acquirer.port';
import type {
  ApprovalOrder,
  ApprovalOutcome,
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
  ContractAccess,
  InquiryOutcome,
} from '../port/acquirer.types';
import type { RawWebhook, WebhookReading, WebhookVerdict } from '../port/webhook.types';
import type { ConfirmOrder, ConfirmOutcome, WindowOrder, WindowOutcome } from '../port/window.types';
import { notAsAsked, notAsked } from '../shared/answers';
import { NICEPAY_CAPABILITIES, NICEPAY_CREDENTIALS } from './nicepay.capabilities';
import { midOf, nicepayAuthorization, secretKeyOf } from './nicepay.config';
import { sign } from './nicepay.crypto';
import { orderDays } from './nicepay.days';
import {
  keyInForm,
  keyInOutcome,
  legacyCancelForm,
  legacyCancelOutcome,
  type LegacyCancelWish,
  legacyExchange,
  maskedKeyIn,
  maskedLegacyCancel,
  readLegacyAnswer,
} from './nicepay.legacy.mapper';
import {
  approveRequest,
  cancelOutcome,
  cancelRequest,
  confirmOutcome,
  inquiryOutcome,
  isOfAnotherOrder,
  nicepayExchange,
  readAnswer,
} from './nicepay.mapper';
import { eucKrForm } from './nicepay.text';
import { newApiTime, legacyTime } from './nicepay.time';
import { NICEPAY_RECEIPT, readNicepayWebhook, verifyNicepayWebhook } from './nicepay.webhook';
import { windowParams } from './nicepay.window';

const SEQUENCES = 10_000;
const NET_CANCEL_REASON = '망취소';

type Abilities = KeyInAbility & NetCancelAbility & OwnTransactionIds & WindowAbility & WebhookAbility;

/**
 * NICEPAY: windows, cancels and lookups by the new API, key-in by the legacy webapi, which is undone and cancelled
 * there too, by the TID that we made. Statuses and codes: MAPPING.md.
 */
@Injectable()
export class NicepayAdapter implements AcquirerPort, Abilities {
  readonly name = 'nicepay';
  readonly capabilities = NICEPAY_CAPABILITIES;
  readonly credentialNames = NICEPAY_CREDENTIALS;
  readonly webhookReceipt = NICEPAY_RECEIPT;
  private readonly baseUrl: string;
  private readonly legacyUrl: string;

  constructor(
    private readonly http: OutboundClient,
    config: AppConfig,
    private readonly clock: Clock,
  ) {
    this.baseUrl = config.acquirer.urls.nicepay;
    this.legacyUrl = config.acquirer.urls.nicepayLegacy;
  }

  /** MID (10) + 01 card + 01 normal + yyMMddHHmmss in Korea + four digits of the sequence: 30 characters. */
  newTransactionId(access: ContractAccess, sequence: number, at: Date): string {
    const digits = String(sequence % SEQUENCES).padStart(4, '0');
    return `${midOf(access)}0101${legacyTime(at).slice(2)}${digits}`;
  }

  async approveKeyIn(access: ContractAccess, order: ApprovalOrder): Promise<ApprovalOutcome> {
    const form = keyInForm(access, order, this.clock.now());
    const result = await this.postLegacy(access, '/webapi/card_keyin.jsp', form);
    const answer = readLegacyAnswer(result);
    const masked = maskedKeyIn(form, order.card.expose());
    const exchange = legacyExchange('POST /webapi/card_keyin.jsp', masked, result, answer);
    return keyInOutcome(access, order, answer, exchange);
  }

  async cancel(access: ContractAccess, order: CancelOrder): Promise<CancelOutcome> {
    const { reference } = order;
    const tid = reference.acquirerTransactionId;
    if (tid === null) throw new AcquirerSetupError('nicepay', 'a cancel needs the TID');
    if (reference.channel === 'KEY_IN') {
      return this.legacyCancel(access, {
        tid,
        cancelNo: order.cancelKey,
        amount: order.cancelAmount,
        taxFreeAmount: order.taxFreeAmount,
        approvedAmount: reference.amount,
        reason: order.reason,
      });
    }
    const request = cancelRequest(access, tid, order, this.clock.now());
    const result = await this.post(access, `/v1/payments/${encodeURIComponent(tid)}/cancel`, request);
    const answer = readAnswer(result);
    const { reason, orderId, cancelAmt, taxFreeAmt } = request;
    const masked = { tid, reason, orderId, cancelAmt, taxFreeAmt };
    const exchange = nicepayExchange('POST /v1/payments/{tid}/cancel', masked, result, answer);
    const expected = { tid, acquirerOrderNo: null, cancelAmount: order.cancelAmount };
    return cancelOutcome(access, expected, answer, exchange);
  }

  /** A key-in is undone by its TID at the webapi; anything else by its order number, which NICEPAY takes for an hour. */
  netCancel(access: ContractAccess, reference: ApprovalReference): Promise<CancelOutcome> {
    const { channel, acquirerTransactionId: tid } = reference;
    return channel === 'KEY_IN' && tid !== null
      ? this.undoByTid(access, reference, tid)
      : this.undoByOrderNo(access, reference);
  }

  async inquire(access: ContractAccess, reference: ApprovalReference): Promise<InquiryOutcome> {
    const { channel, acquirerTransactionId: tid } = reference;
    if (channel === 'KEY_IN' && tid !== null) {
      const { answer, exchange } = await this.askByTid(access, tid);
      return inquiryOutcome(access, reference, answer, exchange);
    }
    const [day, neighbour] = orderDays(reference.requestedAt);
    const found = await this.inquireByOrder(access, reference, day);
    return found.kind === 'NOT_FOUND' && neighbour !== undefined
      ? this.inquireByOrder(access, reference, neighbour)
      : found;
  }

  openWindow(access: ContractAccess, order: WindowOrder): Promise<WindowOutcome> {
    return Promise.resolve(windowParams(access, order));
  }

  async confirmWindow(access: ContractAccess, order: ConfirmOrder): Promise<ConfirmOutcome> {
    const { tid } = order.proof;
    if (tid === undefined) {
      return { kind: 'NOT_PAID', exchange: notAsked('POST /v1/payments/{tid}', 'TID_MISSING') };
    }
    const request = approveRequest(access, tid, order.amount, this.clock.now());
    const result = await this.post(access, `/v1/payments/${encodeURIComponent(tid)}`, request);
    const answer = readAnswer(result);
    const masked = { tid, amount: request.amount };
    const exchange = nicepayExchange('POST /v1/payments/{tid}', masked, result, answer);
    return confirmOutcome(access, order, answer, exchange);
  }

  readWebhook(raw: RawWebhook): WebhookReading {
    return readNicepayWebhook(raw);
  }

  verifyWebhook(access: ContractAccess, raw: RawWebhook): WebhookVerdict {
    return verifyNicepayWebhook(access, raw);
  }

  /**
   * The webapi takes back whatever bears the TID. A shop that makes TIDs elsewhere too may have made the same one, so it
   * is asked first whose payment it is; only the proof that it is another order's keeps us from cancelling. The asking
   * takes at most half of the answer time, the cancel what is left.
   */
  private async undoByTid(
    access: ContractAccess,
    reference: ApprovalReference,
    tid: string,
  ): Promise<CancelOutcome> {
    const { acquirerOrderNo, amount } = reference;
    const startedMs = this.clock.monotonicMs();
    const within = (ms: number) => ({ ...access, answerTimeoutMs: Math.max(1, Math.floor(ms)) });
    const { answer, exchange } = await this.askByTid(within(access.answerTimeoutMs / 2), tid);
    if (isOfAnotherOrder(access, { tid, acquirerOrderNo }, answer))
      return { kind: 'REFUSED', reason: 'NOT_FOUND', retryLater: false, exchange: notAsAsked(exchange) };
    const leftMs = access.answerTimeoutMs - (this.clock.monotonicMs() - startedMs);
    return this.legacyCancel(within(leftMs), {
      tid,
      cancelNo: acquirerOrderNo,
      amount,
      taxFreeAmount: 0,
      approvedAmount: amount,
      reason: NET_CANCEL_REASON,
    });
  }

  private async undoByOrderNo(access: ContractAccess, reference: ApprovalReference): Promise<CancelOutcome> {
    const { acquirerOrderNo: orderId, amount } = reference;
    const ediDate = newApiTime(this.clock.now());
    const signData = sign(orderId, ediDate, secretKeyOf(access));
    const result = await this.post(access, '/v1/payments/netcancel', { orderId, ediDate, signData });
    const answer = readAnswer(result);
    const exchange = nicepayExchange('POST /v1/payments/netcancel', { orderId }, result, answer);
    const expected = { tid: null, acquirerOrderNo: orderId, cancelAmount: amount };
    return cancelOutcome(access, expected, answer, exchange);
  }

  private async legacyCancel(access: ContractAccess, wish: LegacyCancelWish): Promise<CancelOutcome> {
    const form = legacyCancelForm(access, wish, this.clock.now());
    const result = await this.postLegacy(access, '/webapi/cancel_process.jsp', form);
    const answer = readLegacyAnswer(result);
    const masked = maskedLegacyCancel(form);
    const exchange = legacyExchange('POST /webapi/cancel_process.jsp', masked, result, answer);
    return legacyCancelOutcome(access, form, answer, exchange);
  }

  private async askByTid(access: ContractAccess, tid: string) {
    const ediDate = newApiTime(this.clock.now());
    const query = new URLSearchParams({ ediDate, signData: sign(tid, ediDate, secretKeyOf(access)) });
    const result = await this.get(access, `/v1/payments/${encodeURIComponent(tid)}?${query.toString()}`);
    const answer = readAnswer(result);
    return { answer, exchange: nicepayExchange('GET /v1/payments/{tid}', { tid }, result, answer) };
  }

  /** signData is left out: the manual prints a formula with a TID, and no TID is known here. */
  private async inquireByOrder(
    access: ContractAccess,
    reference: ApprovalReference,
    orderDate: string,
  ): Promise<InquiryOutcome> {
    const orderId = reference.acquirerOrderNo;
    const path = `/v1/payments/find/${encodeURIComponent(orderId)}?orderDate=${orderDate}`;
    const result = await this.get(access, path);
    const answer = readAnswer(result);
    const exchange = nicepayExchange(
      'GET /v1/payments/find/{orderId}',
      { orderId, orderDate },
      result,
      answer,
    );
    return inquiryOutcome(access, reference, answer, exchange);
  }

  private post(access: ContractAccess, path: string, body: object): Promise<OutboundResult> {
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

  private get(access: ContractAccess, path: string): Promise<OutboundResult> {
    return this.http.send({
      method: 'GET',
      url: `${this.baseUrl}${path}`,
      headers: { authorization: nicepayAuthorization(access) },
      connectTimeoutMs: access.connectTimeoutMs,
      answerTimeoutMs: access.answerTimeoutMs,
    });
  }

  private postLegacy(
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
}
