import { z } from 'zod';
import type { Outcome } from '../core/acquirer';
import type { KakaoBook } from './kakaopay.book';
import { json, type KakaoRequest, read, refuse } from './kakaopay.gate';
import { includedVat } from './kakaopay.payment';
import { kakaoTime } from './kakaopay.time';

const WON_MAX = 9_999_999_999;
const INSTALLMENT_MONTHS_MAX = 12;

/** A whole number, also where a client writes it as text. */
export const whole = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,10}$/)
      .transform(Number),
  ])
  .pipe(z.int().min(0).max(WON_MAX));
const name = z.string().min(1).max(100);
const address = z
  .string()
  .max(255)
  .regex(/^https?:\/\/[^\s/]+/);

const readySchema = z.object({
  partner_order_id: name,
  partner_user_id: name,
  item_name: name,
  item_code: z.string().max(100).default(''),
  quantity: whole,
  total_amount: whole,
  tax_free_amount: whole,
  vat_amount: whole.nullish(),
  green_deposit: whole.nullish(),
  approval_url: address,
  cancel_url: address,
  fail_url: address,
  available_cards: z.array(z.string()).nullish(),
  payment_method_type: z.enum(['CARD', 'MONEY']).nullish(),
  install_month: whole.pipe(z.number().max(INSTALLMENT_MONTHS_MAX)).nullish(),
  use_share_installment: z.enum(['Y', 'N']).nullish(),
});

/** `POST /online/v1/payment/ready` (KakaoPay developers, "단건 결제"): a payment, and where to send its payer to. */
export function ready(book: KakaoBook, request: KakaoRequest): Outcome {
  const asked = read(readySchema, request);
  if (!asked) return refuse('-2');
  request.call.about(asked.partner_order_id);
  const { total_amount: amount, tax_free_amount: taxFreeAmount } = asked;
  const vat = asked.vat_amount ?? includedVat(amount, taxFreeAmount);
  if (amount === 0 || asked.quantity === 0) return refuse('-2');
  if (taxFreeAmount > amount) return refuse('-724');
  if (vat > amount - taxFreeAmount) return refuse('-725');
  const { order } = book.open(
    request.contract.cid,
    {
      transactionId: book.newTid(),
      acquirerOrderNo: asked.partner_order_id,
      amount,
      taxFreeAmount,
      requestedAtMs: book.nowMs(),
      installmentMonths: asked.install_month ?? 0,
      card: null,
      extra: {
        userId: asked.partner_user_id,
        itemName: asked.item_name,
        itemCode: asked.item_code,
        quantity: asked.quantity,
        vat,
        greenDeposit: asked.green_deposit ?? 0,
        onlyMethod: asked.payment_method_type ?? null,
        method: null,
        payload: '',
      },
    },
    null,
  );
  // Addresses that lead nowhere: the payer is played through the control interface.
  const page = `https://kakaopay.example/sandbox/${order.transactionId}`;
  const body = {
    tid: order.transactionId,
    next_redirect_app_url: `${page}/app`,
    next_redirect_mobile_url: `${page}/mobile`,
    next_redirect_pc_url: `${page}/pc`,
    created_at: kakaoTime(order.requestedAtMs),
  };
  return { answer: json(body), effect: 'processed' };
}
