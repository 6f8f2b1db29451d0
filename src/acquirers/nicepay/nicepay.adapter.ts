import { Injectable } from '@nestjs/common';
import { OutboundClient } from '../../common/http/outbound-client';
import { Clock } from '../../common/time/clock';
import { AppConfig } from '../../config/app-config';
import type { Secret } from '../../common/masking/secret';
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
import { AcquirerSetupError } from '../port/acquirer.errors';
import type {
  AcquirerPort,
  BillingAbility,
  CashReceiptAbility,
  KeyInAbility,
  NetCancelAbility,
  OwnIdChannel,
  OwnTransactionIds,
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
import type { RawWebhook, WebhookReading, WebhookVerdict } from '../port/webhook.types';
import type { ConfirmOrder, ConfirmOutcome, WindowOrder, WindowOutcome } from '../port/window.types';
import { notAsked } from '../shared/answers';
import { nicepayExchange, readAnswer } from './nicepay.answers';
import { NICEPAY_CAPABILITIES, NICEPAY_CREDENTIALS } from './nicepay.capabilities';
import { NicepayBilling } from './nicepay.billing';
import { NicepayClient } from './nicepay.client';
import { midOf } from './nicepay.config';
import { inquire } from './nicepay.inquiry';
import { legacyExchange, readLegacyAnswer } from './nicepay.legacy.answers';
import { keyInForm, keyInOutcome, maskedKeyIn } from './nicepay.legacy.mapper';
import { approveRequest, cancelOutcome, cancelRequest, confirmOutcome } from './nicepay.mapper';
import { netCancel } from './nicepay.net-cancel';
import { NicepayReceipts, type ReceiptReference } from './nicepay.receipts';
import type { ReceiptAmounts } from './nicepay.receipts.mapper';
import { legacyTime } from './nicepay.time';
import { NicepayVirtualAccounts } from './nicepay.virtual-accounts';
import { NICEPAY_RECEIPT, readNicepayWebhook, verifyNicepayWebhook } from './nicepay.webhook';
import { windowParams } from './nicepay.window';

const SEQUENCES = 10_000;
/** Means of payment in a TID: a card, a virtual account. */
const MEANS: Readonly<Record<OwnIdChannel, string>> = { KEY_IN: '01', VIRTUAL_ACCOUNT: '03' };

type Abilities = KeyInAbility &
  NetCancelAbility &
  OwnTransactionIds &
  WindowAbility &
  WebhookAbility &
  VirtualAccountAbility &
  BillingAbility &
  CashReceiptAbility;

/**
 * NICEPAY: windows, cancels and lookups by the new API; key-ins and virtual accounts by the legacy webapi, which are
 * undone and cancelled there too, by the TID that we made. Statuses and codes: MAPPING.md.
 */
@Injectable()
export class NicepayAdapter implements AcquirerPort, Abilities {
  readonly name = 'nicepay';
  readonly cancelsReceiptsInPart = true;
  readonly capabilities = NICEPAY_CAPABILITIES;
  readonly credentialNames = NICEPAY_CREDENTIALS;
  readonly webhookReceipt = NICEPAY_RECEIPT;
  private readonly client: NicepayClient;
  private readonly accounts: NicepayVirtualAccounts;
  private readonly billing: NicepayBilling;
  private readonly receipts: NicepayReceipts;

  constructor(http: OutboundClient, config: AppConfig, clock: Clock) {
    this.client = new NicepayClient(http, config, clock);
    this.accounts = new NicepayVirtualAccounts(this.client);
    this.billing = new NicepayBilling(this.client);
    this.receipts = new NicepayReceipts(this.client);
  }

  /** MID (10) + means (2) + 01 normal + yyMMddHHmmss in Korea + four digits of the sequence: 30 characters. */
  newTransactionId(access: ContractAccess, what: OwnIdChannel, sequence: number, at: Date): string {
    const digits = String(sequence % SEQUENCES).padStart(4, '0');
    return `${midOf(access)}${MEANS[what]}01${legacyTime(at).slice(2)}${digits}`;
  }

  async approveKeyIn(access: ContractAccess, order: ApprovalOrder): Promise<ApprovalOutcome> {
    const form = keyInForm(access, order, this.client.now());
    const result = await this.client.postLegacy(access, '/webapi/card_keyin.jsp', form);
    const answer = readLegacyAnswer(result);
    const masked = maskedKeyIn(form, order.card.expose());
    const exchange = legacyExchange('POST /webapi/card_keyin.jsp', masked, result, answer);
    return keyInOutcome(access, order, answer, exchange);
  }

  async cancel(access: ContractAccess, order: CancelOrder): Promise<CancelOutcome> {
    const { reference } = order;
    const tid = tidOf(reference);
    if (reference.channel === 'KEY_IN' || reference.channel === 'VIRTUAL_ACCOUNT') {
      return this.client.legacyCancel(access, {
        tid,
        cancelNo: order.cancelKey,
        amount: order.cancelAmount,
        taxFreeAmount: order.taxFreeAmount,
        approvedAmount: reference.amount,
        reason: order.reason,
      });
    }
    const request = cancelRequest(access, tid, order, this.client.now());
    const result = await this.client.post(access, `/v1/payments/${encodeURIComponent(tid)}/cancel`, request);
    const answer = readAnswer(result);
    const { reason, orderId, cancelAmt, taxFreeAmt } = request;
    const masked = { tid, reason, orderId, cancelAmt, taxFreeAmt };
    const exchange = nicepayExchange('POST /v1/payments/{tid}/cancel', masked, result, answer);
    const expected = { tid, acquirerOrderNo: null, cancelAmount: order.cancelAmount };
    return cancelOutcome(access, expected, answer, exchange);
  }

  netCancel(access: ContractAccess, reference: ApprovalReference): Promise<CancelOutcome> {
    return netCancel(this.client, access, reference);
  }

  inquire(access: ContractAccess, reference: ApprovalReference): Promise<InquiryOutcome> {
    return inquire(this.client, access, reference);
  }

  openWindow(access: ContractAccess, order: WindowOrder): Promise<WindowOutcome> {
    return Promise.resolve(windowParams(access, order));
  }

  async confirmWindow(access: ContractAccess, order: ConfirmOrder): Promise<ConfirmOutcome> {
    const { tid } = order.proof;
    if (tid === undefined) {
      return { kind: 'NOT_PAID', exchange: notAsked('POST /v1/payments/{tid}', 'TID_MISSING') };
    }
    const request = approveRequest(access, tid, order.amount, this.client.now());
    const result = await this.client.post(access, `/v1/payments/${encodeURIComponent(tid)}`, request);
    const answer = readAnswer(result);
    const masked = { tid, amount: request.amount };
    const exchange = nicepayExchange('POST /v1/payments/{tid}', masked, result, answer);
    return confirmOutcome(access, order, answer, exchange);
  }

  issueVirtualAccount(access: ContractAccess, order: VirtualAccountOrder): Promise<VirtualAccountOutcome> {
    return this.accounts.issue(access, order);
  }

  closeVirtualAccount(access: ContractAccess, reference: ApprovalReference): Promise<CancelOutcome> {
    return this.accounts.close(access, reference);
  }

  refundDeposit(access: ContractAccess, order: CancelOrder, to: RefundAccount): Promise<CancelOutcome> {
    return this.accounts.refund(access, order, to);
  }

  issueBillingKey(access: ContractAccess, order: BillingKeyOrder): Promise<BillingKeyOutcome> {
    return this.billing.issueKey(access, order);
  }

  chargeBillingKey(access: ContractAccess, order: BillingChargeOrder): Promise<ApprovalOutcome> {
    return this.billing.charge(access, order);
  }

  /** NICEPAY knows a billing key by itself; whose it is it never asks. */
  revokeBillingKey(access: ContractAccess, token: Secret<string>): Promise<BillingRevokeOutcome> {
    return this.billing.revokeKey(access, token);
  }

  issueCashReceipt(access: ContractAccess, order: CashReceiptOrder): Promise<CashReceiptOutcome> {
    return this.receipts.issue(access, order);
  }

  cancelCashReceipt(
    access: ContractAccess,
    receiptId: string,
    order: ReceiptAmounts,
  ): Promise<CashReceiptOutcome> {
    return this.receipts.cancel(access, receiptId, order);
  }

  inquireCashReceipt(access: ContractAccess, reference: ReceiptReference): Promise<CashReceiptInquiry> {
    return this.receipts.inquire(access, reference);
  }

  readWebhook(raw: RawWebhook): WebhookReading {
    return readNicepayWebhook(raw);
  }

  verifyWebhook(access: ContractAccess, raw: RawWebhook): WebhookVerdict {
    return verifyNicepayWebhook(access, raw);
  }
}

/** Throws AcquirerSetupError where no TID is known. */
function tidOf(reference: ApprovalReference): string {
  const tid = reference.acquirerTransactionId;
  if (tid === null) throw new AcquirerSetupError('nicepay', 'a cancel needs the TID');
  return tid;
}
