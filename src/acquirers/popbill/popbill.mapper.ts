import type { OutboundResult } from '../../common/http/outbound-client';
import { koreanDay } from '../../common/time/korean-time';
import type {
  CashReceiptCancelOrder,
  CashReceiptInquiry,
  CashReceiptOrder,
  CashReceiptOutcome,
  CashReceiptReference,
} from '../port/ability.types';
import type { Exchange } from '../port/acquirer.types';
import { exchangeOf, notAsAsked } from '../shared/answers';
import type { PopbillAnswer } from './popbill.answers';
import { isRefusal, POPBILL_NO_SUCH_KEY } from './popbill.codes';
import type { PopbillInfo, PopbillIssued, PopbillIssueRequest, PopbillRevokeRequest } from './popbill.wire';

const ITEM_MAX = 100;
const MEMO_MAX = 100;
/** Issued, filed, and not taken by the tax office: in all three the document stands at Popbill. */
const STANDING: readonly number[] = [300, 304, 305];

/**
 * Popbill knows supply value, VAT and service charge; the tax-free part is told as supply value, and a receipt with
 * nothing else as 비과세.
 */
export function issueRequest(order: CashReceiptOrder, businessNumber: string): PopbillIssueRequest {
  return {
    mgtKey: order.acquirerOrderNo,
    tradeType: '승인거래',
    tradeUsage: order.purpose === 'EXPENSE_PROOF' ? '지출증빙용' : '소득공제용',
    tradeOpt: '일반',
    taxationType: order.supplyAmount === 0 && order.taxFreeAmount > 0 ? '비과세' : '과세',
    ...amounts(order),
    franchiseCorpNum: businessNumber,
    identityNum: order.identifier.expose(),
    itemName: order.goodsName.slice(0, ITEM_MAX),
    orderNumber: order.acquirerOrderNo,
    smssendYN: false,
    memo: '',
    emailSubject: '',
  };
}

export function revokeRequest(order: CashReceiptCancelOrder): PopbillRevokeRequest {
  return {
    mgtKey: order.acquirerOrderNo,
    orgConfirmNum: order.original.approvalNo,
    orgTradeDate: koreanDay(order.original.issuedAt).replaceAll('-', ''),
    smssendYN: false,
    memo: order.reason.slice(0, MEMO_MAX),
    isPartCancel: order.amount < order.original.amount,
    cancelType: 1,
    ...amounts(order),
  };
}

type Amounts = Pick<CashReceiptOrder, 'amount' | 'supplyAmount' | 'vat' | 'taxFreeAmount' | 'serviceCharge'>;

function amounts({ amount, supplyAmount, vat, taxFreeAmount, serviceCharge }: Amounts) {
  return {
    totalAmount: String(amount),
    supplyCost: String(supplyAmount + taxFreeAmount),
    tax: String(vat),
    serviceFee: String(serviceCharge),
  };
}

/** What of an issue may be kept: everything but the customer's number. */
export function maskedIssue({
  identityNum: _identity,
  ...rest
}: PopbillIssueRequest): Record<string, unknown> {
  return rest;
}

export function popbillExchange<Value extends Record<string, unknown>>(
  result: OutboundResult,
  answer: PopbillAnswer<Value>,
  told: { readonly endpoint: string; readonly request: Readonly<Record<string, unknown>> },
): Exchange {
  switch (answer.kind) {
    case 'OK':
      return exchangeOf(result, { ...told, response: answer.value, code: null });
    case 'REFUSED': {
      const { code, message } = answer.error;
      return exchangeOf(result, { ...told, response: { code }, code: String(code), message });
    }
    default:
      return exchangeOf(result, { ...told, response: null, code: answer.reason });
  }
}

/** How an issue or a revoke ended. A used document number may be our own earlier sending: unknown. */
export function issueOutcome(
  kind: 'ISSUED' | 'CANCELLED',
  mgtKey: string,
  answer: PopbillAnswer<PopbillIssued>,
  exchange: Exchange,
): CashReceiptOutcome {
  switch (answer.kind) {
    case 'OK': {
      const { confirmNum, tradeDate, tradeDT } = answer.value;
      const at = popbillTime(tradeDate, tradeDT);
      if (at === null) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      return { kind, receiptId: mgtKey, approvalNo: confirmNum, at, exchange };
    }
    case 'REFUSED':
      return { kind: isRefusal(answer.error.code) ? 'REFUSED' : 'UNKNOWN', exchange };
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
  }
}

export function inquiryOutcome(
  reference: CashReceiptReference,
  answer: PopbillAnswer<PopbillInfo>,
  exchange: Exchange,
): CashReceiptInquiry {
  switch (answer.kind) {
    case 'OK': {
      const { mgtKey, tradeType, stateCode, confirmNum, tradeDate, tradeDT, totalAmount } = answer.value;
      const state = tradeType === '취소거래' ? 'CANCELLED' : 'ISSUED';
      const at = popbillTime(tradeDate, tradeDT ?? undefined);
      const wanted = reference.cancel === undefined ? 'ISSUED' : 'CANCELLED';
      const isOurs = mgtKey === reference.acquirerOrderNo && state === wanted && STANDING.includes(stateCode);
      const amountFits = reference.cancel === undefined || reference.cancel.amount === totalAmount;
      if (!isOurs || !amountFits || at === null || !confirmNum)
        return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      return { kind: 'FOUND', state, receiptId: mgtKey, approvalNo: confirmNum, at, exchange };
    }
    case 'REFUSED':
      return { kind: answer.error.code === POPBILL_NO_SUCH_KEY ? 'NOT_FOUND' : 'UNKNOWN', exchange };
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
  }
}

/** Popbill's Korean day, or day and time, as an instant. The day must stay that day: a cancel refers to it. */
function popbillTime(day: string, second: string | undefined): Date | null {
  const from = second !== undefined && second.startsWith(day) ? second : `${day}000000`;
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(from) ?? [];
  const at = new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}+09:00`);
  return Number.isNaN(at.getTime()) ? null : at;
}
