import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AppConfig } from '../../config/app-config';
import { isDuplicateKey } from '../../common/db/database-errors';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { fault } from '../../common/errors/app-error';
import { isId, newId } from '../../common/ids/id';
import { Secret } from '../../common/masking/secret';
import { Clock } from '../../common/time/clock';
import { AuditFacade } from '../audit/audit.facade';
import { ApiKeyEntity } from './api-key.entity';
import { LIVE_KEYS_MAX, lockMerchant } from './key-slots';
import { type KeyPage, keyPage, type KeyPageQuery } from './key-page';
import { MERCHANTS_ERRORS } from './merchants.errors';
import type { ApiKeyView, AuthenticatedKey, IssuedApiKey } from './merchants.types';
import { ReadThroughCache } from './read-through-cache';
import { isTestSecretKey, newSecretKey, secretKeyHash, secretKeyHint } from './secrets';

const CACHED_KEYS_MAX = 20_000;
const SECRET_LENGTH_MAX = 200;

interface LiveKey {
  readonly authenticated: AuthenticatedKey;
  /** Milliseconds since 1970; Infinity = never. */
  readonly expiresAt: number;
}

/** A merchant's secret keys: two may be live at once, for changing over; the secret is shown once and never kept. */
@Injectable()
export class ApiKeysService {
  private readonly live: ReadThroughCache<LiveKey>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {
    this.live = new ReadThroughCache(
      { entriesMax: CACHED_KEYS_MAX, ttlMs: config.cacheTtlMs },
      (hash) => this.loadLive(hash),
      () => clock.monotonicMs(),
    );
  }

  /** Whose secret this is; null for an unknown, expired or revoked one and for a merchant that is not active. */
  async authenticate(secret: string): Promise<AuthenticatedKey | null> {
    if (secret.length > SECRET_LENGTH_MAX || (isTestSecretKey(secret) && !this.config.demo)) return null;
    const hash = secretKeyHash(secret).toString('hex');
    const key = this.live.peek(hash) ?? (await this.live.get(hash));
    return key !== null && this.clock.now().getTime() < key.expiresAt ? key.authenticated : null;
  }

  /** Newest first, revoked ones too. */
  async list(mid: string, query: KeyPageQuery): Promise<KeyPage<ApiKeyView>> {
    const repository = this.dataSource.manager.getRepository(ApiKeyEntity);
    const { rows, nextCursor } = await keyPage(repository, 'id', mid, query);
    const now = this.clock.now();
    return { data: rows.map((row) => viewOf(row, now)), nextCursor };
  }

  /** Throws NOT_FOUND, API_KEY_LIMIT. */
  async create(mid: string, actor: string): Promise<IssuedApiKey> {
    const secret = newSecretKey(this.config.demo);
    const key = await this.unitOfWork.run('api-key.create', async (tx) => {
      await lockMerchant(tx, mid);
      const [{ live }] = await tx.query<[{ live: string }]>(
        `SELECT COUNT(*) AS live FROM api_keys
          WHERE mid = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > UTC_TIMESTAMP(3))`,
        [mid],
      );
      if (Number(live) >= LIVE_KEYS_MAX) throw fault(MERCHANTS_ERRORS, 'API_KEY_LIMIT');
      return this.insert(tx, mid, secret, actor);
    });
    this.live.forget(secretKeyHash(secret).toString('hex'));
    return { ...key, secret: new Secret(secret) };
  }

  /** This process refuses the secret at once, the others within CACHE_TTL_MS. Throws KEY_NOT_FOUND. */
  async revoke(mid: string, id: string, actor: string): Promise<void> {
    if (!isId('key', id)) throw fault(MERCHANTS_ERRORS, 'KEY_NOT_FOUND');
    const hash = await this.unitOfWork.run('api-key.revoke', async (tx) => {
      const rows = await tx.query<{ hash: Buffer; revoked: string | null }[]>(
        'SELECT secret_hash AS hash, revoked_at AS revoked FROM api_keys WHERE id = ? AND mid = ? FOR UPDATE',
        [id, mid],
      );
      const row = rows[0];
      if (row === undefined) throw fault(MERCHANTS_ERRORS, 'KEY_NOT_FOUND');
      if (row.revoked !== null) return row.hash;
      await tx.query('UPDATE api_keys SET revoked_at = UTC_TIMESTAMP(3) WHERE id = ? AND mid = ?', [id, mid]);
      await this.audit.record(tx, { actor, action: 'api-key.revoke', target: id, mid, outcome: 'SUCCESS' });
      return row.hash;
    });
    this.live.forget(hash.toString('hex'));
  }

  /** Adds a key with a given secret; false when it is there already. For demo data. */
  async ensure(tx: EntityManager, mid: string, secret: string, actor: string): Promise<boolean> {
    try {
      await this.insert(tx, mid, secret, actor);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  private async insert(tx: EntityManager, mid: string, secret: string, actor: string): Promise<ApiKeyView> {
    const id = newId('key');
    const hint = secretKeyHint(secret);
    const createdAt = this.clock.now();
    await tx
      .createQueryBuilder()
      .insert()
      .into(ApiKeyEntity)
      .values({ id, mid, secretHash: secretKeyHash(secret), hint, createdBy: actor, createdAt })
      .updateEntity(false)
      .execute();
    const details = { keyId: id, keyHint: hint };
    await this.audit.record(tx, {
      actor,
      action: 'api-key.create',
      target: id,
      mid,
      outcome: 'SUCCESS',
      details,
    });
    return { id, hint, status: 'LIVE', createdAt, expiresAt: null, revokedAt: null };
  }

  private async loadLive(hash: string): Promise<LiveKey | null> {
    const key = await this.dataSource.manager
      .createQueryBuilder(ApiKeyEntity, 'k')
      .innerJoin('merchants', 'm', "m.mid = k.mid AND m.status = 'ACTIVE'")
      .where('k.secretHash = :hash AND k.revokedAt IS NULL', { hash: Buffer.from(hash, 'hex') })
      .getOne();
    if (key === null) return null;
    return {
      authenticated: { mid: key.mid, keyId: key.id },
      expiresAt: key.expiresAt?.getTime() ?? Infinity,
    };
  }
}

function viewOf({ id, hint, createdAt, expiresAt, revokedAt }: ApiKeyEntity, now: Date): ApiKeyView {
  const expired = expiresAt !== null && expiresAt <= now;
  const status = revokedAt !== null ? 'REVOKED' : expired ? 'EXPIRED' : 'LIVE';
  return { id, hint, status, createdAt, expiresAt, revokedAt };
}
