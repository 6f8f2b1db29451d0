import type {
  AccountHolderOutcome,
  RefundAccount,
  VirtualAccountOrder,
  VirtualAccountOutcome,
} from '../port/ability.types';
import type {
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
  ContractAccess,
  Exchange,
} from '../port/acquirer.types';
import type { Secret } from '../../common/masking/secret';
import { notAsAsked, notAsked } from '../shared/answers';
import { isUnauthorized, type PortoneAnswer } from './portone.answers';
import type { PortoneClient } from './portone.client';
import { leadingCode, PORTONE_ACCOUNT_REFUSALS } from './portone.codes';
import { portoneChannelKey, portonePg } from './portone.config';
import {
  buyerName,
  cancelOutcome,
  cancelRequest,
  cutName,
  fromUnix,
  isOurOrder,
  refusalOf,
} from './portone.mapper';
import { IMP_UID, portoneHolderSchema, type PortonePayment, type PortoneVbankRequest } from './portone.wire';

const ISSUE = '/vbanks';
const CANCEL = '/payments/cancel';
const CLOSE = 'DELETE /vbanks/{imp_uid}';
const HOLDER = '/vbanks/holder';

/** Virtual accounts, their refunds, and whose account one is. */
export class PortoneVirtualAccounts {
  constructor(private readonly client: PortoneClient) {}

  async issue(access: ContractAccess, order: VirtualAccountOrder): Promise<VirtualAccountOutcome> {
    const channelKey = portoneChannelKey(access);
    if (channelKey === null)
      return { kind: 'REFUSED', exchange: notAsked(`POST ${ISSUE}`, 'CHANNEL_KEY_MISSING') };
    const body = accountRequest(order, channelKey, portonePg(access));
    const { merchant_uid, amount, vbank_code, vbank_due } = body;
    const request = { merchant_uid, amount, vbank_code, vbank_due };
    const { answer, exchange } = await this.client.postPayment(access, ISSUE, body, request);
    return accountOutcome(order, answer, exchange);
  }

  /** By PortOne's id only: an order number may have several accounts that wait. */
  async close(access: ContractAccess, reference: ApprovalReference): Promise<CancelOutcome> {
    const { acquirerTransactionId: id } = reference;
    if (id === null || !IMP_UID.test(id))
      return { kind: 'NOT_SENT', exchange: notAsked(CLOSE, 'IMP_UID_MISSING') };
    const { answer, exchange } = await this.client.closeAccount(access, id);
    return closeOutcome(id, answer, exchange);
  }

  async refund(access: ContractAccess, order: CancelOrder, to: RefundAccount): Promise<CancelOutcome> {
    const kept = cancelRequest(order);
    const body = {
      ...kept,
      refund_holder: to.holderName,
      refund_bank: providersBank(to.bankCode, portonePg(access)),
      refund_account: to.accountNumber.expose(),
    };
    const { answer, exchange } = await this.client.postPayment(access, CANCEL, body, { ...kept });
    return cancelOutcome(order, answer, exchange);
  }

  async holder(
    access: ContractAccess,
    account: { readonly bankCode: string; readonly accountNumber: Secret<string> },
  ): Promise<AccountHolderOutcome> {
    const { bankCode: bank_code } = account;
    const query = new URLSearchParams({ bank_code, bank_num: account.accountNumber.expose() });
    const { answer, exchange } = await this.client.call(access, {
      method: 'GET',
      path: `${HOLDER}?${query.toString()}`,
      endpoint: `GET ${HOLDER}`,
      request: { bank_code },
      schema: portoneHolderSchema,
      masked: () => ({}),
    });
    if (answer.kind === 'OK') return { kind: 'FOUND', holderName: answer.value.bank_holder, exchange };
    if (answer.kind === 'NOT_SENT') return { kind: 'NOT_SENT', exchange };
    const isNotThere = answer.kind === 'REFUSED' && answer.status === 404;
    return { kind: isNotThere ? 'NOT_FOUND' : 'UNKNOWN', exchange };
  }
}

