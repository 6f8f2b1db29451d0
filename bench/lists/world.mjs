import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { withConnection } from '../../scripts/lib/database.mjs';
import { freePort, httpStatus } from '../../scripts/lib/net.mjs';
import { API_NODE_FLAGS } from '../../scripts/lib/node-flags.mjs';
import { step } from '../../scripts/lib/output.mjs';
import { fromRoot, ROOT } from '../../scripts/lib/paths.mjs';
import { tryKill } from '../../scripts/lib/processes.mjs';
import { migrate, seed } from '../../scripts/lib/schema.mjs';
import { sandboxAddresses } from '../../scripts/lib/sandbox-addresses.mjs';
import { programStarter } from '../../scripts/lib/service.mjs';
import { Keys } from '../raw/keys.mjs';
import { Stopped } from '../rig/on-stop.mjs';
import { followUps, statements } from './fill.mjs';

const UNLIMITED = '1000000';
const FIRST_PORT = 21_000;
const SESSION =
  "SET SESSION time_zone = '+00:00', max_statement_time = 0, unique_checks = 0, foreign_key_checks = 0, idle_write_transaction_timeout = 0, sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'";

/** A database full of rows and one API process on it. */
export class ListsWorld {
  #api;
  #stopping = false;

  constructor({ adminUrl, plan }) {
    this.plan = plan;
    this.adminUrl = adminUrl;
    // Databases whose name begins with t_ are dropped by the next run when this one could not.
    this.database = `t_bench_lists_${randomBytes(4).toString('hex')}`;
    this.rootKeys = `v1:${randomBytes(32).toString('base64')}`;
    const url = new URL(adminUrl);
    url.pathname = `/${this.database}`;
    this.databaseUrl = url.href;
  }

  async up() {
    await withConnection(this.adminUrl, (connection) =>
      connection.query(
        `CREATE DATABASE ${this.database} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`,
      ),
    );
    this.port = await freePort(FIRST_PORT);
    await step('Migrating the database', () => migrate(this.#env(), { grants: false }));
    const mysql = createRequire(join(ROOT, 'package.json'))('mysql2/promise');
    const { hostname: host, port, username: user, password } = new URL(this.databaseUrl);
    this.connection = await mysql.createConnection({
      ...{ host, port: Number(port || 3306), database: this.database, timezone: 'Z' },
      ...{ user: decodeURIComponent(user), password: decodeURIComponent(password) },
    });
    this.keys = new Keys(this.connection, this.rootKeys);
    await step(`Making ${this.plan.rows} rows of each kind`, (note) => this.#fill(note));
    await step('Starting the API', () => this.#start());
  }

  /** Stops what was started and removes what was made. */
  async down() {
    this.refuseMore();
    await (await this.#api?.catch(() => undefined))?.stop({ graceMs: 3_000 });
    await this.connection?.end().catch(() => undefined);
    await withConnection(this.adminUrl, (connection) =>
      connection.query(`DROP DATABASE IF EXISTS ${this.database}`),
    ).catch(() => undefined);
  }

  /** From now on nothing is started any more. */
  refuseMore() {
    this.#stopping = true;
  }

  /** For a second Ctrl-C: no more waiting. */
  killAll() {
    this.refuseMore();
    if (this.pid) tryKill(this.pid, 'SIGKILL');
  }

  async rows(sql, values = []) {
    return (await this.connection.query(sql, values))[0];
  }

  async #fill(note) {
    await this.rows(SESSION);
    const [found] = await this.connection.query('SHOW TABLES');
    const tables = new Set(found.map((row) => Object.values(row)[0]));
    this.tables = tables;
    for (const [table, statement] of Object.entries(statements(this.plan))) {
      if (this.#stopping) throw new Stopped();
      note(table);
      if (tables.has(table)) await this.#withoutIndexes(table, () => this.rows(statement));
    }
    for (const statement of followUps(this.plan)) await this.rows(statement);
    await this.rows('SET SESSION unique_checks = 1, foreign_key_checks = 1');
    note('demo data');
    await seed(this.#env());
    note('statistics');
    for (const table of [...Object.keys(statements(this.plan)), 'agency_paths']) {
      if (tables.has(table)) await this.rows(`ANALYZE TABLE ${table}`);
    }
    note('');
  }

  /** Indexes that are built afterwards are sorted first: with them in place, a million rows would take many times as long. */
  async #withoutIndexes(table, work) {
    const [{ 'Create Table': definition }] = await this.rows(`SHOW CREATE TABLE ${table}`);
    const keys = [...definition.matchAll(/^ +((?:UNIQUE )?KEY `(\w+)` \(.*\))/gm)];
    const alter = async (parts) => {
      if (parts.length > 0) await this.rows(`ALTER TABLE ${table} ${parts.join(', ')}`);
    };
    // A column that counts by itself needs its key at all times.
    const lasting = /`(\w+)` .*AUTO_INCREMENT/.exec(definition)?.[1];
    const later = keys.filter(([, key]) => !key.includes(`(\`${lasting}\``));
    await alter(later.map(([, , name]) => `DROP KEY \`${name}\``));
    await work();
    await alter(later.map(([, key]) => `ADD ${key}`));
  }

  async #start() {
    if (this.#stopping) throw new Stopped();
    const url = `http://127.0.0.1:${this.port}`;
    const isReady = async () => (await httpStatus(`${url}/health/ready`)) === 200;
    const start = programStarter({
      ...{ name: 'bench-lists', file: fromRoot('dist/src/main.js'), nodeFlags: API_NODE_FLAGS },
      ...{ env: this.#env(), isReady },
    });
    this.#api = start({ cancelled: () => this.#stopping });
    this.pid = (await this.#api).pid;
    this.url = url;
  }

  #env() {
    return {
      ...process.env,
      ...{ FORCE_COLOR: undefined, APP_ENV: 'local', LOG_LEVEL: 'warn', ROOT_KEYS: this.rootKeys },
      ...{ DATABASE_URL: this.databaseUrl, DATABASE_MIGRATION_URL: this.databaseUrl },
      ...{ PORT: String(this.port), METRICS_PORT: String(this.port + 1) },
      ...sandboxAddresses(this.port + 2),
      ...{ RATE_MERCHANT_PER_SECOND: UNLIMITED, RATE_PUBLIC_PER_MINUTE: UNLIMITED },
      RATE_LOGIN_PER_MINUTE: UNLIMITED,
    };
  }
}
