import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { archiveLogs, takeBackup } from '../backup/take.mjs';
import { restore } from '../backup/restore.mjs';
import { layout } from '../mariadb/folder.mjs';
import { startMariaDb } from '../mariadb/server.mjs';
import { Problem, say, seconds, step } from '../output.mjs';
import { tryKill } from '../processes.mjs';
import { Approvals } from './approvals.mjs';

/** Between two stretches of approvals nobody is on the way: what a moment in between must hold is certain. */
const REST_MS = 2_500;

/**
 * The whole of a recovery: a backup under approvals, its data folder destroyed under approvals (kill -9 first), restored
 * once to a moment in between and once to the last. What was answered decides, not what the drill thinks was written.
 */
export class Recovery {
  constructor(world, { folder, port, secrets }) {
    Object.assign(this, { world, folder, port, secrets });
    this.dataDir = join(folder, 'mariadb');
    this.backup = join(folder, 'backup');
  }

  async up() {
    const { world } = this;
    await step('Starting a database server with a binary log, an API and a worker', async () => {
      this.server = await this.#keep(() => startMariaDb({ ...this.#place(this.dataDir), binlog: true }));
      await world.startSandbox();
      await world.prepareDatabase();
      await this.#startGateway();
    });
  }

  /** Approvals without an end meanwhile: a backup, a log that is closed, a moment, and the destruction. */
  async sufferLoss({ perSecond, partSeconds }) {
    const early = new Approvals([this.url]);
    early.start(perSecond);
    await step(`Approvals, ${perSecond} a second`, () => sleep(partSeconds * 1_000));
    await this.#timed('Taking a backup meanwhile', () => takeBackup(this.server.adminUrl, this.backup));
    await step('More approvals', () => sleep(partSeconds * 1_000));
    const archived = await archiveLogs(this.server.adminUrl, this.backup);
    await early.stop();
    await sleep(REST_MS);
    this.moment = new Date(Math.floor(Date.now() / 1_000) * 1_000);
    await sleep(REST_MS);
    const late = new Approvals([this.url]);
    late.start(perSecond);
    await step('Approvals after the moment', () => sleep(partSeconds * 1_000));
    await step('Destroying the data folder', async () => {
      tryKill(this.server.pid, 'SIGKILL');
      await this.server.exited;
      rmSync(layout(this.dataDir).folder, { recursive: true });
      // Of these the copies alone are left: else nothing would ever show that they are good.
      for (const name of archived) rmSync(join(layout(this.dataDir).binlog, name));
      await late.stop();
      await Promise.all(this.gateway.map((program) => program.stop({ graceMs: 60_000 })));
    });
    Object.assign(this, { before: early.acknowledged, after: late.acknowledged });
    if (Object.keys(early.refused).length > 0 || this.before.length === 0 || this.after.length === 0) {
      throw new Problem(`The approvals went wrong: ${JSON.stringify(early.refused)}.`, 'See .data/log.');
    }
  }

  /** What was answered before the moment is there, what was sent after it is not, and nothing else of the database is amiss. */
  async restoreToMoment() {
    const dataDir = join(this.folder, 'mariadb-moment');
    const options = { logs: layout(this.dataDir).binlog, to: this.moment };
    const server = await this.#restore(`to ${this.moment.toISOString()}`, { dataDir, ...options });
    const missing = await this.#missingOf(this.before);
    const kept = this.after.length - (await this.#missingOf(this.after));
    say(
      `  answered before: ${this.before.length}, missing ${missing}; sent after: ${this.after.length}, there ${kept}`,
    );
    if (missing + kept > 0) throw new Problem('The moment was not met.', 'See .data/log.');
    await this.#verifyMoment();
    await server.stop();
  }

  /** Every payment that was answered is there; the gateway runs on it, and ends what the loss cut off. */
  async restoreToEnd() {
    const { world, dataDir } = this;
    const restored = await this.#restore('to the last moment', { dataDir, logs: layout(dataDir).binlog });
    const all = [...this.before, ...this.after];
    const missing = await this.#missingOf(all);
    say(`  answered: ${all.length}, missing ${missing}`);
    if (missing > 0) throw new Problem('Payments are lost.', 'See .data/log.');
    await restored.stop();
    this.server = await this.#keep(() => startMariaDb({ ...this.#place(dataDir), binlog: true }));
    await this.#startGateway();
    const again = new Approvals([this.url]);
    again.start(20);
    await step('The gateway on the restored database', () => sleep(2_000));
    await again.stop();
    if (again.acknowledged.length === 0) throw new Problem('It takes no payment.', 'See .data/log.');
    await world.settled();
    say(`  ${await world.verify()}`);
  }

  /** The acquirers went on after the moment: what they alone know is all that verify may find. */
  async #verifyMoment() {
    const { output } = await this.world.verifyOutput([]);
    const found = output.split('\n').filter((line) => /^INV-/.test(line));
    const others = found.filter((line) => !line.endsWith('the acquirer approved what we have no attempt of'));
    say(`  verify: ${found.length} payments that only the acquirer has, ${others.length} other violations`);
    if (others.length === 0 && found.length >= this.after.length) return;
    throw new Problem('npm run verify found something else.', 'Each is named with its row.', output);
  }

  async #missingOf(payments) {
    const rows = await this.world.rows("SELECT id FROM payments WHERE status = 'APPROVED'");
    const there = new Set(rows.map(({ id }) => id));
    return payments.filter(({ paymentId }) => !there.has(paymentId)).length;
  }

  async #restore(label, { dataDir, ...options }) {
    const { backup } = this;
    const work = () => this.#keep(() => restore({ backup, ...this.#place(dataDir), ...options }));
    return this.#timed(`Restored ${label}`, work);
  }

  async #timed(label, work) {
    const since = Date.now();
    const result = await work();
    say(`  ${label}: ${seconds(Date.now() - since)}`);
    return result;
  }

  async #startGateway() {
    const { world } = this;
    const port = await world.ports(1);
    this.url = `http://127.0.0.1:${port}`;
    this.gateway = await Promise.all([world.startApi(port), world.startWorker()]);
  }

  #place = (dataDir) => ({ dataDir, port: this.port, secrets: this.secrets });

  async #keep(start) {
    return this.world.keep(await start());
  }
}
