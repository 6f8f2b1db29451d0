import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stopped } from '../../../bench/rig/on-stop.mjs';
import { withConnection } from '../database.mjs';
import { freePort, httpStatus, portIsFree } from '../net.mjs';
import { API_NODE_FLAGS } from '../node-flags.mjs';
import { Problem } from '../output.mjs';
import { ROOT } from '../paths.mjs';
import { run, tryKill } from '../processes.mjs';
import { messagingAddresses, sandboxAddresses } from '../sandbox-addresses.mjs';
import { migrate, seed } from '../schema.mjs';
import { programStarter } from '../service.mjs';

const UNLIMITED = '1000000';
/** The sandbox's main port, one for each acquirer, and those of messages and mail. */
const SANDBOX_PORTS = 30;
const PAYMENT_GRACE_MS = 60_000;
const local = (port) => `http://127.0.0.1:${port}`;

/** The sandbox and the gateway's processes of one drill, over a database that the drill names. */
export class DrillWorld {
  #programs = new Set();
  #pids = new Set();
  #stopping = false;
  #database;
  #nextPort = 22_000 + (process.pid % 500) * 20;
  #folder = mkdtempSync(join(tmpdir(), 'pg-gateway-drill-'));
  #rootKeys = `v1:${randomBytes(32).toString('base64')}`;

  /**
   * `urls`: {app, migrate, verify}, the database as each of its users. With `adminUrl` instead, of a server that the drill
   * does not own, `prepareDatabase` makes a database and `down` drops it. `settings` go to every gateway process.
   */
  constructor({ name, adminUrl, urls, settings = {} }) {
    Object.assign(this, { name, adminUrl, urls: urls ?? this.#ownDatabase(adminUrl), settings });
  }

  async startSandbox() {
    this.sandboxPort = await this.ports(SANDBOX_PORTS);
    this.sandboxUrl = local(this.sandboxPort);
    const env = {
      ...process.env,
      SANDBOX_PORT: String(this.sandboxPort),
      SANDBOX_SMTP_PORT: '0',
      SANDBOX_DATA_DIR: join(this.#folder, 'sandbox'),
      SANDBOX_WEBHOOK_URL: 'off',
    };
    const isReady = async () => (await httpStatus(`${this.sandboxUrl}/__sandbox/health`)) === 200;
    this.sandbox = await this.#start('sandbox', { file: 'sandbox/main.js', env, isReady });
  }

  /** The empty database of a world that has one of its own. */
  async makeDatabase() {
    const options = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci';
    await this.#asAdmin(`CREATE DATABASE ${this.#database} ${options}`);
  }

  async prepareDatabase() {
    if (this.#database !== undefined) await this.makeDatabase();
    await migrate(this.env(), { grants: this.#database === undefined });
    await seed(this.env());
  }

  /** `root`: where the build is; an older one of the same project has its own. */
  async startApi(port, { root = ROOT } = {}) {
    const env = { ...this.env(), PORT: String(port), METRICS_PORT: String(await this.ports(1)) };
    const isReady = async () => (await httpStatus(`${local(port)}/health/ready`)) === 200;
    const file = 'main.js';
    return this.#start(`api-${port}`, { file, env, isReady, nodeFlags: API_NODE_FLAGS, root });
  }

  async startWorker({ root = ROOT } = {}) {
    const port = await this.ports(1);
    const env = { ...this.env(), WORKER_METRICS_PORT: String(port) };
    const isReady = async () => (await httpStatus(`${local(port)}/metrics`)) > 0;
    return this.#start('worker', { file: 'worker.js', env, isReady, root });
  }

  /** Ends a program as an orchestrator does; a Problem when it had to be killed. */
  async restart(program, start) {
    const { insisted } = await program.stop({ graceMs: PAYMENT_GRACE_MS });
    if (insisted) throw new Problem(`Process ${program.pid} did not end by itself.`, 'See .data/log.');
    return start();
  }

  /** `npm run verify` over this world: what it printed. A Problem when an invariant is broken. */
  async verify(args = ['--settled']) {
    const { code, output } = await this.verifyOutput(args);
    if (code === 0) return output.trim();
    throw new Problem('npm run verify found broken invariants.', 'Each is named with its row.', output);
  }

  verifyOutput(args) {
    const program = ['dist/src/verify/main.js', ...args];
    return run(process.execPath, program, { cwd: ROOT, env: this.env() });
  }

  rows(sql, values = []) {
    return withConnection(this.urls.verify, async (connection) => (await connection.query(sql, values))[0]);
  }

  /** Waits until no payment is between states any more. */
  async settled() {
    const deadline = Date.now() + PAYMENT_GRACE_MS;
    const open = "SELECT COUNT(*) AS count FROM payments WHERE status IN ('IN_PROGRESS', 'REVERSING')";
    for (;;) {
      const [{ count }] = await this.rows(open);
      if (Number(count) === 0) return;
      if (Date.now() > deadline)
        throw new Problem(`${count} payments do not come to an end.`, 'See .data/log.');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** The first of so many free ports in a row that nothing else of this drill has. */
  async ports(count) {
    for (;;) {
      const first = await freePort(this.#nextPort);
      const all = Array.from({ length: count }, (_, index) => portIsFree(first + index));
      this.#nextPort = first + count;
      if ((await Promise.all(all)).every(Boolean)) return first;
    }
  }

  /** Something else that has to be stopped with this world: {pid, stop()}. */
  keep(program) {
    this.#programs.add(program);
    this.#pids.add(program.pid);
    return program;
  }

  async down() {
    this.#stopping = true;
    for (const { stop } of [...this.#programs].reverse()) await stop({ graceMs: 3_000 });
    rmSync(this.#folder, { recursive: true, force: true });
    // A server that has gone takes its databases with it, and the next run drops what is left.
    if (this.#database !== undefined)
      await this.#asAdmin(`DROP DATABASE IF EXISTS ${this.#database}`).catch(() => undefined);
  }

  refuseMore() {
    this.#stopping = true;
  }

  killAll() {
    for (const pid of this.#pids) tryKill(pid, 'SIGKILL');
  }

  #ownDatabase(adminUrl) {
    // Databases whose name begins with t_ are dropped by the next run when this one could not.
    this.#database = `t_drill_${randomBytes(4).toString('hex')}`;
    const url = new URL(adminUrl);
    url.pathname = `/${this.#database}`;
    return { app: url.href, migrate: url.href, verify: url.href };
  }

  #asAdmin(sql) {
    return withConnection(this.adminUrl, (connection) => connection.query(sql));
  }

  async #start(name, { file, root = ROOT, ...options }) {
    if (this.#stopping) throw new Stopped();
    const start = programStarter({
      name: `drill-${this.name}-${name}`,
      file: join(root, 'dist/src', file),
      ...options,
    });
    return this.keep(await start({ cancelled: () => this.#stopping }));
  }

  env() {
    return {
      ...process.env,
      FORCE_COLOR: undefined,
      APP_ENV: 'local',
      LOG_LEVEL: 'info',
      ROOT_KEYS: this.#rootKeys,
      DATABASE_URL: this.urls.app,
      DATABASE_MIGRATION_URL: this.urls.migrate,
      DATABASE_VERIFY_URL: this.urls.verify,
      FILES_DIR: join(this.#folder, 'files'),
      SANDBOX_URL: this.sandboxUrl,
      ...sandboxAddresses(this.sandboxPort),
      ...messagingAddresses(this.sandboxPort),
      RATE_MERCHANT_PER_SECOND: UNLIMITED,
      RATE_PUBLIC_PER_MINUTE: UNLIMITED,
      ...this.settings,
    };
  }
}
