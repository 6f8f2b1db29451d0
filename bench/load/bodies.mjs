import { createCipheriv, createHash, randomBytes } from 'node:crypto';

const CHUNK = 500;

/** Made of the demo merchant's public test key. */
export const authorizationOf = (mid) => `Basic ${Buffer.from(`sk_test_${mid}:`).toString('base64')}`;

/** What a demo merchant encrypts with: JWE compact serialisation (RFC 7516), alg dir, enc A256GCM. */
function keyOf(mid) {
  const header = { alg: 'dir', enc: 'A256GCM', kid: `ek_test_${mid}` };
  return {
    header: Buffer.from(JSON.stringify(header)).toString('base64url'),
    key: createHash('sha256').update(`pg-gateway demo key ${mid}`, 'ascii').digest(),
  };
}

function encrypt({ header, key }, content) {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(header, 'ascii'));
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
  const parts = [nonce, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  return `${header}..${parts.join('.')}`;
}

/**
 * Request bodies encrypted in advance, so that the load generator's own encryption is not measured; each has an order
 * number of its own. They are fresh for five minutes only, so they are made just before they are used.
 */
export class Bodies {
  #ready = [];
  #made = 0;
  /** How many had to be made while the clock ran. */
  late = 0;
  #prefix = `B${Date.now().toString(36)}-${randomBytes(3).toString('hex')}`;
  #mid;
  #key;

  constructor(mid) {
    this.#mid = mid;
    this.#key = keyOf(mid);
  }

  async prepare(count) {
    this.#ready = [];
    this.late = 0;
    while (this.#ready.length < count) {
      this.#chunk(Math.min(CHUNK, count - this.#ready.length));
      await new Promise(setImmediate);
    }
  }

  take() {
    if (this.#ready.length === 0) {
      this.#chunk(CHUNK);
      this.late += CHUNK;
    }
    return this.#ready.pop();
  }

  #chunk(count) {
    const requestedAt = new Date().toISOString();
    for (let index = 0; index < count; index += 1) this.#ready.push(this.#body(requestedAt));
  }

  #body(requestedAt) {
    this.#made += 1;
    const encData = encrypt(this.#key, {
      orderNo: `${this.#prefix}-${this.#made}`,
      amount: 50_000 + (this.#made % 1_000),
      goodsName: '만년필',
      buyerName: '홍길동',
      buyerPhone: '01012345678',
      buyerEmail: 'buyer@example.com',
      cardNumber: '4242424242424242',
      cardExpiry: '3912',
      birthOrBusinessNo: '900101',
      cardPasswordTwoDigits: '12',
      installmentMonths: 0,
      requestedAt,
    });
    return JSON.stringify({ mid: this.#mid, encData });
  }
}
