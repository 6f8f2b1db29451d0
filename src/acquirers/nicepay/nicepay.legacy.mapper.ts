import type { OutboundResult } from '../../common/http/outbound-client';
import { maskCardNumber } from '../../common/masking/masking';
import { includedVat } from '../../common/money/won';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type {
  ApprovalOrder,
  ApprovalOutcome,
  ApprovedCard,
  CancelOutcome,
  ContractAccess,
  Exchange,
  KeyInCard,
} from '../port/acquirer.types';
import { exchangeOf, notAsAsked, readJson } from '../shared/answers';
import {
  declineOfMessage,
  LEGACY_APPROVED,
  LEGACY_CANCELLED,
  NICEPAY_CANCEL_REFUSALS,
  NICEPAY_DECLINES,
  NICEPAY_ISSUERS,
} from './nicepay.codes';
import { merchantKeyOf, midOf } from './nicepay.config';
import { encryptCardText, isSignedBy, sign } from './nicepay.crypto';
import {
  type KeyInApproval,
  keyInApprovalSchema,
  type KeyInForm,
  legacyAnswerSchema,
  type LegacyAnswerHead,
  type LegacyCancelForm,
  legacyCancelSchema,
} from './nicepay.legacy.wire';
import { fitBytes } from './nicepay.text';
import { legacyTime, readLegacyTime } from './nicepay.time';

const GOODS_NAME_BYTES = 40;
const BUYER_NAME_BYTES = 30;
const BUYER_EMAIL_BYTES = 60;
const CANCEL_MESSAGE_BYTES = 100;
const APPROVAL_NO_MAX = 20;
const UTF8_JSON = { CharSet: 'utf-8', EdiType: 'JSON' } as const;

/** An answer of the legacy webapi: its head is read, the rest is checked when it is needed. */
export type LegacyAnswer =
  | { readonly kind: 'BODY'; readonly head: LegacyAnswerHead; readonly body: unknown }
  | { readonly kind: 'NOT_SENT' }
  | { readonly kind: 'UNREADABLE'; readonly reason: string };

/** The webapi says everything with HTTP 200; any other status is not its word on a payment. */
export function readLegacyAnswer(result: OutboundResult): LegacyAnswer {
  const read = readJson(result, (status) => status === 200);
  if (read.kind !== 'BODY')
    return read.kind === 'NOT_SENT' ? { kind: 'NOT_SENT' } : { kind: 'UNREADABLE', reason: read.reason };
  const head = legacyAnswerSchema.safeParse(read.body);
  return head.success
    ? { kind: 'BODY', head: head.data, body: read.body }
    : { kind: 'UNREADABLE', reason: 'BODY_NOT_AN_ANSWER' };
}

/** Throws AcquirerSetupError when nobody made up a TID for the order. */
export function keyInForm(access: ContractAccess, order: ApprovalOrder, now: Date): KeyInForm {
  const tid = order.acquirerTransactionId;
  if (tid === null) throw new AcquirerSetupError('nicepay', 'a key-in approval needs a TID of ours');
  const [MID, key] = [midOf(access), merchantKeyOf(access)];
  const [Amt, EdiDate, Moid] = [String(order.amount), legacyTime(now), order.acquirerOrderNo];
  return {
    TID: tid,
    MID,
    EdiDate,
    Moid,
    Amt,
    EncData: encryptCardText(cardText(order.card.expose()), key),
    SignData: sign(MID, Amt, EdiDate, Moid, key),
    CardInterest: '0',
    CardQuota: String(order.installmentMonths).padStart(2, '0'),
    GoodsName: fitBytes(order.goodsName, GOODS_NAME_BYTES, 'euc-kr'),
    ...(order.buyerName === undefined
      ? {}
      : { BuyerName: fitBytes(order.buyerName, BUYER_NAME_BYTES, 'euc-kr') }),
    ...(order.buyerEmail === undefined
      ? {}
      : { BuyerEmail: fitBytes(order.buyerEmail, BUYER_EMAIL_BYTES, 'euc-kr') }),
    ...taxParts(order.amount, order.taxFreeAmount),
    ...UTF8_JSON,
  };
}

