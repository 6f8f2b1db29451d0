import { z } from 'zod';

/**
 * The parts of NaverPay's answers that we act on. Public clients disagree on which members are numbers, and some are
 * null or missing: each is read as a text, the empty one where there is none, and checked where it is used.
 */
const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === undefined || value === null ? '' : String(value)));

export const naverpayEnvelopeSchema = z.object({
  code: z.string().regex(/^[\w.-]{1,60}$/),
  message: text,
  body: z.unknown().optional(),
});

const row = z.object({
  paymentId: text,
  payHistId: text,
  merchantId: text,
  merchantPayKey: text,
  /** 01 approval, 03 full cancel, 04 partial cancel. */
  admissionTypeCode: text,
  /** SUCCESS or FAIL. */
  admissionState: text,
  /** yyyyMMddHHmmss in Korea. */
  admissionYmdt: text,
  totalPayAmount: text,
  /** CARD, BANK, or empty where only points were used. */
  primaryPayMeans: text,
  cardCorpCode: text,
  cardAuthNo: text,
});
export type NaverpayRow = z.infer<typeof row>;

/** Reservation. */
export const naverpayReserveSchema = z.object({ reserveId: z.string().min(1).max(100) });
export type NaverpayReservation = z.infer<typeof naverpayReserveSchema>;

/** Apply. */
export const naverpayApplySchema = z.object({ paymentId: text, detail: row });
export type NaverpayApproval = z.infer<typeof naverpayApplySchema>;

export const naverpayCancelSchema = z.object({
  paymentId: text,
  payHistId: text,
  totalRestAmount: text,
  cancelYmdt: text,
});
export type NaverpayCancel = z.infer<typeof naverpayCancelSchema>;

/** One page of the history. */
export const naverpayHistorySchema = z.object({
  list: z
    .array(row)
    .nullish()
    .transform((list) => list ?? []),
  totalCount: z.coerce.number().int().min(0),
  totalPageCount: z.coerce.number().int().min(0),
});
export type NaverpayHistory = z.infer<typeof naverpayHistorySchema>;

const id = z.string().regex(/^[\w.:-]{1,64}$/);

/** The hint that our sandbox sends; no document of NaverPay's describes one. */
export const naverpayHintSchema = z.object({
  paymentId: id,
  merchantPayKey: id,
  merchantId: id.nullish(),
  payHistId: id.nullish(),
});
