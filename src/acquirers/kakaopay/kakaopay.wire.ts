import { z } from 'zod';

/**
 * The parts of KakaoPay's answers that we act on (KakaoPay developers, "단건 결제"). An answer that does not fit is
 * treated as no answer.
 */
const won = z.object({ total: z.number().int().nonnegative() });
const id = z.string().min(1).max(64);
const orderNo = z.string().min(1).max(100);
const address = z
  .string()
  .regex(/^https?:\/\/\S+$/)
  .max(2_000);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

export const kakaopayReadySchema = z.object({
  tid: id,
  next_redirect_pc_url: address,
  next_redirect_mobile_url: address,
  next_redirect_app_url: address,
});
export type KakaopayReady = z.infer<typeof kakaopayReadySchema>;

export const kakaopayApprovalSchema = z.object({
  aid: id,
  tid: id,
  cid: id,
  partner_order_id: orderNo,
  payment_method_type: text,
  amount: won,
  approved_at: z.string(),
  card_info: z
    .object({
      kakaopay_issuer_corp: text,
      kakaopay_issuer_corp_code: text,
      card_type: text,
      approved_id: text,
      interest_free_install: text,
    })
    .nullish(),
});
export type KakaopayApproval = z.infer<typeof kakaopayApprovalSchema>;

export const kakaopayCancelSchema = z.object({
  aid: id,
  tid: id,
  cid: id,
  partner_order_id: orderNo,
  status: z.string(),
  amount: won,
  approved_cancel_amount: won,
  cancel_available_amount: won,
  canceled_at: z.string(),
});
export type KakaopayCancel = z.infer<typeof kakaopayCancelSchema>;

export const kakaopayOrderSchema = z.object({
  tid: id,
  cid: id,
  partner_order_id: orderNo,
  status: z.string().max(40),
  amount: won,
  cancel_available_amount: won.nullish(),
  payment_action_details: z
    .array(z.object({ aid: id, amount: z.number().int().nonnegative(), payment_action_type: z.string() }))
    .nullish(),
});
export type KakaopayOrder = z.infer<typeof kakaopayOrderSchema>;

const numeric = z.union([z.number().int(), z.string().regex(/^-?\d{1,6}$/)]);

/** Old answers say `code` and `msg` where new ones say `error_code` and `error_message`. */
export const kakaopayErrorSchema = z
  .object({
    error_code: numeric.nullish(),
    error_message: z.string().nullish(),
    code: numeric.nullish(),
    msg: z.string().nullish(),
    extras: z
      .object({
        method_result_code: z.union([z.string(), z.number().int()]).nullish(),
        method_result_message: z.string().nullish(),
      })
      .nullish(),
  })
  .refine(({ error_code: now, code: before }) => (now ?? before ?? null) !== null);

export const kakaopayHintSchema = z.object({
  cid: id,
  tid: id,
  partner_order_id: orderNo,
  status: z.string().min(1).max(40),
});
