import {
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  type webcrypto,
} from 'node:crypto';
import { compactDecrypt } from 'jose';
import { equalInConstantTime } from '../../common/crypto/constant-time';
import { type AppError, fault } from '../../common/errors/app-error';
import { MERCHANTS_ERRORS } from './merchants.errors';
import type { OpenedRequest } from './merchants.types';

export interface EncryptedBody {
  /** JWE compact serialisation; in the old form base64 of the ciphertext. */
  readonly encData: string;
  /** Old form only: base64 of 16 bytes. */
  readonly iv?: string;
  /** Old form only: HMAC-SHA-256 in hex. */
  readonly mac?: string;
}

export interface LegacyKeys {
  readonly encryption: KeyObject;
  readonly mac: KeyObject;
}

const HEADER_MAX = 1_000;
/**
 * header..iv (12 bytes).ciphertext.tag (16 bytes), in base64url with its unused bits zero: decoders ignore those bits,
 * and another text for the same bytes would pass for another request.
 */
const JWE_SHAPE =
  /^[\w-]+\.\.[\w-]{16}\.(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?\.[\w-]{21}[AQgw]$/;
/** `maxDecompressedLength: 0`: a compressed request is refused, never inflated. */
const JWE_OPTIONS = {
  keyManagementAlgorithms: ['dir'],
  contentEncryptionAlgorithms: ['A256GCM'],
  maxDecompressedLength: 0,
};
/** HKDF-SHA-256 without salt, 32 bytes each; the info text separates the two keys. Part of the public contract. */
const LEGACY_ENCRYPTION_INFO = 'pg-gateway legacy encryption v1';
const LEGACY_MAC_INFO = 'pg-gateway legacy mac v1';
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const HMAC_HEX = /^[0-9a-fA-F]{64}$/;
const IV_BYTES = 16;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A JWE (dir, A256GCM) under the key that its `kid` names. Throws AppError ENC_DATA_INVALID. */
export async function openJwe(
  jwe: string,
  byKid: ReadonlyMap<string, webcrypto.CryptoKey>,
): Promise<OpenedRequest> {
  try {
    const key = byKid.get(kidOf(jwe));
    if (key === undefined) throw refused();
    const { plaintext } = await compactDecrypt(jwe, key, JWE_OPTIONS);
    return { plaintext: jsonObject(plaintext), requestHash: sha256(jwe) };
  } catch {
    throw refused();
  }
}

/** The two keys of the old form, derived from the merchant's encryption key (32 bytes). */
export function legacyKeys(material: Buffer): LegacyKeys {
  const derived = (info: string) => createSecretKey(Buffer.from(hkdfSync('sha256', material, '', info, 32)));
  return { encryption: derived(LEGACY_ENCRYPTION_INFO), mac: derived(LEGACY_MAC_INFO) };
}

/**
 * The old form, under whichever of the keys its MAC fits: it names none, and two are in use while they are changed over.
 * The MAC is checked before anything is decrypted. Throws AppError ENC_DATA_INVALID.
 */
export function openLegacy(
  mid: string,
  { encData, iv = '', mac = '' }: EncryptedBody,
  live: readonly LegacyKeys[],
): OpenedRequest {
  const authenticated = `${mid}|${iv}|${encData}`;
  if (!HMAC_HEX.test(mac)) throw refused();
  const given = Buffer.from(mac, 'hex');
  const keys = live.find((each) =>
    equalInConstantTime(createHmac('sha256', each.mac).update(authenticated, 'utf8').digest(), given),
  );
  if (keys === undefined) throw refused();
  try {
    if (!BASE64.test(iv) || !BASE64.test(encData)) throw refused();
    const nonce = Buffer.from(iv, 'base64');
    if (nonce.length !== IV_BYTES) throw refused();
    const decipher = createDecipheriv('aes-256-cbc', keys.encryption, nonce);
    const plaintext = Buffer.concat([decipher.update(encData, 'base64'), decipher.final()]);
    return { plaintext: jsonObject(plaintext), requestHash: sha256(authenticated) };
  } catch {
    throw refused();
  }
}

/** The `kid` of a compact JWE whose header says dir, A256GCM and nothing that would change how it is opened. */
function kidOf(jwe: string): string {
  const end = jwe.indexOf('.');
  if (end > HEADER_MAX || !JWE_SHAPE.test(jwe)) throw refused();
  const header = JSON.parse(Buffer.from(jwe.slice(0, end), 'base64url').toString('utf8')) as Record<
    string,
    unknown
  >;
  const { alg, enc, kid } = header;
  if (alg !== 'dir' || enc !== 'A256GCM' || typeof kid !== 'string') throw refused();
  if (header.zip !== undefined || header.crit !== undefined) throw refused();
  return kid;
}

function jsonObject(plaintext: Uint8Array): object {
  const value: unknown = JSON.parse(utf8.decode(plaintext));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused();
  // An own `__proto__` from JSON.parse becomes the prototype of whatever it is copied into.
  if (Object.hasOwn(value, '__proto__')) throw refused();
  return value;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

/** The one answer for everything that does not open. */
export function refused(): AppError {
  return fault(MERCHANTS_ERRORS, 'ENC_DATA_INVALID');
}
