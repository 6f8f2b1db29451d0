import { Pool } from 'undici';
import { authorizationOf } from './bodies.mjs';

const TIMEOUT_MS = 20_000;
const HEADERS = { 'content-type': 'application/json', 'accept-language': 'en' };
const SUCCESS = '"outcome":"SUCCESS"';

/** Sends one merchant's approvals to one address over kept-alive connections and tells which were answered with success. */
export class Sender {
  #pool;
  #headers;

  constructor(origin, connections, mid) {
    this.#headers = { ...HEADERS, authorization: authorizationOf(mid) };
    this.#pool = new Pool(origin, {
      connections,
      pipelining: 1,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      keepAliveTimeout: 60_000,
    });
  }

  /** Undefined for an approval; otherwise what came instead. */
  async send(body) {
    try {
      const answer = await this.#pool.request({
        method: 'POST',
        path: '/v1/payments/card',
        headers: this.#headers,
        body,
      });
      const text = await answer.body.text();
      if (answer.statusCode === 200 && text.includes(SUCCESS)) return undefined;
      return `${answer.statusCode} ${/"code":"(\w+)"/.exec(text)?.[1] ?? ''}`;
    } catch (error) {
      return error.code ?? error.name;
    }
  }

  close() {
    return this.#pool.close();
  }
}
