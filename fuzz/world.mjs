import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { withConnection } from '../scripts/lib/database.mjs';
import { API_NODE_FLAGS } from '../scripts/lib/node-flags.mjs';
import { freePort, httpStatus } from '../scripts/lib/net.mjs';
import { step } from '../scripts/lib/output.mjs';
import { DATA, ensureFolder, fromRoot } from '../scripts/lib/paths.mjs';
import { messagingAddresses, sandboxAddresses } from '../scripts/lib/sandbox-addresses.mjs';
import { migrate, seed } from '../scripts/lib/schema.mjs';
import { programStarter } from '../scripts/lib/service.mjs';

const UNLIMITED = '1000000';
const FIRST_PORT = 24_000;
/** Sandbox, its acquirers and mail server, API, metrics, worker, proxy: each by its place after the first port. */
const PLACE = { sandbox: 0, mail: 25, api: 26, metrics: 27, worker: 28, proxy: 29 };
const PORTS = 30;
const local = (port) => `http://127.0.0.1:${port}`;

/** A gateway to test: a database with the demo data, the sandbox, an API and a worker, none of them anybody else's. */
export class World {
  #programs = [];
  #stopping = false;

  constructor({ adminUrl }) {
    this.adminUrl = adminUrl;
    // Databases whose name begins with t_ are dropped by the next run when this one could not.
    this.database = `t_fuzz_${randomBytes(4).toString('hex')}`;
    this.folder = ensureFolder(join(DATA, 'fuzz', `run-${process.pid}`));
    this.rootKeys = `v1:${randomBytes(32).toString('base64')}`;
    const url = new URL(adminUrl);
    url.pathname = `/${this.database}`;
    this.databaseUrl = url.href;
  }

  async up() {
    const first = await freePort(FIRST_PORT + (process.pid % 200) * PORTS);
    const port = (name) => first + PLACE[name];
    this.proxyPort = port('proxy');
    this.url = local(port('api'));
    this.sandboxUrl = local(port('sandbox'));
    const env = this.#env(port);
    await step('Making the database', async () => {
      await withConnection(this.adminUrl, (connection) =>
        connection.query(
          `CREATE DATABASE ${this.database} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`,
        ),
      );
      await migrate(env, { grants: false });
      await seed(env);
    });
    await step('Starting the sandbox, the API and the worker', async () => {
      await this.#start(
        'fuzz-sandbox',
        'dist/src/sandbox/main.js',
        env,
        async () => (await httpStatus(`${this.sandboxUrl}/__sandbox/health`)) === 200,
      );
      await this.#start(
        'fuzz-api',
        'dist/src/main.js',
        env,
        async () => (await httpStatus(`${this.url}/health/ready`)) === 200,
      );
      await this.#start(
        'fuzz-worker',
        'dist/src/worker.js',
        env,
        async () => (await httpStatus(`${local(port('worker'))}/metrics`)) > 0,
      );
    });
  }

  /** What the sandbox's SMS provider and mail server were given. */
  async messages() {
    const answer = await fetch(`${this.sandboxUrl}/__sandbox/messages`);
    return (await answer.json()).data;
  }

  /** How a program that should be running has ended; undefined while all run. */
  async ended() {
    for (const { name, exited, tail } of this.#programs) {
      const how = await Promise.race([exited, Promise.resolve(undefined)]);
      if (how !== undefined) return `${name}: ${how}\n${tail()}`;
    }
    return undefined;
  }

  async down() {
    this.#stopping = true;
    for (const { stop } of this.#programs.splice(0).reverse()) await stop({ graceMs: 5_000 });
    rmSync(this.folder, { recursive: true, force: true });
    await withConnection(this.adminUrl, (connection) =>
      connection.query(`DROP DATABASE IF EXISTS ${this.database}`),
    ).catch(() => undefined);
  }

  async #start(name, file, env, isReady) {
    const nodeFlags = name === 'fuzz-api' ? API_NODE_FLAGS : [];
    const start = programStarter({ name, file: fromRoot(file), nodeFlags, env, isReady });
    this.#programs.push({ name, ...(await start({ cancelled: () => this.#stopping })) });
  }

  #env(port) {
    return {
      ...process.env,
      ...{ FORCE_COLOR: undefined, APP_ENV: 'local', LOG_LEVEL: 'info', ROOT_KEYS: this.rootKeys },
      ...{ DATABASE_URL: this.databaseUrl, DATABASE_MIGRATION_URL: this.databaseUrl },
      ...{
        PORT: String(port('api')),
        METRICS_PORT: String(port('metrics')),
        WORKER_METRICS_PORT: String(port('worker')),
      },
      ...{
        SANDBOX_PORT: String(port('sandbox')),
        SANDBOX_SMTP_PORT: String(port('mail')),
        SANDBOX_URL: this.sandboxUrl,
      },
      ...{ SANDBOX_DATA_DIR: join(this.folder, 'sandbox'), SANDBOX_WEBHOOK_URL: `${this.url}/v1/webhooks` },
      ...{ FILES_DIR: join(this.folder, 'files') },
      ...sandboxAddresses(port('sandbox')),
      ...messagingAddresses(port('sandbox'), port('mail')),
      ...{ RATE_MERCHANT_PER_SECOND: UNLIMITED, RATE_PUBLIC_PER_MINUTE: UNLIMITED },
      ...{ RATE_LOGIN_PER_MINUTE: UNLIMITED, RATE_MEMBER_PER_SECOND: UNLIMITED },
    };
  }
}
