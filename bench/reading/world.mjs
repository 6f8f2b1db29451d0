import { setTimeout as sleep } from 'node:timers/promises';
import { withConnection } from '../../scripts/lib/database.mjs';
import { step } from '../../scripts/lib/output.mjs';
import { DatabaseWorld } from '../rig/database-world.mjs';
import { Readers } from '../rig/readers.mjs';
import { rowsWritten } from '../rig/rows-read.mjs';
import { compareSettled, SETTLED_TABLES } from './compare.mjs';
import { analyze, makeFilled } from './filling.mjs';
import { paySettlements } from './paid-sql.mjs';
import { SettledSql } from './settled-sql.mjs';

/** Longer than the worker pauses between two sweeps of any kind that this bench needs. */
const QUIET_MS = 12_000;
/** So often a worker looks for what it has not summed up yet, and so soon it may: nothing is written meanwhile. */
const OFTEN = { ROLL_UP_EVERY_MS: '1000', ROLL_UP_GRACE_MS: '1000' };
/** What a worker with nothing to do may still write in that time. */
const QUIET_ROWS = 20;
const SESSIONS = 2;
const POLL_MS = 500;
const RUN_POLL_MS = 50;

/** The databases of this bench: two sizes of the same traffic, and a day of its own. */
export class ReadingWorld {
  #parts = new Map();
  #isRefusing = false;

  constructor({ adminUrl, databasePid, plan }) {
    Object.assign(this, { adminUrl, databasePid, plan });
  }

  /** Both sizes, settled up to yesterday, with the figures that the worker makes, and an API on each. */
  async upFigures() {
    const { plan } = this;
    const small = await this.#filled('small', plan.small);
    const days = await this.#daysOf(small);
    await step(`Settling ${plan.small.payments} payments by the gateway's own run`, () =>
      runDays(small, days),
    );
    const rows = await step('Settling them again by SQL', () => this.#proof(small, days));
    const large = await this.#filled('large', plan.large);
    await step(`Settling ${plan.large.payments} payments by SQL`, (note) =>
      this.#settleBySql(large, { target: large.database, days, note }),
    );
    for (const part of [small, large]) await paySettlements(part, plan.lastPaid);
    await step('Letting the workers finish', (note) => this.#work([small, large], note));
    for (const part of [small, large]) await step(`Looking at ${part.name}`, () => analyze(part));
    return { small, large, proven: rows };
  }

  /** One day that is not settled. */
  async upDay() {
    const day = await this.#filled('day', this.plan.oneDay);
    await analyze(day);
    return day;
  }

  async down() {
    this.refuseMore();
    for (const part of this.#parts.values()) {
      await part.readers?.close().catch(() => undefined);
      await part.down();
    }
  }

  refuseMore() {
    this.#isRefusing = true;
    for (const part of this.#parts.values()) part.refuseMore();
  }

  killAll() {
    for (const part of this.#parts.values()) part.killAll();
  }

  #part(name, like) {
    const part = new DatabaseWorld({ adminUrl: this.adminUrl, name: `reading_${name}`, like });
    this.#parts.set(name, part);
    if (this.#isRefusing) part.refuseMore();
    return part;
  }

  /** Schema and demo data, made once. */
  async #template() {
    if (!this.#parts.has('template')) {
      await step('Migrating the database', async () => {
        const template = this.#part('template');
        await template.make();
        await template.seed();
      });
    }
    return this.#parts.get('template');
  }

  async #filled(name, traffic) {
    const { plan } = this;
    const part = this.#part(name, await this.#template());
    await makeFilled(part, traffic, plan.agency);
    await part.startApi();
    part.readers = new Readers(part);
    const own = { agency_code: null };
    await part.readers.logIn('operator', 'operator');
    await part.readers.logIn('big', 'merchant1', { ...own, mid: plan.bigMid });
    await part.readers.logIn('small', 'merchant1', { ...own, mid: plan.smallMid });
    await part.readers.logIn('branch', 'branch1', { ...own, mid: plan.bigMid, branch_id: plan.branchId });
    await part.readers.logIn('agency', 'agency1', { agency_code: plan.agency });
    return part;
  }

  /** The days that are over by the database's clock, and the payout day of each by the gateway's calendar. */
  async #daysOf(small) {
    const [{ last }] = await small.rows(
      'SELECT CAST(DATE(UTC_TIMESTAMP(3) + INTERVAL 9 HOUR - INTERVAL 600 SECOND) - INTERVAL 1 DAY AS CHAR) AS last',
    );
    const [{ first }] = await small.rows('SELECT CAST(MIN(captured_day) AS CHAR) AS first FROM transactions');
    const { data } = await small.readers.ask(
      'operator',
      `/v1/settlements/calendar?from=${first}&to=${last < this.plan.yesterday ? last : this.plan.yesterday}`,
    );
    return data;
  }

  /** That the SQL which settles the large database gives row by row what the gateway's run gave. */
  async #proof(small, days) {
    const scratch = `${small.database}_sql`;
    await withConnection(this.adminUrl, (connection) => connection.query(`CREATE DATABASE ${scratch}`));
    try {
      for (const table of SETTLED_TABLES)
        await small.rows(`CREATE TABLE ${scratch}.${table} LIKE ${small.database}.${table}`);
      await small.rows(`INSERT INTO ${scratch}.settlement_calendar (id) VALUES (1)`);
      await this.#settleBySql(small, { target: scratch, days });
      return await compareSettled(small, small.database, scratch);
    } finally {
      await withConnection(this.adminUrl, (connection) => connection.query(`DROP DATABASE ${scratch}`));
    }
  }

  async #settleBySql(part, { target, days, note }) {
    const sql = new SettledSql({ source: part.database, target, agency: this.plan.agency, note });
    await part.loading(SESSIONS, (sessions) => sql.settle(sessions, days));
  }

  /** The gateway's worker makes what it makes beside payments and runs: until it writes nothing any more. */
  async #work(parts, note) {
    const [workers, ended] = [[], []];
    try {
      for (const part of parts) {
        const worker = await part.startWorker(OFTEN);
        workers.push(worker);
        void worker.exited.then((why) => ended.push(`${part.name}: ${why}`));
      }
      let before = await rowsWritten(parts[0]);
      for (let quietSince = Date.now(); Date.now() - quietSince < QUIET_MS;) {
        await sleep(POLL_MS);
        if (ended.length > 0) throw new Error(`a worker ended by itself: ${ended.join(', ')}`);
        const now = await rowsWritten(parts[0]);
        if (now - before <= QUIET_ROWS) continue;
        note(`${now} rows written`);
        [before, quietSince] = [now, Date.now()];
      }
    } finally {
      for (const worker of workers) await worker.stop();
    }
  }
}

/** Settles some days in their order, as an operator does. Answers the milliseconds that it took. */
export async function runDays(part, days) {
  const since = performance.now();
  for (const { capturedOn: captureDate } of days) {
    let { status } = await part.readers.post('operator', '/v1/admin/settlements/runs', { captureDate });
    while (status !== 'DONE') {
      await sleep(RUN_POLL_MS);
      [{ status }] = await part.rows('SELECT status FROM settlement_runs WHERE captured_day = ?', [
        captureDate,
      ]);
    }
  }
  return performance.now() - since;
}
