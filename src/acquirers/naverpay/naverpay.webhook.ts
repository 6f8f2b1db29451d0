import { createHash } from 'node:crypto';
import type { ContractAccess } from '../port/acquirer.types';
import type { RawWebhook, WebhookReading, WebhookReceipt, WebhookVerdict } from '../port/webhook.types';
import { naverpayHintSchema } from './naverpay.wire';

export const NAVERPAY_RECEIPT: WebhookReceipt = { contentType: 'text/plain; charset=utf-8', body: 'OK' };

/**
 * Reads `{paymentId, merchantPayKey, merchantId?, payHistId?}`. No document of NaverPay's that we could find describes
 * webhooks of single payments: the form is unconfirmed, and nothing of it is more than a reason to ask.
 */
export function readHint(raw: RawWebhook): WebhookReading {
  const parsed = naverpayHintSchema.safeParse(contentOf(raw.body));
  if (!parsed.success) return { kind: 'UNREADABLE', why: 'not a hint of a payment' };
  const { paymentId, merchantPayKey, merchantId, payHistId } = parsed.data;
  const movement = payHistId ?? createHash('sha256').update(raw.body).digest('hex');
  return {
    kind: 'HINT',
    hint: {
      dedupeKey: `${paymentId} ${movement}`,
      event: 'payment.changed',
      acquirerMerchantId: merchantId ?? null,
      acquirerOrderNo: merchantPayKey,
      acquirerTransactionId: paymentId,
    },
  };
}

/** Nothing is signed; a hint for another merchant is certainly not of this contract. */
export function verifyHint(access: ContractAccess, raw: RawWebhook): WebhookVerdict {
  const read = readHint(raw);
  if (read.kind !== 'HINT') return 'INVALID';
  const { acquirerMerchantId } = read.hint;
  return acquirerMerchantId === null || acquirerMerchantId === access.acquirerMerchantId
    ? 'UNSIGNED'
    : 'INVALID';
}

function contentOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
