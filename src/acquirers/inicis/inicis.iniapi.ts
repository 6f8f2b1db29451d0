import { OutboundClient, type OutboundResult } from '../../common/http/outbound-client';
import { Clock } from '../../common/time/clock';
import { AppConfig } from '../../config/app-config';
import type {
  BillingChargeOrder,
  BillingKeyOrder,
  BillingKeyOutcome,
  BillingRevokeOutcome,
  CashReceiptCancelOrder,
  CashReceiptInquiry,
  CashReceiptOrder,
  CashReceiptOutcome,
  RefundAccount,
  VirtualAccountOrder,
  VirtualAccountOutcome,
} from '../port/ability.types';
import type {
  BillingAbility,
  CashReceiptAbility,
  KeyInAbility,
  VirtualAccountAbility,
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
import { AcquirerSetupError } from '../port/acquirer.errors';
import { notAsked } from '../shared/answers';
import { inicisExchange, readAnswer } from './inicis.answers';
import { inicisBank } from './inicis.banks';
import { billKeyForm, billKeyOutcome, chargeForm, maskedCharge } from './inicis.billing';
import {
  maskedReceipt,
  receiptCancelForm,
  receiptCancelOutcome,
  receiptForm,
  receiptOutcome,
} from './inicis.cash-receipt';
import { InicisClient } from './inicis.client';
import { inquiryOutcome } from './inicis.inquiry';
import { approvalOutcome, cancelOutcome } from './inicis.mapper';
import {
  type Form,
  inquiryData,
  keyInForm,
  maskedKeyIn,
  maskedRefund,
  refundData,
  refundForm,
} from './inicis.requests';
import {
  accountForm,
  accountOutcome,
  maskedAccount,
  refundTo,
  releaseForm,
  releaseOutcome,
} from './inicis.virtual-account';
import {
  inicisAccountSchema,
  inicisApprovalSchema,
  inicisBillKeySchema,
  inicisInquirySchema,
  inicisReceiptSchema,
  inicisRefundSchema,
} from './inicis.wire';

const APPROVAL_SHOWN = [
  'tid',
  'price',
  'payDate',
  'payTime',
  'payAuthCode',
  'cardCode',
  'detailCode',
] as const;
const REFUND_SHOWN = ['tid', 'prtcTid', 'prtcPrice', 'prtcRemains', 'cancelDate', 'cancelTime'] as const;

type Abilities = KeyInAbility & BillingAbility & VirtualAccountAbility & CashReceiptAbility;

/** What the adapter does by INIAPI: everything but the payment window and notices. */
export abstract class InicisIniApi implements Abilities {
  readonly cancelsReceiptsInPart = false;
  protected readonly api: InicisClient;
  private readonly merchantUrl: string;

  constructor(
    http: OutboundClient,
    protected readonly clock: Clock,
    config: AppConfig,
  ) {
    this.api = new InicisClient(http, clock, config.acquirer.urls.inicis);
    this.merchantUrl = config.http.publicUrl;
  }

  async approveKeyIn(access: ContractAccess, order: ApprovalOrder): Promise<ApprovalOutcome> {
    const caller = this.api.caller(access);
    const endpoint = '/api/v1/formpay';
    const result = await this.api.post(access, endpoint, keyInForm(caller, order, this.merchantUrl));
    const answer = readAnswer(result, inicisApprovalSchema, '00');
    const told = { answer, shown: APPROVAL_SHOWN };
    const exchange = inicisExchange(`POST ${endpoint}`, maskedKeyIn(order), result, told);
    return approvalOutcome(caller.mid, order, answer, exchange);
  }

  /**
   * Where a payment of the window was paid from is not known to whoever cancels it: INIAPI v2 need not be told. A
   * deposit goes back by `refundDeposit` only, since KG Inicis must know where to.
   */
  async cancel(access: ContractAccess, order: CancelOrder): Promise<CancelOutcome> {
    const { channel, acquirerTransactionId } = order.reference;
    const tid = tidOf(acquirerTransactionId);
    switch (channel) {
      case 'VIRTUAL_ACCOUNT':
        return notAllowed('POST /api/v1/refund', 'REFUND_ACCOUNT_NEEDED');
      case 'WINDOW': {
        const { type, data } = refundData(order, tid);
        return this.refunded(order, {
          endpoint: `/v2/pg/${type}`,
          form: { type, ...data },
          result: await this.api.postV2(access, type, data),
        });
      }
      default: {
        const form = refundForm(this.api.caller(access), order, tid);
        return this.refunded(order, await this.refund(access, form));
      }
    }
  }

  async inquire(access: ContractAccess, reference: ApprovalReference): Promise<InquiryOutcome> {
    const data = inquiryData(reference);
    const result = await this.api.postV2(access, 'inquiry', data);
    const answer = readAnswer(result, inicisInquirySchema, 'SUCCESS');
    const shown = ['tid', 'oid', 'price', 'transactionStatus', 'availablePartCancelPrice'] as const;
    const exchange = inicisExchange('POST /v2/pg/inquiry', data, result, { answer, shown });
    return inquiryOutcome(access.acquirerMerchantId, reference, answer, exchange);
  }

  async issueBillingKey(access: ContractAccess, order: BillingKeyOrder): Promise<BillingKeyOutcome> {
    const caller = this.api.caller(access);
    const endpoint = '/api/v1/billing';
    const result = await this.api.post(access, endpoint, billKeyForm(caller, order));
    const answer = readAnswer(result, inicisBillKeySchema, '00');
    const asked = { moid: order.acquirerOrderNo };
    const told = { answer, shown: ['tid', 'cardCode'] as const };
    const exchange = inicisExchange(`POST ${endpoint}`, asked, result, told);
    return billKeyOutcome(caller.mid, answer, exchange);
  }

  async chargeBillingKey(access: ContractAccess, order: BillingChargeOrder): Promise<ApprovalOutcome> {
    const caller = this.api.caller(access);
    const endpoint = '/api/v1/billing';
    const result = await this.api.post(access, endpoint, chargeForm(caller, order, this.merchantUrl));
    const answer = readAnswer(result, inicisApprovalSchema, '00');
    const told = { answer, shown: APPROVAL_SHOWN };
    const exchange = inicisExchange(`POST ${endpoint}`, maskedCharge(order), result, told);
    return approvalOutcome(caller.mid, order, answer, exchange);
  }

  /** KG Inicis documents no call that takes a billing key back: nothing is asked, and the key stays good there. */
  async revokeBillingKey(): Promise<BillingRevokeOutcome> {
    return { kind: 'REFUSED', exchange: notAsked('POST /api/v1/billing', 'NO_REVOCATION_OFFERED') };
  }

  async issueVirtualAccount(
    access: ContractAccess,
    order: VirtualAccountOrder,
  ): Promise<VirtualAccountOutcome> {
    const endpoint = '/api/v1/formpay';
    const bank = inicisBank(order.bankCode);
    if (bank === null) return { kind: 'REFUSED', exchange: notAsked(`POST ${endpoint}`, 'BANK_NOT_SERVED') };
    const caller = this.api.caller(access);
    const form = accountForm(caller, order, { bank, url: this.merchantUrl });
    const result = await this.api.post(access, endpoint, form);
    const answer = readAnswer(result, inicisAccountSchema, '00');
    const told = { answer, shown: ['tid', 'price', 'vacctBankCode', 'validDate', 'validTime'] as const };
    const exchange = inicisExchange(`POST ${endpoint}`, maskedAccount(order), result, told);
    return accountOutcome({ mid: caller.mid, order }, answer, exchange);
  }

  async closeVirtualAccount(access: ContractAccess, reference: ApprovalReference): Promise<CancelOutcome> {
    const form = releaseForm(this.api.caller(access), tidOf(reference.acquirerTransactionId));
    const call = await this.refund(access, form);
    const { answer, exchange } = refundAnswer(call);
    return releaseOutcome(answer, exchange);
  }

  async refundDeposit(
    access: ContractAccess,
    order: CancelOrder,
    account: RefundAccount,
  ): Promise<CancelOutcome> {
    const caller = this.api.caller(access);
    const to = refundTo(caller, account);
    if (to === null) return notAllowed('POST /api/v1/refund', 'BANK_NOT_SERVED');
    const form = refundForm(caller, order, tidOf(order.reference.acquirerTransactionId), to);
    return this.refunded(order, await this.refund(access, form));
  }

  async issueCashReceipt(access: ContractAccess, order: CashReceiptOrder): Promise<CashReceiptOutcome> {
    const caller = this.api.caller(access);
    const endpoint = '/api/v1/receipt';
    const result = await this.api.post(access, endpoint, receiptForm(caller, order));
    const answer = readAnswer(result, inicisReceiptSchema, '00');
    const told = { answer, shown: ['tid', 'authNo', 'authDate', 'authTime'] as const };
    const exchange = inicisExchange(`POST ${endpoint}`, maskedReceipt(order), result, told);
    return receiptOutcome(caller.mid, answer, exchange);
  }

  /** KG Inicis takes no amount: a cancel of a part would take back the whole, so it is refused and not asked. */
  async cancelCashReceipt(
    access: ContractAccess,
    receiptId: string,
    { amount, original }: Pick<CashReceiptCancelOrder, 'amount' | 'original'>,
  ): Promise<CashReceiptOutcome> {
    if (amount !== original.amount)
      return { kind: 'REFUSED', exchange: notAsked('POST /api/v1/refund', 'PARTIAL_CANCEL_NOT_OFFERED') };
    const call = await this.refund(access, receiptCancelForm(this.api.caller(access), receiptId));
    const { answer, exchange } = refundAnswer(call);
    return receiptCancelOutcome(receiptId, answer, exchange);
  }

  /** A cash receipt bears no number of ours at KG Inicis. */
  async inquireCashReceipt(): Promise<CashReceiptInquiry> {
    return { kind: 'UNSUPPORTED' };
  }

  private async refund(access: ContractAccess, form: Form): Promise<RefundCall> {
    const endpoint = '/api/v1/refund';
    return { endpoint, form, result: await this.api.post(access, endpoint, form) };
  }

  private refunded(order: CancelOrder, call: RefundCall): CancelOutcome {
    const { answer, exchange } = refundAnswer(call);
    return cancelOutcome(order, answer, exchange);
  }
}

interface RefundCall {
  readonly endpoint: string;
  readonly form: Form;
  readonly result: OutboundResult;
}

function refundAnswer({ endpoint, form, result }: RefundCall) {
  const answer = readAnswer(result, inicisRefundSchema, '00');
  const asked = { type: form.type, paymethod: form.paymethod, ...maskedRefund(form) };
  const exchange = inicisExchange(`POST ${endpoint}`, asked, result, { answer, shown: REFUND_SHOWN });
  return { answer, exchange };
}

function tidOf(acquirerTransactionId: string | null): string {
  if (acquirerTransactionId === null) throw new AcquirerSetupError('inicis', 'a refund needs the tid');
  return acquirerTransactionId;
}

/** What KG Inicis cannot do; it was not asked. */
function notAllowed(endpoint: string, code: string): CancelOutcome {
  return { kind: 'REFUSED', reason: 'NOT_ALLOWED', retryLater: false, exchange: notAsked(endpoint, code) };
}
