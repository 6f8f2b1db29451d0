import { createDecipheriv, createHash } from 'node:crypto';

/** hex(sha256(parts in a row)): signData, SignData and signature of both APIs; only the parts differ. */
export function signatureOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join(''), 'utf8').digest('hex');
}

/**
 * The text of a legacy EncData: hex of AES-128-ECB with PKCS5 padding under the first 16 characters of the merchant
 * key. Undefined where it cannot be read.
 */
export function decryptCardText(encData: string, merchantKey: string): string | undefined {
  if (!/^(?:[0-9a-f]{32})+$/i.test(encData)) return undefined;
  const decipher = createDecipheriv('aes-128-ecb', Buffer.from(merchantKey.slice(0, 16), 'ascii'), null);
  try {
    const text = Buffer.concat([decipher.update(Buffer.from(encData, 'hex')), decipher.final()]);
    return text.toString('utf8');
  } catch {
    return undefined;
  }
}

/**
 * The text of a billing encData: hex of AES-256-CBC under the whole secret key (encMode A2), or of AES-128-ECB under its
 * first 16 characters. Undefined where it cannot be read.
 */
export function decryptBillingText(
  encData: string,
  secretKey: string,
  encMode: string | undefined,
): string | undefined {
  if (encMode === undefined) return decryptCardText(encData, secretKey);
  if (encMode !== 'A2' || !/^(?:[0-9a-f]{32})+$/i.test(encData)) return undefined;
  const [key, iv] = [Buffer.from(secretKey, 'ascii'), Buffer.from(secretKey.slice(0, 16), 'ascii')];
  const decipher = createDecipheriv('aes-256-cbc', key, iv);
  try {
    return Buffer.concat([decipher.update(Buffer.from(encData, 'hex')), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
