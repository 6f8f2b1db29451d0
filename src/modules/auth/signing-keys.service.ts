import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { calculateJwkThumbprint } from 'jose';
import { DataSource, type EntityManager } from 'typeorm';
import { AppConfig } from '../../config/app-config';
import { Sealer } from '../../common/crypto/sealer';
import { isDuplicateKey } from '../../common/db/database-errors';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { Clock } from '../../common/time/clock';
import { AuditFacade } from '../audit/audit.facade';
import { ACCESS_TOKEN_TTL_MAX_MS } from './access-token.policy';
import type { PublicJwk, SigningKey, SigningKeyState } from './auth.types';
import { SigningKeyEntity } from './signing-key.entity';
import { Snapshot } from './snapshot';

/** How old a snapshot must be before a `kid` that it lacks causes another reading: made-up ones must not flood us. */
const UNKNOWN_KID_RELOAD_MS = 1_000;

interface KeySet {
  readonly publicKeys: ReadonlyMap<string, KeyObject>;
  readonly jwks: readonly PublicJwk[];
  readonly active: SigningKey | null;
}

interface NewKey {
  readonly kid: string;
  readonly publicJwk: string;
  readonly sealed: Buffer;
}

/**
 * The keys that sign access tokens (ES256). ACTIVE signs; NEXT is published and signs after the next rotation; a
 * RETIRED one verifies until the last token that it signed has expired. Made at first need, once, also when several
 * processes need them at the same time: the table takes one NEXT and one ACTIVE.
 */
@Injectable()
export class SigningKeys {
  private readonly keys: Snapshot<KeySet>;
  private readonly opened = new Map<string, KeyObject>();
  private readonly retiredKeptMs: number;

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly sealer: Sealer,
    private readonly audit: AuditFacade,
    config: AppConfig,
    clock: Clock,
  ) {
    this.keys = new Snapshot(
      () => this.load(),
      config.cacheTtlMs,
      () => clock.monotonicMs(),
    );
    // Another process may go on signing with it until its own snapshot is too old.
    this.retiredKeptMs = ACCESS_TOKEN_TTL_MAX_MS + config.cacheTtlMs + 60_000;
  }

  /** The key to sign with. */
  async active(): Promise<SigningKey> {
    const { active } = await this.keys.get();
    if (active !== null) return active;
    await this.makeMissing();
    this.keys.forget();
    const made = (await this.keys.get()).active;
    if (made === null) throw new Error('a signing key that was just made cannot be read');
    return made;
  }

  /** The key of our own table by which a token says it was signed; undefined when there is none. */
  async publicKey(kid: string): Promise<KeyObject | undefined> {
    const known = (await this.keys.get()).publicKeys.get(kid);
    if (known !== undefined || this.keys.age < UNKNOWN_KID_RELOAD_MS) return known;
    return (await this.keys.reload()).publicKeys.get(kid);
  }

  /** What verifiers may need now and next (RFC 7517). Makes the first keys, so that the set is never empty. */
  async jwks(): Promise<readonly PublicJwk[]> {
    await this.active();
    return (await this.keys.get()).jwks;
  }

  /**
   * NEXT begins to sign, ACTIVE retires and a new NEXT is published. Other processes follow within CACHE_TTL_MS; tokens
   * that are out stay good until they expire. Returns the `kid` that signs from now on.
   */
  async rotate(actor: string): Promise<string> {
    await this.active();
    const next = await this.newKey();
    const kid = await this.unitOfWork.run('signing-keys.rotate', async (tx) => {
      const live = await tx.query<{ kid: string; state: SigningKeyState }[]>(
        'SELECT kid, state FROM signing_keys WHERE live_state IS NOT NULL ORDER BY kid FOR UPDATE',
      );
      const active = live.find(({ state }) => state === 'ACTIVE');
      const following = live.find(({ state }) => state === 'NEXT');
      if (active === undefined || following === undefined) throw new Error('signing keys are missing');
      await tx.query(
        "UPDATE signing_keys SET state = 'RETIRED', retired_at = UTC_TIMESTAMP(3) WHERE kid = ?",
        [active.kid],
      );
      await tx.query(
        "UPDATE signing_keys SET state = 'ACTIVE', activated_at = UTC_TIMESTAMP(3) WHERE kid = ?",
        [following.kid],
      );
      await insertKey(tx, next, 'NEXT');
      const details = { from: active.kid, to: following.kid };
      await this.audit.record(tx, {
        actor,
        action: 'signing-key.rotate',
        target: following.kid,
        outcome: 'SUCCESS',
        details,
      });
      return following.kid;
    });
    this.keys.forget();
    return kid;
  }

  /** Deletes retired keys whose last token has expired. Returns how many. */
  async purgeRetired(limit: number): Promise<number> {
    const { affectedRows } = await this.dataSource.query<{ affectedRows: number }>(
      'DELETE FROM signing_keys WHERE retired_at < UTC_TIMESTAMP(3) - INTERVAL ? MICROSECOND LIMIT ?',
      [this.retiredKeptMs * 1_000, limit],
    );
    return affectedRows;
  }

  private async makeMissing(): Promise<void> {
    for (const state of ['ACTIVE', 'NEXT'] as const) {
      try {
        await insertKey(this.dataSource.manager, await this.newKey(), state);
      } catch (error) {
        // Another process was first: its key serves as well.
        if (!isDuplicateKey(error)) throw error;
      }
    }
  }

  private async newKey(): Promise<NewKey> {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
    const kid = await calculateJwkThumbprint({ kty: kty!, crv: crv!, x: x!, y: y! });
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
    const sealed = await this.sealer.seal('signing', sealedAt(kid), pkcs8);
    return { kid, publicJwk: JSON.stringify({ kty, crv, x, y, kid, use: 'sig', alg: 'ES256' }), sealed };
  }

  private async load(): Promise<KeySet> {
    const rows = await this.dataSource.manager
      .createQueryBuilder(SigningKeyEntity, 'k')
      .where("k.state <> 'RETIRED' OR k.retiredAt > UTC_TIMESTAMP(3) - INTERVAL :kept MICROSECOND", {
        kept: this.retiredKeptMs * 1_000,
      })
      .orderBy('k.createdAt', 'DESC')
      .getMany();
    const jwks = rows.map((row) => JSON.parse(row.publicJwk) as PublicJwk);
    const publicKeys = new Map(
      jwks.map((jwk) => [jwk.kid, createPublicKey({ key: { ...jwk }, format: 'jwk' })]),
    );
    const active = rows.find(({ state }) => state === 'ACTIVE');
    return { publicKeys, jwks, active: active === undefined ? null : await this.open(active) };
  }

  private async open({ kid, privateKeySealed }: SigningKeyEntity): Promise<SigningKey> {
    let privateKey = this.opened.get(kid);
    if (privateKey === undefined) {
      const key = await this.sealer.open('signing', sealedAt(kid), privateKeySealed);
      privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
      key.fill(0);
      this.opened.clear();
      this.opened.set(kid, privateKey);
    }
    return { kid, privateKey };
  }
}

function sealedAt(kid: string): { table: string; column: string; rowId: string } {
  return { table: 'signing_keys', column: 'private_key_sealed', rowId: kid };
}

function insertKey(manager: EntityManager, key: NewKey, state: SigningKeyState): Promise<unknown> {
  return manager.query(
    `INSERT INTO signing_keys (kid, public_jwk, private_key_sealed, state, activated_at)
     VALUES (?, ?, ?, ?, IF(? = 'ACTIVE', UTC_TIMESTAMP(3), NULL))`,
    [key.kid, key.publicJwk, key.sealed, state, state],
  );
}
