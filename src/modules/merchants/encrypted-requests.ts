import {
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  webcrypto,
} from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { compactDecrypt } from 'jose';
import { DataSource, IsNull } from 'typeorm';
import { AppConfig } from '../../config/app-config';
import { equalInConstantTime } from '../../common/crypto/constant-time';
import { Sealer } from '../../common/crypto/sealer';
import type { SealContext } from '../../common/crypto/sealed-form';
import { type AppError, fault } from '../../common/errors/app-error';
import { Clock } from '../../common/time/clock';
import { EncryptionKeyEntity } from './encryption-key.entity';
import { MerchantDirectory } from './merchant-directory';
import { MERCHANTS_ERRORS } from './merchants.errors';
import type { OpenedRequest } from './merchants.types';
import { ReadThroughCache } from './read-through-cache';
import { isTestKid } from './secrets';

export interface EncryptedBody {
  /** JWE compact serialisation; in the old form base64 of the ciphertext. */
  readonly encData: string;
  /** Old form only: base64 of 16 bytes. */
  readonly iv?: string;
  /** Old form only: HMAC-SHA-256 in hex. */
  readonly mac?: string;
}

interface LegacyKeys {
  readonly encryption: KeyObject;
  readonly mac: KeyObject;
}

interface RequestKeys {
  readonly byKid: ReadonlyMap<string, webcrypto.CryptoKey>;
  /** Of the newest live key; null when there is none. */
  readonly legacy: LegacyKeys | null;
}

const CACHED_MERCHANTS_MAX = 20_000;
const ENC_DATA_MAX = 24_000;
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

/**
 * Opens what merchants encrypt: a JWE (dir, A256GCM), or for contracted old systems AES-256-CBC with an HMAC that is
 * checked before anything is decrypted. Every failure is the one ENC_DATA_INVALID: a second answer would be an oracle.
 */
@Injectable()
export class EncryptedRequests {
  private readonly keysOf: ReadThroughCache<RequestKeys>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly sealer: Sealer,
    private readonly directory: MerchantDirectory,
    private readonly config: AppConfig,
    clock: Clock,
  ) {
    this.keysOf = new ReadThroughCache(
      { entriesMax: CACHED_MERCHANTS_MAX, ttlMs: config.cacheTtlMs },
      (mid) => this.loadKeys(mid),
      () => clock.monotonicMs(),
    );
  }

  /** Throws AppError ENC_DATA_INVALID (400) for everything that does not open to a JSON object. */
  async open(mid: string, body: EncryptedBody): Promise<OpenedRequest> {
    if (body.encData.length > ENC_DATA_MAX) throw refused();
    const keys = this.keysOf.peek(mid) ?? (await this.keysOf.get(mid));
    if (keys === null) throw refused();
    if (body.iv === undefined && body.mac === undefined) return this.openJwe(keys, body.encData);
    const merchant = this.directory.merchants.peek(mid) ?? (await this.directory.merchants.get(mid));
    if (merchant?.legacyEncryptionAllowed !== true || keys.legacy === null) throw refused();
    return openLegacy(mid, body, keys.legacy);
  }

  /** After a key was made or revoked. */
  forget(mid: string): void {
    this.keysOf.forget(mid);
  }

  private async openJwe(keys: RequestKeys, jwe: string): Promise<OpenedRequest> {
    try {
      const key = keys.byKid.get(kidOf(jwe));
      if (key === undefined) throw refused();
      const { plaintext } = await compactDecrypt(jwe, key, JWE_OPTIONS);
      return { plaintext: jsonObject(plaintext), requestHash: sha256(jwe) };
    } catch {
      throw refused();
    }
  }

  private async loadKeys(mid: string): Promise<RequestKeys | null> {
    const rows = await this.dataSource.manager.find(EncryptionKeyEntity, {
      where: { mid, revokedAt: IsNull() },
      order: { createdAt: 'DESC', kid: 'DESC' },
    });
    const byKid = new Map<string, webcrypto.CryptoKey>();
    let legacy: LegacyKeys | null = null;
    for (const row of rows) {
      if (isTestKid(row.kid) && !this.config.demo) continue;
      const material = await this.sealer.open('merchant-secret', encryptionKeyContext(row), row.keySealed);
      byKid.set(
        row.kid,
        await webcrypto.subtle.importKey('raw', material, { name: 'AES-GCM' }, false, ['decrypt']),
      );
      legacy ??= legacyKeys(material);
      material.fill(0);
    }
    return byKid.size === 0 ? null : { byKid, legacy };
  }
}

export function encryptionKeyContext({ kid, mid }: { kid: string; mid: string }): SealContext {
  return { table: 'encryption_keys', column: 'key_sealed', rowId: kid, mid };
}

/** The two keys of the old form, derived from the merchant's encryption key (32 bytes). */
export function legacyKeys(material: Buffer): LegacyKeys {
  const derived = (info: string) => createSecretKey(Buffer.from(hkdfSync('sha256', material, '', info, 32)));
  return { encryption: derived(LEGACY_ENCRYPTION_INFO), mac: derived(LEGACY_MAC_INFO) };
}

function openLegacy(
  mid: string,
  { encData, iv = '', mac = '' }: EncryptedBody,
  keys: LegacyKeys,
): OpenedRequest {
  const authenticated = `${mid}|${iv}|${encData}`;
  const expected = createHmac('sha256', keys.mac).update(authenticated, 'utf8').digest();
  if (!HMAC_HEX.test(mac) || !equalInConstantTime(expected, Buffer.from(mac, 'hex'))) throw refused();
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

function refused(): AppError {
  return fault(MERCHANTS_ERRORS, 'ENC_DATA_INVALID');
}
