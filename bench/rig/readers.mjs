import { Client } from 'undici';

const PASSWORD = 'Demo!2026pass';
/** A page of many filters may take the gateway seconds; longer than all of its own limits. */
const TIMEOUT_MS = 120_000;

/** Members who ask an API, by name. */
export class Readers {
  #headers = {};

  constructor(world) {
    this.world = world;
    this.client = new Client(world.url, { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  }

  /** A member like a demo member, who belongs where `place` says ({mid, branch_id, agency_code}). */
  async logIn(name, like, place = {}) {
    const loginId = loginIdOf(name);
    const columns = ['mid', 'branch_id', 'agency_code'];
    const given = columns.filter((column) => place[column] !== undefined);
    const own = columns.map((column) => (given.includes(column) ? '?' : column));
    await this.world.rows(
      `INSERT INTO members (id, login_id, password_hash, name, role, position, ${columns.join(', ')}, status)
       SELECT CONCAT('mem_0000000000', LPAD(CONV(CRC32(?), 10, 16), 16, '0')), ?, password_hash, name, role, position,
         ${own.join(', ')}, status FROM members WHERE login_id = ?`,
      [loginId, loginId, ...given.map((column) => place[column]), like],
    );
    await this.#enter(name);
  }

  async #enter(name) {
    const { accessToken } = await this.#send('POST', '/v1/auth/login', undefined, {
      loginId: loginIdOf(name),
      password: PASSWORD,
    });
    this.#headers[name] = { authorization: `Bearer ${accessToken}` };
  }

  /** What the API answers; `who` is a name, or nobody. Throws for everything but 200 to 202. */
  ask(who, path) {
    return this.#send('GET', path, who);
  }

  post(who, path, body) {
    return this.#send('POST', path, who, body);
  }

  /** The answer as it comes: {statusCode, body}. */
  async open(who, path, method = 'GET', body) {
    for (let turn = 1; ; turn += 1) {
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      const headers = { ...type, ...this.#headers[who] };
      const answer = await this.client.request({ method, path, headers, body });
      if (answer.statusCode !== 401 || turn > 1 || this.#headers[who] === undefined) return answer;
      // A token lasts for minutes, and a bench for hours.
      await answer.body.dump();
      await this.#enter(who);
    }
  }

  async close() {
    await this.client.close();
  }

  async #send(method, path, who, body) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await this.open(who, path, method, text);
    if (answer.statusCode < 200 || answer.statusCode > 202) {
      throw new Error(`${method} ${path} answered ${answer.statusCode}: ${await answer.body.text()}`);
    }
    return answer.body.json();
  }
}

const loginIdOf = (name) => `bench.${name}`;
