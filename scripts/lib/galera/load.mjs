import { setTimeout as sleep } from 'node:timers/promises';
import { request, Agent } from 'undici';
import { authorizationOf, Bodies } from '../../../bench/load/bodies.mjs';

const MID = 'M0000001';
const TIMEOUT_MS = 30_000;

/** Approvals at a steady rate, each API in turn, whether earlier ones are answered or not; every answer is kept. */
export class Load {
  /** {at, api, paymentId} of every approval that its caller was told of, `at` in milliseconds of the monotonic clock. */
  acknowledged = [];
  /** What came instead, and how often. */
  refused = new Map();
  #stopping = false;
  #running = new Set();
  #agent = new Agent({ connections: 128, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });

  constructor({ apis, perSecond, mid = MID }) {
    Object.assign(this, { apis, perSecond, mid });
    this.bodies = new Bodies(mid);
    this.headers = {
      'content-type': 'application/json',
      'accept-language': 'en',
      authorization: authorizationOf(mid),
    };
  }

  start() {
    this.done = this.#run();
  }

  async #run() {
    const started = performance.now();
    for (let sent = 0; !this.#stopping; sent += 1) {
      const wait = started + (sent * 1_000) / this.perSecond - performance.now();
      if (wait > 0) await sleep(wait);
      const one = this.#send(this.apis[sent % this.apis.length]).finally(() => this.#running.delete(one));
      this.#running.add(one);
    }
    await Promise.all(this.#running);
  }

  async #send(api) {
    const said = await this.#ask(api).catch((error) => ({ code: error.code ?? error.name }));
    if (said.outcome === 'SUCCESS') {
      this.acknowledged.push({ at: performance.now(), api, paymentId: said.paymentId });
      return;
    }
    const code = [said.status, said.code ?? said.outcome].filter(Boolean).join(' ');
    this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
  }

  async #ask(api) {
    const { dispatcher, headers } = { dispatcher: this.#agent, headers: this.headers };
    const answer = await request(`${api}/v1/payments/card`, {
      ...{ method: 'POST', dispatcher, headers, body: this.bodies.take() },
    });
    return answer.body.json();
  }

  /** The longest time, in milliseconds, in which an API acknowledged nothing, between two moments; the worst API counts. */
  longestGap(from, to) {
    const gaps = this.apis.map((api) => {
      const moments = this.acknowledged
        .flatMap((one) => (one.api === api ? [one.at] : []))
        .sort((a, b) => a - b);
      const before = moments.findLast((at) => at <= from) ?? from;
      const within = [before, ...moments.filter((at) => at > from && at <= to), to];
      return Math.max(...within.slice(1).map((at, index) => at - within[index]));
    });
    return Math.max(...gaps);
  }

  /** Waits until every API has acknowledged approvals again after a moment, a few of each. */
  async resumed(after, { timeoutMs, few = 5, giveUp = () => false }) {
    const deadline = performance.now() + timeoutMs;
    const isBack = (api) =>
      this.acknowledged.filter((one) => one.api === api && one.at > after).length >= few;
    while (performance.now() < deadline && !giveUp()) {
      if (this.apis.every(isBack)) return true;
      await sleep(50);
    }
    return false;
  }

  async stop() {
    if (this.#stopping) return;
    this.#stopping = true;
    await this.done;
    await this.#agent.close();
  }
}
