import { maskCardNumber } from '../../common/masking/masking';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type {
  ApprovalOrder,
  ApprovalOutcome,
  ApprovedCard,
  ContractAccess,
  Exchange,
  KeyInCard,
} from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { declineOf, issuerOf, LEGACY_APPROVED, NICEPAY_DECLINES } from './nicepay.codes';
import { merchantKeyOf, midOf } from './nicepay.config';
import { encryptCardText, sign } from './nicepay.crypto';
import { type LegacyAnswer, taxParts, UTF8_JSON } from './nicepay.legacy.answers';
import { type KeyInApproval, keyInApprovalSchema, type KeyInForm } from './nicepay.legacy.wire';
import { fitBytes } from './nicepay.text';
import { legacyTime, readLegacyTime } from './nicepay.time';

const GOODS_NAME_BYTES = 40;
const BUYER_NAME_BYTES = 30;
const BUYER_EMAIL_BYTES = 60;
const APPROVAL_NO_MAX = 20;

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
    const decline = declineOf(NICEPAY_DECLINES, code, message);
    if (decline === undefined) return { ...unknown, exchange };
    const { code: declineCode, notProcessed = false } = decline;
    return { kind: 'DECLINED', declineCode, notProcessed, exchange };
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
