import { createPrivateKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { compactDecrypt, decodeProtectedHeader } from 'jose';
import { Sealer } from '../../common/crypto/sealer';
import { fault } from '../../common/errors/app-error';
import { newId } from '../../common/ids/id';
import { MERCHANTS_ERRORS } from '../merchants/merchants.errors';
import type { SmsPayment } from './sms-payments.types';

const generate = promisify(generateKeyPair);
const ENC_DATA_MAX = 4_000;
const JWE_OPTIONS = {
  keyManagementAlgorithms: ['ECDH-ES'],
  contentEncryptionAlgorithms: ['A256GCM'],
  maxDecompressedLength: 0,
};
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export interface CardKey {
  readonly keyId: string;
  /** JWK of the public half, as the page gets it. */
  readonly publicJwk: string;
  readonly privateSealed: Buffer;
}

/**
 * The key that a payer's page encrypts the card to: one for each try, its private half sealed, and removed as soon as a
 * card has been taken to the acquirer. JWE (RFC 7516), `alg` ECDH-ES on P-256, `enc` A256GCM.
 */
@Injectable()
export class CardKeys {
  constructor(private readonly sealer: Sealer) {}

  async make(mid: string): Promise<CardKey> {
    const keyId = newId('key');
    const { publicKey, privateKey } = await generate('ec', { namedCurve: 'P-256' });
    const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
    const publicJwk = JSON.stringify({ kty, crv, x, y, kid: keyId, use: 'enc', alg: 'ECDH-ES' });
    const der = privateKey.export({ format: 'der', type: 'pkcs8' });
    return { keyId, publicJwk, privateSealed: await this.sealer.seal('card', context(keyId, mid), der) };
  }

  /**
   * The JSON object inside; it holds card data. Throws ENC_DATA_INVALID (400), the same for whatever was wrong: a
   * second answer would be an oracle.
   */
  async open({ mid, keyId, keyPrivateSealed }: SmsPayment, encData: string): Promise<unknown> {
    if (keyId === null || keyPrivateSealed === null || encData.length > ENC_DATA_MAX) throw refused();
    const der = await this.sealer.open('card', context(keyId, mid), keyPrivateSealed);
    try {
      if (decodeProtectedHeader(encData).kid !== keyId) throw refused();
      const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
      const { plaintext } = await compactDecrypt(encData, key, JWE_OPTIONS);
      const content: unknown = JSON.parse(utf8.decode(plaintext));
      if (typeof content !== 'object' || content === null || Array.isArray(content)) throw refused();
      return content;
    } catch {
      throw refused();
    } finally {
      der.fill(0);
    }
  }
}

const refused = () => fault(MERCHANTS_ERRORS, 'ENC_DATA_INVALID');

const context = (keyId: string, mid: string) => ({
  table: 'sms_payments',
  column: 'key_private_sealed',
  rowId: keyId,
  mid,
});
