import { webcrypto } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { AppConfig } from '../../config/app-config';
import { Sealer } from '../../common/crypto/sealer';
import type { SealContext } from '../../common/crypto/sealed-form';
import { Clock } from '../../common/time/clock';
import { EncryptionKeyEntity } from './encryption-key.entity';
import { MerchantDirectory } from './merchant-directory';
import type { OpenedRequest } from './merchants.types';
import { ReadThroughCache } from './read-through-cache';
import {
  type EncryptedBody,
  type LegacyKeys,
  legacyKeys,
  openJwe,
  openLegacy,
  refused,
} from './request-opening';
import { isTestKid } from './secrets';

interface RequestKeys {
  readonly byKid: ReadonlyMap<string, webcrypto.CryptoKey>;
  /** Of every live key, the newest first. */
  readonly legacy: readonly LegacyKeys[];
}

const CACHED_MERCHANTS_MAX = 20_000;
const ENC_DATA_MAX = 24_000;

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
    if (body.iv === undefined && body.mac === undefined) return openJwe(body.encData, keys.byKid);
    const merchant = this.directory.merchants.peek(mid) ?? (await this.directory.merchants.get(mid));
    if (merchant?.legacyEncryptionAllowed !== true) throw refused();
    return openLegacy(mid, body, keys.legacy);
  }

  /** After a key was made or revoked. */
  forget(mid: string): void {
    this.keysOf.forget(mid);
  }

  private async loadKeys(mid: string): Promise<RequestKeys | null> {
    const rows = await this.dataSource.manager.find(EncryptionKeyEntity, {
      where: { mid, revokedAt: IsNull() },
      order: { createdAt: 'DESC', kid: 'DESC' },
    });
    const byKid = new Map<string, webcrypto.CryptoKey>();
    const legacy: LegacyKeys[] = [];
    for (const row of rows) {
      if (isTestKid(row.kid) && !this.config.demo) continue;
      const material = await this.sealer.open('merchant-secret', encryptionKeyContext(row), row.keySealed);
      byKid.set(
        row.kid,
        await webcrypto.subtle.importKey('raw', material, { name: 'AES-GCM' }, false, ['decrypt']),
      );
      legacy.push(legacyKeys(material));
      material.fill(0);
    }
    return byKid.size === 0 ? null : { byKid, legacy };
  }
}

export function encryptionKeyContext({ kid, mid }: { kid: string; mid: string }): SealContext {
  return { table: 'encryption_keys', column: 'key_sealed', rowId: kid, mid };
}
