import { Client } from 'undici';
import { ROLES } from './accounts.mjs';
import { operationsOf } from './document.mjs';
import { Judge } from './judge.mjs';
import { Pool } from './pool.mjs';
import { Requests } from './requests.mjs';

const LOOK_AT_MESSAGES_EVERY = 100;
const LINK = /\/pay\/([\w-]{43})/;
const INVITATION = /\/(?:join|sign-up|invitations?)\/([\w-]{20,60})|[?&]token=([\w-]{20,60})/;
const CODE = /\[(\d{6})\]/;
const SLOW_MS = 2_000;
/** Of ten requests, so many come from a role that may call the operation. */
const ALLOWED_OF_TEN = 8;
const OTHER_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'OPTIONS'];

/** Steele and Vigna's splitmix32: small, and the same on every machine. */
export function randomOf(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b) >>> 0;
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35) >>> 0;
    return ((z ^ (z >>> 16)) >>> 0) % below;
  };
}

/** Sends requests through the proxy, in rounds over all operations, until the limit; keeps what was found. */
export class Run {
  findings = new Map();
  sent = 0;
  slow = 0;
  slowest = { ms: 0, what: '' };
  statuses = new Map();
  /** Operations that answered 2xx at least once. */
  reached = new Set();

  constructor({ document, proxyUrl, world, seed }) {
    this.operations = operationsOf(document);
    this.paths = document.paths;
    this.world = world;
    this.pool = new Pool();
    this.requests = new Requests(document, this.pool);
    this.judge = new Judge(document);
    this.random = randomOf(seed);
    this.client = new Client(proxyUrl, { headersTimeout: 60_000, bodyTimeout: 60_000 });
  }

  /** `isOver(sent)` is asked before each request; `note` is told how far it is. */
  async go(isOver, note) {
    await this.#otherMethods();
    while (!isOver(this.sent)) {
      for (const operation of this.#round()) {
        if (isOver(this.sent)) break;
        await this.#ask(operation);
        if (this.sent % LOOK_AT_MESSAGES_EVERY === 0) await this.#readMessages();
        note(`${this.sent} requests, ${this.findings.size} findings`);
      }
    }
    await this.client.close();
  }

  async #ask(operation) {
    const role = this.#roleFor(operation);
    const request = this.requests.one(operation, this.random(2 ** 31));
    const answer = await this.#send(`/as/${role}${request.url}`, request);
    this.sent += 1;
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
    if (answer.status < 300) this.reached.add(operation.id);
    if (answer.body !== undefined && answer.status < 300)
      this.pool.harvest(operation, answer.status, answer.body);
    for (const fault of this.judge.faultsOf(request, role, answer))
      this.#find(operation.id, fault, { role, request, answer });
  }

  async #send(path, { method, headers, content }) {
    const since = performance.now();
    try {
      const given = { ...headers };
      const answer = await this.client.request({
        method,
        path,
        headers: given,
        ...(content === undefined ? {} : { body: content }),
      });
      const text = Buffer.from(await answer.body.arrayBuffer()).toString('utf8');
      this.#time(performance.now() - since, `${method} ${path}`);
      const type = `${answer.headers['content-type'] ?? ''}`.split(';')[0];
      return { status: answer.statusCode, headers: answer.headers, type, text, body: jsonOf(type, text) };
    } catch (error) {
      return {
        status: 599,
        headers: {},
        type: '',
        text: `no answer: ${error.code ?? ''} ${error.message}`,
        body: undefined,
      };
    }
  }

  #time(ms, what) {
    if (ms > SLOW_MS) this.slow += 1;
    if (ms > this.slowest.ms) this.slowest = { ms, what: what.slice(0, 120) };
  }

  /** One finding for each operation and rule, and how often; the first request that showed it is kept. */
  #find(operation, { rule, detail }, { role, request, answer }) {
    const key = `${operation}: ${rule}: ${detail.replace(/[\d"'].*/s, '')}`;
    const known = this.findings.get(key);
    if (known !== undefined) {
      known.times += 1;
      return;
    }
    this.findings.set(key, {
      ...{ operation, rule, detail, times: 1, role, damage: request.damage },
      ...{ request: `${request.method} ${request.url}`.slice(0, 2_000), headers: request.headers },
      ...{ body: request.content?.toString('utf8').slice(0, 4_000), answer: answer.text.slice(0, 2_000) },
    });
  }

  #roleFor({ roles, scope, isPublic, ownersOnly }) {
    const names = Object.keys(ROLES);
    const allowed = names.filter((name) => {
      const { kind, role, isOwner } = ROLES[name];
      if (isPublic) return kind === 'NOBODY' || kind === 'SYSTEM';
      if (kind === 'SYSTEM' || kind === 'TOKEN') return scope !== undefined;
      return kind === 'MEMBER' && roles.includes(role) && (isOwner || !ownersOnly);
    });
    const from = this.random(10) < ALLOWED_OF_TEN ? allowed : names;
    return from[this.random(from.length)];
  }

  /** What makes things comes first: the other half of a round can then name them. */
  #round() {
    const makes = ({ method, path }) => method === 'POST' && !path.includes('{');
    const all = this.#shuffled(this.operations);
    return [...all.filter(makes), ...all.filter((operation) => !makes(operation))];
  }

  #shuffled(all) {
    const order = [...all];
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = this.random(last + 1);
      [order[last], order[other]] = [order[other], order[last]];
    }
    return order;
  }

  /** A method that a path does not have is refused in the same form as everything else. */
  async #otherMethods() {
    for (const [path, item] of Object.entries(this.paths)) {
      const url = path.replace(/\{\w+\}/g, 'none');
      for (const method of OTHER_METHODS.filter((name) => item[name.toLowerCase()] === undefined)) {
        const answer = await this.#send(`/as/operator${url}`, { method, headers: {} });
        const isRefused =
          (answer.status === 404 || answer.status === 405) && answer.type === 'application/problem+json';
        if (isRefused) continue;
        // Another path may fit the same address, e.g. one with a parameter in that place: it answers for itself.
        if (answer.status < 500 && answer.type === 'application/problem+json') continue;
        const request = { method, url, headers: {}, damage: ['method'] };
        this.#find(
          `${method} ${path}`,
          { rule: 'a method that is not there', detail: `${answer.status} ${answer.text.slice(0, 200)}` },
          { role: 'operator', request, answer },
        );
      }
    }
  }

  async #readMessages() {
    for (const { text } of await this.world.messages()) {
      const token =
        LINK.exec(text)?.[1] ??
        INVITATION.exec(text)
          ?.slice(1)
          .find((found) => found !== undefined);
      if (token !== undefined) this.pool.remember('token', token);
      const code = CODE.exec(text)?.[1];
      if (code !== undefined) this.pool.remember('code', code);
    }
  }
}

function jsonOf(type, text) {
  if (!type.endsWith('json')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
