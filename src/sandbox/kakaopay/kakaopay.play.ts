import { z } from 'zod';
import type { PlayResult } from '../core/acquirer';
import { bookCard } from '../core/card-book';
import { cardProfile, passesLuhn } from '../core/cards';
import type { KakaoBook } from './kakaopay.book';

const DEFAULT_CARD = '4242424242424242';

const payerSchema = z.strictObject({
  orderId: z.string().min(1).max(100),
  amount: z.int().optional(),
  cardNumber: z
    .string()
    .regex(/^\d{13,19}$/, 'must be 13 to 19 digits')
    .refine(passesLuhn, 'must pass the Luhn check')
    .default(DEFAULT_CARD),
  method: z.enum(['CARD', 'MONEY']).optional(),
});

/**
 * The payer authenticates in KakaoPay what `ready` opened last for this order, and comes back with the token. The card
 * decides what becomes of it also where the payer uses KakaoPay money, behind which no card is shown.
 */
export function finishPaymentWindow(book: KakaoBook, body: unknown): PlayResult {
  const parsed = payerSchema.safeParse(body);
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
  const { orderId, amount, cardNumber } = parsed.data;
  const payment = book.waiting(orderId);
  if (!payment)
    return {
      problem: `No payment of ${orderId} waits for its payer: open its checkout first, which calls ready.`,
    };
  const { order } = payment;
  if (amount !== undefined && amount !== order.amount)
    return { problem: `The payer cannot change the amount at KakaoPay: ready said ${order.amount}.` };
  const method = parsed.data.method ?? order.extra.onlyMethod ?? 'CARD';
  if (order.extra.onlyMethod !== null && order.extra.onlyMethod !== method)
    return { problem: `ready allows ${order.extra.onlyMethod} only.` };
  const profile = cardProfile(cardNumber);
  const card = method === 'CARD' ? bookCard(cardNumber, profile) : null;
  const pgToken = book.authenticate(payment, { card, cancelPlay: profile.cancel, method, profile });
  return { data: { pg_token: pgToken } };
}
