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
    })
    .nullish(),
  cancels: z.array(cancelEntrySchema).nullish(),
});
export type NicepayPayment = z.infer<typeof paymentSchema>;

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
