import { createHmac, randomBytes } from 'node:crypto';

/* The symmetric signatures of Standard Webhooks 1.0.0, https://www.standardwebhooks.com */

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** `whsec_` and 32 random bytes in base64: between the 24 and 64 that the specification asks for. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** `v1,` and HMAC-SHA-256 in base64 over id, Unix time in seconds and body, joined by dots. */
export function signatureOf(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64');
  return `v1,${mac}`;
}

/** One signature for each live secret, so that a receiver may change over whenever it likes. */
export function signedHeaders(
  secrets: readonly string[],
  message: { readonly id: string; readonly sentAt: Date; readonly body: string },
): Record<string, string> {
  const timestamp = Math.floor(message.sentAt.getTime() / 1_000);
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets
      .map((secret) => signatureOf(secret, message.id, timestamp, message.body))
      .join(' '),
  };
}
