import { z } from 'zod';

/** The parts of Popbill's answers that we act on. An answer that does not fit is treated as no answer. */
const day = z.string().regex(/^\d{8}$/);
const second = z.string().regex(/^\d{14}$/);
const confirmNum = z.string().regex(/^[0-9A-Za-z]{1,20}$/);
/** Amounts come as text. */
const won = z.union([z.string(), z.number()]).transform(Number).pipe(z.number().int().nonnegative());

export const popbillTokenSchema = z.object({
  session_token: z.string().min(1).max(4_000),
  expiration: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
});

/** RegistIssue and RevokeRegistIssue. */
export const popbillIssuedSchema = z.object({
  code: z.literal(1),
  confirmNum,
  tradeDate: day,
  tradeDT: second.optional(),
});
export type PopbillIssued = z.infer<typeof popbillIssuedSchema>;

/** GetInfo (CashbillInfo). */
export const popbillInfoSchema = z.object({
  mgtKey: z.string(),
  tradeType: z.enum(['승인거래', '취소거래']),
  totalAmount: won,
  stateCode: z.number().int(),
  confirmNum: confirmNum.nullish(),
  tradeDate: day,
  tradeDT: second.nullish(),
  ntsresultCode: z.string().nullish(),
});
export type PopbillInfo = z.infer<typeof popbillInfoSchema>;

export const popbillErrorSchema = z.object({ code: z.number().int(), message: z.string() });
export type PopbillError = z.infer<typeof popbillErrorSchema>;

/** Body of RegistIssue. Amounts are texts. */
export interface PopbillIssueRequest {
  readonly mgtKey: string;
  readonly tradeType: '승인거래';
  readonly tradeUsage: '소득공제용' | '지출증빙용';
  readonly tradeOpt: '일반';
  readonly taxationType: '과세' | '비과세';
  readonly totalAmount: string;
  readonly supplyCost: string;
  readonly tax: string;
  readonly serviceFee: string;
  readonly franchiseCorpNum: string;
  readonly identityNum: string;
  readonly itemName: string;
  readonly orderNumber: string;
  readonly smssendYN: false;
  readonly memo: string;
  readonly emailSubject: string;
}

/** Body of RevokeRegistIssue. */
export interface PopbillRevokeRequest {
  readonly mgtKey: string;
  readonly orgConfirmNum: string;
  /** yyyyMMdd */
  readonly orgTradeDate: string;
  readonly smssendYN: false;
  readonly memo: string;
  readonly isPartCancel: boolean;
  /** 1: the sale was cancelled. */
  readonly cancelType: 1;
  readonly supplyCost: string;
  readonly tax: string;
  readonly serviceFee: string;
  readonly totalAmount: string;
}
