import type { RefundAccount, VirtualAccountOrder, VirtualAccountOutcome } from '../port/ability.types';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type {
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
  ContractAccess,
  Exchange,
} from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import type { NicepayClient } from './nicepay.client';
import { LEGACY_ACCOUNT_ISSUED, NICEPAY_ACCOUNT_REFUSALS } from './nicepay.codes';
import { merchantKeyOf, midOf } from './nicepay.config';
import { sign } from './nicepay.crypto';
import {
  type LegacyAnswer,
  legacyExchange,
  readLegacyAnswer,
  taxParts,
  UTF8_JSON,
} from './nicepay.legacy.answers';
import { type AccountForm, accountSchema } from './nicepay.legacy.wire';
import { fitBytes } from './nicepay.text';
import { legacyTime, readLegacyTime } from './nicepay.time';

const PATH = '/webapi/get_vacount.jsp';
const GOODS_NAME_BYTES = 40;
const BUYER_NAME_BYTES = 30;
const CLOSE_REASON = '입금 전 취소';

/** Virtual accounts of the webapi: the new API issues them only to a payer in its window. */
export class NicepayVirtualAccounts {
  constructor(private readonly client: NicepayClient) {}

  async issue(access: ContractAccess, order: VirtualAccountOrder): Promise<VirtualAccountOutcome> {
    const form = accountForm(access, order, this.client.now());
    const result = await this.client.postLegacy(access, PATH, form);
    const answer = readLegacyAnswer(result);
    const exchange = legacyExchange(`POST ${PATH}`, maskedAccount(form), result, answer);
    return accountOutcome(form, answer, exchange);
  }

  /** Without an account to refund to, so that a deposit that came meanwhile cannot be sent anywhere. */
  close(access: ContractAccess, reference: ApprovalReference): Promise<CancelOutcome> {
    return this.client.legacyCancel(access, {
      tid: tidOf(reference),
      cancelNo: reference.acquirerOrderNo,
      amount: reference.amount,
      taxFreeAmount: 0,
      approvedAmount: reference.amount,
      reason: CLOSE_REASON,
    });
  }

  refund(access: ContractAccess, order: CancelOrder, refundTo: RefundAccount): Promise<CancelOutcome> {
    return this.client.legacyCancel(access, {
      tid: tidOf(order.reference),
      cancelNo: order.cancelKey,
      amount: order.cancelAmount,
      taxFreeAmount: order.taxFreeAmount,
      approvedAmount: order.reference.amount,
      reason: order.reason,
      refundTo,
    });
  }
}

/** Throws AcquirerSetupError where no TID is known. */
function tidOf({ acquirerTransactionId: tid }: Pick<ApprovalReference, 'acquirerTransactionId'>): string {
  if (tid === null)
    throw new AcquirerSetupError('nicepay', 'a virtual account is issued and cancelled by its TID');
  return tid;
}

/** Throws AcquirerSetupError where no TID was made up for the order. */
export function accountForm(access: ContractAccess, order: VirtualAccountOrder, now: Date): AccountForm {
  const [MID, Amt, EdiDate] = [midOf(access), String(order.amount), legacyTime(now)];
  const Moid = order.acquirerOrderNo;
  return {
    TID: tidOf(order),
    MID,
    EdiDate,
    Moid,
    Amt,
    GoodsName: fitBytes(order.goodsName, GOODS_NAME_BYTES, 'euc-kr'),
    SignData: sign(MID, Amt, EdiDate, Moid, merchantKeyOf(access)),
    CashReceiptType: '0',
    BankCode: order.bankCode,
    // To the minute: never later than we were told.
    VbankExpDate: legacyTime(order.dueAt).slice(0, 12),
    BuyerName: fitBytes(order.customerName, BUYER_NAME_BYTES, 'euc-kr'),
    ...taxParts(order.amount, order.taxFreeAmount),
    ...UTF8_JSON,
  };
}

/** Neither the customer's name nor the signature. */
function maskedAccount(form: AccountForm): Record<string, unknown> {
  const { TID, MID, Moid, Amt, BankCode, VbankExpDate, TaxFreeAmt } = form;
  return { TID, MID, Moid, Amt, BankCode, VbankExpDate, TaxFreeAmt };
}

export function accountOutcome(
  form: AccountForm,
  answer: LegacyAnswer,
  exchange: Exchange,
): VirtualAccountOutcome {
  if (answer.kind === 'NOT_SENT') return { kind: 'NOT_SENT', exchange };
  if (answer.kind === 'UNREADABLE') return { kind: 'UNKNOWN', exchange };
  const { ResultCode: code } = answer.head;
  if (code !== LEGACY_ACCOUNT_ISSUED)
    return { kind: NICEPAY_ACCOUNT_REFUSALS.has(code) ? 'REFUSED' : 'UNKNOWN', exchange };
  const read = accountSchema.safeParse(answer.body);
  if (!read.success) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  const { TID, Moid, Amt, VbankBankCode, VbankNum, VbankExpDate, VbankExpTime } = read.data;
  const dueAt = readLegacyTime(`${VbankExpDate}${VbankExpTime}`);
  const asAsked =
    TID === form.TID && Moid === form.Moid && Amt === Number(form.Amt) && VbankBankCode === form.BankCode;
  if (!asAsked || dueAt === null) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  return {
    kind: 'ISSUED',
    acquirerTransactionId: TID,
    accountNumber: VbankNum,
    bankCode: VbankBankCode,
    dueAt,
    depositSecret: null,
    exchange,
  };
}
