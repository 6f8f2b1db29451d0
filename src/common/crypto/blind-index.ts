import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type DataKey, KeyRing } from './key-ring';

/**
 * Keyed fingerprints (HMAC-SHA-256, 32 bytes) of values that are sealed or not kept at all, so that equal ones can be
 * found without being readable. A plain hash of a card number or phone could be guessed through; this cannot without
 * the key. Every purpose has its own key, and a purpose's key is never rotated in place: its stored fingerprints would
 * no longer be found.
 */
@Injectable()
export class BlindIndex {
  private readonly loaded = new Map<string, DataKey>();

  constructor(private readonly keys: KeyRing) {}

  /** Loads (or makes) the keys of these purposes, so that `fingerprintSync` can be used for them. */
  async ready(...purposes: string[]): Promise<void> {
    for (const purpose of purposes) await this.load(purpose);
  }

  /** 32 bytes. `canonical` is the value in its one normal form, e.g. digits only; the caller makes it so. */
  async fingerprint(purpose: string, canonical: string): Promise<Buffer> {
    return hmac(this.loaded.get(purpose) ?? (await this.load(purpose)), canonical);
  }

  /** As `fingerprint`, without waiting. Throws when the purpose was not made `ready` first. */
  fingerprintSync(purpose: string, canonical: string): Buffer {
    const key = this.loaded.get(purpose);
    if (key === undefined)
      throw new Error(`the index key of ${purpose} is not loaded: call ready('${purpose}') at start`);
    return hmac(key, canonical);
  }

  private async load(purpose: string): Promise<DataKey> {
    const key = await this.keys.current(`${INDEX_PURPOSE_PREFIX}${purpose}`);
    this.loaded.set(purpose, key);
    return key;
  }
}

export const INDEX_PURPOSE_PREFIX = 'index:';

function hmac({ key }: DataKey, canonical: string): Buffer {
  return createHmac('sha256', key).update(canonical, 'utf8').digest();
}
