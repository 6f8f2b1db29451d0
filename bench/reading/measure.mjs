import { isDeepStrictEqual } from 'node:util';
import { cursorOf } from '../rig/cursor.mjs';
import { RowsRead } from '../rig/rows-read.mjs';
import { median, percentile, timedInTurn } from '../rig/times.mjs';
import { BARS } from './verdict.mjs';
import { countSql, DEEP, LIMIT, rowsSql } from './history-cases.mjs';

const WARM_UP = 5;
/** A ratio above its bar is measured again, that often at most, and all times count: what disturbs a run is rarely there twice. */
const TRIES = 3;

/** Measures what reads: `small` and `large` are databases with an API each. */
export class ReadingMeasure {
  /** `isTimed`: times are judged, so that they are taken with care; else each thing is asked for a few times only. */
  constructor({ small, large, plan, repetitions, isTimed }) {
    Object.assign(this, { small, large, plan, repetitions, isTimed });
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
      const since = performance.now();
      const rows = [];
      for (const statement of statements) rows.push(await part.rows(statement));
      directMs.push(performance.now() - since);
      const ask = () => part.readers.ask(one.who, path);
      const [told, expected] = [one.told(await ask()), one.expected(rows)];
      if (!isDeepStrictEqual(told, expected)) {
        throw new Error(
          `${nameOf(one)} of ${part.name} answered\n${JSON.stringify(told)}\nThe rows come to\n${JSON.stringify(expected)}`,
        );
      }
      asks.push(ask);
    }
    const rowsRead = [await this.read.by(asks[0]), await this.read.by(asks[1])];
    const judge = (times) => percentile(times[1], 0.95) / percentile(times[0], 0.95);
    const { times, ratio } = await this.#timed(asks, judge, BARS.figure);
    const [small, large] = times.map(summary);
    return { kind: 'figures', name: nameOf(one), small, large, ratio, rowsRead, directMs: directMs[1] };
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
    const rows = await this.large.rows(rowsSql(this.plan, one, Math.max(0, before - 1), LIMIT + 1));
    const cursor = page === 1 ? undefined : cursorOf({ at: rows[0].at, id: rows[0].place_key });
    const shown = (page === 1 ? rows : rows.slice(1)).slice(0, LIMIT).map((row) => row.shown);
    const query = { ...one.query, limit: LIMIT, ...(cursor && { cursor }) };
    return { path: `/v1/transactions?${new URLSearchParams(query)}`, shown };
  }

  async #checkPage(one, { path, shown }) {
    const { data } = await this.large.readers.ask(one.who, path);
    const got = data.map((row) => row.transactionId);
    if (!isDeepStrictEqual(got, shown))
      throw new Error(`${path} answered ${got.join(', ')}; the rows there are ${shown.join(', ')}`);
  }
}

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
