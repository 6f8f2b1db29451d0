import { z } from 'zod';
import type { PlayResult } from '../core/acquirer';
import { bookCard } from '../core/card-book';
import { cardProfile, passesLuhn } from '../core/cards';
import { isBank } from './nicepay.banks';
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
  method: z.enum(['card', 'bank']).default('card'),
  /** Of a transfer: the payer's bank. */
  bankCode: z.string().refine(isBank, 'must be a bank of NICEPAY').default('088'),
});

/**
 * The payer authenticates in NICEPAY's window with this card, or with an account of this bank, and this amount is what
 * was authenticated. Which contract it was for is not asked: the first one that approves has it. A transfer always goes
 * through.
 */
export function authenticatePayer(book: NicepayBook, body: unknown): PlayResult {
  const parsed = payerSchema.safeParse(body);
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
  const { orderId, amount, goodsName, method, bankCode } = parsed.data;
  const isTransfer = method === 'bank';
  const cardNumber = isTransfer ? DEFAULT_CARD : parsed.data.cardNumber;
  const profile = cardProfile(cardNumber);
  const tid = book.newTid(isTransfer ? '0201' : '0101');
  book.open(
    null,
    {
      transactionId: tid,
      acquirerOrderNo: orderId,
      amount,
      taxFreeAmount: 0,
      requestedAtMs: book.nowMs(),
      installmentMonths: 0,
      card: isTransfer ? null : bookCard(cardNumber, profile),
      cancelPlay: profile.cancel,
      extra: {
        via: 'WINDOW',
        ...(isTransfer ? { bankCode } : {}),
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
