import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { withConnection } from '../../scripts/lib/database.mjs';
import { freePort, httpStatus } from '../../scripts/lib/net.mjs';
import { API_NODE_FLAGS } from '../../scripts/lib/node-flags.mjs';
import { fromRoot, ROOT } from '../../scripts/lib/paths.mjs';
import { tryKill } from '../../scripts/lib/processes.mjs';
import { migrate, seed } from '../../scripts/lib/schema.mjs';
import { sandboxAddresses } from '../../scripts/lib/sandbox-addresses.mjs';
import { programStarter } from '../../scripts/lib/service.mjs';
import { copyDatabase } from './copy-schema.mjs';
import { Stopped } from './on-stop.mjs';

const UNLIMITED = '1000000';
/** No acquirer is asked by a bench that reads. */
const NOBODY_PORT = 9;
/** Of all worlds of a process: a program that has not begun to listen yet has its ports already. */
let nextPort = 21_000;
/**
 * For filling a database only: what is checked row by row otherwise is checked when the indexes are built. A session waits
 * for as long as it takes for another one that adds to a table which counts its rows by itself.
 */
const LOADING =
  "SET SESSION time_zone = '+00:00', max_statement_time = 0, unique_checks = 0, foreign_key_checks = 0, idle_write_transaction_timeout = 0, innodb_lock_wait_timeout = 3600, sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'";
const LOADED = 'SET SESSION unique_checks = 1, foreign_key_checks = 1';

async function newPort() {
  const port = await freePort(nextPort);
  nextPort = port + 1;
  return port;
}

/** A database of a bench's own, and the gateway's processes on it. */
export class DatabaseWorld {
  #programs = [];
  #pids = [];
  #connections = [];
  #stopping = false;

  /** `like`: another world whose database is copied, keys included; nobody may have changed it yet. */
  constructor({ adminUrl, name, like }) {
    Object.assign(this, { adminUrl, like });
    this.name = `bench-${name}`;
    // Databases whose name begins with t_ are dropped by the next run when this one could not.
    this.database = `t_bench_${name}_${randomBytes(4).toString('hex')}`;
    this.rootKeys = like?.rootKeys ?? `v1:${randomBytes(32).toString('base64')}`;
    const url = new URL(adminUrl);
    url.pathname = `/${this.database}`;
    this.databaseUrl = url.href;
  }

