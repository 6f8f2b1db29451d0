import { isDeepStrictEqual } from 'node:util';
import { cursorOf } from '../rig/cursor.mjs';
import { RowsRead } from '../rig/rows-read.mjs';
import { median, percentile, timedInTurn } from '../rig/times.mjs';
import { BARS } from './verdict.mjs';
import { countSql, DEEP, LIMIT, rowsSql } from './history-cases.mjs';

const WARM_UP = 5;
/** A ratio above its bar is measured again, that often at most, and all times count: what disturbs a run is rarely there twice. */
const TRIES = 3;
const DIRECT_MS = 60_000;
const STATEMENT_TIMEOUT = 1969;
/** The most rows that a list gives at once: for going through one to a page far down. */
const ROWS_MAX = 200;

/** Measures what reads: `small` and `large` are databases with an API each. */
export class ReadingMeasure {
  /**
   * `isTimed`: times are judged, so that they are taken with care; else each thing is asked for a few times only.
   * `directMs`: how long the SQL that stands for an answer may take in the large database. What takes longer is proven in
   * the small one alone.
   */
  constructor({ small, large, plan, repetitions, isTimed, directMs = DIRECT_MS }) {
    Object.assign(this, { small, large, plan, repetitions, isTimed, directMs });
    this.read = new RowsRead(large, { tries: isTimed ? 5 : 2 });
  }

  async prepare() {
    await this.read.prepare();
  }

  /** A list's first page and its deep one, in the large database. */
  async history(one) {
    const { large, plan } = this;
    const [{ n }] = await large.rows(countSql(plan, one, DEEP * LIMIT + 1));
    const page = Math.min(DEEP, Math.floor(Number(n) / LIMIT));
    if (page < 2) throw new Error(`${nameOf(one)} has ${n} rows: there is no second page of it`);
    const pages = [await this.#page(one, 1), await this.#page(one, page)];
    for (const each of pages) await this.#checkPage(one, each);
    const asks = pages.map(
      ({ path }) =>
        () =>
          large.readers.ask(one.who, path),
    );
    const rowsRead = [await this.read.by(asks[0]), await this.read.by(asks[1])];
    const judge = (times) => median(times[1]) / median(times[0]);
    const { times, ratio } = await this.#timed(asks, judge, BARS.page);
    const [first, deep] = times.map(summary);
    return { kind: 'history', name: nameOf(one), page, first, deep, ratio, rowsRead };
  }

  /** A figure in both databases; each answer is compared with what the rows come to. */
  async figures(one) {
    const parts = [this.small, this.large];
    const asks = [];
    const directMs = [];
    for (const part of parts) {
      const { path, statements } = await resolved(part, one);
      const ask = () => part.readers.ask(one.who, path);
      const since = performance.now();
      const rows = await this.#direct(part, statements);
      directMs.push(rows === null ? null : performance.now() - since);
      if (rows !== null) check(one, part, { told: one.told(await ask()), expected: one.expected(rows) });
      asks.push(ask);
    }
    const rowsRead = [await this.read.by(asks[0]), await this.read.by(asks[1])];
    const judge = (times) => percentile(times[1], 0.95) / percentile(times[0], 0.95);
    const { times, ratio } = await this.#timed(asks, judge, BARS.figure);
    const [small, large] = times.map(summary);
    return { kind: 'figures', name: nameOf(one), small, large, ratio, rowsRead, directMs: directMs[1] };
  }

  /** The rows of each statement; null when they take too long. */
  async #direct(part, statements) {
    const limit = part === this.large ? this.directMs / 1_000 : 0;
    const found = [];
    try {
      for (const sql of statements) {
        found.push(await part.rows(`SET STATEMENT max_statement_time = ${limit} FOR ${sql}`));
      }
    } catch (error) {
      if (error.errno !== STATEMENT_TIMEOUT) throw error;
      return null;
    }
    return found;
  }

  async #timed(asks, judge, bar) {
    const { repetitions, isTimed } = this;
    const times = asks.map(() => []);
    let ratio;
    for (let round = 0; round < TRIES && (round === 0 || ratio > bar); round += 1) {
      const taken = await timedInTurn(asks, { repetitions, warmUp: isTimed ? WARM_UP : 0 });
      for (const [index, some] of taken.entries()) times[index].push(...some);
      ratio = judge(times);
      if (!isTimed) break;
    }
    return { times, ratio };
  }

  async #page(one, page) {
    const before = (page - 1) * LIMIT;
    const direct = await this.#direct(this.large, [
      rowsSql(this.plan, one, Math.max(0, before - 1), LIMIT + 1),
    ]);
    if (direct === null) {
      const path = pathOf(one, LIMIT, await this.#cursorAfter(one, before));
      return { path, shown: null };
    }
    const [rows] = direct;
    const cursor = page === 1 ? undefined : cursorOf({ at: rows[0].at, id: rows[0].place_key });
    const shown = (page === 1 ? rows : rows.slice(1)).slice(0, LIMIT).map((row) => row.shown);
    return { path: pathOf(one, LIMIT, cursor), shown };
  }

  /** By going there page by page, as a reader would. */
  async #cursorAfter(one, count) {
    let cursor;
    for (let left = count; left > 0; left -= ROWS_MAX) {
      const path = pathOf(one, Math.min(ROWS_MAX, left), cursor);
      ({ nextCursor: cursor } = await this.large.readers.ask(one.who, path));
    }
    return cursor;
  }

  async #checkPage(one, { path, shown }) {
    if (shown === null) return;
    const { data } = await this.large.readers.ask(one.who, path);
    const got = data.map((row) => row.transactionId);
    if (!isDeepStrictEqual(got, shown))
      throw new Error(`${path} answered ${got.join(', ')}; the rows there are ${shown.join(', ')}`);
  }
}

function check(one, part, { told, expected }) {
  if (isDeepStrictEqual(told, expected)) return;
  throw new Error(
    `${nameOf(one)} of ${part.name} answered\n${JSON.stringify(told)}\nThe rows come to\n${JSON.stringify(expected)}`,
  );
}

const pathOf = (one, limit, cursor) =>
  `/v1/transactions?${new URLSearchParams({ ...one.query, limit, ...(cursor && { cursor }) })}`;

/** A case that is about one row names it by `{id}`. */
async function resolved(part, { find, path, statements }) {
  if (find === undefined) return { path, statements };
  const [{ id }] = await part.rows(find);
  const filled = (text) => text.replace('{id}', id);
  return { path: filled(path), statements: statements.map(filled) };
}

const summary = (times) => ({
  p50: percentile(times, 0.5),
  p95: percentile(times, 0.95),
  count: times.length,
});

export function nameOf({ who, path = '/v1/transactions', query }) {
  const text = query === undefined ? '' : `?${new URLSearchParams(query)}`;
  return `${path.replace('/v1', '')}${text} (${who})`;
}
