import { createHash } from 'node:crypto';
import { importContentKey } from './keys.mjs';

/** As old as a cached key or contract may be before it is read again; the gateway's own default. */
const TTL_MS = 5_000;

/** Who may call, with which keys, under which contract: read from the tables and believed for a few seconds. */
export class Directory {
  #cache = new Map();

  constructor(pool, keys) {
    this.pool = pool;
    this.keys = keys;
  }

  /** The merchant of `Authorization: Basic base64(<secret key>:)`, found by the key's hash; null when it is not one. */
  async merchantOf(authorization) {
    if (authorization === undefined || authorization.length > 400 || !/^basic /i.test(authorization))
      return null;
    const text = Buffer.from(authorization.slice(6), 'base64').toString('utf8');
    if (text.length < 2 || text.indexOf(':') !== text.length - 1) return null;
    const hash = createHash('sha256').update(text.slice(0, -1), 'utf8').digest();
    const key = await this.#cached(`key ${hash.toString('hex')}`, () => this.#loadKey(hash));
    return key !== null && Date.now() < key.expiresAt ? key.mid : null;
  }

  /** The merchant's live encryption keys by kid. */
  encryptionKeys(mid) {
    return this.#cached(`enc ${mid}`, () => this.#loadEncryptionKeys(mid));
  }

  /** The contract that takes a card payment of this amount; undefined when there is none. */
  async contractFor(mid, amount) {
    const contracts = await this.#cached(`ctr ${mid}`, () => this.#loadContracts(mid));
    return contracts.find(({ amountMin, amountMax }) => amount >= amountMin && amount <= amountMax);
  }

  async branchStatus(mid, branchId) {
    const [rows] = await this.pool.execute('SELECT status FROM branches WHERE id = ? AND mid = ?', [
      branchId,
      mid,
    ]);
    return rows[0]?.status;
  }

  async #cached(name, load) {
    const known = this.#cache.get(name);
    const now = performance.now();
    if (known !== undefined && now < known.until) return known.value;
    const value = load();
    // Whoever asks meanwhile waits for the same look-up.
    this.#cache.set(name, { value, until: now + TTL_MS });
    value.catch(() => this.#cache.delete(name));
    const loaded = await value;
    this.#cache.set(name, { value: loaded, until: now + TTL_MS });
    return loaded;
  }

  async #loadKey(hash) {
    const [rows] = await this.pool.execute(
      `SELECT k.mid, k.expires_at FROM api_keys k JOIN merchants m ON m.mid = k.mid AND m.status = 'ACTIVE'
       WHERE k.secret_hash = ? AND k.revoked_at IS NULL`,
      [hash],
    );
    if (rows.length === 0) return null;
    const [{ mid, expires_at: expires }] = rows;
    return { mid, expiresAt: expires === null ? Infinity : Date.parse(`${expires.replace(' ', 'T')}Z`) };
  }

  async #loadEncryptionKeys(mid) {
    const [rows] = await this.pool.execute(
      'SELECT kid, key_sealed FROM encryption_keys WHERE mid = ? AND revoked_at IS NULL',
      [mid],
    );
    const keys = new Map();
    for (const { kid, key_sealed: sealed } of rows) {
      const place = { table: 'encryption_keys', column: 'key_sealed', rowId: kid, mid };
      keys.set(kid, await importContentKey(await this.keys.open(place, sealed)));
    }
    return keys;
  }

  async #loadContracts(mid) {
    const [rows] = await this.pool.execute(
      `SELECT * FROM acquirer_contracts WHERE mid = ? AND enabled = 1 AND acquirer = 'toss'
       AND FIND_IN_SET('CARD', methods) ORDER BY priority, weight DESC, id`,
      [mid],
    );
    return Promise.all(rows.map((row) => this.#opened(row)));
  }

  async #opened(row) {
    const place = { table: 'acquirer_contracts', column: 'credentials_sealed', rowId: row.id, mid: row.mid };
    const { secretKey } = JSON.parse((await this.keys.open(place, row.credentials_sealed)).toString('utf8'));
    return {
      id: row.id,
      acquirer: row.acquirer,
      merchantId: row.acquirer_merchant_id,
      authorization: `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`,
      amountMin: Number(row.amount_min),
      amountMax: Number(row.amount_max),
      dailyLimit: row.daily_limit,
      monthlyLimit: row.monthly_limit,
    };
  }
}
