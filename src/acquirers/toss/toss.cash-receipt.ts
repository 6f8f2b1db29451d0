import { addDays, koreanDay } from '../../common/time/korean-time';
import type {
  CashReceiptInquiry,
  CashReceiptOrder,
  CashReceiptOutcome,
  CashReceiptReference,
} from '../port/ability.types';
import type { ContractAccess, Exchange } from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { readAs, type TossReading, tossRecord } from './toss.answers';
import type { TossClient } from './toss.client';
import { TOSS_RECEIPT_CANCEL_REFUSALS, TOSS_RECEIPT_REFUSALS } from './toss.codes';
import { ORDER_NAME_MAX } from './toss.mapper';
import {
  type TossCashReceipt,
  type TossCashReceiptRequest,
  tossCashReceiptSchema,
  type TossCashReceiptPage,
  tossCashReceiptPageSchema,
} from './toss.wire';

const ISSUE = '/v1/cash-receipts';
/** A page of so many stays far below the longest answer that is read. */
const PAGE_SIZE = 200;
/** More of one contract on two days is not looked through; the look-up then does not know. */
const PAGES_MAX = 500;

type CancelOrder = Pick<CashReceiptOrder, 'acquirerOrderNo' | 'amount'>;

/** TossPayments' cash receipts: issued and cancelled under our numbers as keys, looked up in the lists of a day. */
export class TossCashReceipts {
  constructor(private readonly client: TossClient) {}

  /** TossPayments takes any number of receipts of one order: only its key keeps a repeat from being a second one. */
  async issue(access: ContractAccess, order: CashReceiptOrder): Promise<CashReceiptOutcome> {
    const request = receiptRequest(order);
    const result = await this.client.post(access, ISSUE, request, order.acquirerOrderNo);
    const answer = readAs(result, tossCashReceiptSchema, 'BODY_NOT_A_RECEIPT');
    const { customerIdentityNumber: _identity, orderName: _name, ...kept } = request;
    const told = { endpoint: `POST ${ISSUE}`, request: kept, response: keptOf(answer) };
    const asked = { kind: 'ISSUED', orderId: order.acquirerOrderNo, amount: order.amount } as const;
    return receiptOutcome(asked, answer, tossRecord(told, result, answer));
  }

  async cancel(access: ContractAccess, receiptId: string, order: CancelOrder): Promise<CashReceiptOutcome> {
    const path = `${ISSUE}/${encodeURIComponent(receiptId)}/cancel`;
    const request = { amount: order.amount };
    const result = await this.client.post(access, path, request, order.acquirerOrderNo);
    const answer = readAs(result, tossCashReceiptSchema, 'BODY_NOT_A_RECEIPT');
    const endpoint = `POST ${ISSUE}/{receiptKey}/cancel`;
    const told = { endpoint, request: { receiptKey: receiptId, ...request }, response: keptOf(answer) };
    const asked = { kind: 'CANCELLED', orderId: null, amount: order.amount } as const;
    return receiptOutcome(asked, answer, tossRecord(told, result, answer));
  }

  /**
   * Looks through the receipts of the day on which it was asked for and of the next, since the request may have been
   * taken after midnight. A cancel has no number of ours there: it is the record of the receipt's order that is none of
   * the cancels known already.
   */
  async inquire(
    access: ContractAccess,
    { acquirerOrderNo, requestedAt, cancel }: CashReceiptReference,
  ): Promise<CashReceiptInquiry> {
    const orderNo = cancel?.originalOrderNo ?? acquirerOrderNo;
    const day = koreanDay(requestedAt);
    const found: TossCashReceipt[] = [];
    let last: Exchange | undefined;
    for (const requestDate of [day, addDays(day, 1)]) {
      let cursor: string | null = null;
      let pages = 0;
      do {
        const page = await this.page(access, requestDate, cursor);
        if (page.answer.kind === 'NOT_SENT') return { kind: 'NOT_SENT', exchange: page.exchange };
        if (page.answer.kind !== 'VALUE' || pages === PAGES_MAX)
          return { kind: 'UNKNOWN', exchange: page.exchange };
        const { data, hasNext, lastCursor } = page.answer.value;
        found.push(...data.filter(({ orderId }) => orderId === orderNo));
        last = page.exchange;
        pages += 1;
        cursor = hasNext ? String(lastCursor) : null;
      } while (cursor !== null);
    }
    if (cancel !== undefined) return foundCancelOutcome(found, cancel, last!);
    return found.length > 0 ? foundOutcome(found, last!) : { kind: 'NOT_FOUND', exchange: last! };
  }

