import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import { cursorOf } from './cursor.mjs';
import { MID } from './fill.mjs';
import { PHONE } from './cases.mjs';

export const LIMIT = 10;
/** Of the deep page, or the last one of a shorter list. */
export const DEEP = 10_000;
/** A ratio above the bar is measured again, that often at most: what disturbs a run is rarely there twice. */
const TRIES = 3;
const COUNTS = 5;
const WARM_UP = 5;
const SHARED_PHONE = 3_000;
const LOGINS = { operator: 'operator', merchant: 'merchant1', agency: 'agency1' };
/** A member may ask 20 times a second: so each of them has some more who ask in turn. */
const TWINS = 12;
/** Tables whose lists open sealed numbers: those that a page shows are sealed for real. */
const SEALED = {
  members: { if: 'phone_index IS NOT NULL' },
  branch_invitations: { mid: MID },
  sellers: { id: 'code' },
};
const PASSWORD = 'Demo!2026pass';

const READS =
  "SHOW GLOBAL STATUS WHERE Variable_name LIKE 'Handler\\_read\\_%' OR Variable_name LIKE 'Handler\\_icp\\_%'";

export class ListsMeasure {
  #tokens = {};
  #asked = 0;

  constructor(world, { repetitions, bar }) {
    Object.assign(this, { world, repetitions, bar });
    this.client = new Client(world.url);
  }

  async prepare() {
    for (const [who, loginId] of Object.entries(LOGINS)) this.#tokens[who] = await this.#logIn(who, loginId);
    await this.#sharePhone();
    this.own = Math.min(
      await this.#between(async () => undefined),
      await this.#between(async () => undefined),
    );
  }

