/*
 * The encData of a request: JWE compact serialisation (RFC 7516), alg dir, enc A256GCM. Node alone is enough.
 *
 *   PG_KEY_ID=… PG_KEY=<base64 of 32 bytes> node encrypt-request.mjs < content.json
 *
 * Content in, encData out. TEST_IV (base64 of 12 bytes) is for vectors.json alone: no initialisation vector may ever be used
 * twice with one key.
 */
import { createCipheriv, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

export function encryptRequest(content, keyId, key, iv = randomBytes(12)) {
  if (key.length !== 32) throw new RangeError('an encryption key has 32 bytes');
  const header = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid: keyId })).toString(
    'base64url',
  );
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  // The header is not secret, but nobody may change it.
  cipher.setAAD(Buffer.from(header));
  const ciphertext = Buffer.concat([cipher.update(content), cipher.final()]);
  // The part between the first two dots is an encrypted key; with alg dir there is none.
  const parts = [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  return `${header}..${parts.join('.')}`;
}

const { PG_KEY_ID, PG_KEY, TEST_IV } = process.env;
const iv = TEST_IV ? Buffer.from(TEST_IV, 'base64') : undefined;
console.log(encryptRequest(readFileSync(0), PG_KEY_ID, Buffer.from(PG_KEY, 'base64'), iv));
