import { z } from 'zod';

/**
 * The parts of PortOne V1's answers that we act on (REST API v1: envelope, token, payment, prepared amount). Everything
 * is checked before it is believed; an answer that does not fit is treated as no answer. Times are unix seconds, 0 for
 * never; amounts are whole won.
 */
const won = z.number().int().nonnegative();
const unixSeconds = z.number().int().nonnegative();
const neverAsZero = unixSeconds.nullish().transform((value) => value ?? 0);
const text = z.string().nullish();

export const portoneEnvelopeSchema = z.object({
  code: z.number().int(),
  message: text,
  response: z.unknown(),
});

export const portoneTokenSchema = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,500}$/),
  now: unixSeconds,
  expired_at: unixSeconds,
});

/** What may stand in a path of ours: an id with a slash or two dots would name another resource. */
export const IMP_UID = /^[A-Za-z0-9_-]{1,64}$/;

export const portonePaymentSchema = z.object({
  imp_uid: z.string().regex(IMP_UID),
  merchant_uid: z.string().min(1).max(100),
  status: z.enum(['ready', 'paid', 'cancelled', 'failed']),
  amount: won,
  cancel_amount: won,
  currency: z.string(),
  pay_method: text,
  pg_provider: text,
  pg_tid: text,
  apply_num: text,
  card_code: text,
  card_issuer_code: text,
  /** 0 credit, 1 check. */
  card_type: z.union([z.number(), z.string()]).nullish(),
  paid_at: neverAsZero,
  failed_at: neverAsZero,
  cancelled_at: neverAsZero,
  fail_reason: text,
  vbank_code: text,
  vbank_num: text,
  /** Until when an account takes its deposit. */
  vbank_date: neverAsZero,
  cancel_history: z
    .array(z.object({ pg_tid: text, cancellation_id: text, amount: won, cancelled_at: neverAsZero }))
    .nullish()
    .transform((value) => value ?? []),
});
export type PortonePayment = z.infer<typeof portonePaymentSchema>;

/** `next`: 0 on the last page. */
export const portonePaymentListSchema = z.object({
  total: z.number().int().nonnegative(),
  next: z.number().int().nonnegative(),
  list: z.array(portonePaymentSchema),
});

export const portonePreparedSchema = z.object({ merchant_uid: z.string(), amount: won });
export type PortonePrepared = z.infer<typeof portonePreparedSchema>;

export const portoneCustomerSchema = z.object({
  customer_uid: z.string().min(1).max(80),
  pg_provider: text,
  card_code: text,
  card_issuer_code: text,
  card_type: z.union([z.number(), z.string()]).nullish(),
});
export type PortoneCustomer = z.infer<typeof portoneCustomerSchema>;

export const portoneReceiptSchema = z.object({
  merchant_uid: z.string().min(1).max(100),
  apply_num: z.string().min(1).max(20),
  type: z.enum(['person', 'company']),
  amount: won,
  vat: won,
  applied_at: unixSeconds.positive(),
  cancelled_at: neverAsZero,
});
export type PortoneReceipt = z.infer<typeof portoneReceiptSchema>;

export const portoneHolderSchema = z.object({ bank_holder: z.string().min(1).max(100) });

export const portoneWebhookSchema = z.object({
  imp_uid: z.string().regex(IMP_UID),
  merchant_uid: z.string().min(1).max(100),
  status: z.string().min(1).max(20),
  cancellation_id: z.string().min(1).max(64).nullish(),
});

export interface PortoneCardFields {
  /** `dddd-dddd-dddd-dddd` */
  readonly card_number: string;
  /** `YYYY-MM` */
  readonly expiry: string;
  readonly birth?: string;
  readonly pwd_2digit?: string;
}

/** Body of `POST /subscribe/payments/onetime`. */
export interface PortoneOnetimeRequest extends PortoneCardFields {
  readonly merchant_uid: string;
  readonly amount: number;
  readonly tax_free: number;
  readonly card_quota: number;
  readonly name: string;
  readonly buyer_name?: string;
  readonly buyer_email?: string;
  readonly pg: string;
}

/** Body of `POST /payments/cancel`. */
export type PortoneCancelRequest = ({ readonly imp_uid: string } | { readonly merchant_uid: string }) & {
  readonly amount: number;
  readonly tax_free: number;
  /** What must be left to cancel for this call to do anything. */
  readonly checksum: number;
  readonly reason: string;
};

/** Which of the shop's providers: by the channel's key where the contract has it, else by its name. */
export type PortoneChannel = { readonly channel_key: string } | { readonly pg: string };

/** Body of `POST /subscribe/customers/{customer_uid}`. */
export type PortoneCustomerRequest = PortoneChannel &
  PortoneCardFields & {
    readonly customer_name?: string;
    readonly customer_tel?: string;
    readonly customer_email?: string;
  };

/** Body of `POST /subscribe/payments/again`. */
export interface PortoneAgainRequest {
  readonly customer_uid: string;
  readonly merchant_uid: string;
  readonly amount: number;
  readonly tax_free: number;
  readonly card_quota: number;
  readonly name: string;
  readonly buyer_name?: string;
  readonly buyer_email?: string;
}

/** Body of `POST /vbanks`. */
export interface PortoneVbankRequest {
  readonly channel_key: string;
  readonly merchant_uid: string;
  readonly amount: number;
  readonly tax_free?: number;
  /** As the provider writes banks. */
  readonly vbank_code: string;
  /** Unix seconds. */
  readonly vbank_due: number;
  readonly vbank_holder?: string;
  readonly buyer_name?: string;
  readonly name: string;
}

/** Body of `POST /receipts/external/{merchant_uid}`. */
export interface PortoneReceiptRequest {
  readonly channel_key: string;
  readonly name: string;
  readonly amount: number;
  /** Digits only. */
  readonly identifier: string;
  readonly identifier_type: 'phone' | 'business' | 'taxcard';
  readonly type: 'person' | 'company';
  readonly tax_free: number;
}
