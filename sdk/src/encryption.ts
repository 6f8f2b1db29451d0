import { CompactEncrypt } from 'jose';

/** One of the merchant's encryption keys, as `POST /v1/encryption-keys` shows it once. */
export interface EncryptionKey {
  readonly kid: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

const KEY_BYTES = 32;

/** The `encData` of a request: JWE compact serialisation (RFC 7516), `alg: dir`, `enc: A256GCM`. */
export async function encrypt(content: object, { kid, key }: EncryptionKey): Promise<string> {
  if (key.length !== KEY_BYTES) throw new RangeError(`an encryption key has ${KEY_BYTES} bytes`);
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid })
    .encrypt(key);
}
