import type { CancelOutcome, Exchange } from '../port/acquirer.types';
import type { ConfirmOrder, ConfirmOutcome, WindowOrder, WindowPayment } from '../port/window.types';
import { notAsAsked } from '../shared/answers';
import { type InicisAnswer, timeOf, wonOf } from './inicis.answers';
import { inicisCard, inicisRefusal } from './inicis.codes';
import { authSignature, stdpayKeyHash, stdpaySignatures } from './inicis.crypto';
import { failedApproval, tidOf } from './inicis.mapper';
import { buyerName, type Form, goodsName, taxOf } from './inicis.requests';
import type { InicisWindowAnswer } from './inicis.wire';

/** What the window lets the payer choose from. */
const SHOWN = 'Card:DirectBank';
const SHOWN_FOR: Readonly<Partial<Record<NonNullable<WindowOrder['method']>, string>>> = {
  CARD: 'Card',
  BANK_TRANSFER: 'DirectBank',
};

/**
 * The form that the shop's page hands to INIStdPay.js, beside the address of that script (web standard payment,
 * "결제요청"). Cards and transfers: a virtual account of this window would be an account and no payment. No secret is in
 * it: the sign key only as hashes.
 */
export function windowForm(
  order: WindowOrder,
  { mid, signKey, scriptUrl, at }: { mid: string; signKey: string; scriptUrl: string; at: Date },
): Form {
  const [price, timestamp] = [String(order.amount), String(at.getTime())];
  const signed = [
    ['oid', order.acquirerOrderNo],
    ['price', price],
    ['timestamp', timestamp],
  ] as const;
  const parts = taxOf(order.amount, order.taxFreeAmount);
  return {
    scriptUrl,
    version: '1.0',
    gopaymethod: (order.method && SHOWN_FOR[order.method]) ?? SHOWN,
    mid,
    oid: order.acquirerOrderNo,
    price,
    ...(parts !== null && { tax: parts.tax, taxfree: parts.taxFree }),
    timestamp,
    use_chkfake: 'Y',
    ...stdpaySignatures(signKey, signed),
    mKey: stdpayKeyHash(signKey),
    currency: 'WON',
    goodname: goodsName(order.goodsName),
    buyername: buyerName(order.buyerName),
    buyertel: order.buyerPhone ?? '',
    buyeremail: order.buyerEmail ?? '',
    returnUrl: order.returnUrl,
    closeUrl: order.returnUrl,
    // The window then tells which data centre has authenticated the payer.
    acceptmethod: 'centerCd(Y)',
    charset: 'UTF-8',
  };
}

/** The form of `payAuth`, and of the `netCancel` that takes it back. `price` makes KG Inicis compare too. */
export function confirmForm(
  order: ConfirmOrder,
  { mid, signKey, at }: { mid: string; signKey: string; at: Date },
): Form {
  const authToken = order.proof.authToken ?? '';
  const timestamp = String(at.getTime());
  const signed = [
    ['authToken', authToken],
    ['timestamp', timestamp],
  ] as const;
  return {
    mid,
    authToken,
    timestamp,
    ...stdpaySignatures(signKey, signed),
    charset: 'UTF-8',
    format: 'JSON',
    price: String(order.amount),
  };
}

const METHODS: Readonly<Record<string, WindowPayment['method']>> = {
  Card: 'CARD',
  VCard: 'CARD',
  DirectBank: 'BANK_TRANSFER',
  iDirectBank: 'BANK_TRANSFER',
  HPP: 'OTHER',
};
const WON: readonly string[] = ['', 'WON', 'KRW', '410'];

/** `tstamp`: the timestamp of our own request, which the answer's signature covers. */
export function confirmOutcome(
  asked: { readonly mid: string; readonly order: ConfirmOrder; readonly tstamp: string },
  answer: InicisAnswer<InicisWindowAnswer>,
  exchange: Exchange,
): ConfirmOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', acquirerTransactionId: null, exchange };
    case 'FAILURE':
      return failedApproval(answer.code, exchange);
    case 'SUCCESS':
      return approved(asked, answer.body, exchange);
  }
}

function approved(
  { mid, order, tstamp }: { readonly mid: string; readonly order: ConfirmOrder; readonly tstamp: string },
  body: InicisWindowAnswer,
  exchange: Exchange,
): ConfirmOutcome {
  const acquirerTransactionId = tidOf(body.tid);
  const amount = wonOf(body.TotPrice);
  const approvedAt = timeOf(body.applDate, body.applTime);
  const method = METHODS[body.payMethod];
  const unknown = { kind: 'UNKNOWN', acquirerTransactionId, exchange: notAsAsked(exchange) } as const;
  if (acquirerTransactionId === null || amount === null || approvedAt === null || method === undefined)
    return unknown;
  if (body.mid !== mid || body.MOID === '' || !isSigned(body, tstamp)) return unknown;
  const { MOID: acquirerOrderNo } = body;
  const what = mismatch(order, body, amount);
  if (what !== null) {
    return { kind: 'MISMATCH', what, acquirerTransactionId, acquirerOrderNo, amount, exchange };
  }
  const card = method === 'CARD' ? cardOf(body) : null;
  return { kind: 'APPROVED', acquirerTransactionId, acquirerOrderNo, approvedAt, method, card, exchange };
}

function mismatch(
  order: ConfirmOrder,
  body: InicisWindowAnswer,
  amount: number,
): 'AMOUNT' | 'ORDER_NO' | 'CURRENCY' | null {
  if (body.MOID !== order.acquirerOrderNo) return 'ORDER_NO';
  if (!WON.includes(body.currency)) return 'CURRENCY';
  return amount === order.amount ? null : 'AMOUNT';
}

/** Older answers carry no signature; one that is there must be right. */
function isSigned(
  { mid, MOID, TotPrice, authSignature: given }: InicisWindowAnswer,
  tstamp: string,
): boolean {
  return given === '' || given === authSignature({ mid, tstamp, MOID, TotPrice });
}

function cardOf(body: InicisWindowAnswer) {
  return inicisCard({
    approvalNo: body.applNum,
    cardCode: body.CARD_Code,
    checkFlag: body.CARD_CheckFlag,
    corporateFlag: body.CARD_CorpFlag,
    interest: body.CARD_Interest,
  });
}

/** A net cancel tells no time and no id of its own; `at` is ours. One that names another order is none of ours. */
export function netCancelOutcome(
  { order, at }: { readonly order: ConfirmOrder; readonly at: Date },
  answer: InicisAnswer<InicisWindowAnswer>,
  exchange: Exchange,
): CancelOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'SUCCESS':
      if (!['', order.acquirerOrderNo].includes(answer.body.MOID))
        return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      return { kind: 'CANCELLED', acquirerCancelId: null, cancelledAt: at, exchange };
    case 'FAILURE': {
      const refusal = inicisRefusal(answer.code);
      return refusal === undefined
        ? { kind: 'UNKNOWN', exchange }
        : { kind: 'REFUSED', ...refusal, exchange };
    }
  }
}