/** BuyerAuthNum and CardPwd belong to 구인증 contracts only; where they are not known they stay away. */
function cardText(card: KeyInCard): string {
  const { birthOrBusinessNo, cardPasswordTwoDigits } = card;
  return [
    `CardNo=${card.cardNumber}`,
    `CardExpire=${card.cardExpiry}`,
    ...(birthOrBusinessNo === undefined ? [] : [`BuyerAuthNum=${birthOrBusinessNo}`]),
    ...(cardPasswordTwoDigits === undefined ? [] : [`CardPwd=${cardPasswordTwoDigits}`]),
  ].join('&');
}

/** NICEPAY splits an amount by itself unless part of it is free of tax. */
function taxParts(amount: number, taxFreeAmount: number): Readonly<Record<string, string>> {
  if (taxFreeAmount === 0) return {};
  const vat = includedVat(amount, taxFreeAmount, 0);
  return {
    SupplyAmt: String(amount - taxFreeAmount - vat),
    GoodsVat: String(vat),
    ServiceAmt: '0',
    TaxFreeAmt: String(taxFreeAmount),
  };
}

export interface LegacyCancelWish {
  readonly tid: string;
  /** The number of this cancel, fresh for each partial one. */
  readonly cancelNo: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  /** Of the whole approval: a cancel of that much is a full one. */
  readonly approvedAmount: number;
  readonly reason: string;
}

export function legacyCancelForm(
  access: ContractAccess,
  wish: LegacyCancelWish,
  now: Date,
): LegacyCancelForm {
  const [MID, CancelAmt, EdiDate] = [midOf(access), String(wish.amount), legacyTime(now)];
  const partial = wish.amount !== wish.approvedAmount;
  return {
    TID: wish.tid,
    MID,
    Moid: wish.cancelNo,
    CancelAmt,
    CancelMsg: fitBytes(wish.reason, CANCEL_MESSAGE_BYTES, 'euc-kr'),
    PartialCancelCode: partial ? '1' : '0',
    EdiDate,
    SignData: sign(MID, CancelAmt, EdiDate, merchantKeyOf(access)),
    ...(partial ? taxParts(wish.amount, wish.taxFreeAmount) : {}),
    ...UTF8_JSON,
  };
}

/** What of a key-in request may be kept: nothing of the card but six and four digits, no signature, no sealed text. */
export function maskedKeyIn(form: KeyInForm, card: KeyInCard): Record<string, unknown> {
  const { TID, MID, Moid, Amt, CardQuota, CardInterest, TaxFreeAmt } = form;
  return {
    TID,
    MID,
    Moid,
    Amt,
    CardQuota,
    CardInterest,
    TaxFreeAmt,
    CardNo: maskCardNumber(card.cardNumber),
  };
}

export function maskedLegacyCancel(form: LegacyCancelForm): Record<string, unknown> {
  const { TID, MID, Moid, CancelAmt, CancelMsg, PartialCancelCode, TaxFreeAmt } = form;
  return { TID, MID, Moid, CancelAmt, CancelMsg, PartialCancelCode, TaxFreeAmt };
}

const KEPT_MEMBERS = [
  'ResultCode',
  'TID',
  'Moid',
  'Amt',
  'AuthCode',
  'AuthDate',
  'CardCode',
  'CardQuota',
  'CardCl',
  'CancelAmt',
  'CancelDate',
  'CancelTime',
  'CancelNum',
  'RemainAmt',
];
const KEPT_LENGTH_MAX = 64;

function maskedAnswer(answer: LegacyAnswer): Record<string, unknown> | null {
  if (answer.kind !== 'BODY') return null;
  const body = answer.body as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    KEPT_MEMBERS.flatMap((name) => {
      const value = body[name];
      return typeof value === 'string' || typeof value === 'number'
        ? [[name, String(value).slice(0, KEPT_LENGTH_MAX)]]
        : [];
    }),
  );
}

const isSuccess = (code: string) => code === LEGACY_APPROVED || LEGACY_CANCELLED.has(code);

export function legacyExchange(
  endpoint: string,
  request: Record<string, unknown>,
  result: OutboundResult,
  answer: LegacyAnswer,
): Exchange {
  const refusal = answer.kind === 'BODY' && !isSuccess(answer.head.ResultCode) ? answer.head : null;
  return exchangeOf(result, {
    endpoint,
    request,
    response: maskedAnswer(answer),
    code: refusal?.ResultCode ?? (answer.kind === 'UNREADABLE' ? answer.reason : null),
    message: refusal?.ResultMsg ?? null,
  });
}

