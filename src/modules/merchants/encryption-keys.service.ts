import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Sealer } from '../../common/crypto/sealer';
import { isDuplicateKey } from '../../common/db/database-errors';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { newId } from '../../common/ids/id';
import { Secret } from '../../common/masking/secret';
import { Clock } from '../../common/time/clock';
import { AuditFacade } from '../audit/audit.facade';
import { EncryptedRequests, encryptionKeyContext } from './encrypted-requests';
import { EncryptionKeyEntity } from './encryption-key.entity';
import { type KeyPage, keyPage, type KeyPageQuery } from './key-page';
import { LIVE_KEYS_MAX, lockMerchant } from './key-slots';
import { MERCHANTS_ERRORS } from './merchants.errors';
import type { EncryptionKeyView, IssuedEncryptionKey } from './merchants.types';

const KEY_BYTES = 32;
const KID_SHAPE = /^ek_[0-9A-Za-z_]{1,37}$/;

/** A key sealed and ready to be written. Sealing is done before the transaction that writes it. */
export interface SealedEncryptionKey {
  readonly kid: string;
  readonly mid: string;
  readonly keySealed: Buffer;
}

/** The keys with which a merchant encrypts its requests: two may be live at once; kept only sealed. */
@Injectable()
export class EncryptionKeysService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly sealer: Sealer,
    private readonly requests: EncryptedRequests,
    private readonly clock: Clock,
  ) {}

  /** Newest first, revoked ones too. */
  async list(mid: string, query: KeyPageQuery): Promise<KeyPage<EncryptionKeyView>> {
    const repository = this.dataSource.manager.getRepository(EncryptionKeyEntity);
    const { rows, nextCursor } = await keyPage(repository, 'kid', mid, query);
    return { data: rows.map(({ kid, createdAt, revokedAt }) => ({ kid, createdAt, revokedAt })), nextCursor };
  }

  /** Throws NOT_FOUND, ENCRYPTION_KEY_LIMIT. */
  async create(mid: string, actor: string): Promise<IssuedEncryptionKey> {
    const kid = `ek_${newId('key').slice('key_'.length)}`;
    const material = randomBytes(KEY_BYTES);
    // A merchant that does not exist must not get a data key of its own by sealing for it.
    if (!(await this.dataSource.manager.existsBy('merchants', { mid }))) {
      throw fault(COMMON_ERRORS, 'NOT_FOUND');
    }
    const sealed = await this.seal(mid, kid, material);
    const view = await this.unitOfWork.run('encryption-key.create', async (tx) => {
      await lockMerchant(tx, mid);
      const [{ live }] = await tx.query<[{ live: string }]>(
        'SELECT COUNT(*) AS live FROM encryption_keys WHERE mid = ? AND revoked_at IS NULL',
        [mid],
      );
      if (Number(live) >= LIVE_KEYS_MAX) throw fault(MERCHANTS_ERRORS, 'ENCRYPTION_KEY_LIMIT');
      return this.insert(tx, sealed, actor);
    });
    this.requests.forget(mid);
    return { ...view, key: new Secret(material.toString('base64')) };
  }

  /** This process refuses requests made with it at once, the others within CACHE_TTL_MS. Throws KEY_NOT_FOUND. */
  async revoke(mid: string, kid: string, actor: string): Promise<void> {
    if (!KID_SHAPE.test(kid)) throw fault(MERCHANTS_ERRORS, 'KEY_NOT_FOUND');
    await this.unitOfWork.run('encryption-key.revoke', async (tx) => {
      const rows = await tx.query<{ revoked: string | null }[]>(
        'SELECT revoked_at AS revoked FROM encryption_keys WHERE kid = ? AND mid = ? FOR UPDATE',
        [kid, mid],
      );
      const row = rows[0];
      if (row === undefined) throw fault(MERCHANTS_ERRORS, 'KEY_NOT_FOUND');
      if (row.revoked !== null) return;
      await tx.query('UPDATE encryption_keys SET revoked_at = UTC_TIMESTAMP(3) WHERE kid = ? AND mid = ?', [
        kid,
        mid,
      ]);
      await this.audit.record(tx, {
        actor,
        action: 'encryption-key.revoke',
        target: kid,
        mid,
        outcome: 'SUCCESS',
      });
    });
    this.requests.forget(mid);
  }

  async seal(mid: string, kid: string, material: Buffer): Promise<SealedEncryptionKey> {
    const keySealed = await this.sealer.seal('merchant-secret', encryptionKeyContext({ kid, mid }), material);
    return { kid, mid, keySealed };
  }

  /** Adds a given key; false when it is there already. For demo data. */
  async ensure(tx: EntityManager, sealed: SealedEncryptionKey, actor: string): Promise<boolean> {
    try {
      await this.insert(tx, sealed, actor);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  private async insert(
    tx: EntityManager,
    sealed: SealedEncryptionKey,
    actor: string,
  ): Promise<EncryptionKeyView> {
    const { kid, mid, keySealed } = sealed;
    const createdAt = this.clock.now();
    await tx
      .createQueryBuilder()
      .insert()
      .into(EncryptionKeyEntity)
      .values({ kid, mid, keySealed, createdBy: actor, createdAt })
      .updateEntity(false)
      .execute();
    const details = { keyId: kid };
    await this.audit.record(tx, {
      actor,
      action: 'encryption-key.create',
      target: kid,
      mid,
      outcome: 'SUCCESS',
      details,
    });
    return { kid, createdAt, revokedAt: null };
  }
}
