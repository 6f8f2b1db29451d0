import { z } from 'zod';

/**
 * The parts of the legacy webapi's answers that we act on. Its members are texts; a number in their place is taken as
 * its text. Members that we do not know are let pass.
 */
const text = z.union([z.string(), z.number()]).transform(String);
/** Won, padded with zeros to twelve digits. */
const paddedWon = text.pipe(z.string().regex(/^\d{1,12}$/)).transform(Number);
const tid = z.string().length(30);

export const legacyAnswerSchema = z.object({
  ResultCode: text.pipe(z.string().regex(/^[0-9A-Za-z]{4}$/)),
  ResultMsg: z.string().optional().default(''),
});
export type LegacyAnswerHead = z.infer<typeof legacyAnswerSchema>;

export const keyInApprovalSchema = z.object({
  TID: tid,
  Moid: z.string(),
  Amt: paddedWon,
  AuthCode: text.pipe(z.string().min(1)),
  AuthDate: text,
  CardCode: text,
  CardQuota: text
    .pipe(z.string().regex(/^\d{1,2}$/))
    .transform(Number)
    .optional(),
  CardCl: text.optional(),
  CardInterest: text.optional(),
  MID: z.string().optional(),
});
export type KeyInApproval = z.infer<typeof keyInApprovalSchema>;

export const accountSchema = z.object({
  TID: tid,
  Moid: z.string(),
  Amt: paddedWon,
  VbankBankCode: text,
  VbankNum: text.pipe(z.string().regex(/^\d{6,20}$/)),
  VbankExpDate: text,
  VbankExpTime: text,
});
export type IssuedAccount = z.infer<typeof accountSchema>;

export const legacyCancelSchema = z.object({
  TID: tid,
  MID: z.string(),
  /** As it was written, since the signature covers the text. */
  CancelAmt: text.pipe(z.string().regex(/^\d{1,12}$/)),
  CancelDate: text,
  CancelTime: text,
  Signature: z.string(),
  RemainAmt: paddedWon.optional(),
});
export type LegacyCancel = z.infer<typeof legacyCancelSchema>;

/** Body of `POST /webapi/card_keyin.jsp`, a form in EUC-KR. */
export interface KeyInForm {
  readonly TID: string;
  readonly MID: string;
  readonly EdiDate: string;
  readonly Moid: string;
  readonly Amt: string;
  readonly EncData: string;
  readonly SignData: string;
  readonly CardInterest: '0' | '1';
  readonly CardQuota: string;
  readonly GoodsName: string;
  readonly CharSet: 'utf-8';
  readonly EdiType: 'JSON';
  readonly [optional: string]: string;
}

/** Body of `POST /webapi/get_vacount.jsp`, a form in EUC-KR. */
export interface AccountForm {
  readonly TID: string;
  readonly MID: string;
  readonly EdiDate: string;
  readonly Moid: string;
  readonly Amt: string;
  readonly GoodsName: string;
  readonly SignData: string;
  /** Receipts are asked for by a call of their own. */
  readonly CashReceiptType: '0';
  readonly BankCode: string;
  /** yyyyMMddHHmm in Korea. */
  readonly VbankExpDate: string;
  readonly CharSet: 'utf-8';
  readonly EdiType: 'JSON';
  readonly [optional: string]: string;
}

/** Body of `POST /webapi/cancel_process.jsp`, a form in EUC-KR. */
export interface LegacyCancelForm {
  readonly TID: string;
  readonly MID: string;
  readonly Moid: string;
  readonly CancelAmt: string;
  readonly CancelMsg: string;
  readonly PartialCancelCode: '0' | '1';
  readonly EdiDate: string;
  readonly SignData: string;
  readonly CharSet: 'utf-8';
  readonly EdiType: 'JSON';
  readonly [optional: string]: string;
}
