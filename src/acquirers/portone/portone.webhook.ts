import type { RawWebhook, WebhookReading } from '../port/webhook.types';
import { portoneWebhookSchema } from './portone.wire';

/**
 * `imp_uid`, `merchant_uid`, `status` and, on a cancel, `cancellation_id`, as JSON or as a form (the shop chooses in
 * the console). Not signed and without an id of its own: the same change of the same payment is the same message.
 */
export function readPortoneWebhook(raw: RawWebhook): WebhookReading {
  const fields = fieldsOf(raw);
  if (fields === undefined) return { kind: 'UNREADABLE', why: 'the body is neither JSON nor a form' };
  const read = portoneWebhookSchema.safeParse(fields);
  if (!read.success) return { kind: 'UNREADABLE', why: 'the body does not name a payment and its status' };
  const { imp_uid, merchant_uid, status, cancellation_id } = read.data;
  return {
    kind: 'HINT',
    hint: {
      dedupeKey: [imp_uid, status, cancellation_id ?? ''].join(':'),
      event: status,
      acquirerMerchantId: null,
      acquirerOrderNo: merchant_uid,
      acquirerTransactionId: imp_uid,
    },
  };
}

function fieldsOf({ contentType, body }: RawWebhook): unknown {
  const text = body.toString('utf8');
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
