import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

/** Where a sealed value lives. A value opens only in the place for which it was sealed. */
export interface SealContext {
  readonly table: string;
  readonly column: string;
  /** The row's primary key. */
  readonly rowId: string;
  /** The merchant that owns the row; left out for rows of no merchant. */
  readonly mid?: string;
}

/** A sealed value that does not open: changed, cut short, moved to another place, or of another key. Says no more. */
export class SealBroken extends Error {
  constructor() {
    super('the sealed value does not open');
    this.name = 'SealBroken';
  }
}

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 5;
const ALGORITHM = 'aes-256-gcm';

/** What a sealed value is longer than its plaintext, in bytes: for sizing VARBINARY columns. */
export const SEAL_OVERHEAD_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;

/** AES-256-GCM with a fresh random nonce: nonce (12) | ciphertext | tag (16). */
export function encrypt(key: KeyObject, additional: Buffer, plaintext: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(additional);
  const body = cipher.update(plaintext);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** The reverse of `encrypt`. Throws SealBroken for everything that does not open. */
export function decrypt(key: KeyObject, additional: Buffer, encrypted: Buffer): Buffer {
  if (encrypted.length < NONCE_BYTES + TAG_BYTES) throw new SealBroken();
  // Without authTagLength Node accepts a tag cut down to four bytes.
  const decipher = createDecipheriv(ALGORITHM, key, encrypted.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(additional);
  decipher.setAuthTag(encrypted.subarray(encrypted.length - TAG_BYTES));
  const plaintext = decipher.update(encrypted.subarray(NONCE_BYTES, encrypted.length - TAG_BYTES));
  try {
    decipher.final();
  } catch {
    throw new SealBroken();
  }
  return plaintext;
}

/** format (1) | data key id (4, big endian): the first bytes of every stored value, and part of what is authenticated. */
export function sealHeader(dataKeyId: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(FORMAT, 0);
  header.writeUInt32BE(dataKeyId, 1);
  return header;
}

/** The data key that a stored value names. Throws SealBroken when it cannot be a stored value of ours. */
export function dataKeyIdOf(sealed: Buffer): number {
  if (sealed.length < SEAL_OVERHEAD_BYTES || sealed.readUInt8(0) !== FORMAT) throw new SealBroken();
  return sealed.readUInt32BE(1);
}

export function sealedBody(sealed: Buffer): Buffer {
  return sealed.subarray(HEADER_BYTES);
}

/** table | column | row id | merchant, written so that no two contexts give the same bytes. */
export function additionalData(header: Buffer, context: SealContext): Buffer {
  const place = JSON.stringify([context.table, context.column, context.rowId, context.mid ?? null]);
  return Buffer.concat([header, Buffer.from(place, 'utf8')]);
}
