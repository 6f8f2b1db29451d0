import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DATABASE } from '../mariadb/setup-sql.mjs';
import { Problem, step } from '../output.mjs';
import { ROOT } from '../paths.mjs';
import { Load } from './load.mjs';

/** Writes are to be back within this after a fault, everywhere. */
export const AWAY_MAX_MS = 8_000;
const RESUMED_TIMEOUT_MS = 60_000;
const QUIET_MS = 3_000;
const IDS_AT_ONCE = 500;
const KEPT = new Set(['APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED']);

/** Runs faults one after another under load, and gives what each did to those who paid. */
export class Drill {
  #stopping = false;

  constructor({ cluster, gateway, perSecond }) {
    Object.assign(this, { cluster, gateway });
    this.load = new Load({ apis: gateway.apis, perSecond });
  }

  async run(faults) {
    this.load.start();
    if (!(await this.#resumed(performance.now())))
      throw new Problem('No approval comes through.', 'See .data/log.');
    const results = [];
    for (const fault of faults) {
      await sleep(QUIET_MS);
      results.push(await step(`Fault: ${fault.what}`, (note) => this.#one(fault, note), { quiet: false }));
    }
    await sleep(QUIET_MS);
    await this.load.stop();
    return results;
  }

  async #one(fault, note) {
    const writer = await this.cluster.writer(this.gateway.url);
    const refusedBefore = new Map(this.load.refused);
    const begun = performance.now();
    const struck = await fault.strike({ cluster: this.cluster, writer });
    note('waiting for writes');
    const isBack = await this.#resumed(struck.at);
    await sleep(QUIET_MS);
    const until = performance.now();
    note('healing');
    await fault.heal({ cluster: this.cluster, writer, struckAt: begun, ...struck });
    const togetherMs = await this.cluster.allSynced();
    await sleep(QUIET_MS);
    const away = this.load.longestGap(struck.killedAt ?? begun, until);
    const now = await this.cluster.writer(this.gateway.url);
    return {
      ...{ fault: fault.name, what: fault.what, isBack },
      ...{ writerBefore: writer.name, writerAfter: now.name },
      // All three lost: nothing can be written before somebody has recovered them. Writes are counted from there.
      awayMs: Math.round(struck.killedAt === undefined ? away : this.#firstAfter(struck.at) - struck.at),
      ...(struck.killedAt === undefined
        ? {}
        : {
            awaySinceKillMs: Math.round(away),
            recoveredFrom: struck.ahead.name,
            positions: struck.positions,
          }),
      awayAtReturnMs: Math.round(this.load.longestGap(until, performance.now())),
      togetherMs: Math.round(togetherMs),
      refused: this.#refusedSince(refusedBefore),
      ...(await this.lost()),
    };
  }

  #resumed(after) {
    const options = { timeoutMs: RESUMED_TIMEOUT_MS, giveUp: () => this.#stopping };
    return this.load.resumed(after, options);
  }

  /** When the last of the APIs acknowledged an approval again. */
  #firstAfter(moment) {
    const firsts = this.load.apis.map(
      (api) => this.load.acknowledged.find((one) => one.api === api && one.at > moment)?.at ?? Infinity,
    );
    return Math.max(...firsts);
  }

  #refusedSince(before) {
    const since = [...this.load.refused].map(([code, count]) => [code, count - (before.get(code) ?? 0)]);
    return Object.fromEntries(since.filter(([, count]) => count > 0));
  }

  /** Of all approvals that callers were told of: how many, and the payments that the database does not have as approved. */
  async lost() {
    const told = this.load.acknowledged.map(({ paymentId }) => paymentId);
    const kept = new Set();
    for (let at = 0; at < told.length; at += IDS_AT_ONCE) {
      const ids = told.slice(at, at + IDS_AT_ONCE).map((id) => `'${id.replaceAll(/[^\w]/g, '')}'`);
      const rows = await this.gateway.query(
        `SELECT id, status FROM payments WHERE id IN (${ids.join(', ')})`,
      );
      for (const { id, status } of rows) if (KEPT.has(status)) kept.add(id);
    }
    return { acknowledged: told.length, lost: told.filter((id) => !kept.has(id)) };
  }

  /** Of the same approvals, those that the sandbox's own book does not have as charged once. */
  async lostAtAcquirer() {
    const { readLedger } = createRequire(join(ROOT, 'package.json'))(
      join(ROOT, 'dist/src/verify/ledger-checks.js'),
    );
    const orders = await this.gateway.query('SELECT id, acquirer, acquirer_order_no AS no FROM payments');
    const byId = new Map(orders.map((row) => [row.id, row]));
    const charged = new Map();
    for (const acquirer of new Set(orders.map((row) => row.acquirer))) {
      for (const [key, balance] of await readLedger(this.gateway.sandboxUrl, acquirer)) {
        const no = key.slice(key.indexOf(' ') + 1);
        charged.set(`${acquirer} ${no}`, balance.approvals === 1 && balance.approved > balance.cancelled);
      }
    }
    const isCharged = (id) => {
      const row = byId.get(id);
      return row !== undefined && charged.get(`${row.acquirer} ${row.no}`) === true;
    };
    return this.load.acknowledged.map(({ paymentId }) => paymentId).filter((id) => !isCharged(id));
  }

  /** Once the load has ended: both books, all three nodes, and the invariants. */
  async afterwards() {
    const underWay = await step('Waiting until the worker has ended what was left open', () =>
      this.gateway.settle(),
    );
    const { acknowledged, lost } = await this.lost();
    return {
      ...{ acknowledged, lost, underWay },
      lostAtAcquirer: await this.lostAtAcquirer(),
      differentTables: await step('Comparing the three nodes', () => this.#differences()),
      verify: await step('npm run verify', () => this.gateway.verify()),
    };
  }

  /** The worker never rests, so a table may be caught in mid-change: only what differs again and again counts. */
  async #differences() {
    let lasting = await this.cluster.differences(DATABASE);
    for (let tries = 0; tries < 4 && lasting.length > 0; tries += 1) {
      await sleep(500);
      const again = await this.cluster.differences(DATABASE);
      lasting = lasting.filter((table) => again.includes(table));
    }
    return lasting;
  }

  refuseMore() {
    this.#stopping = true;
  }

  async down() {
    this.#stopping = true;
    await this.load.stop();
  }
}
