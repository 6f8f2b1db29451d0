import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
  webcrypto,
} from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 5;

function encrypt(key, additional, plaintext) {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(additional);
  const body = cipher.update(plaintext);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

function decrypt(key, additional, sealed) {
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(additional);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plaintext = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
  decipher.final();
  return plaintext;
}

const wrapContext = (purpose, mid, version, rootVersion) =>
  Buffer.from(JSON.stringify(['data_keys', purpose, mid, version, rootVersion]));

function additionalData(header, { table, column, rowId, mid }) {
  return Buffer.concat([header, Buffer.from(JSON.stringify([table, column, rowId, mid ?? null]))]);
}

/** Data keys wrapped by the root key, and what is sealed with them: the same stored forms as the gateway's. */
export class Keys {
  #root;
  #rootVersion;
  #byId = new Map();
  #current = new Map();

  constructor(pool, rootKeys) {
    this.pool = pool;
    const [version, material] = rootKeys.split(',')[0].split(':');
    this.#rootVersion = Number(version.slice(1));
    this.#root = createSecretKey(Buffer.from(material, 'base64'));
  }

  /** The key that new values are sealed with, made when there is none. */
  async current(purpose, mid = '') {
    const name = `${purpose}|${mid}`;
    const cached = this.#current.get(name);
    if (cached) return cached;
    const key = (await this.#newest(purpose, mid)) ?? (await this.#make(purpose, mid));
    this.#current.set(name, key);
    return key;
  }

  async seal(purpose, place, text) {
    const { id, key } = await this.current(purpose, place.mid);
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt8(1, 0);
    header.writeUInt32BE(id, 1);
    return Buffer.concat([header, encrypt(key, additionalData(header, place), Buffer.from(text))]);
  }

  async open(place, sealed) {
    const header = sealed.subarray(0, HEADER_BYTES);
    const { key } = await this.#find(sealed.readUInt32BE(1));
    return decrypt(key, additionalData(header, place), sealed.subarray(HEADER_BYTES));
  }

  async fingerprint(purpose, text) {
    const { key } = await this.current(`index:${purpose}`);
    return createHmac('sha256', key).update(text, 'utf8').digest('hex');
  }

  async #newest(purpose, mid) {
    const [rows] = await this.pool.execute(
      'SELECT * FROM data_keys WHERE purpose = ? AND mid = ? ORDER BY version DESC LIMIT 1',
      [purpose, mid],
    );
    return rows.length === 0 ? undefined : this.#unwrap(rows[0]);
  }

  async #make(purpose, mid) {
    const wrapped = encrypt(this.#root, wrapContext(purpose, mid, 1, this.#rootVersion), randomBytes(32));
    await this.pool.execute(
      'INSERT IGNORE INTO data_keys (purpose, mid, version, wrapped, root_version) VALUES (?, ?, 1, ?, ?)',
      [purpose, mid, wrapped, this.#rootVersion],
    );
    return this.#newest(purpose, mid);
  }

  async #find(id) {
    const cached = this.#byId.get(id);
    if (cached) return cached;
    const [rows] = await this.pool.execute('SELECT * FROM data_keys WHERE id = ?', [id]);
    return this.#unwrap(rows[0]);
  }

  #unwrap({ id, purpose, mid, version, root_version: rootVersion, wrapped }) {
    const context = wrapContext(purpose, mid, version, rootVersion);
    const key = { id, key: createSecretKey(decrypt(this.#root, context, wrapped)) };
    this.#byId.set(id, key);
    return key;
  }
}

export const importContentKey = (material) =>
  webcrypto.subtle.importKey('raw', material, { name: 'AES-GCM' }, false, ['decrypt']);
