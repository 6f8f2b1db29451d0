import { Inject, Injectable } from '@nestjs/common';
import { isDuplicateKey } from '../db/database-errors';
import { SqlPool } from '../db/pool';
import { JOURNAL_POOL } from '../db/tokens';

/** A row of `data_keys`: a key wrapped by a root key. */
export interface WrappedDataKey {
  readonly id: number;
  readonly purpose: string;
  /** '' for a key that belongs to no merchant: NULLs would not take part in the unique key. */
  readonly mid: string;
  readonly version: number;
  readonly rootVersion: number;
  /** nonce | ciphertext | tag, 60 bytes. */
  readonly wrapped: Buffer;
}

export type NewDataKey = Omit<WrappedDataKey, 'id'>;

/** Where wrapped data keys are kept. */
export abstract class DataKeyStore {
  abstract byId(id: number): Promise<WrappedDataKey | null>;
  /** The highest version of a purpose and merchant. */
  abstract newest(purpose: string, mid: string): Promise<WrappedDataKey | null>;
  /** The newest key of every merchant that has one of this purpose. */
  abstract newestOfAll(purpose: string): Promise<WrappedDataKey[]>;
  /** Keys not wrapped by this root version, ids growing, above `afterId`. */
  abstract wrappedByOthers(rootVersion: number, afterId: number, max: number): Promise<WrappedDataKey[]>;
  /** False when this version exists already: another process made it first. Older versions become retired. */
  abstract add(key: NewDataKey): Promise<boolean>;
  /** Replaces the wrapping only where it still is `from`. */
  abstract rewrap(key: WrappedDataKey, rootVersion: number, wrapped: Buffer): Promise<boolean>;
}

const COLUMNS = 'id, purpose, mid, version, root_version AS rootVersion, wrapped';

/**
 * Runs on the journal's pool: its wait is bounded, so that a caller who seals for the first time inside a transaction
 * of the general pool gets an error at worst, never a pool that waits for itself.
 */
@Injectable()
export class SqlDataKeyStore extends DataKeyStore {
  constructor(@Inject(JOURNAL_POOL) private readonly pool: SqlPool) {
    super();
  }

  async byId(id: number): Promise<WrappedDataKey | null> {
    const rows = await this.pool.execute<WrappedDataKey[]>(`SELECT ${COLUMNS} FROM data_keys WHERE id = ?`, [
      id,
    ]);
    return rows[0] ?? null;
  }

  async newest(purpose: string, mid: string): Promise<WrappedDataKey | null> {
    const rows = await this.pool.execute<WrappedDataKey[]>(
      `SELECT ${COLUMNS} FROM data_keys WHERE purpose = ? AND mid = ? ORDER BY version DESC LIMIT 1`,
      [purpose, mid],
    );
    return rows[0] ?? null;
  }

  newestOfAll(purpose: string): Promise<WrappedDataKey[]> {
    return this.pool.execute<WrappedDataKey[]>(
      `SELECT ${COLUMNS} FROM data_keys AS k WHERE purpose = ? AND version =
         (SELECT MAX(n.version) FROM data_keys AS n WHERE n.purpose = k.purpose AND n.mid = k.mid)`,
      [purpose],
    );
  }

  wrappedByOthers(rootVersion: number, afterId: number, max: number): Promise<WrappedDataKey[]> {
    return this.pool.execute<WrappedDataKey[]>(
      `SELECT ${COLUMNS} FROM data_keys WHERE root_version <> ? AND id > ? ORDER BY id LIMIT ${Math.trunc(max)}`,
      [rootVersion, afterId],
    );
  }

  async add(key: NewDataKey): Promise<boolean> {
    try {
      await this.pool.transaction('data-keys.add', async (connection) => {
        await connection.execute(
          'INSERT INTO data_keys (purpose, mid, version, wrapped, root_version) VALUES (?, ?, ?, ?, ?)',
          [key.purpose, key.mid, key.version, key.wrapped, key.rootVersion],
        );
        await connection.execute(
          `UPDATE data_keys SET retired_at = UTC_TIMESTAMP(3)
            WHERE purpose = ? AND mid = ? AND version < ? AND retired_at IS NULL`,
          [key.purpose, key.mid, key.version],
        );
      });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async rewrap(key: WrappedDataKey, rootVersion: number, wrapped: Buffer): Promise<boolean> {
    const result = await this.pool.execute<{ affectedRows: number }>(
      'UPDATE data_keys SET wrapped = ?, root_version = ? WHERE id = ? AND root_version = ?',
      [wrapped, rootVersion, key.id, key.rootVersion],
    );
    return result.affectedRows === 1;
  }
}
