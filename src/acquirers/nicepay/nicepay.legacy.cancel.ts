import type { CancelOutcome, ContractAccess, Exchange } from '../port/acquirer.types';
import type { RefundAccount } from '../port/ability.types';
import { notAsAsked } from '../shared/answers';
import { LEGACY_CANCELLED, NICEPAY_CANCEL_REFUSALS } from './nicepay.codes';
import { merchantKeyOf, midOf } from './nicepay.config';
import { isSignedBy, sign } from './nicepay.crypto';
import { type LegacyAnswer, taxParts, UTF8_JSON } from './nicepay.legacy.answers';
import { type LegacyCancelForm, legacyCancelSchema } from './nicepay.legacy.wire';
import { fitBytes } from './nicepay.text';
import { legacyTime, readLegacyTime } from './nicepay.time';

const CANCEL_MESSAGE_BYTES = 100;

export interface LegacyCancelWish {
  readonly tid: string;
  /** The number of this cancel, fresh for each partial one. */
  readonly cancelNo: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  /** Of the whole approval: a cancel of that much is a full one. */
  readonly approvedAmount: number;
  readonly reason: string;
  /** Where a deposit goes back to; none for a card, and for an account that nobody has paid into. */
  readonly refundTo?: RefundAccount;
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
    ...(wish.refundTo === undefined ? {} : refundParts(wish.refundTo)),
    ...UTF8_JSON,
  };
}

function refundParts(to: RefundAccount): Readonly<Record<string, string>> {
  return {
    RefundAcctNo: to.accountNumber.expose(),
    RefundBankCd: to.bankCode,
    RefundAcctNm: to.holderName,
  };
}

/** Neither the signature nor the account that a refund goes to. */
export function maskedLegacyCancel(form: LegacyCancelForm): Record<string, unknown> {
  const { TID, MID, Moid, CancelAmt, CancelMsg, PartialCancelCode, TaxFreeAmt } = form;
  return { TID, MID, Moid, CancelAmt, CancelMsg, PartialCancelCode, TaxFreeAmt };
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
