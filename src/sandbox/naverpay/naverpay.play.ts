import { z } from 'zod';
import type { PlayResult } from '../core/acquirer';
import { bookCard } from '../core/card-book';
import { cardProfile, passesLuhn } from '../core/cards';
import type { NaverpayBook } from './naverpay.book';

const DEFAULT_CARD = '4242424242424242';

const payerSchema = z.strictObject({
  orderId: z.string().min(1).max(64),
  amount: z.int().min(100).max(9_999_999_999),
  cardNumber: z
    .string()
    .regex(/^\d{13,19}$/, 'must be 13 to 19 digits')
    .refine(passesLuhn, 'must pass the Luhn check')
    .default(DEFAULT_CARD),
});

/**
 * The payer authenticates in NaverPay's window, with this amount even where the merchant reserved another; the merchant
 * can apply for ten minutes. Which contract it was for is not asked: the first one that applies has it.
 */
export function finishPaymentWindow(book: NaverpayBook, body: unknown): PlayResult {
  const parsed = payerSchema.safeParse(body);
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
  const { orderId, amount, cardNumber } = parsed.data;
  const profile = cardProfile(cardNumber);
  const paymentId = book.newPaymentId();
  const reserved = book.reservationOf(orderId);
  const order = {
    transactionId: paymentId,
    acquirerOrderNo: orderId,
    amount,
    // Of another amount than the reserved one nobody knows the parts; the tax-free one stays as far as it goes.
    taxFreeAmount: Math.min(reserved?.taxExScopeAmount ?? 0, amount),
    requestedAtMs: book.nowMs(),
    installmentMonths: 0,
    card: bookCard(cardNumber, profile),
    cancelPlay: profile.cancel,
    extra: {
      productName: reserved?.productName ?? 'Sandbox order',
      merchantUserKey: reserved?.merchantUserKey ?? '',
    },
  };
  book.open(null, order, profile);
  return { data: { paymentId } };
}
