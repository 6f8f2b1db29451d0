import { Injectable } from '@nestjs/common';
import { KeyRing } from './key-ring';
import {
  additionalData,
  dataKeyIdOf,
  decrypt,
  encrypt,
  SealBroken,
  sealedBody,
  sealHeader,
  type SealContext,
} from './sealed-form';

/** What sealed values are for. Each purpose has keys of its own. */
export const SEAL_PURPOSES = ['card', 'pii', 'merchant-secret', 'idempotency', 'signing', 'webhook'] as const;
export type SealPurpose = (typeof SEAL_PURPOSES)[number];

/**
 * Envelope encryption of what must not be readable at rest (INV-15, INV-17). The stored form is
 * format (1) | data key id (4) | nonce (12) | ciphertext | tag (16): SEAL_OVERHEAD_BYTES longer than the plaintext.
 *
 * Seal before a transaction is opened: the first value of a purpose and merchant makes its key in the database.
 */
@Injectable()
export class Sealer {
  constructor(private readonly keys: KeyRing) {}

  /** AES-256-GCM, bound to the place: the same bytes do not open in another table, column, row or merchant. */
  async seal(purpose: SealPurpose, context: SealContext, plaintext: Buffer | string): Promise<Buffer> {
    const { id, key } = await this.keys.current(purpose, context.mid);
    const header = sealHeader(id);
    const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
    return Buffer.concat([header, encrypt(key, additionalData(header, context), bytes)]);
  }

  /** The plaintext. Throws SealBroken when the value was changed, cut short, moved, or sealed for another purpose. */
  async open(purpose: SealPurpose, context: SealContext, sealed: Buffer): Promise<Buffer> {
    const dataKey = await this.keys.find(dataKeyIdOf(sealed));
    if (dataKey === null || dataKey.purpose !== purpose || dataKey.mid !== (context.mid ?? ''))
      throw new SealBroken();
    return decrypt(dataKey.key, additionalData(sealHeader(dataKey.id), context), sealedBody(sealed));
  }
}
