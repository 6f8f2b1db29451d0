import { randomUUID } from 'node:crypto';
import { Authorization, type Credentials, type TokenAnswer } from './credentials.ts';
import { encrypt, type EncryptionKey } from './encryption.ts';
import { PgGatewayError } from './errors.ts';
import type { AnswerOf, Call, CallOptions, ItemOf, Method, PathOf, QueryOf, Schemas } from './operations.ts';
import { Transport } from './transport.ts';

export type { Credentials, EncryptionKey, Schemas };

export interface PgGatewayOptions {
  /** Where the gateway is, e.g. `https://pay.example.com`. */
  readonly baseUrl: string;
  readonly mid: string;
  readonly credentials: Credentials;
  /** Needed for what is sent encrypted: card approvals and billing keys. */
  readonly encryptionKey?: EncryptionKey;
  /** Of titles, details and messages of errors. Korean unless given. */
  readonly language?: 'ko' | 'en';
  /** Of one try; 35 seconds unless given. */
  readonly timeoutMs?: number;
  /** How often one call is sent at most; 4 unless given. */
  readonly triesMax?: number;
  readonly fetch?: typeof fetch;
}

const TIMEOUT_MS = 35_000;
const TRIES_MAX = 4;

interface LooseCall extends CallOptions {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** A merchant's system at the gateway. Calls throw what is in `@pg-gateway/sdk/errors`. */
export class PgGateway {
  readonly #mid: string;
  readonly #encryptionKey: EncryptionKey | undefined;
  readonly #transport: Transport;

  constructor(options: PgGatewayOptions) {
    const { baseUrl, credentials, language = 'ko', timeoutMs = TIMEOUT_MS, triesMax = TRIES_MAX } = options;
    const send = options.fetch ?? fetch;
    this.#mid = options.mid;
    this.#encryptionKey = options.encryptionKey;
    const authorization = new Authorization(credentials, (basic, form) =>
      fetchToken({ url: new URL('/oauth/token', baseUrl), basic, form, timeoutMs, send }),
    );
    this.#transport = new Transport({ baseUrl, authorization, language, timeoutMs, triesMax, fetch: send });
  }

  /** Approves a card payment. A repetition of an order that was approved answers `outcome: 'DUPLICATE'`. */
  async approve(
    content: Omit<Schemas['KeyInContent'], 'requestedAt'>,
    options: CallOptions = {},
  ): Promise<AnswerOf<'post', '/v1/payments/card'>> {
    return this.call('post', '/v1/payments/card', { ...options, body: await this.#sealed(content) });
  }

  /** Keeps a card for later payments. */
  async issueBillingKey(
    content: Omit<Schemas['BillingKeyContent'], 'requestedAt'>,
    options: CallOptions = {},
  ): Promise<AnswerOf<'post', '/v1/billing-keys'>> {
    return this.call('post', '/v1/billing-keys', { ...options, body: await this.#sealed(content) });
  }

  /** Any operation that a merchant's system may call, typed by the OpenAPI document. */
  async call<M extends Method, P extends PathOf<M>>(
    method: M,
    path: P,
    call: Call<M, P>,
  ): Promise<AnswerOf<M, P>> {
    return (await this.#request(method, path, call as LooseCall)) as AnswerOf<M, P>;
  }

  /** Every item of a list, page by page as they are needed. */
  async *each<P extends PathOf<'get'>>(path: P, query?: QueryOf<'get', P>): AsyncGenerator<ItemOf<P>, void> {
    let cursor: string | null | undefined;
    do {
      const asked = { query: { ...(query as LooseCall['query']), ...(cursor ? { cursor } : {}) } };
      const page = (await this.#request('get', path, asked)) as {
        readonly data: readonly ItemOf<P>[];
        readonly nextCursor?: string | null;
      };
      yield* page.data;
      cursor = page.nextCursor;
    } while (cursor);
  }

  async #request(method: Method, path: string, call: LooseCall): Promise<unknown> {
    const { path: names = {}, query = {}, body, ...options } = call;
    const { requestId = `req_${randomUUID()}`, idempotencyKey = randomUUID() } = options;
    const isRead = method === 'get';
    const { text } = await this.#transport.send({
      method: method.toUpperCase(),
      path: `${filled(path, names)}${queryText(query)}`,
      requestId,
      idempotencyKey: isRead ? undefined : idempotencyKey,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: {
        'x-request-id': requestId,
        ...(isRead ? {} : { 'idempotency-key': idempotencyKey }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
    });
    return text === '' ? undefined : JSON.parse(text);
  }

  async #sealed(content: object): Promise<Schemas['EncryptedRequest']> {
    if (this.#encryptionKey === undefined)
      throw new TypeError('encryptionKey is needed for encrypted requests');
    const requestedAt = new Date().toISOString();
    return { mid: this.#mid, encData: await encrypt({ ...content, requestedAt }, this.#encryptionKey) };
  }
}

interface TokenRequest {
  readonly url: URL;
  readonly basic: string;
  readonly form: URLSearchParams;
  readonly timeoutMs: number;
  readonly send: typeof fetch;
}

async function fetchToken({ url, basic, form, timeoutMs, send }: TokenRequest): Promise<TokenAnswer> {
  const requestId = `req_${randomUUID()}`;
  const headers = { authorization: basic, 'x-request-id': requestId };
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await send(url, { method: 'POST', headers, body: form, signal, redirect: 'error' });
  if (answer.ok) return (await answer.json()) as TokenAnswer;
  const { error, error_description: detail } = (await answer.json()) as Record<string, string | undefined>;
  throw new PgGatewayError(
    answer.status,
    { ...(error ? { code: error } : {}), ...(detail ? { detail } : {}) },
    { method: 'POST', path: url.pathname, requestId, idempotencyKey: undefined },
  );
}

function filled(path: string, names: Readonly<Record<string, unknown>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(names[name])));
}

function queryText(query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const pairs = given.map(([name, value]): [string, string] => [name, String(value)]);
  const text = new URLSearchParams(pairs).toString();
  return text === '' ? '' : `?${text}`;
}
