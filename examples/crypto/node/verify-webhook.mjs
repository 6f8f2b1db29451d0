/*
 * Whether a webhook is genuine, as https://www.standardwebhooks.com says. Node alone is enough.
 *
 *   WEBHOOK_SECRETS='whsec_… whsec_…' node verify-webhook.mjs ID TIMESTAMP SIGNATURE [NOW] < body
 *
 * The arguments are the headers webhook-id, webhook-timestamp and webhook-signature. Two secrets live while one is being
 * rotated. NOW (Unix time in seconds) is for vectors.json alone. Exit code 1: answer 400 and do nothing.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';

const TOLERANCE_SECONDS = 300;

/** `body`: the bytes as they came; parsed and written anew they have another signature. */
export function isGenuine({ id, timestamp, signature = '', body }, secrets, nowSeconds = Date.now() / 1_000) {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowSeconds - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const given = signature
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    .map((each) => Buffer.from(each.slice(3), 'base64'));
  return secrets.some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    if (key.length < 24) throw new TypeError('this is no secret of a webhook endpoint');
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
    return given.some((each) => each.length === expected.length && timingSafeEqual(each, expected));
  });
}

const [id, timestamp, signature, now] = process.argv.slice(2);
const secrets = process.env.WEBHOOK_SECRETS.split(' ');
const message = { id, timestamp, signature, body: readFileSync(0) };
const genuine = isGenuine(message, secrets, now === undefined ? undefined : Number(now));
console.log(genuine ? 'genuine' : 'not genuine');
process.exitCode = genuine ? 0 : 1;
