import { createHmac, timingSafeEqual } from 'node:crypto';

/** The request is not from the gateway, was changed on its way, or is too old. Answer 400 and do nothing. */
export class WebhookSignatureError extends Error {
  override readonly name = 'WebhookSignatureError';
}

export interface WebhookRequest {
  /** By name in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body as it came, before anything parsed it: a body written anew has another signature. */
  readonly body: string | Uint8Array;
}

export interface WebhookEvent {
  /** The same for every delivery of the event: handle each id once. */
  readonly id: string;
  readonly timestamp: Date;
  readonly payload: unknown;
}

const TOLERANCE_SECONDS = 300;
const VERSION = 'v1';
/** The least that the specification allows of a secret. */
const SECRET_BYTES_MIN = 24;

/**
 * The event of a webhook whose signature is right, as https://www.standardwebhooks.com says. `secrets`: those of the
 * endpoint, `whsec_…`, two while one is being rotated. Throws WebhookSignatureError, and TypeError for a secret that is none:
 * anybody could sign with an empty one.
 */
export function verifyWebhook(
  { headers, body }: WebhookRequest,
  secrets: readonly string[],
  { now = new Date(), toleranceSeconds = TOLERANCE_SECONDS } = {},
): WebhookEvent {
  const id = headerOf(headers, 'webhook-id');
  const written = headerOf(headers, 'webhook-timestamp');
  const seconds = /^\d{1,12}$/.test(written) ? Number(written) : Number.NaN;
  if (!(Math.abs(now.getTime() / 1_000 - seconds) <= toleranceSeconds)) {
    throw new WebhookSignatureError('the time of the webhook is too far off');
  }
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  const given = headerOf(headers, 'webhook-signature').split(' ').map(signatureOf);
  const expected = secrets.map((secret) =>
    createHmac('sha256', keyOf(secret)).update(`${id}.${written}.${text}`).digest(),
  );
  const isRight = expected.some((mac) =>
    given.some((each) => each !== null && each.length === mac.length && timingSafeEqual(each, mac)),
  );
  if (!isRight) throw new WebhookSignatureError('no signature of the webhook is right');
  return { id, timestamp: new Date(seconds * 1_000), payload: JSON.parse(text) };
}

function headerOf(headers: WebhookRequest['headers'], name: string): string {
  const value = headers[name];
  if (typeof value !== 'string' || value === '')
    throw new WebhookSignatureError(`the webhook has no ${name}`);
  return value;
}

function signatureOf(written: string): Buffer | null {
  const [version, signature = ''] = written.split(',');
  return version === VERSION ? Buffer.from(signature, 'base64') : null;
}

function keyOf(secret: string): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  if (key.length < SECRET_BYTES_MIN) throw new TypeError('this is no secret of a webhook endpoint');
  return key;
}
