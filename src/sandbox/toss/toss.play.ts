import { z } from 'zod';
import type { PlayResult } from '../core/acquirer';
import { cardProfile, passesLuhn } from '../core/cards';
import type { TossBook } from './toss.book';
import { tossCard } from './toss.cards';
import type { TossMethod } from './toss.records';
import { isOrderId } from './toss.validation';

const DEFAULT_CARD = '4242424242424242';

const METHODS = {
  CARD: '카드',
  BANK_TRANSFER: '계좌이체',
  VIRTUAL_ACCOUNT: '가상계좌',
  카드: '카드',
  계좌이체: '계좌이체',
  가상계좌: '가상계좌',
} as const satisfies Readonly<Record<string, TossMethod>>;

const payerSchema = z.strictObject({
  orderId: z.string().refine(isOrderId, 'must be 6 to 64 of A-Z, a-z, 0-9, _ and -'),
  amount: z.int().min(100).max(9_999_999_999),
  cardNumber: z
    .string()
    .regex(/^\d{13,20}$/, 'must be 13 to 20 digits')
    .refine(passesLuhn, 'must pass the Luhn check')
    .default(DEFAULT_CARD),
  method: z
    .enum(['CARD', 'BANK_TRANSFER', 'VIRTUAL_ACCOUNT', '카드', '계좌이체', '가상계좌'])
    .default('CARD'),
  orderName: z.string().min(1).max(100).default('Sandbox order'),
});

/**
 * The payer finishes TossPayments' payment window with this card, by transfer, or asks for an account to pay into; the
 * merchant can confirm for ten minutes. Which contract it was for is not asked: the first one that confirms has it.
 */
export function finishPaymentWindow(book: TossBook, body: unknown): PlayResult {
  const parsed = payerSchema.safeParse(body);
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
  const { orderId, amount, cardNumber, orderName } = parsed.data;
  const requestedAtMs = book.nowMs();
  const method = METHODS[parsed.data.method];
  const profile = method === '카드' ? cardProfile(cardNumber) : undefined;
  const paymentKey = book.newPaymentKey(requestedAtMs);
  const use = { installmentPlanMonths: 0, useCardPoint: false, useFreeInstallmentPlan: false };
  book.commit({
    kind: 'session',
    profile,
    order: {
      paymentKey,
      orderId,
      orderName,
      amount,
      taxFreeAmount: 0,
      requestedAtMs,
      method,
      card: profile ? tossCard(cardNumber, profile, use) : null,
      cancelPlay: profile?.cancel,
    },
  });
  return { data: { paymentKey } };
}
