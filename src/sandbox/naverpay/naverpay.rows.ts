import type { BookCancel } from '../core/card-book.types';
import type { NaverpayPayment } from './naverpay.book';
import { cardCorpCode, shownNumber } from './naverpay.cards';
import { compactTime } from './naverpay.time';

/** One row of the history; an approval's row is also the `detail` of its answer. */
export interface HistoryRow {
  readonly atMs: number;
  readonly isCancel: boolean;
  readonly members: Readonly<Record<string, unknown>>;
}

interface Movement {
  readonly atMs: number;
  readonly payHistId: string;
  readonly typeCode: '01' | '03' | '04';
  readonly state: 'SUCCESS' | 'FAIL';
  readonly amount: number;
  readonly taxExScopeAmount: number;
  readonly cardAuthNo: string;
}

/** Every try to approve and every cancel of a payment, in their order; none while nobody has tried to approve it. */
export function rowsOf(mid: string, payment: NaverpayPayment): HistoryRow[] {
  const { approval, failure, cancels } = payment;
  const rows: HistoryRow[] = [];
  if (approval) rows.push(approvalRow(mid, payment));
  else if (failure) rows.push(row(mid, payment, admission(payment, 'FAIL', failure.atMs, '')));
  return [...rows, ...cancels.map((cancel) => row(mid, payment, cancelled(payment, cancel)))];
}

export function approvalRow(mid: string, payment: NaverpayPayment): HistoryRow {
  const { atMs, approvalNo } = payment.approval ?? { atMs: 0, approvalNo: '' };
  return row(mid, payment, admission(payment, 'SUCCESS', atMs, approvalNo));
}

/** The form of an approval's `payHistId` is not documented: here the payment's own with other letters. */
function admission(
  { order }: NaverpayPayment,
  state: 'SUCCESS' | 'FAIL',
  atMs: number,
  cardAuthNo: string,
): Movement {
  const payHistId = order.transactionId.replace('NP', 'NH');
  const { amount, taxFreeAmount: taxExScopeAmount } = order;
  return { atMs, payHistId, typeCode: '01', state, amount, taxExScopeAmount, cardAuthNo };
}

function cancelled({ order }: NaverpayPayment, cancel: BookCancel): Movement {
  const { atMs, movementId: payHistId, amount, taxFreeAmount: taxExScopeAmount } = cancel;
  const typeCode = amount === order.amount ? '03' : '04';
  return { atMs, payHistId, typeCode, state: 'SUCCESS', amount, taxExScopeAmount, cardAuthNo: '' };
}

function row(mid: string, { order }: NaverpayPayment, movement: Movement): HistoryRow {
  const { card, extra } = order;
  const { atMs, amount, taxExScopeAmount } = movement;
  const members = {
    paymentId: order.transactionId,
    payHistId: movement.payHistId,
    merchantId: mid,
    merchantName: 'Sandbox shop',
    merchantPayKey: order.acquirerOrderNo,
    merchantUserKey: extra.merchantUserKey,
    productName: extra.productName,
    admissionTypeCode: movement.typeCode,
    admissionState: movement.state,
    admissionYmdt: compactTime(atMs),
    tradeConfirmYmdt: '',
    totalPayAmount: amount,
    primaryPayAmount: amount,
    npointPayAmount: 0,
    giftCardAmount: 0,
    taxScopeAmount: amount - taxExScopeAmount,
    taxExScopeAmount,
    primaryPayMeans: card ? 'CARD' : '',
    cardCorpCode: card ? cardCorpCode(card) : '',
    cardNo: card ? shownNumber(card) : '',
    cardAuthNo: movement.cardAuthNo,
    cardInstCount: order.installmentMonths,
    usedCardPoint: false,
    bankCorpCode: '',
    bankAccountNo: '',
    settleExpected: false,
    settleExpectAmount: 0,
    payCommissionAmount: 0,
    extraDeduction: false,
    useCfmYmdt: '',
  };
  return { atMs, isCancel: movement.typeCode !== '01', members };
}
