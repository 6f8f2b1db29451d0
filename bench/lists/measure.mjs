import { median, timedInTurn } from '../rig/times.mjs';
import { Readers } from '../rig/readers.mjs';
import { RowsRead } from '../rig/rows-read.mjs';
import { cursorOf } from '../rig/cursor.mjs';
import { MID } from './fill.mjs';
import { PHONE } from './cases.mjs';

export const LIMIT = 10;
/** Of the deep page, or the last one of a shorter list. */
export const DEEP = 10_000;
/** A ratio above the bar is measured again, that often at most: what disturbs a run is rarely there twice. */
const TRIES = 3;
const WARM_UP = 5;
const SHARED_PHONE = 3_000;
const LOGINS = { operator: 'operator', merchant: 'merchant1', agency: 'agency1' };
/** Tables whose lists open sealed numbers: those that a page shows are sealed for real. */
const SEALED = {
  members: { if: 'phone_index IS NOT NULL' },
  branch_invitations: { mid: MID },
  sellers: { id: 'code' },
};
export class ListsMeasure {
  constructor(world, { repetitions, bar }) {
    Object.assign(this, { world, repetitions, bar });
    this.readers = new Readers(world);
    this.read = new RowsRead(world);
  }

  async prepare() {
    for (const [who, loginId] of Object.entries(LOGINS)) await this.readers.logIn(who, loginId);
    await this.#sharePhone();
    await this.read.prepare();
  }

  async close() {
    await this.readers.close();
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
    for (const each of pages) examined.push(await this.read.by(() => this.#ask(each)));
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

  async #time(pages, times) {
    const works = pages.map((page) => () => this.#ask(page));
    const taken = await timedInTurn(works, { repetitions: this.repetitions, warmUp: WARM_UP });
    for (const [index, some] of taken.entries()) times[index].push(...some);
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
    return this.readers.ask(who, path);
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

function nameOf({ who, path, query }) {
  const text = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return `${path.replace('/v1', '')}${text.length === 0 ? '' : `?${text.join('&')}`} (${who})`;
}
