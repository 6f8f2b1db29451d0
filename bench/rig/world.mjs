import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { withConnection } from '../../scripts/lib/database.mjs';
import { API_NODE_FLAGS } from '../../scripts/lib/node-flags.mjs';
import { freePort, httpStatus, portIsFree } from '../../scripts/lib/net.mjs';
import { step } from '../../scripts/lib/output.mjs';
import { DATA, ensureFolder, fromRoot } from '../../scripts/lib/paths.mjs';
import { tryKill } from '../../scripts/lib/processes.mjs';
import { migrate, seed } from '../../scripts/lib/schema.mjs';
import { sandboxAddresses } from '../../scripts/lib/sandbox-addresses.mjs';
import { programStarter } from '../../scripts/lib/service.mjs';
import { startLoadProcess } from './load-process.mjs';
import { Stopped } from './on-stop.mjs';

const UNLIMITED = '1000000';
const FOLDER = join(DATA, 'bench');
const local = (port) => `http://127.0.0.1:${port}`;

/** Everything that a bench runs against: two databases, the sandbox, both servers and the load generator. */
export class World {
  #programs = [];
  #pids = [];
  #stopping = false;
  #nextPort = 20_000 + (process.pid % 500) * 20;
  #data = join(ensureFolder(FOLDER), `sandbox-${process.pid}`);

  constructor({ adminUrl, databasePid, profile = false }) {
    this.adminUrl = adminUrl;
    this.databasePid = databasePid;
    this.profile = profile;
    const mark = randomBytes(4).toString('hex');
    // Databases whose name begins with t_ are dropped by the next run when this one could not.
    this.databases = { gateway: `t_bench_gateway_${mark}`, raw: `t_bench_raw_${mark}` };
    this.rootKeys = `v1:${randomBytes(32).toString('base64')}`;
  }

  get sandboxUrl() {
    return local(this.sandboxPort);
  }

  get otherPids() {
    return { sandboxPid: this.sandbox.pid, loadPid: this.load.pid };
  }

  async up() {
    this.sandboxPort = await this.#ports(7);
    await step('Making the databases', async () => {
      for (const database of Object.values(this.databases)) await this.#makeDatabase(database);
    });
    await step('Starting the sandbox and both servers', async () => {
      this.sandbox = await this.#startSandbox();
      this.gateway = await this.startGateway('bench-api');
      this.raw = await this.#startRaw();
      this.load = await this.#keep(Promise.resolve(startLoadProcess()));
    });
  }

  async startGateway(name) {
    const port = await this.#ports(2);
    const env = { ...this.#env('gateway'), PORT: String(port), METRICS_PORT: String(port + 1) };
    const ready = async () => (await httpStatus(`${local(port)}/health/ready`)) === 200;
    return { url: local(port), ...(await this.#start(name, 'dist/src/main.js', env, ready, API_NODE_FLAGS)) };
  }

  async startWorker() {
    const port = await this.#ports(1);
    const env = { ...this.#env('gateway'), WORKER_METRICS_PORT: String(port) };
    const ready = async () => (await httpStatus(`${local(port)}/metrics`)) > 0;
    return this.#start('bench-worker', 'dist/src/worker.js', env, ready);
  }

  query(name, sql) {
    return withConnection(this.#databaseUrl(name), async (connection) => (await connection.query(sql))[0]);
  }

  /** Stops what was started, the last first, and removes what was made. */
  async down() {
    this.#stopping = true;
    for (const program of this.#programs.splice(0).reverse()) {
      const { stop } = (await program.catch(() => undefined)) ?? {};
      await stop?.({ graceMs: this.profile ? 10_000 : 3_000 });
    }
    rmSync(this.#data, { recursive: true, force: true });
    // A server that has gone takes its databases with it, and the next run drops what is left.
    await withConnection(this.adminUrl, async (connection) => {
      for (const name of Object.values(this.databases))
        await connection.query(`DROP DATABASE IF EXISTS ${name}`);
    }).catch(() => undefined);
  }

  /** From now on nothing is started any more. */
  refuseMore() {
    this.#stopping = true;
  }

  /** For a second Ctrl-C: no more waiting. */
  killAll() {
    this.#stopping = true;
    for (const pid of this.#pids) tryKill(pid, 'SIGKILL');
  }

  refuseStopped() {
    if (this.#stopping) throw new Stopped();
  }

  async #startSandbox() {
    const env = {
      ...process.env,
      SANDBOX_PORT: String(this.sandboxPort),
      SANDBOX_SMTP_PORT: '0',
      SANDBOX_DATA_DIR: this.#data,
      // The raw reference takes no webhooks, so neither side gets any.
      SANDBOX_WEBHOOK_URL: 'off',
    };
    const ready = async () => (await httpStatus(`${this.sandboxUrl}/__sandbox/health`)) === 200;
    return this.#start('bench-sandbox', 'dist/src/sandbox/main.js', env, ready);
  }

  async #startRaw() {
    const port = await this.#ports(1);
    const env = { ...this.#env('raw'), PORT: String(port) };
    const ready = async () => (await httpStatus(`${local(port)}/health`)) === 200;
    return { url: local(port), ...(await this.#start('bench-raw', 'bench/raw/server.mjs', env, ready)) };
  }

  #start(name, program, env, isReady, nodeFlags = []) {
    this.refuseStopped();
    const file = fromRoot(this.profile ? 'bench/rig/profiled.mjs' : program);
    const profile = { BENCH_PROGRAM: fromRoot(program), BENCH_PROFILE: join(FOLDER, `${name}.cpuprofile`) };
    const start = programStarter({
      name,
      file,
      nodeFlags,
      env: { ...env, ...(this.profile ? profile : {}) },
      isReady,
    });
    return this.#keep(start({ cancelled: () => this.#stopping }));
  }

  #keep(program) {
    this.#programs.push(program);
    void program.then(
      ({ pid }) => this.#pids.push(pid),
      () => undefined,
    );
    return program;
  }

  async #makeDatabase(database) {
    this.refuseStopped();
    await withConnection(this.adminUrl, (connection) =>
      connection.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`),
    );
    const name = Object.keys(this.databases).find((one) => this.databases[one] === database);
    await migrate(this.#env(name), { grants: false });
    await seed(this.#env(name));
  }

  #databaseUrl(name) {
    const url = new URL(this.adminUrl);
    url.pathname = `/${this.databases[name]}`;
    return url.href;
  }

  #env(name) {
    const url = this.#databaseUrl(name);
    return {
      ...process.env,
      FORCE_COLOR: undefined,
      APP_ENV: 'local',
      LOG_LEVEL: 'info',
      ROOT_KEYS: this.rootKeys,
      DATABASE_URL: url,
      DATABASE_MIGRATION_URL: url,
      ...sandboxAddresses(this.sandboxPort),
      RATE_MERCHANT_PER_SECOND: UNLIMITED,
      RATE_PUBLIC_PER_MINUTE: UNLIMITED,
    };
  }

  /** The first of so many free ports in a row that no other program of this bench has. */
  async #ports(count) {
    for (;;) {
      const first = await freePort(this.#nextPort);
      const all = Array.from({ length: count }, (_, index) => portIsFree(first + index));
      this.#nextPort = first + count;
      if ((await Promise.all(all)).every(Boolean)) return first;
    }
  }
}
