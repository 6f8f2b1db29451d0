import type { CashReceiptOrder, CashReceiptOutcome } from '../port/ability.types';
import type { Exchange } from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { type InicisAnswer, timeOf } from './inicis.answers';
import { inicisRefusal, isReceiptRefused } from './inicis.codes';
import { sealField } from './inicis.crypto';
import { tidOf } from './inicis.mapper';
import { type Caller, type Form, goodsName, NO_BUYER_NAME, signedForm } from './inicis.requests';
import type { InicisReceipt, InicisRefund } from './inicis.wire';

const PURPOSES = { INCOME_DEDUCTION: '0', EXPENSE_PROOF: '1' } as const;

/** `POST /api/v1/receipt`, Issue. Its total is supply, VAT and service charge: what bears no VAT is of the supply. */
export function receiptForm(caller: Caller, order: CashReceiptOrder): Form {
  const won = amounts(order);
  const regNum = sealField(caller, order.identifier.expose());
  const hashed = [won.crPrice, won.supPrice, won.srcvPrice, regNum];
  return signedForm(
    caller,
    { type: 'Issue', paymethod: 'Receipt', hashed },
    {
      goodName: goodsName(order.goodsName),
      currency: 'WON',
      buyerName: NO_BUYER_NAME,
      buyerEmail: '',
      buyerTel: '',
      ...won,
      regNum,
      useOpt: PURPOSES[order.purpose],
    },
  );
}

/** What of a cash receipt may be kept: not whose it is. */
export function maskedReceipt(order: CashReceiptOrder): Record<string, unknown> {
  return { ...amounts(order), useOpt: PURPOSES[order.purpose] };
}

function amounts({ amount, vat, serviceCharge }: CashReceiptOrder) {
  return {
    crPrice: String(amount),
    supPrice: String(amount - vat - serviceCharge),
    tax: String(vat),
    srcvPrice: String(serviceCharge),
  };
}

export function receiptOutcome(
  mid: string,
  answer: InicisAnswer<InicisReceipt>,
  exchange: Exchange,
): CashReceiptOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'FAILURE':
      return { kind: isReceiptRefused(answer.code) ? 'REFUSED' : 'UNKNOWN', exchange };
    case 'SUCCESS': {
      const { tid, authNo: approvalNo, authDate, authTime } = answer.body;
      const receiptId = tidOf(tid);
      const at = timeOf(authDate, authTime);
      if (receiptId === null || !tid.includes(mid) || at === null || !isNumber(approvalNo))
        return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      return { kind: 'ISSUED', receiptId, approvalNo, at, exchange };
    }
  }
}

/** Refund by Receipt: all of it. */
export function receiptCancelForm(caller: Caller, tid: string): Form {
  return signedForm(
    caller,
    { type: 'Refund', paymethod: 'Receipt', hashed: [tid] },
    { tid, msg: '현금영수증 취소' },
  );
}

export function receiptCancelOutcome(
  receiptId: string,
  answer: InicisAnswer<InicisRefund>,
  exchange: Exchange,
): CashReceiptOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'FAILURE':
      return { kind: isRefused(answer.code) ? 'REFUSED' : 'UNKNOWN', exchange };
    case 'SUCCESS': {
      const { cshrCancelNum: approvalNo, cancelDate, cancelTime } = answer.body;
      const at = timeOf(cancelDate, cancelTime);
      if (at === null || !isNumber(approvalNo)) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      return { kind: 'CANCELLED', receiptId, approvalNo, at, exchange };
    }
  }
}

/** "Cancelled already" is no refusal of a receipt: it is cancelled, under a number that nobody told. */
function isRefused(code: string): boolean {
  const refusal = inicisRefusal(code);
  return refusal !== undefined && refusal.reason !== 'ALREADY_CANCELLED';
}

/** A number of the tax office: nine digits as a rule. */
function isNumber(text: string): boolean {
  return /^\w{1,20}$/.test(text);
}