  private async page(access: ContractAccess, requestDate: string, cursor: string | null) {
    const query = new URLSearchParams({ requestDate, limit: String(PAGE_SIZE) });
    if (cursor !== null) query.set('cursor', cursor);
    const result = await this.client.get(access, `${ISSUE}?${query.toString()}`);
    const answer: TossReading<TossCashReceiptPage> = readAs(
      result,
      tossCashReceiptPageSchema,
      'BODY_NO_LIST_OF_RECEIPTS',
    );
    const response = answer.kind === 'VALUE' ? { receipts: answer.value.data.length } : null;
    const told = { endpoint: `GET ${ISSUE}`, request: { requestDate, cursor }, response };
    return { answer, exchange: tossRecord(told, result, answer) };
  }
}

/**
 * A service charge has no field of its own at TossPayments. It bears no VAT, so it goes with what is tax-free: then the
 * VAT that TossPayments works out is ours.
 */
export function receiptRequest(order: CashReceiptOrder): TossCashReceiptRequest {
  return {
    amount: order.amount,
    orderId: order.acquirerOrderNo,
    orderName: order.goodsName.slice(0, ORDER_NAME_MAX),
    customerIdentityNumber: order.identifier.expose(),
    type: order.purpose === 'INCOME_DEDUCTION' ? '소득공제' : '지출증빙',
    taxFreeAmount: order.taxFreeAmount + order.serviceCharge,
  };
}

function keptOf(answer: TossReading<TossCashReceipt>): Record<string, unknown> | null {
  if (answer.kind !== 'VALUE') return null;
  const { receiptKey, orderId, amount, issueNumber, issueStatus, transactionType } = answer.value;
  return { receiptKey, orderId, amount, issueNumber, issueStatus, transactionType };
}

export function receiptOutcome(
  asked: {
    readonly kind: 'ISSUED' | 'CANCELLED';
    /** Null of a cancel: its record bears the number of the order that the receipt was issued for. */
    readonly orderId: string | null;
    readonly amount: number;
  },
  answer: TossReading<TossCashReceipt>,
  exchange: Exchange,
): CashReceiptOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'ERROR': {
      const table = asked.kind === 'ISSUED' ? TOSS_RECEIPT_REFUSALS : TOSS_RECEIPT_CANCEL_REFUSALS;
      return { kind: table.has(answer.error.code) ? 'REFUSED' : 'UNKNOWN', exchange };
    }
    case 'VALUE': {
      const receipt = answer.value;
      if (!isAsAsked(receipt, asked)) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      // The tax office's own refusal, told at once.
      if (receipt.issueStatus === 'FAILED') return { kind: 'REFUSED', exchange };
      return { kind: asked.kind, ...toldBy(receipt), exchange };
    }
  }
}

function isAsAsked(receipt: TossCashReceipt, asked: Parameters<typeof receiptOutcome>[0]): boolean {
  const type = asked.kind === 'ISSUED' ? 'CONFIRM' : 'CANCEL';
  return (
    receipt.transactionType === type &&
    receipt.amount === asked.amount &&
    (asked.orderId === null || receipt.orderId === asked.orderId)
  );
}

function toldBy({ receiptKey, issueNumber, requestedAt }: TossCashReceipt) {
  return { receiptId: receiptKey, approvalNo: issueNumber, at: new Date(requestedAt) };
}

/** Of the cancels of one receipt, whether the one that is asked about is there: they are made one after the other. */
export function foundCancelOutcome(
  records: readonly TossCashReceipt[],
  { amount, knownCancelIds }: NonNullable<CashReceiptReference['cancel']>,
  exchange: Exchange,
): CashReceiptInquiry {
  const unknown = records.filter(
    ({ transactionType, issueStatus, receiptKey }) =>
      transactionType === 'CANCEL' && issueStatus !== 'FAILED' && !knownCancelIds.includes(receiptKey),
  );
  const [cancel] = unknown;
  if (cancel === undefined) return { kind: 'NOT_FOUND', exchange };
  if (unknown.length > 1 || cancel.amount !== amount)
    return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  return { kind: 'FOUND', state: 'CANCELLED', ...toldBy(cancel), exchange };
}

/** Of all records of one order number. Those that the tax office refused do not count. */
export function foundOutcome(records: readonly TossCashReceipt[], exchange: Exchange): CashReceiptInquiry {
  const filed = records.filter(({ issueStatus }) => issueStatus !== 'FAILED');
  if (filed.length === 0) return { kind: 'NOT_FOUND', exchange };
  const issues = filed.filter(({ transactionType }) => transactionType === 'CONFIRM');
  const cancels = filed.filter(({ transactionType }) => transactionType === 'CANCEL');
  const [issue] = issues;
  // Two receipts of one order, or a cancel alone: how much is left is not known, so nothing is said.
  if (issue === undefined || issues.length > 1) return { kind: 'UNKNOWN', exchange };
  const cancelled = cancels.reduce((sum, { amount }) => sum + amount, 0);
  const lastCancel = cancels.at(-1);
  if (lastCancel === undefined || cancelled < issue.amount)
    return { kind: 'FOUND', state: 'ISSUED', ...toldBy(issue), exchange };
  return { kind: 'FOUND', state: 'CANCELLED', ...toldBy(lastCancel), exchange };
}
