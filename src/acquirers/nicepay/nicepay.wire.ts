import { z } from 'zod';

/**
 * The parts of the new API's answers that we act on (manual, "응답 명세"). Everything is checked before it is believed;
 * an answer that does not fit is treated as no answer.
 */
const won = z.number().int().nonnegative();

export const resultSchema = z.object({
  resultCode: z.string().regex(/^[0-9A-Za-z]{4}$/),
  resultMsg: z.string().optional().default(''),
});
export type NicepayResult = z.infer<typeof resultSchema>;

export const cancelEntrySchema = z.object({
  tid: z.string().min(1).max(64),
  amount: won,
  cancelledAt: z.string(),
});

export const paymentSchema = z.object({
  resultCode: z.string(),
  tid: z.string().min(1).max(64),
  cancelledTid: z.string().nullish(),
  orderId: z.string(),
  ediDate: z.string(),
  signature: z.string().nullish(),
  status: z.enum(['paid', 'ready', 'failed', 'cancelled', 'partialCancelled', 'expired']),
  paidAt: z.string(),
  payMethod: z.string(),
  amount: won,
  balanceAmt: won,
  currency: z.string(),
  approveNo: z.string().nullish(),
  card: z
    .object({
      cardCode: z.string(),
      cardType: z.string().nullish(),
      isInterestFree: z.boolean().nullish(),
      /** A text in the manual's table, a number in its samples. */
      cardQuota: z.union([z.string(), z.number()]).nullish(),
    })
    .nullish(),
  cancels: z.array(cancelEntrySchema).nullish(),
});
export type NicepayPayment = z.infer<typeof paymentSchema>;

/**
 * An answer to a registration or a deletion of a billing key. The samples have capitals (`ResultCode`), one table has
 * none: both are read, by names in small letters.
 */
export const billingKeySchema = z
  .record(z.string(), z.unknown())
  .transform((body) =>
    Object.fromEntries(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value])),
  )
  .pipe(
    z.object({
      resultcode: z.string().regex(/^[0-9A-Za-z]{4}$/),
      resultmsg: z.string().nullish(),
      tid: z.string().nullish(),
      orderid: z.string().nullish(),
      bid: z.string().nullish(),
      cardcode: z.string().nullish(),
    }),
  );
export type NicepayKeyAnswer = z.infer<typeof billingKeySchema>;

/** An answer to the issue, the cancel or the lookup of a cash receipt; each has only some of the members. */
export const receiptSchema = z.object({
  resultCode: z.literal('0000'),
  tid: z.string().min(1).max(64),
  orderId: z.string(),
  ediDate: z.string(),
  signature: z.string(),
  /** Of an issue or a cancel that was done. */
  approveNo: z.string().min(1).max(20).nullish(),
  approvedAt: z.string().nullish(),
  cancelAmt: won.nullish(),
  cancelledAt: z.string().nullish(),
});
export type NicepayReceipt = z.infer<typeof receiptSchema>;

/** What a webhook must hold to be one; the rest of it is asked for again. */
export const webhookSchema = z.object({
  tid: z.string().min(1).max(64),
  orderId: z.string().min(1).max(64),
  amount: won,
  ediDate: z.string(),
  signature: z.string(),
  status: z.string(),
  cancelledTid: z.string().nullish(),
});
export type NicepayWebhook = z.infer<typeof webhookSchema>;

/** Body of `POST /v1/payments/{tid}`. */
export interface ApproveRequest {
  readonly amount: number;
  readonly ediDate: string;
  readonly signData: string;
}

/** Body of `POST /v1/payments/{tid}/cancel`. */
export interface CancelRequest {
  readonly reason: string;
  readonly orderId: string;
  readonly cancelAmt: number;
  readonly taxFreeAmt: number;
  readonly ediDate: string;
  readonly signData: string;
}
