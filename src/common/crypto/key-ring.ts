import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { upTo } from '../bounded-cache';
import { AppConfig } from '../../config/app-config';
import { DataKeyStore, type WrappedDataKey } from './data-key.store';
import { decrypt, encrypt } from './sealed-form';

/** A data key, opened. The key material stays inside the KeyObject. */
export interface DataKey {
  readonly id: number;
  readonly purpose: string;
  readonly mid: string;
  readonly version: number;
  readonly key: KeyObject;
}

const KEY_BYTES = 32;
const CACHED_KEYS_MAX = 20_000;
const REWRAP_PAGE = 200;

/**
 * Root keys come from the configuration and only ever wrap data keys; data keys are made on first use, one per purpose
 * and merchant, and do the sealing. Which data key is newest is asked again after CACHE_TTL_MS, so that a rotation
 * reaches every process; a key once opened never changes and stays cached.
 */
@Injectable()
export class KeyRing {
  private readonly roots: ReadonlyMap<number, KeyObject>;
  private readonly newestRoot: number;
  private readonly byId = new LRUCache<number, DataKey>(upTo(CACHED_KEYS_MAX));
  private readonly currents: LRUCache<string, DataKey>;
  private readonly loading = new Map<string, Promise<DataKey>>();

  constructor(
    config: AppConfig,
    private readonly store: DataKeyStore,
  ) {
    this.roots = new Map(config.rootKeys.map(({ version, key }) => [version, createSecretKey(key)]));
    this.newestRoot = config.rootKeys[0]!.version;
    this.currents = new LRUCache({ ...upTo(CACHED_KEYS_MAX), ttl: config.cacheTtlMs });
  }

  /** The key that new values are sealed with. Made when there is none yet; once, also when many ask at the same time. */
  async current(purpose: string, mid = ''): Promise<DataKey> {
    const name = `${purpose}|${mid}`;
    const cached = this.currents.get(name);
    if (cached !== undefined) return cached;
    const under = this.loading.get(name);
    if (under !== undefined) return under;
    const load = this.loadCurrent(purpose, mid)
      .then((key) => {
        this.currents.set(name, key);
        return key;
      })
      .finally(() => this.loading.delete(name));
    this.loading.set(name, load);
    return load;
  }

  /** A key by the id that a stored value names; null when there is none. */
  async find(id: number): Promise<DataKey | null> {
    const cached = this.byId.get(id);
    if (cached !== undefined) return cached;
    const row = await this.store.byId(id);
    return row === null ? null : this.unwrap(row);
  }

  /** Gives every merchant's key of a purpose a next version for new writes. Returns how many were made. */
  async rotate(purpose: string): Promise<number> {
    let made = 0;
    for (const { mid, version } of await this.store.newestOfAll(purpose)) {
      if (await this.make(purpose, mid, version + 1)) made += 1;
      this.currents.delete(`${purpose}|${mid}`);
    }
    return made;
  }

  /**
   * Wraps every data key again by the newest root key; nothing that was sealed changes. Afterwards the older root keys
   * can leave the configuration. Returns how many were wrapped again.
   */
  async rewrapAll(): Promise<number> {
    let done = 0;
    let afterId = 0;
    for (;;) {
      const page = await this.store.wrappedByOthers(this.newestRoot, afterId, REWRAP_PAGE);
      for (const row of page) {
        const wrapped = this.wrap(row, this.unwrap(row).key.export());
        if (await this.store.rewrap(row, this.newestRoot, wrapped)) done += 1;
        afterId = row.id;
      }
      if (page.length < REWRAP_PAGE) return done;
    }
  }

  private async loadCurrent(purpose: string, mid: string): Promise<DataKey> {
    const found = await this.store.newest(purpose, mid);
    if (found !== null) return this.unwrap(found);
    // Whoever loses the race to the unique key reads what the winner wrote.
    await this.make(purpose, mid, 1);
    const made = await this.store.newest(purpose, mid);
    if (made === null) throw new Error('a data key that was just made cannot be read');
    return this.unwrap(made);
  }

  private make(purpose: string, mid: string, version: number): Promise<boolean> {
    const row = { purpose, mid, version, rootVersion: this.newestRoot };
    return this.store.add({ ...row, wrapped: this.wrap(row, randomBytes(KEY_BYTES)) });
  }

  private wrap(row: Pick<WrappedDataKey, 'purpose' | 'mid' | 'version'>, material: Buffer): Buffer {
    return encrypt(this.root(this.newestRoot), wrapContext(row, this.newestRoot), material);
  }

  private unwrap(row: WrappedDataKey): DataKey {
    const cached = this.byId.get(row.id);
    if (cached !== undefined) return cached;
    const material = decrypt(this.root(row.rootVersion), wrapContext(row, row.rootVersion), row.wrapped);
    const { id, purpose, mid, version } = row;
    const key = { id, purpose, mid, version, key: createSecretKey(material) };
    material.fill(0);
    this.byId.set(id, key);
    return key;
  }

  private root(version: number): KeyObject {
    const root = this.roots.get(version);
    if (root === undefined)
      throw new Error(`ROOT_KEYS lacks version v${version}, by which data keys are still wrapped`);
    return root;
  }
}

function wrapContext(row: Pick<WrappedDataKey, 'purpose' | 'mid' | 'version'>, rootVersion: number): Buffer {
  return Buffer.from(JSON.stringify(['data_keys', row.purpose, row.mid, row.version, rootVersion]), 'utf8');
}