/** Providers have forms of their own of a bank's three digits ("은행 코드"): Inicis the last two, KCP `BK` before them. */
export function providersBank(bankCode: string, pg: string): string {
  const provider = pg.split('.')[0] ?? '';
  if (/inicis/.test(provider)) return bankCode.slice(-2);
  return provider.startsWith('kcp') ? `BK${bankCode.slice(-2)}` : bankCode;
}

/** A shop whose goods are all taxed may not name a tax-free amount at NICEPAY, so it is left out where it is nothing. */
export function accountRequest(
  order: VirtualAccountOrder,
  channelKey: string,
  pg: string,
): PortoneVbankRequest {
  return {
    channel_key: channelKey,
    merchant_uid: order.acquirerOrderNo,
    amount: order.amount,
    ...(order.taxFreeAmount === 0 ? {} : { tax_free: order.taxFreeAmount }),
    vbank_code: providersBank(order.bankCode, pg),
    vbank_due: Math.floor(order.dueAt.getTime() / 1_000),
    vbank_holder: buyerName(order.customerName),
    buyer_name: buyerName(order.customerName),
    name: cutName(order.goodsName),
  };
}

function accountOutcome(
  order: VirtualAccountOrder,
  answer: PortoneAnswer<PortonePayment>,
  exchange: Exchange,
): VirtualAccountOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'REFUSED': {
      const code = leadingCode(answer.message) ?? '';
      const isRefused = isUnauthorized(answer) || PORTONE_ACCOUNT_REFUSALS.has(code);
      return { kind: isRefused ? 'REFUSED' : 'UNKNOWN', exchange };
    }
    case 'OK': {
      const payment = answer.value;
      const { vbank_num: accountNumber } = payment;
      if (!isWaiting(payment, order) || !accountNumber)
        return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      return {
        kind: 'ISSUED',
        acquirerTransactionId: payment.imp_uid,
        accountNumber,
        bankCode: order.bankCode,
        dueAt: fromUnix(payment.vbank_date),
        depositSecret: null,
        exchange,
      };
    }
  }
}

/** Answers name the bank by the common three digits, or by the two of them that the provider knows. */
function isWaiting(payment: PortonePayment, order: VirtualAccountOrder): boolean {
  const { status, pay_method, currency, vbank_code, vbank_date } = payment;
  return (
    status === 'ready' &&
    pay_method === 'vbank' &&
    currency === 'KRW' &&
    isOurOrder(payment, order) &&
    payment.amount === order.amount &&
    vbank_code?.replace(/\D/g, '').padStart(3, '0') === order.bankCode &&
    vbank_date !== 0
  );
}

/** Closed, and never paid into: a deposit that came first leaves the payment paid, and must not pass as closed. */
function closeOutcome(id: string, answer: PortoneAnswer<PortonePayment>, exchange: Exchange): CancelOutcome {
  if (answer.kind === 'NOT_SENT') return { kind: 'NOT_SENT', exchange };
  if (answer.kind === 'UNREADABLE') return { kind: 'UNKNOWN', exchange };
  if (answer.kind === 'REFUSED') {
    const refusal = refusalOf(answer) ?? CLOSE_REFUSALS[answer.status];
    return refusal === undefined ? { kind: 'UNKNOWN', exchange } : { kind: 'REFUSED', ...refusal, exchange };
  }
  const { imp_uid, status, paid_at, cancelled_at } = answer.value;
  if (imp_uid !== id || status !== 'cancelled' || paid_at !== 0 || cancelled_at === 0)
    return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  return { kind: 'CANCELLED', acquirerCancelId: null, cancelledAt: fromUnix(cancelled_at), exchange };
}

/** Documented HTTP statuses of a closing: no account that waits, or no such payment. */
const CLOSE_REFUSALS: Readonly<
  Record<number, { readonly reason: 'NOT_ALLOWED' | 'NOT_FOUND'; readonly retryLater: false }>
> = {
  400: { reason: 'NOT_ALLOWED', retryLater: false },
  404: { reason: 'NOT_FOUND', retryLater: false },
};
