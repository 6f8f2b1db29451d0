import { z } from 'zod';
import type { PlayResult } from '../core/acquirer';
import { bookCard } from '../core/card-book';
import type { BookOrder } from '../core/card-book.types';
import { cardProfile, passesLuhn } from '../core/cards';
import { cutMerchantUid, type PortoneBooks, type PortoneExtra } from './portone.books';
import { DECLINES } from './portone.cards';
import { PORTONE_CONTRACTS, type PortoneContract } from './portone.credentials';
import { tellPaid } from './portone.webhooks';

const METHODS = ['card', 'trans', 'kakaopay', 'naverpay', 'tosspay', 'payco', 'samsung'] as const;

const payerSchema = z.strictObject({
  orderId: z.string().min(1).max(100),
  amount: z.int().min(100).max(9_999_999_999),
  cardNumber: z
    .string()
    .regex(/^\d{13,19}$/, 'must be 13 to 19 digits')
    .refine(passesLuhn, 'must pass the Luhn check')
    .default('4242424242424242'),
  method: z
    .string()
    .toLowerCase()
    .transform((method) => (method === 'bank_transfer' ? 'trans' : method))
    .pipe(z.enum(METHODS))
    .default('card'),
  /** The order number comes out cut to so many characters. */
  cutTo: z.int().min(1).max(40).optional(),
  webhookAs: z.enum(['json', 'form']).default('json'),
  name: z.string().min(1).max(40).default('Sandbox order'),
});
type Payer = z.infer<typeof payerSchema>;

/**
 * The payer goes through the payment window: PortOne approves by itself, so the payment is paid at once and the webhook
 * leaves. Real PortOne blocks a window over another amount than the prepared one; here it pays, as the play of a window
 * that was tampered with. A card that declines leaves a failed payment, the silent one (`…6116`) a payment that waits.
 */
export function finishPaymentWindow(books: PortoneBooks, body: unknown): PlayResult {
  const parsed = payerSchema.safeParse(body);
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
  const payer = parsed.data;
  const contract = contractOf(books, payer.orderId);
  if (!contract) return { problem: 'There is no contract to pay under.' };
  const { impCode: mid } = contract;
  const order = windowOrder(books, contract, payer);
  if (books.payments.isOrderUsed(mid, order.acquirerOrderNo))
    return { problem: `${order.acquirerOrderNo} is paid already; PortOne takes an order number once.` };
  const profile = cardProfile(payer.cardNumber);
  const plays = payer.method === 'card' ? profile : { ...profile, decline: undefined, approval: undefined };
  if (plays.decline) books.payments.fail(mid, order, DECLINES[plays.decline]);
  else if (plays.approval === 'silent') books.payments.open(mid, order, null);
  else tellPaid(books.context, books.payments.approve(mid, order));
  return { data: { imp_uid: order.transactionId } };
}

/** The one that prepared the order, else the demo merchant's. */
function contractOf(books: PortoneBooks, orderId: string): PortoneContract | undefined {
  const uid = cutMerchantUid(orderId);
  const prepared = PORTONE_CONTRACTS.find(({ impCode }) => books.preparedAmount(impCode, uid) !== undefined);
  return prepared ?? PORTONE_CONTRACTS[0];
}

function windowOrder(books: PortoneBooks, contract: PortoneContract, payer: Payer): BookOrder<PortoneExtra> {
  const profile = cardProfile(payer.cardNumber);
  return {
    transactionId: books.newImpUid(contract.impCode),
    acquirerOrderNo: cutMerchantUid(payer.orderId, payer.cutTo),
    amount: payer.amount,
    taxFreeAmount: 0,
    requestedAtMs: books.nowMs(),
    installmentMonths: 0,
    card: payer.method === 'card' ? bookCard(payer.cardNumber, profile) : null,
    cancelPlay: profile.cancel,
    extra: {
      name: payer.name,
      buyerName: null,
      buyerEmail: null,
      buyerTel: null,
      customData: null,
      payMethod: payer.method,
      channel: 'pc',
      pg: contract.pg,
      pgTid: books.newPgTid(contract.pg),
      webhookAs: payer.webhookAs,
    },
  };
}
