import type {
  CashReceiptCancelOrder,
  CashReceiptInquiry,
  CashReceiptOrder,
  CashReceiptOutcome,
  CashReceiptReference,
} from '../port/ability.types';
import type { ContractAccess, Exchange } from '../port/acquirer.types';
import { notAsAsked, notAsked } from '../shared/answers';
import { isUnauthorized, type PortoneAnswer } from './portone.answers';
import type { Answered, PortoneClient } from './portone.client';
import { portoneChannelKey } from './portone.config';
import { cutName, fromUnix } from './portone.mapper';
import { type PortoneReceipt, portoneReceiptSchema, type PortoneReceiptRequest } from './portone.wire';

const ENDPOINT = '/receipts/external/{merchant_uid}';

export type ReceiptReference = Pick<CashReceiptReference, 'acquirerOrderNo' | 'cancel'>;
type Method = 'GET' | 'POST' | 'DELETE';

/**
 * Cash receipts for money that PortOne has not seen: issued under our order number, which names them ever after. One
 * order number has one receipt, and a cancel takes all of it back.
 */
export class PortoneCashReceipts {
  constructor(private readonly client: PortoneClient) {}

  async issue(access: ContractAccess, order: CashReceiptOrder): Promise<CashReceiptOutcome> {
    const channelKey = portoneChannelKey(access);
    if (channelKey === null)
      return { kind: 'REFUSED', exchange: notAsked(`POST ${ENDPOINT}`, 'CHANNEL_KEY_MISSING') };
    const body = receiptRequest(order, channelKey);
    const { answer, exchange } = await this.ask(access, 'POST', order.acquirerOrderNo, body);
    if (answer.kind !== 'OK') return failed(answer, exchange);
    const { merchant_uid, amount, type, cancelled_at } = answer.value;
    const isOurs = merchant_uid === order.acquirerOrderNo && amount === order.amount && type === body.type;
    if (!isOurs || cancelled_at !== 0) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
    return { kind: 'ISSUED', ...toldBy(answer.value), exchange };
  }

  /** `DELETE` takes back the whole, so a part is refused before anything is asked. */
  async cancel(
    access: ContractAccess,
    receiptId: string,
    { amount, original }: Pick<CashReceiptCancelOrder, 'amount' | 'original'>,
  ): Promise<CashReceiptOutcome> {
    if (amount !== original.amount)
      return { kind: 'REFUSED', exchange: notAsked(`DELETE ${ENDPOINT}`, 'PARTIAL_CANCEL_NOT_OFFERED') };
    const { answer, exchange } = await this.ask(access, 'DELETE', receiptId);
    if (answer.kind !== 'OK') return failed(answer, exchange);
    const receipt = answer.value;
    if (receipt.merchant_uid !== receiptId || receipt.amount !== amount || receipt.cancelled_at === 0)
      return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
    return { kind: 'CANCELLED', ...toldBy(receipt), exchange };
  }

  /** A receipt has one cancel, without a number of its own: it is there where the receipt is cancelled. */
  async inquire(access: ContractAccess, reference: CashReceiptReference): Promise<CashReceiptInquiry> {
    const { cancel } = reference;
    const merchantUid = cancel?.receiptId ?? reference.acquirerOrderNo;
    const { answer, exchange } = await this.ask(access, 'GET', merchantUid);
    if (answer.kind === 'NOT_SENT') return { kind: 'NOT_SENT', exchange };
    const isMissing = answer.kind === 'REFUSED' && answer.status === 404;
    if (isMissing && cancel === undefined) return { kind: 'NOT_FOUND', exchange };
    if (answer.kind !== 'OK') return { kind: 'UNKNOWN', exchange };
    const { merchant_uid, amount, cancelled_at } = answer.value;
    if (merchant_uid !== merchantUid || (cancel !== undefined && cancel.amount !== amount))
      return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
    if (cancelled_at !== 0) return { kind: 'FOUND', state: 'CANCELLED', ...toldBy(answer.value), exchange };
    return cancel === undefined
      ? { kind: 'FOUND', state: 'ISSUED', ...toldBy(answer.value), exchange }
      : { kind: 'NOT_FOUND', exchange };
  }

  private ask(
    access: ContractAccess,
    method: Method,
    merchantUid: string,
    body?: PortoneReceiptRequest,
  ): Promise<Answered<PortoneReceipt>> {
    return this.client.call(access, {
      method,
      path: `/receipts/external/${encodeURIComponent(merchantUid)}`,
      endpoint: `${method} ${ENDPOINT}`,
      body,
      request: { merchant_uid: merchantUid, ...(body === undefined ? {} : maskedReceipt(body)) },
      schema: portoneReceiptSchema,
      masked: ({ merchant_uid, amount, vat, applied_at, cancelled_at }) => ({
        merchant_uid,
        amount,
        vat,
        applied_at,
        cancelled_at,
      }),
    });
  }
}

/**
 * A service charge has no field of its own at PortOne. It bears no VAT, so it goes with what is tax-free: then the VAT
 * that PortOne works out is ours.
 */
export function receiptRequest(order: CashReceiptOrder, channelKey: string): PortoneReceiptRequest {
  const identifier = order.identifier.expose().replaceAll('-', '');
  return {
    channel_key: channelKey,
    name: cutName(order.goodsName),
    amount: order.amount,
    identifier,
    identifier_type: identifierType(identifier),
    type: order.purpose === 'INCOME_DEDUCTION' ? 'person' : 'company',
    tax_free: order.taxFreeAmount + order.serviceCharge,
  };
}

/** Phone numbers begin with 01, business numbers never do (their first three digits are 101 or more). */
function identifierType(identifier: string): PortoneReceiptRequest['identifier_type'] {
  if (/^01\d{8,9}$/.test(identifier)) return 'phone';
  return identifier.length === 10 ? 'business' : 'taxcard';
}

function maskedReceipt({ amount, tax_free, type, identifier_type }: PortoneReceiptRequest) {
  return { amount, tax_free, type, identifier_type };
}

/** Its order number names a receipt in every later call. A cancel has no number of its own from the tax office. */
function toldBy({ merchant_uid, apply_num, applied_at, cancelled_at }: PortoneReceipt) {
  return { receiptId: merchant_uid, approvalNo: apply_num, at: fromUnix(cancelled_at || applied_at) };
}

/** Only an unaccepted token and an unknown receipt say that nothing was done: PortOne's 400 covers a used number too. */
function failed(
  answer: Exclude<PortoneAnswer<PortoneReceipt>, { kind: 'OK' }>,
  exchange: Exchange,
): CashReceiptOutcome {
  if (answer.kind === 'NOT_SENT') return { kind: 'NOT_SENT', exchange };
  const isRefused = answer.kind === 'REFUSED' && (isUnauthorized(answer) || answer.status === 404);
  return { kind: isRefused ? 'REFUSED' : 'UNKNOWN', exchange };
}
