import { createHash } from 'node:crypto';
import { compactDecrypt } from 'jose';
import { Refused } from './refused.mjs';

const SHAPE =
  /^[\w-]+\.\.[\w-]{16}\.(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?\.[\w-]{21}[AQgw]$/;
const OPTIONS = {
  keyManagementAlgorithms: ['dir'],
  contentEncryptionAlgorithms: ['A256GCM'],
  maxDecompressedLength: 0,
};
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Opens `encData` with the key that its header names. Whatever is wrong with it, the answer is the same. */
export async function openJwe(jwe, keys) {
  try {
    if (jwe.length > 24_000 || !SHAPE.test(jwe)) throw new Error('not a JWE');
    const header = JSON.parse(Buffer.from(jwe.slice(0, jwe.indexOf('.')), 'base64url').toString('utf8'));
    const key = keys.get(header.kid);
    if (header.alg !== 'dir' || header.enc !== 'A256GCM' || header.zip || header.crit || !key) {
      throw new Error('not openable');
    }
    const { plaintext } = await compactDecrypt(jwe, key, OPTIONS);
    const content = JSON.parse(utf8.decode(plaintext));
    if (typeof content !== 'object' || content === null || Array.isArray(content))
      throw new Error('no object');
    return { content, requestHash: createHash('sha256').update(jwe, 'utf8').digest('hex') };
  } catch {
    throw new Refused(400, 'ENC_DATA_INVALID');
  }
}
