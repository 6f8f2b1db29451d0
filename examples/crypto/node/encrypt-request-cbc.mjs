/*
 * The older form of an encrypted request, for systems that cannot make a JWE and whose contract allows it: AES-256-CBC with
 * PKCS#7 padding, and an HMAC-SHA-256 over mid|iv|encData. Node alone is enough.
 *
 *   PG_MID=… PG_KEY=<base64 of 32 bytes> node encrypt-request-cbc.mjs < content.json
 *
 * Content in, the whole body out. TEST_IV (base64 of 16 bytes) is for vectors.json alone.
 */
import { createCipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

export function encryptRequest(content, mid, key, iv = randomBytes(16)) {
  if (key.length !== 32) throw new RangeError('an encryption key has 32 bytes');
  // Two keys from one: what encrypts must not sign.
  const derived = (purpose) =>
    Buffer.from(hkdfSync('sha256', key, '', `pg-gateway legacy ${purpose} v1`, 32));
  const cipher = createCipheriv('aes-256-cbc', derived('encryption'), iv);
  const encData = Buffer.concat([cipher.update(content), cipher.final()]).toString('base64');
  const body = { mid, iv: iv.toString('base64'), encData };
  const signed = `${body.mid}|${body.iv}|${body.encData}`;
  return { ...body, mac: createHmac('sha256', derived('mac')).update(signed).digest('hex') };
}

const { PG_MID, PG_KEY, TEST_IV } = process.env;
const iv = TEST_IV ? Buffer.from(TEST_IV, 'base64') : undefined;
console.log(JSON.stringify(encryptRequest(readFileSync(0), PG_MID, Buffer.from(PG_KEY, 'base64'), iv)));
