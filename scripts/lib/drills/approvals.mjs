import { Pool } from 'undici';
import { authorizationOf, Bodies } from '../../../bench/load/bodies.mjs';

const MID = 'M0000001';
const TIMEOUT_MS = 20_000;
const CONNECTIONS = 16;

/**
 * Approvals at a steady rate until `stop`, sent to the addresses in turn. Keeps of each {paymentId, sentAt, answeredAt}
 * (milliseconds of the machine's clock) what was answered with success, and counts what was not by what came instead.
 */
export class Approvals {
  #bodies = new Bodies(MID);
  #under = new Set();
  #timer;
  #next = 0;
  acknowledged = [];
  refused = {};

  constructor(urls) {
    this.pools = urls.map(
      (url) =>
        new Pool(url, { connections: CONNECTIONS, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS }),
    );
  }

  start(perSecond) {
    this.#timer = setInterval(() => {
      const one = this.#approve().finally(() => this.#under.delete(one));
      this.#under.add(one);
    }, 1_000 / perSecond);
  }

  /** Sends no more, and waits for what is under way. */
  async stop() {
    clearInterval(this.#timer);
    await Promise.all(this.#under);
    await Promise.all(this.pools.map((pool) => pool.close()));
  }

  async #approve() {
    const pool = this.pools[this.#next++ % this.pools.length];
    const sentAt = Date.now();
    try {
      const answer = await pool.request({
        method: 'POST',
        path: '/v1/payments/card',
        headers: { 'content-type': 'application/json', authorization: authorizationOf(MID) },
        body: this.#bodies.take(),
      });
      const { outcome, paymentId, code } = await answer.body.json();
      if (answer.statusCode === 200 && outcome === 'SUCCESS')
        this.acknowledged.push({ paymentId, sentAt, answeredAt: Date.now() });
      else this.#refuse(`${answer.statusCode} ${code ?? ''}`);
    } catch (error) {
      this.#refuse(error.code ?? error.name);
    }
  }

  #refuse(why) {
    this.refused[why] = (this.refused[why] ?? 0) + 1;
  }
}
