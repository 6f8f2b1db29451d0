import { z } from 'zod';

/**
 * The parts of KG Inicis' answers that we act on. Its numbers are texts, and an answer that says no may leave members
 * null, empty or out: each is read as a text, the empty one where there is none, and checked where it is used.
 */
const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === undefined || value === null ? '' : String(value)));

const said = {
  resultCode: z.string().min(1).max(20),
  resultMsg: text,
  detailResultCode: text,
  detailCode: text,
};

/** INIAPI v1 `formpay` by card: names neither order number nor merchant id but inside `tid`. */
export const inicisApprovalSchema = z.object({
  ...said,
  tid: text,
  moid: text,
  price: text,
  payDate: text,
  payTime: text,
  payAuthCode: text,
  cardCode: text,
  checkFlg: text,
  quotainterest: text,
});
export type InicisApproval = z.infer<typeof inicisApprovalSchema>;

/** INIAPI v1 `billing`, Auth: only result, tid and billKey are documented; the card's members are told as in a key-in. */
export const inicisBillKeySchema = z.object({
  ...said,
  tid: text,
  billKey: text,
  cardCode: text,
  checkFlg: text,
  cardKind: text,
});
export type InicisBillKey = z.infer<typeof inicisBillKeySchema>;

/** INIAPI v1 `formpay` by Vacct. */
export const inicisAccountSchema = z.object({
  ...said,
  tid: text,
  price: text,
  vacct: text,
  vacctBankCode: text,
  validDate: text,
  validTime: text,
});
export type InicisAccount = z.infer<typeof inicisAccountSchema>;

/** INIAPI v1 `receipt`. */
export const inicisReceiptSchema = z.object({
  ...said,
  tid: text,
  authNo: text,
  authDate: text,
  authTime: text,
});
export type InicisReceipt = z.infer<typeof inicisReceiptSchema>;

/** INIAPI v1 and v2 `refund` and partial refund. */
export const inicisRefundSchema = z.object({
  ...said,
  cancelDate: text,
  cancelTime: text,
  /** The number of a cancelled cash receipt. */
  cshrCancelNum: text,
  tid: text,
  prtcTid: text,
  prtcPrice: text,
  prtcRemains: text,
  prtcDate: text,
  prtcTime: text,
});
export type InicisRefund = z.infer<typeof inicisRefundSchema>;

/** INIAPI v2 `inquiry`. */
export const inicisInquirySchema = z.object({
  ...said,
  mid: text,
  tid: text,
  oid: text,
  price: text,
  transactionStatus: text,
  /** The older name: 0 approved, 1 cancelled. */
  status: text,
  availablePartCancelPrice: text,
  /** Unconfirmed: how an inquiry tells of a deposit into an account. */
  vacctInfo: z.object({ depositName: text, depositDate: text, depositTime: text }).nullish().catch(undefined),
  partCancelTransInfo: z
    .array(z.object({ tid: text, requestPrice: text }))
    .nullish()
    .catch(undefined),
});
export type InicisInquiry = z.infer<typeof inicisInquirySchema>;

/** Web standard payment: answers of `payAuth` and `netCancel`. */
export const inicisWindowSchema = z.object({
  ...said,
  tid: text,
  mid: text,
  MOID: text,
  TotPrice: text,
  currency: text,
  payMethod: text,
  applDate: text,
  applTime: text,
  applNum: text,
  CARD_Code: text,
  CARD_CheckFlag: text,
  CARD_CorpFlag: text,
  CARD_Interest: text,
  authSignature: text,
});
export type InicisWindowAnswer = z.infer<typeof inicisWindowSchema>;

export type InicisSaid = Pick<InicisApproval, 'resultCode' | 'resultMsg' | 'detailResultCode' | 'detailCode'>;