  async #logIn(who, loginId) {
    const tokens = [];
    for (let twin = 1; twin <= TWINS; twin += 1) {
      const own = `bench.${who}${twin}`;
      await this.world.rows(
        `INSERT INTO members (id, login_id, password_hash, name, role, position, mid, agency_code, status)
         SELECT CONCAT('mem_0000000000', LPAD(CONV(CRC32(?), 10, 16), 16, '0')), ?, password_hash, name, role, position, mid,
           agency_code, status FROM members WHERE login_id = ?`,
        [own, own, loginId],
      );
      const body = JSON.stringify({ loginId: own, password: PASSWORD });
      const answer = await this.#send('POST', '/v1/auth/login', { 'content-type': 'application/json' }, body);
      tokens.push(answer.accessToken);
    }
    return tokens;
  }

  async close() {
    await this.client.close();
  }

  /** What the first page and the deep one cost; `deep` is null for a list of one page. */
  async measure(one) {
    const [{ count }] = await this.world.rows(
      `SELECT COUNT(*) AS count FROM ${one.rows.table} WHERE ${one.rows.where}`,
    );
    const first = await this.#page(one, one.fromSecondPage ? 2 : 1, count);
    const page = Math.min(DEEP, Math.floor(count / LIMIT));
    const deep = page > (one.fromSecondPage ? 2 : 1) ? await this.#page(one, page, count) : null;
    const pages = deep === null ? [first] : [first, deep];
    for (const each of pages) await this.#check(one, each);
    const examined = [];
    for (const each of pages) examined.push(await this.#examined(each));
    const times = pages.map(() => []);
    let ratio = null;
    for (let round = 0; round < TRIES && (ratio === null || ratio > this.bar); round += 1) {
      await this.#time(pages, times);
      if (deep === null) break;
      ratio = median(times[1]) / median(times[0]);
    }
    const [firstMs, deepMs = null] = times.map(median);
    return {
      ...{ name: nameOf(one), rows: Number(count), page: deep === null ? 1 : page },
      ...{ firstMs, deepMs, ratio, examined: { first: examined[0], deep: examined[1] ?? null } },
      answered: first.ids.length,
    };
  }

  /** One after the other in turn, so that both meet the same machine. */
  async #time(pages, times) {
    for (let turn = 0; turn < this.repetitions + WARM_UP; turn += 1) {
      for (const [index, page] of pages.entries()) {
        const since = performance.now();
        await this.#ask(page);
        if (turn >= WARM_UP) times[index].push(performance.now() - since);
      }
    }
  }

  /** Rows that the database looked at for one answer. What else it did meanwhile only adds: so the least one counts. */
  async #examined(page) {
    const counts = [];
    for (let turn = 0; turn < COUNTS; turn += 1) counts.push(await this.#between(() => this.#ask(page)));
    return Math.min(...counts) - this.own;
  }

  async #between(work) {
    const before = await this.#reads();
    await work();
    return (await this.#reads()) - before;
  }

  /** Read, or looked at in an index and passed over. */
  async #reads() {
    let sum = 0;
    for (const { Variable_name: name, Value: value } of await this.world.rows(READS)) {
      sum += name === 'Handler_icp_match' ? -Number(value) : Number(value);
    }
    return sum;
  }

  async #page(one, page, count) {
    const before = (page - 1) * LIMIT;
    const { table, where, order, id, at, more = '' } = one.rows;
    const sql = `SELECT ${id} AS id, ${at} AS at${more} FROM ${table} WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`;
    const rows = await this.world.rows(sql, [LIMIT + 2, Math.max(0, before - 1)]);
    const cursor = page === 1 ? undefined : cursorOf({ at: rows[0].at, id: one.place(rows[0]) });
    const shown = (page === 1 ? rows : rows.slice(1)).slice(0, LIMIT);
    if (SEALED[table] !== undefined) await this.#seal(table, rows);
    const query = { ...one.query, limit: LIMIT, ...(cursor && { cursor }) };
    return {
      ...{ who: one.who, path: `${one.path}?${new URLSearchParams(query)}`, ids: shown.map((row) => row.id) },
      isLast: before + LIMIT >= count,
    };
  }

  /** That the answer is the page that we think it is, and its cursor of the form that we make. */
  async #check(one, page) {
    const { data, nextCursor } = await this.#ask(page);
    const got = data.map((row) => row[one.key]);
    if (got.join() !== page.ids.join()) {
      throw new Error(`${page.path} answered ${got.join(', ')}; the rows there are ${page.ids.join(', ')}`);
    }
    if ((nextCursor === null) !== page.isLast)
      throw new Error(`${page.path} answered nextCursor ${nextCursor}`);
  }

  #ask({ who, path }) {
    const tokens = this.#tokens[who];
    this.#asked += 1;
    if (tokens === undefined) return this.#send('GET', path, {});
    return this.#send('GET', path, { authorization: `Bearer ${tokens[this.#asked % TWINS]}` });
  }

  async #send(method, path, headers, body) {
    const answer = await this.client.request({ method, path, headers, body });
    // Somebody else on the machine was quick; the next second has room again.
    if (answer.statusCode === 429) {
      await answer.body.dump();
      await sleep(1_000);
      return this.#send(method, path, headers, body);
    }
    if (answer.statusCode !== 200) {
      throw new Error(`${method} ${path} answered ${answer.statusCode}: ${await answer.body.text()}`);
    }
    return answer.body.json();
  }

  /** Many rows of one number, older ones in another state. */
  async #sharePhone() {
    const { world } = this;
    const index = Buffer.from(await world.keys.fingerprint('recipient', PHONE), 'hex');
    await world.rows('SET @phone = ?', [index]);
    await world.rows(
      'UPDATE members SET phone_index = @phone, phone_sealed = REPEAT(CHAR(1), 44) ORDER BY id LIMIT ?',
      [SHARED_PHONE],
    );
    for (const status of ['REGISTERED', 'EXPIRED']) {
      await world.rows(
        'UPDATE branch_invitations SET phone_index = @phone WHERE mid = ? AND status = ? ORDER BY id LIMIT ?',
        [MID, status, SHARED_PHONE],
      );
    }
  }

  async #seal(table, rows) {
    const { mid, id: key = 'id', if: condition = 'TRUE' } = SEALED[table];
    for (const { id: rowId } of rows) {
      const place = { table, column: 'phone_sealed', rowId, mid };
      const sealed = await this.world.keys.seal('pii', place, PHONE);
      await this.world.rows(`UPDATE ${table} SET phone_sealed = ? WHERE ${key} = ? AND ${condition}`, [
        sealed,
        rowId,
      ]);
    }
  }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function nameOf({ who, path, query }) {
  const text = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return `${path.replace('/v1', '')}${text.length === 0 ? '' : `?${text.join('&')}`} (${who})`;
}
