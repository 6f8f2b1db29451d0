import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../common/masking/secret';
import type { ContractAccess } from '../port/acquirer.types';
import type { RawWebhook, WebhookHint, WebhookReading, WebhookVerdict } from '../port/webhook.types';
import { tossDepositSchema, tossEntityEventSchema, tossEventSchema } from './toss.wire';

const TRANSMISSION_ID = 'tosspayments-webhook-transmission-id';
const TRANSMISSION_TIME = 'tosspayments-webhook-transmission-time';
const SIGNATURE = 'tosspayments-webhook-signature';
/** The only events that TossPayments signs ("웹훅 이벤트"). */
const SIGNED_EVENTS: readonly string[] = ['payout.changed', 'seller.changed'];
const TRANSMISSION_ID_MAX = 128;
const DEPOSIT_EVENT = 'DEPOSIT_CALLBACK';

type Told = Omit<WebhookHint, 'dedupeKey'>;

/** Reads any of the three envelopes. */
export function readTossWebhook(raw: RawWebhook): WebhookReading {
  const told = toldBy(raw.body);
  if (typeof told === 'string') return { kind: 'UNREADABLE', why: told };
  return { kind: 'HINT', hint: { dedupeKey: dedupeKey(raw), ...told } };
}

/**
 * Payments' webhooks are not signed. A deposit notice bears the `secret` of its one payment, which was told when the
 * account was issued ("웹훅 이벤트", DEPOSIT_CALLBACK); without one to compare it is a hint like any other. Payout and seller events are, with a security key that the contract may hold; a
 * signature that is missing or cannot be checked is a wrong one.
 */
export function verifyTossWebhook(
  access: ContractAccess,
  raw: RawWebhook,
  depositSecret: Secret<string> | null = null,
): WebhookVerdict {
  const told = toldBy(raw.body);
  if (typeof told === 'string') return 'INVALID';
  if (told.acquirerMerchantId !== null && told.acquirerMerchantId !== access.acquirerMerchantId)
    return 'INVALID';
  if (told.event === DEPOSIT_EVENT && depositSecret !== null)
    return bearsSecret(raw, depositSecret) ? 'VALID' : 'INVALID';
  if (!SIGNED_EVENTS.includes(told.event)) return 'UNSIGNED';
  const { securityKey } = access.credentials.expose();
  return securityKey !== undefined && isSigned(raw, securityKey) ? 'VALID' : 'INVALID';
}

function toldBy(body: Buffer): Told | string {
  const content = parsed(body);
  if (content === undefined) return 'the body is not JSON';
  const event = tossEventSchema.safeParse(content);
  if (event.success) {
    const { eventType, data } = event.data;
    return {
      event: eventType,
      acquirerMerchantId: data.mId ?? null,
      acquirerOrderNo: data.orderId ?? null,
      acquirerTransactionId: data.paymentKey ?? null,
    };
  }
  const none = { acquirerMerchantId: null, acquirerOrderNo: null, acquirerTransactionId: null };
  const entity = tossEntityEventSchema.safeParse(content);
  if (entity.success) return { event: entity.data.eventType, ...none };
  const deposit = tossDepositSchema.safeParse(content);
  // Its transactionKey names a movement of money, not the payment.
  if (deposit.success) return { event: DEPOSIT_EVENT, ...none, acquirerOrderNo: deposit.data.orderId };
  return 'the body has none of the three envelopes';
}

/** Hashed first, so that both are of one length. */
function bearsSecret({ body }: RawWebhook, depositSecret: Secret<string>): boolean {
  const notice = tossDepositSchema.safeParse(parsed(body));
  const hashed = (secret: string) => createHash('sha256').update(secret, 'utf8').digest();
  return notice.success && timingSafeEqual(hashed(notice.data.secret), hashed(depositSecret.expose()));
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** The id is the same each time that a message is sent again; without one the same text is the same message. */
function dedupeKey({ headers, body }: RawWebhook): string {
  const id = headers[TRANSMISSION_ID];
  if (id !== undefined && id !== '' && id.length <= TRANSMISSION_ID_MAX) return id;
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}

/** Comma-separated `v1:<base64>` values; one that fits is enough. */
function isSigned({ headers, body }: RawWebhook, securityKey: string): boolean {
  const time = headers[TRANSMISSION_TIME];
  const given = headers[SIGNATURE];
  if (time === undefined || given === undefined) return false;
  const right = createHmac('sha256', securityKey).update(body).update(`:${time}`).digest();
  return given
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value.startsWith('v1:'))
    .map((value) => Buffer.from(value.slice(3), 'base64'))
    .some((signature) => signature.length === right.length && timingSafeEqual(signature, right));
}
