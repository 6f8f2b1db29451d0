import { createCipheriv, createHash } from 'node:crypto';
import { equalInConstantTime } from '../../common/crypto/constant-time';

/** hex(sha256(parts in a row)), the last part a key: what both APIs sign with; only the parts differ. */
export function sign(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join(''), 'utf8').digest('hex');
}

/** Whether a signature that came is the one that `parts` make; letter case does not count. */
export function isSignedBy(signature: string, ...parts: readonly (string | number)[]): boolean {
  return equalInConstantTime(Buffer.from(signature.toLowerCase()), Buffer.from(sign(...parts)));
}

/** Hex of AES-128-ECB with PKCS5 padding under the first 16 characters of the key, as EncData wants it. */
export function encryptCardText(text: string, key: string): string {
  const cipher = createCipheriv('aes-128-ecb', Buffer.from(key.slice(0, 16), 'ascii'), null);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('hex');
}

/** Hex of AES-256-CBC with PKCS5 padding, the whole secret key (32 characters) and its first 16 as IV: encMode A2. */
export function encryptBillingText(text: string, secretKey: string): string {
  const [key, iv] = [Buffer.from(secretKey, 'ascii'), Buffer.from(secretKey.slice(0, 16), 'ascii')];
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('hex');
}
