import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { withConnection } from '../database.mjs';
import { Problem, step } from '../output.mjs';
import { fromRoot, ROOT } from '../paths.mjs';
import { tryKill } from '../processes.mjs';
import { migrate } from '../schema.mjs';
import { fillTraffic } from '../traffic/fill.mjs';

/** What a run reads. The payments themselves, their attempts and events are in the first database only. */
const COPIED = [
  ...['merchants', 'branches', 'acquirer_contracts', 'agencies', 'agency_paths', 'commission_rates'],
  ...['fee_policies', 'settlement_terms', 'transactions', 'ledger_transfers'],
];
const SESSION =
  "SET SESSION time_zone = '+00:00', max_statement_time = 0, foreign_key_checks = 0, idle_write_transaction_timeout = 0";
const FIRST_PORT = 22_000;
const OUTPUT_MAX = 4_000;

/** Databases with the same movements, and processes that settle them. */
export class ProofWorld {
  #databases = new Map();
  #children = new Set();
  #stopping = false;

  constructor({ adminUrl, plan }) {
    this.adminUrl = adminUrl;
    this.plan = plan;
    // Databases whose name begins with t_ are dropped by the next run when this one could not.
    this.prefix = `t_settle_${randomBytes(4).toString('hex')}`;
    this.rootKeys = `v1:${randomBytes(32).toString('base64')}`;
  }

  /** The first database, with all of the traffic in it. */
  async fill(name) {
    await this.#create(name);
    const { connection } = this.#databases.get(name);
    await fillTraffic(connection, this.plan);
    await connection.query(`ANALYZE TABLE ${COPIED.join(', ')}`);
  }

  /** One more database with the movements of the first. */
  async copy(from, name) {
    await this.#create(name);
    const { connection } = this.#databases.get(name);
    const source = this.#databases.get(from).database;
    await connection.query(SESSION);
    for (const table of COPIED) {
      this.#refuseWhenStopping();
      const [columns] = await connection.query(
        `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS
         WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND GENERATION_EXPRESSION IS NULL ORDER BY ORDINAL_POSITION`,
        [source, table],
      );
      const names = columns.map((column) => `\`${column.name}\``).join(', ');
      await connection.query(`INSERT INTO ${table} (${names}) SELECT ${names} FROM ${source}.${table}`);
    }
    await connection.query(`ANALYZE TABLE ${COPIED.join(', ')}`);
  }

  rows(name) {
    const { connection } = this.#databases.get(name);
    return async (sql, values = []) => (await connection.query(sql, values))[0];
  }

  url(name) {
    return this.#databases.get(name).url;
  }

  /** A process that settles all that is over, under way: {ended, kill}. */
  settle(name) {
    this.#refuseWhenStopping();
    const child = spawn(process.execPath, [fromRoot('scripts/lib/settle-proof/settle.mjs')], {
      cwd: ROOT,
      env: this.#env(name),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => (output = (output + data).slice(-OUTPUT_MAX)));
    }
    const ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        this.#children.delete(child);
        resolve({ code, signal, output });
      });
    });
    return { ended, kill: () => child.kill('SIGKILL') };
  }

  /** From now on nothing is started any more, and what runs is killed. */
  stop() {
    this.#stopping = true;
    for (const { pid } of this.#children) tryKill(pid, 'SIGKILL');
  }

  /** Removes what was made. */
  async down() {
    this.stop();
    for (const { connection } of this.#databases.values()) connection.destroy();
    await withConnection(this.adminUrl, async (connection) => {
      for (const { database } of this.#databases.values()) {
        await connection.query(`DROP DATABASE IF EXISTS ${database}`);
      }
    }).catch(() => undefined);
  }

  async #create(name) {
    this.#refuseWhenStopping();
    const database = `${this.prefix}_${name}`;
    const url = new URL(this.adminUrl);
    url.pathname = `/${database}`;
    await withConnection(this.adminUrl, (connection) =>
      connection.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`),
    );
    this.#databases.set(name, { database, url: url.href, connection: { destroy() {} } });
    await step(`Migrating the database “${name}”`, () => migrate(this.#env(name), { grants: false }));
    const mysql = createRequire(join(ROOT, 'package.json'))('mysql2/promise');
    const connection = await mysql.createConnection({
      ...{ host: url.hostname, port: Number(url.port || 3306), database, timezone: 'Z' },
      ...{ user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
      ...{ supportBigNumbers: true, dateStrings: true },
    });
    this.#databases.set(name, { database, url: url.href, connection });
  }

  #refuseWhenStopping() {
    if (this.#stopping) throw new Problem('The proof was stopped.', 'Run it again.');
  }

  #env(name) {
    const { url } = this.#databases.get(name);
    return {
      ...process.env,
      ...{ FORCE_COLOR: undefined, APP_ENV: 'local', LOG_LEVEL: 'warn', ROOT_KEYS: this.rootKeys },
      ...{ DATABASE_URL: url, DATABASE_MIGRATION_URL: url, PORT: String(FIRST_PORT) },
    };
  }
}