  /** A database with the schema, or a copy of what it is like, and the connection that `rows` goes by. */
  async make() {
    this.refuseStopped();
    await withConnection(this.adminUrl, (connection) =>
      connection.query(
        `CREATE DATABASE ${this.database} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`,
      ),
    );
    if (this.like === undefined) await migrate(await this.#env(), { grants: false });
    this.connection = await this.connect();
    if (this.like !== undefined) await copyDatabase(this.connection, this.like.database);
  }

  async connect() {
    const mysql = createRequire(join(ROOT, 'package.json'))('mysql2/promise');
    const { hostname: host, port, username: user, password } = new URL(this.databaseUrl);
    const connection = await mysql.createConnection({
      ...{ host, port: Number(port || 3306), database: this.database, timezone: 'Z' },
      ...{ user: decodeURIComponent(user), password: decodeURIComponent(password) },
    });
    this.#connections.push(connection);
    return connection;
  }

  async seed() {
    await seed(await this.#env());
  }

  async rows(sql, values = []) {
    this.refuseStopped();
    return (await this.connection.query(sql, values))[0];
  }

  /** Runs `work` with sessions that load without checks, the first of them that of `rows`. */
  async loading(count, work) {
    const others = await Promise.all(Array.from({ length: count - 1 }, () => this.connect()));
    const sessions = [this.connection, ...others];
    for (const session of sessions) await session.query(LOADING);
    try {
      return await work(sessions);
    } finally {
      for (const session of sessions) await session.query(LOADED).catch(() => undefined);
    }
  }

  async startApi() {
    const env = await this.#env();
    this.url = `http://127.0.0.1:${env.PORT}`;
    const isReady = async () => (await httpStatus(`${this.url}/health/ready`)) === 200;
    const { pid } = await this.#start(this.name, 'main', { env, isReady, nodeFlags: API_NODE_FLAGS });
    this.pid = pid;
  }

  /** A worker that its caller stops. */
  async startWorker(settings = {}) {
    const env = { ...(await this.#env()), ...settings };
    const isReady = async () => (await httpStatus(`http://127.0.0.1:${env.WORKER_METRICS_PORT}/metrics`)) > 0;
    return this.#start(`${this.name}-worker`, 'worker', { env, isReady });
  }

  /** Stops what was started and removes what was made. */
  async down() {
    this.refuseMore();
    for (const program of this.#programs.splice(0)) {
      await (await program.catch(() => undefined))?.stop({ graceMs: 3_000 });
    }
    for (const connection of this.#connections.splice(0)) await connection.end().catch(() => undefined);
    await withConnection(this.adminUrl, (connection) =>
      connection.query(`DROP DATABASE IF EXISTS ${this.database}`),
    ).catch(() => undefined);
  }

  /** From now on nothing is started any more. */
  refuseMore() {
    this.#stopping = true;
  }

  refuseStopped() {
    if (this.#stopping) throw new Stopped();
  }

  /** For a second Ctrl-C: no more waiting. */
  killAll() {
    this.refuseMore();
    for (const pid of this.#pids) tryKill(pid, 'SIGKILL');
  }

  async #start(name, program, { env, isReady, nodeFlags = [] }) {
    this.refuseStopped();
    const file = fromRoot(`dist/src/${program}.js`);
    const start = programStarter({ name, file, nodeFlags, env, isReady });
    const starting = start({ cancelled: () => this.#stopping });
    this.#programs.push(starting);
    const started = await starting;
    this.#pids.push(started.pid);
    return started;
  }

  async #env() {
    const [port, metrics, workerMetrics] = [await newPort(), await newPort(), await newPort()];
    return {
      ...process.env,
      ...{ FORCE_COLOR: undefined, APP_ENV: 'local', LOG_LEVEL: 'warn', ROOT_KEYS: this.rootKeys },
      ...{ DATABASE_URL: this.databaseUrl, DATABASE_MIGRATION_URL: this.databaseUrl },
      ...{ PORT: String(port), METRICS_PORT: String(metrics), WORKER_METRICS_PORT: String(workerMetrics) },
      ...sandboxAddresses(NOBODY_PORT),
      ...{ RATE_MERCHANT_PER_SECOND: UNLIMITED, RATE_MEMBER_PER_SECOND: UNLIMITED },
      ...{ RATE_PUBLIC_PER_MINUTE: UNLIMITED, RATE_LOGIN_PER_MINUTE: UNLIMITED },
    };
  }
}

/**
 * Runs `work` while a table has no indexes but its primary key: those that are built afterwards are sorted first, and
 * take a part of the time that rows into indexes in place would.
 */
export async function withoutIndexes(session, table, work) {
  const restore = await dropIndexes(session, table);
  await work();
  await restore(session);
}

/** Gives the function that puts the indexes of a table back. */
export async function dropIndexes(session, table) {
  const [[{ 'Create Table': definition }]] = await session.query(`SHOW CREATE TABLE ${table}`);
  const keys = [...definition.matchAll(/^ +((?:UNIQUE )?KEY `(\w+)` \(.*\))/gm)];
  const alter = async (by, parts) => {
    if (parts.length > 0) await by.query(`ALTER TABLE ${table} ${parts.join(', ')}`);
  };
  // A column that counts by itself needs its key at all times.
  const lasting = /`(\w+)` .*AUTO_INCREMENT/.exec(definition)?.[1];
  const later = keys.filter(([, key]) => !key.includes(`(\`${lasting}\``));
  const dropped = later.map(([, , name]) => `DROP KEY \`${name}\``);
  await alter(session, dropped);
  return (by) =>
    alter(
      by,
      later.map(([, key]) => `ADD ${key}`),
    );
}
