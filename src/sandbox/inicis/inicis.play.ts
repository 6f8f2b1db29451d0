import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { PlayResult } from '../core/acquirer';
import { bookCard } from '../core/card-book';
import { cardProfile, passesLuhn } from '../core/cards';
import type { InicisBook } from './inicis.book';
import { sha256Hex } from './inicis.crypto';

const DEFAULT_CARD = '4242424242424242';
const TOKEN_BYTES = 96;

const payerSchema = z.strictObject({
  orderId: z.string().min(1).max(64),
  amount: z.int().min(100).max(9_999_999_999),
  cardNumber: z
    .string()
    .regex(/^\d{13,19}$/, 'must be 13 to 19 digits')
    .refine(passesLuhn, 'must pass the Luhn check')
    .default(DEFAULT_CARD),
  goodName: z.string().min(1).max(80).default('Sandbox order'),
  /** A transfer from the payer's own account asks no card. */
  method: z.enum(['CARD', 'BANK_TRANSFER']).default('CARD'),
});

/**
 * The payer finishes KG Inicis' payment window with this card: what the window then posts to the shop's returnUrl.
 * Which contract it was for is not asked: the first one that confirms has it. Only the token's hash is kept.
 */
export function finishPaymentWindow(book: InicisBook, body: unknown): PlayResult {
  const parsed = payerSchema.safeParse(body);
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
  const { orderId, amount, goodName, method } = parsed.data;
  const cardNumber = method === 'CARD' ? parsed.data.cardNumber : DEFAULT_CARD;
  const authToken = randomBytes(TOKEN_BYTES).toString('base64');
  const profile = cardProfile(cardNumber);
  const order = {
    transactionId: sha256Hex(authToken),
    acquirerOrderNo: orderId,
    amount,
    taxFreeAmount: 0,
    requestedAtMs: book.nowMs(),
    installmentMonths: 0,
    card: method === 'CARD' ? bookCard(cardNumber, profile) : null,
    cancelPlay: profile.cancel,
    extra: {
      ...{ goodName, buyerName: 'Sandbox payer', buyerTel: '', buyerEmail: '' },
      ...(method === 'CARD' ? {} : { method }),
    },
  };
  book.open(null, order, profile);
  return { data: { authToken, idcName: 'fc' } };
}
