import type {
  CashReceiptInquiry,
  CashReceiptOrder,
  CashReceiptOutcome,
  CashReceiptReference,
} from '../port/ability.types';
import type { ContractAccess } from '../port/acquirer.types';
import type { NicepayClient } from './nicepay.client';
import { NICEPAY_RECEIPT_DOUBTS } from './nicepay.codes';
import { secretKeyOf } from './nicepay.config';
import { sign } from './nicepay.crypto';
import {
  isStillIssued,
  readReceiptAnswer,
  type ReceiptAmounts,
  receiptCancelOutcome,
  receiptCancelRequest,
  receiptExchange,
  receiptOutcome,
  receiptRequest,
} from './nicepay.receipts.mapper';
import { newApiTime } from './nicepay.time';

export type ReceiptReference = Pick<CashReceiptReference, 'acquirerOrderNo' | 'cancel'>;

/** Cash receipts of the new API (manual, "현금영수증"). The tax office hears of them within two days. */
export class NicepayReceipts {
  constructor(private readonly client: NicepayClient) {}

  async issue(access: ContractAccess, order: CashReceiptOrder): Promise<CashReceiptOutcome> {
    const request = receiptRequest(access, order, this.client.now());
    const result = await this.client.post(access, '/v1/receipt', request);
    const answer = readReceiptAnswer(result);
    const { orderId, amount, receiptType, supplyAmt, goodsVat, taxFreeAmt, serviceAmt } = request;
    const masked = { orderId, amount, receiptType, supplyAmt, goodsVat, taxFreeAmt, serviceAmt };
    return receiptOutcome(access, order, answer, receiptExchange('POST /v1/receipt', masked, result, answer));
  }

  /** Where the refusal may mean that the cancel was done before, the receipt itself is looked at. */
  async cancel(
    access: ContractAccess,
    receiptId: string,
    order: ReceiptAmounts,
  ): Promise<CashReceiptOutcome> {
    const startedMs = this.client.clock.monotonicMs();
    const request = receiptCancelRequest(access, receiptId, order, this.client.now());
    const path = `/v1/receipt/${encodeURIComponent(receiptId)}/cancel`;
    const result = await this.client.post(access, path, request);
    const answer = readReceiptAnswer(result);
    if (answer.kind === 'REFUSED' && NICEPAY_RECEIPT_DOUBTS.has(answer.result.resultCode))
      return this.lookAt(withinRestOf(access, this.client.clock.monotonicMs() - startedMs), receiptId, order);
    const { orderId, cancelAmt, supplyAmt, goodsVat, taxFreeAmt, serviceAmt } = request;
    const masked = { tid: receiptId, orderId, cancelAmt, supplyAmt, goodsVat, taxFreeAmt, serviceAmt };
    const exchange = receiptExchange('POST /v1/receipt/{tid}/cancel', masked, result, answer);
    const isAsked = (receipt: { orderId: string }) => receipt.orderId === order.acquirerOrderNo;
    return receiptCancelOutcome(access, { receiptId, amount: order.amount, isAsked }, answer, exchange);
  }

  /**
   * A receipt is found by its TID only, which an answer that was lost took with it. Of a cancel the receipt tells, while
   * it is the last one: by our number that it was done, and that nothing was done where nothing was ever cancelled.
   */
  async inquire(
    access: ContractAccess,
    { acquirerOrderNo, cancel }: ReceiptReference,
  ): Promise<CashReceiptInquiry> {
    if (cancel === undefined) return { kind: 'UNSUPPORTED' };
    const { receiptId, amount } = cancel;
    const { answer, exchange } = await this.find(access, receiptId);
    if (isStillIssued(access, receiptId, answer)) return { kind: 'NOT_FOUND', exchange };
    if (answer.kind === 'NOT_SENT') return { kind: 'NOT_SENT', exchange };
    if (answer.kind !== 'RECEIPT') return { kind: 'UNKNOWN', exchange };
    const isAsked = isCancel(receiptId, acquirerOrderNo);
    const outcome = receiptCancelOutcome(access, { receiptId, amount, isAsked }, answer, exchange);
    if (outcome.kind !== 'CANCELLED') return { kind: 'UNSUPPORTED', exchange: outcome.exchange };
    return { ...outcome, kind: 'FOUND', state: 'CANCELLED' };
  }

  private async lookAt(
    access: ContractAccess,
    receiptId: string,
    { amount, acquirerOrderNo }: ReceiptAmounts,
  ): Promise<CashReceiptOutcome> {
    const { answer, exchange } = await this.find(access, receiptId);
    if (isStillIssued(access, receiptId, answer)) return { kind: 'REFUSED', exchange };
    // That the cancel was refused is known, but not why: nothing but the receipt's own word counts.
    if (answer.kind !== 'RECEIPT') return { kind: 'UNKNOWN', exchange };
    const isAsked = isCancel(receiptId, acquirerOrderNo);
    return receiptCancelOutcome(access, { receiptId, amount, isAsked }, answer, exchange);
  }

  private async find(access: ContractAccess, receiptId: string) {
    const ediDate = newApiTime(this.client.now());
    const signData = sign(receiptId, ediDate, secretKeyOf(access));
    const query = new URLSearchParams({ ediDate, signData });
    const path = `/v1/receipt/${encodeURIComponent(receiptId)}?${query.toString()}`;
    const result = await this.client.get(access, path);
    const answer = readReceiptAnswer(result);
    const exchange = receiptExchange('GET /v1/receipt/{tid}', { tid: receiptId }, result, answer);
    return { answer, exchange };
  }
}

/** Two cancels of a part may have the same amount: only the number tells which one it was. */
const isCancel = (receiptId: string, number: string) => (told: { tid: string; orderId: string }) =>
  told.tid === receiptId && told.orderId === number;

function withinRestOf(access: ContractAccess, spentMs: number): ContractAccess {
  return { ...access, answerTimeoutMs: Math.max(1, Math.floor(access.answerTimeoutMs - spentMs)) };
}
