import { Injectable } from '@nestjs/common';
import { OutboundClient } from '../../common/http/outbound-client';
import { Clock } from '../../common/time/clock';
import { AppConfig } from '../../config/app-config';
import { Secret } from '../../common/masking/secret';
import type {
  AccountHolderOutcome,
  AcquirerMovement,
  BillingChargeOrder,
  BillingKeyOrder,
  BillingKeyOutcome,
  BillingRevokeOutcome,
  CashReceiptCancelOrder,
  CashReceiptInquiry,
  CashReceiptOrder,
  CashReceiptOutcome,
  CashReceiptReference,
  ListOutcome,
  RefundAccount,
  VirtualAccountOrder,
  VirtualAccountOutcome,
} from '../port/ability.types';
import type {
  AccountHolderAbility,
  AcquirerPort,
  BillingAbility,
  CashReceiptAbility,
  KeyInAbility,
  MovementListAbility,
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
import { customerUidOf, PortoneBilling } from './portone.billing';
import { PORTONE_CAPABILITIES, PORTONE_CREDENTIALS } from './portone.capabilities';
import { PortoneCashReceipts } from './portone.cash-receipt';
import { PortoneClient } from './portone.client';
import { portonePg } from './portone.config';
import {
  approvalOutcome,
  cancelOutcome,
  cancelRequest,
  maskedOnetime,
  onetimeRequest,
} from './portone.mapper';
import { inquiryOutcome } from './portone.inquiry';
import { LISTED_DAYS_MAX, listMovements } from './portone.lists';
import { PortoneVirtualAccounts } from './portone.virtual-account';
import { readPortoneWebhook } from './portone.webhook';
import { confirmOutcome, windowOutcome } from './portone.window';
import { IMP_UID, portonePreparedSchema } from './portone.wire';

/** PortOne V1 (iamport). Statuses and codes: MAPPING.md. */
@Injectable()
export class PortoneAdapter
  implements
    AcquirerPort,
    KeyInAbility,
    WindowAbility,
    WebhookAbility,
    BillingAbility,
    VirtualAccountAbility,
    CashReceiptAbility,
    AccountHolderAbility,
    MovementListAbility
{
  readonly name = 'portone';
  readonly cancelsReceiptsInPart = false;
  readonly listedPaymentDaysMax = LISTED_DAYS_MAX;
  readonly capabilities = PORTONE_CAPABILITIES;
  readonly credentialNames = PORTONE_CREDENTIALS;
  /** Any 200 stops the sending. */
  readonly webhookReceipt = { contentType: 'text/plain', body: 'OK' };
  private readonly client: PortoneClient;
  private readonly billing: PortoneBilling;
  private readonly accounts: PortoneVirtualAccounts;
  private readonly receipts: PortoneCashReceipts;

  constructor(
    http: OutboundClient,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.client = new PortoneClient(http, clock, config.acquirer.urls.portone);
    this.billing = new PortoneBilling(this.client);
    this.accounts = new PortoneVirtualAccounts(this.client);
    this.receipts = new PortoneCashReceipts(this.client);
  }

  async approveKeyIn(access: ContractAccess, order: ApprovalOrder): Promise<ApprovalOutcome> {
    const body = onetimeRequest(order, portonePg(access));
    const { answer, exchange } = await this.client.postPayment(
      access,
      '/subscribe/payments/onetime',
      body,
      maskedOnetime(body),
    );
    return approvalOutcome(order, answer, exchange);
  }

  async cancel(access: ContractAccess, order: CancelOrder): Promise<CancelOutcome> {
    const body = cancelRequest(order);
    const { answer, exchange } = await this.client.postPayment(access, '/payments/cancel', body, {
      ...body,
    });
    return cancelOutcome(order, answer, exchange);
  }

  /** By PortOne's id where it is known: an order number that was cut short is not found by ours. */
  async inquire(access: ContractAccess, reference: ApprovalReference): Promise<InquiryOutcome> {
    const { acquirerTransactionId: id, acquirerOrderNo } = reference;
    const { answer, exchange } = await (id === null
      ? this.client.find(access, acquirerOrderNo)
      : this.client.read(access, id));
    return inquiryOutcome(reference, { answer, exchange }, this.clock.now());
  }

  async openWindow(access: ContractAccess, order: WindowOrder): Promise<WindowOutcome> {
    const body = { merchant_uid: order.acquirerOrderNo, amount: order.amount };
    const { answer, exchange } = await this.client.call(access, {
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
      ? this.client.find(access, order.acquirerOrderNo)
      : this.client.read(access, impUid));
    return confirmOutcome(order, answer, exchange);
  }

  readWebhook(raw: RawWebhook): WebhookReading {
    return readPortoneWebhook(raw);
  }

  /** PortOne V1 signs nothing. */
  verifyWebhook(_access: ContractAccess, raw: RawWebhook): WebhookVerdict {
    return readPortoneWebhook(raw).kind === 'HINT' ? 'UNSIGNED' : 'INVALID';
  }

  issueBillingKey(access: ContractAccess, order: BillingKeyOrder): Promise<BillingKeyOutcome> {
    return this.billing.issue(access, order);
  }

  billingTokenOf(order: Pick<BillingKeyOrder, 'customerKey' | 'acquirerOrderNo'>): Secret<string> {
    return new Secret(customerUidOf(order));
  }

  chargeBillingKey(access: ContractAccess, order: BillingChargeOrder): Promise<ApprovalOutcome> {
    return this.billing.charge(access, order);
  }

  revokeBillingKey(access: ContractAccess, token: Secret<string>): Promise<BillingRevokeOutcome> {
    return this.billing.revoke(access, token);
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

  issueCashReceipt(access: ContractAccess, order: CashReceiptOrder): Promise<CashReceiptOutcome> {
    return this.receipts.issue(access, order);
  }

  cancelCashReceipt(
    access: ContractAccess,
    receiptId: string,
    order: CashReceiptCancelOrder,
  ): Promise<CashReceiptOutcome> {
    return this.receipts.cancel(access, receiptId, order);
  }

  inquireCashReceipt(access: ContractAccess, reference: CashReceiptReference): Promise<CashReceiptInquiry> {
    return this.receipts.inquire(access, reference);
  }

  findAccountHolder(
    access: ContractAccess,
    account: { readonly bankCode: string; readonly accountNumber: Secret<string> },
  ): Promise<AccountHolderOutcome> {
    return this.accounts.holder(access, account);
  }

  listMovements(
    access: ContractAccess,
    day: string,
    next: string | null,
  ): Promise<ListOutcome<AcquirerMovement>> {
    return listMovements(this.client, access, { day, next });
  }
}
