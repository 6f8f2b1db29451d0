import type { ContractAccess } from '../port/acquirer.types';
import type { RawWebhook, WebhookReading, WebhookReceipt, WebhookVerdict } from '../port/webhook.types';
import { secretKeyOf } from './nicepay.config';
import { isSignedBy } from './nicepay.crypto';
import { type NicepayWebhook, webhookSchema } from './nicepay.wire';

/** HTTP 200, text/html, and OK as its only text (manual, "웹훅"; U337, U338). */
export const NICEPAY_RECEIPT: WebhookReceipt = { contentType: 'text/html', body: 'OK' };

/** A message has no number of its own: it is told from another by what it says of which payment. */
export function readNicepayWebhook(raw: RawWebhook): WebhookReading {
  const webhook = parse(raw);
  if (webhook === null) return { kind: 'UNREADABLE', why: 'not a payment object' };
  const { tid, orderId, status, cancelledTid } = webhook;
  return {
    kind: 'HINT',
    hint: {
      dedupeKey: [tid, status, cancelledTid ?? ''].join(':'),
      event: status,
      acquirerMerchantId: null,
      acquirerOrderNo: orderId,
      acquirerTransactionId: tid,
    },
  };
}

export function verifyNicepayWebhook(access: ContractAccess, raw: RawWebhook): WebhookVerdict {
  const webhook = parse(raw);
  if (webhook === null) return 'INVALID';
  const { signature, tid, amount, ediDate } = webhook;
  return isSignedBy(signature, tid, amount, ediDate, secretKeyOf(access)) ? 'VALID' : 'INVALID';
}

function parse(raw: RawWebhook): NicepayWebhook | null {
  try {
    const read = webhookSchema.safeParse(JSON.parse(raw.body.toString('utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
