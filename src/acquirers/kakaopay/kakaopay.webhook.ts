import { createHash } from 'node:crypto';
import type { ContractAccess } from '../port/acquirer.types';
import type { RawWebhook, WebhookReading, WebhookVerdict } from '../port/webhook.types';
import { kakaopayHintSchema } from './kakaopay.wire';

/**
 * A hint of how a payment stands. Unconfirmed: KakaoPay documents none for single payments, so whatever names a
 * payment in the words of its answers is taken for one, and never believed.
 */
export function readHint(raw: RawWebhook): WebhookReading {
  const hint = kakaopayHintSchema.safeParse(parsed(raw.body)).data;
  if (hint === undefined) return { kind: 'UNREADABLE', why: 'the body names no payment' };
  return {
    kind: 'HINT',
    hint: {
      dedupeKey: `sha256:${createHash('sha256').update(raw.body).digest('hex')}`,
      event: hint.status,
      acquirerMerchantId: hint.cid,
      acquirerOrderNo: hint.partner_order_id,
      acquirerTransactionId: hint.tid,
    },
  };
}

/** Nothing is signed; a hint for another merchant is certainly not of this contract. */
export function verifyHint(access: ContractAccess, raw: RawWebhook): WebhookVerdict {
  const reading = readHint(raw);
  const isOurs = reading.kind === 'HINT' && reading.hint.acquirerMerchantId === access.acquirerMerchantId;
  return isOurs ? 'UNSIGNED' : 'INVALID';
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
