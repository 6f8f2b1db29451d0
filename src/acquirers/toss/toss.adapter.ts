import { Injectable } from '@nestjs/common';
import { OutboundClient } from '../../common/http/outbound-client';
import type { Secret } from '../../common/masking/secret';
import { AppConfig } from '../../config/app-config';
import type {
  BillingChargeOrder,
  BillingKeyOrder,
  BillingKeyOutcome,
  BillingRevokeOutcome,
  CashReceiptInquiry,
  CashReceiptOrder,
  CashReceiptOutcome,
  RefundAccount,
  VirtualAccountOrder,
  VirtualAccountOutcome,
} from '../port/ability.types';
import type {
  AcquirerPort,
  BillingAbility,
  CashReceiptAbility,
  KeyInAbility,
  MovementListAbility,
  SettlementListAbility,
  VirtualAccountAbility,
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
import { notAsked } from '../shared/answers';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type { RawWebhook, WebhookReading, WebhookReceipt, WebhookVerdict } from '../port/webhook.types';
import type { ConfirmOrder, ConfirmOutcome, WindowOrder, WindowOutcome } from '../port/window.types';
import { TOSS_CAPABILITIES, TOSS_CREDENTIALS } from './toss.capabilities';
import { readAs, readNothing, tossRecord } from './toss.answers';
import { tossBank } from './toss.banks';
import {
  billingKeyOutcome,
  billingKeyRequest,
  chargeRequest,
  maskedBillingKey,
  maskedCharge,
  revokeOutcome,
} from './toss.billing';
import { TossCashReceipts } from './toss.cash-receipt';
import { TossClient } from './toss.client';
import { TOSS_CHARGE_DECLINES } from './toss.codes';
import { tossClientKey } from './toss.config';
import { TossLists } from './toss.lists';
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
import {
  accountOutcome,
  accountRequest,
  CLOSE_REASON,
  closeOutcome,
  maskedAccount,
  refundRequest,
} from './toss.virtual-account';
import { readTossWebhook, verifyTossWebhook } from './toss.webhook';
import { confirmOutcome, confirmRequest, windowParams } from './toss.window';
import { tossBillingSchema, type TossCancelRequest } from './toss.wire';

const CANCEL = 'POST /v1/payments/{paymentKey}/cancel';

function paymentKeyOf({ acquirerTransactionId }: ApprovalReference): string {
  if (acquirerTransactionId !== null) return acquirerTransactionId;
  throw new AcquirerSetupError('toss', 'a cancel needs the paymentKey');
}

/** TossPayments core API v1. Statuses and codes: MAPPING.md. */
@Injectable()
export class TossAdapter
  implements
    AcquirerPort,
    KeyInAbility,
    WindowAbility,
    WebhookAbility,
    BillingAbility,
    VirtualAccountAbility,
    CashReceiptAbility,
    MovementListAbility,
    SettlementListAbility
{
  readonly name = 'toss';
  readonly cancelsReceiptsInPart = true;
  readonly capabilities = TOSS_CAPABILITIES;
  /** Any body will do: TossPayments looks at the status 200 alone. */
  readonly webhookReceipt: WebhookReceipt = { contentType: 'text/plain', body: 'OK' };
  readonly credentialNames = TOSS_CREDENTIALS;
  private readonly client: TossClient;
  private readonly receipts: TossCashReceipts;
  private readonly lists: TossLists;

  constructor(http: OutboundClient, config: AppConfig) {
    this.client = new TossClient(http, config.acquirer.urls.toss);
    this.receipts = new TossCashReceipts(this.client);
    this.lists = new TossLists(this.client);
  }

  async approveKeyIn(access: ContractAccess, order: ApprovalOrder): Promise<ApprovalOutcome> {
    const request = keyInRequest(order);
    const result = await this.client.post(access, '/v1/payments/key-in', request, order.acquirerOrderNo);
    const answer = readAnswer(result);
    const exchange = tossExchange('POST /v1/payments/key-in', maskedKeyIn(request), result, answer);
    return approvalOutcome(access, { order }, answer, exchange);
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
    const result = await this.client.post(access, '/v1/payments/confirm', request, key);
    const answer = readAnswer(result);
    const exchange = tossExchange('POST /v1/payments/confirm', { ...request }, result, answer);
    return confirmOutcome(access, order, answer, exchange);
  }

  readWebhook(raw: RawWebhook): WebhookReading {
    return readTossWebhook(raw);
  }

  verifyWebhook(
    access: ContractAccess,
    raw: RawWebhook,
    depositSecret: Secret<string> | null = null,
  ): WebhookVerdict {
    return verifyTossWebhook(access, raw, depositSecret);
  }

  async cancel(access: ContractAccess, order: CancelOrder): Promise<CancelOutcome> {
    return this.cancelBy(access, order, cancelRequest(order));
  }

  /** Under our order number as its key, a repeat is answered with the same billing key. */
  async issueBillingKey(access: ContractAccess, order: BillingKeyOrder): Promise<BillingKeyOutcome> {
    const request = billingKeyRequest(order);
    const path = '/v1/billing/authorizations/card';
    const result = await this.client.post(access, path, request, order.acquirerOrderNo);
    const answer = readAs(result, tossBillingSchema, 'BODY_NOT_A_BILLING_KEY');
    const told = { endpoint: `POST ${path}`, request: maskedBillingKey(request), response: null };
    return billingKeyOutcome(access, order, answer, tossRecord(told, result, answer));
  }

  async chargeBillingKey(access: ContractAccess, order: BillingChargeOrder): Promise<ApprovalOutcome> {
    const request = chargeRequest(order);
    const path = `/v1/billing/${encodeURIComponent(order.token.expose())}`;
    const result = await this.client.post(access, path, request, order.acquirerOrderNo);
    const answer = readAnswer(result);
    const exchange = tossExchange('POST /v1/billing/{billingKey}', maskedCharge(request), result, answer);
    return approvalOutcome(access, { order, declines: TOSS_CHARGE_DECLINES }, answer, exchange);
  }

  async revokeBillingKey(access: ContractAccess, token: Secret<string>): Promise<BillingRevokeOutcome> {
    const result = await this.client.delete(access, `/v1/billing/${encodeURIComponent(token.expose())}`);
    const answer = readNothing(result);
    const told = { endpoint: 'DELETE /v1/billing/{billingKey}', request: {}, response: null };
    return revokeOutcome(answer, tossRecord(told, result, answer));
  }

  async issueVirtualAccount(
    access: ContractAccess,
    order: VirtualAccountOrder,
  ): Promise<VirtualAccountOutcome> {
    const bank = tossBank(order.bankCode);
    const endpoint = 'POST /v1/virtual-accounts';
    if (bank === undefined) return { kind: 'REFUSED', exchange: notAsked(endpoint, 'BANK_NOT_KNOWN') };
    const request = accountRequest(order, bank);
    const result = await this.client.post(access, '/v1/virtual-accounts', request, order.acquirerOrderNo);
    const answer = readAnswer(result);
    const exchange = tossExchange(endpoint, maskedAccount(request), result, answer);
    return accountOutcome(access, { order, bank }, answer, exchange);
  }

  /** Without a key: a refusal would be kept under it, and an account can only be closed once anyway. */
  async closeVirtualAccount(access: ContractAccess, reference: ApprovalReference): Promise<CancelOutcome> {
    const paymentKey = paymentKeyOf(reference);
    const path = `/v1/payments/${encodeURIComponent(paymentKey)}/cancel`;
    const request = { cancelReason: CLOSE_REASON };
    const result = await this.client.post(access, path, request, undefined);
    const answer = readAnswer(result);
    const exchange = tossExchange(CANCEL, { paymentKey, ...request }, result, answer);
    return closeOutcome(paymentKey, answer, exchange);
  }

  async refundDeposit(access: ContractAccess, order: CancelOrder, to: RefundAccount): Promise<CancelOutcome> {
    const bank = tossBank(to.bankCode);
    if (bank === undefined) {
      const exchange = notAsked(CANCEL, 'BANK_NOT_KNOWN');
      return { kind: 'REFUSED', reason: 'OTHER', retryLater: false, exchange };
    }
    return this.cancelBy(access, order, refundRequest(order, to, bank));
  }

  issueCashReceipt(access: ContractAccess, order: CashReceiptOrder): Promise<CashReceiptOutcome> {
    return this.receipts.issue(access, order);
  }

  cancelCashReceipt(
    ...call: Parameters<CashReceiptAbility['cancelCashReceipt']>
  ): Promise<CashReceiptOutcome> {
    return this.receipts.cancel(...call);
  }

  inquireCashReceipt(
    ...call: Parameters<CashReceiptAbility['inquireCashReceipt']>
  ): Promise<CashReceiptInquiry> {
    return this.receipts.inquire(...call);
  }

  listMovements(
    ...call: Parameters<MovementListAbility['listMovements']>
  ): ReturnType<MovementListAbility['listMovements']> {
    return this.lists.movements(...call);
  }

  listSettlements(
    ...call: Parameters<SettlementListAbility['listSettlements']>
  ): ReturnType<SettlementListAbility['listSettlements']> {
    return this.lists.settlements(...call);
  }

  private async cancelBy(
    access: ContractAccess,
    order: CancelOrder,
    request: TossCancelRequest,
  ): Promise<CancelOutcome> {
    const paymentKey = paymentKeyOf(order.reference);
    const path = `/v1/payments/${encodeURIComponent(paymentKey)}/cancel`;
    const result = await this.client.post(access, path, request, order.cancelKey);
    const answer = readAnswer(result);
    const { refundReceiveAccount: _account, ...kept } = request;
    const asked = { paymentKey, ...kept, idempotencyKey: order.cancelKey };
    const exchange = tossExchange(CANCEL, asked, result, answer);
    return cancelOutcome(order, answer, exchange);
  }

  async inquire(access: ContractAccess, reference: ApprovalReference): Promise<InquiryOutcome> {
    const { acquirerOrderNo } = reference;
    const path = `/v1/payments/orders/${encodeURIComponent(acquirerOrderNo)}`;
    const result = await this.client.get(access, path);
    const answer = readAnswer(result);
    const exchange = tossExchange(
      'GET /v1/payments/orders/{orderId}',
      { orderId: acquirerOrderNo },
      result,
      answer,
    );
    return inquiryOutcome(acquirerOrderNo, answer, exchange);
  }
}