export function keyInOutcome(
  access: ContractAccess,
  order: ApprovalOrder,
  answer: LegacyAnswer,
  exchange: Exchange,
): ApprovalOutcome {
  if (answer.kind === 'NOT_SENT') return { kind: 'NOT_SENT', exchange };
  // Our own TID is known whatever came back; it is what the order is undone by.
  const unknown = { kind: 'UNKNOWN', acquirerTransactionId: order.acquirerTransactionId } as const;
  if (answer.kind === 'UNREADABLE') return { ...unknown, exchange };
  const { ResultCode: code, ResultMsg: message } = answer.head;
  if (code !== LEGACY_APPROVED) {
    const decline = NICEPAY_DECLINES[code];
    if (decline === undefined) return { ...unknown, exchange };
    const declineCode = code === '3095' ? declineOfMessage(message) : decline.code;
    return { kind: 'DECLINED', declineCode, notProcessed: decline.notProcessed ?? false, exchange };
  }
  const approval = keyInApprovalSchema.safeParse(answer.body);
  const approvedAt = approval.success ? readLegacyTime(approval.data.AuthDate) : null;
  if (!approval.success || approvedAt === null || !isAsAsked(approval.data, access, order)) {
    return { ...unknown, exchange: notAsAsked(exchange) };
  }
  return {
    kind: 'APPROVED',
    acquirerTransactionId: approval.data.TID,
    approvedAt,
    card: approvedCard(approval.data),
    exchange,
  };
}

function isAsAsked(approval: KeyInApproval, access: ContractAccess, order: ApprovalOrder): boolean {
  return (
    approval.TID === order.acquirerTransactionId &&
    approval.Moid === order.acquirerOrderNo &&
    approval.Amt === order.amount &&
    (approval.CardQuota === undefined || approval.CardQuota === order.installmentMonths) &&
    (approval.MID === undefined || approval.MID === access.acquirerMerchantId)
  );
}

function approvedCard(approval: KeyInApproval): ApprovedCard {
  const { CardCode, AuthCode, CardCl, CardInterest } = approval;
  const types: Readonly<Record<string, ApprovedCard['cardType']>> = { '0': 'CREDIT', '1': 'CHECK' };
  return {
    approvalNo: AuthCode.slice(0, APPROVAL_NO_MAX),
    issuer: issuerOf(CardCode),
    cardType: types[CardCl ?? ''] ?? 'UNKNOWN',
    // NICEPAY does not say whose card it is.
    ownerType: 'UNKNOWN',
    interestFree: CardInterest === '1',
  };
}

export function issuerOf(cardCode: string): string {
  return NICEPAY_ISSUERS[cardCode] ?? cardCode.replace(/[^\x20-\x7e]/g, '?').slice(0, 30);
}

export function legacyCancelOutcome(
  access: ContractAccess,
  form: LegacyCancelForm,
  answer: LegacyAnswer,
  exchange: Exchange,
): CancelOutcome {
  if (answer.kind === 'NOT_SENT') return { kind: 'NOT_SENT', exchange };
  if (answer.kind === 'UNREADABLE') return { kind: 'UNKNOWN', exchange };
  const { ResultCode: code } = answer.head;
  if (!LEGACY_CANCELLED.has(code)) {
    const refusal = NICEPAY_CANCEL_REFUSALS[code];
    return refusal === undefined ? { kind: 'UNKNOWN', exchange } : { kind: 'REFUSED', ...refusal, exchange };
  }
  const read = legacyCancelSchema.safeParse(answer.body);
  if (!read.success) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  const { TID, MID, CancelAmt, CancelDate, CancelTime, Signature } = read.data;
  const cancelledAt = readLegacyTime(`${CancelDate}${CancelTime}`);
  // Whether the signature covers the amount with its zeros or without them is not documented.
  const isSigned = [CancelAmt, String(Number(CancelAmt))].some((amount) =>
    isSignedBy(Signature, TID, MID, amount, merchantKeyOf(access)),
  );
  const sameTid = form.PartialCancelCode === '1' || TID === form.TID;
  const asAsked = MID === form.MID && Number(CancelAmt) === Number(form.CancelAmt) && sameTid;
  if (!isSigned || !asAsked || cancelledAt === null) {
    return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  }
  return { kind: 'CANCELLED', acquirerCancelId: TID, cancelledAt, exchange };
}
