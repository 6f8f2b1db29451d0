import { z } from 'zod';
import type { PlayResult } from '../core/acquirer';
import { bookCard } from '../core/card-book';
import { cardProfile, passesLuhn } from '../core/cards';
import type { NicepayBook } from './nicepay.book';

const DEFAULT_CARD = '4242424242424242';

const payerSchema = z.strictObject({
  orderId: z.string().min(1).max(64),
  amount: z.int().min(1).max(999_999_999_999),
  cardNumber: z
    .string()
    .regex(/^\d{13,20}$/, 'must be 13 to 20 digits')
    .refine(passesLuhn, 'must pass the Luhn check')
    .default(DEFAULT_CARD),
  goodsName: z.string().min(1).max(40).default('Sandbox order'),
});

/**
 * The payer authenticates in NICEPAY's window with this card, and this amount is what was authenticated. Which contract
 * it was for is not asked: the first one that approves has it.
 */
export function authenticatePayer(book: NicepayBook, body: unknown): PlayResult {
  const parsed = payerSchema.safeParse(body);
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
  const { orderId, amount, cardNumber, goodsName } = parsed.data;
  const profile = cardProfile(cardNumber);
  const tid = book.newTid('01');
  book.open(
    null,
    {
      transactionId: tid,
      acquirerOrderNo: orderId,
      amount,
      taxFreeAmount: 0,
      requestedAtMs: book.nowMs(),
      installmentMonths: 0,
      card: bookCard(cardNumber, profile),
      cancelPlay: profile.cancel,
      extra: {
        via: 'WINDOW',
        goodsName,
        interestFree: false,
        buyerName: null,
        buyerTel: null,
        buyerEmail: null,
        mallReserved: null,
      },
    },
    profile,
  );
  return { data: { tid } };
}
