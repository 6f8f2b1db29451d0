import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const HINT_LAST = 4;

/** A new secret key with 256 random bits. Live environments make only live keys and accept no other. */
export function newSecretKey(demo: boolean): string {
  return `${demo ? 'sk_test_' : 'sk_live_'}${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

export function isTestSecretKey(secret: string): boolean {
  return secret.startsWith('sk_test_');
}

/** The encryption keys of the demo merchants. */
export function isTestKid(kid: string): boolean {
  return kid.startsWith('ek_test_');
}

export function secretKeyHash(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** Enough of a secret key to tell it from another, e.g. `sk_live_****k3Xd`; four of 43 random characters tell nothing. */
export function secretKeyHint(secret: string): string {
  return `${secret.slice(0, 'sk_live_'.length)}****${secret.slice(-HINT_LAST)}`;
}
