import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { withConnection } from '../database.mjs';
import { USERS, urlOf } from '../mariadb/setup-sql.mjs';
import { freePort, httpStatus, portIsFree, until } from '../net.mjs';
import { API_NODE_FLAGS } from '../node-flags.mjs';
import { fromRoot, ROOT } from '../paths.mjs';
import { run } from '../processes.mjs';
import { messagingAddresses, sandboxAddresses } from '../sandbox-addresses.mjs';
import { migrate, seed } from '../schema.mjs';
import { programStarter } from '../service.mjs';

const UNLIMITED = '1000000';
const SANDBOX_PORTS = 8;
const SETTLED_TIMEOUT_MS = 180_000;
const UNDER_WAY = `SELECT
  (SELECT COUNT(*) FROM payments WHERE status IN ('IN_PROGRESS', 'REVERSING')) +
  (SELECT COUNT(*) FROM payment_cancels WHERE status = 'IN_PROGRESS') AS n`;
const local = (port) => `http://127.0.0.1:${port}`;

/** A password for each database user of the gateway. */
export const newSecrets = () =>
  Object.fromEntries(
    Object.values(USERS).map(({ secret }) => [secret, randomBytes(24).toString('base64url')]),
  );

/** Two API processes, a worker and the sandbox, over a database that is behind a port of this machine. */
export class Gateway {
  #programs = [];
  #stopping = false;
  #next = 21_000 + (process.pid % 400) * 25;

  constructor({ databasePort, secrets, folder }) {
    const url = (user) => urlOf(user, secrets, { port: databasePort });
    this.folder = folder;
    this.url = url('verify');
    this.database = {
      ...{ DATABASE_URL: url('app'), DATABASE_MIGRATION_URL: url('migrate') },
      DATABASE_VERIFY_URL: url('verify'),
    };
    this.rootKeys = `v1:${randomBytes(32).toString('base64')}`;
  }

  async up(note = () => {}) {
    this.sandboxPort = await this.#ports(SANDBOX_PORTS);
    this.sandboxUrl = local(this.sandboxPort);
    const smtpPort = await this.#ports(1);
    this.env = {
      ...process.env,
      ...{ FORCE_COLOR: undefined, APP_ENV: 'local', LOG_LEVEL: 'info', ROOT_KEYS: this.rootKeys },
      ...this.database,
      ...{ SANDBOX_URL: this.sandboxUrl, FILES_DIR: join(this.folder, 'files') },
      ...sandboxAddresses(this.sandboxPort),
      ...messagingAddresses(this.sandboxPort, smtpPort),
      ...{ RATE_MERCHANT_PER_SECOND: UNLIMITED, RATE_PUBLIC_PER_MINUTE: UNLIMITED },
    };
    note('migrating');
    await migrate(this.env);
    await seed(this.env);
    note('starting the processes');
    await this.#start('sandbox', 'dist/src/sandbox/main.js', `${this.sandboxUrl}/__sandbox/health`, {
      ...{ SANDBOX_PORT: String(this.sandboxPort), SANDBOX_SMTP_PORT: String(smtpPort) },
      ...{ SANDBOX_DATA_DIR: join(this.folder, 'sandbox'), SANDBOX_WEBHOOK_URL: 'off' },
    });
    this.apis = [await this.#startApi(1), await this.#startApi(2)];
    const workerPort = await this.#ports(1);
    await this.#start('worker', 'dist/src/worker.js', `${local(workerPort)}/metrics`, {
      WORKER_METRICS_PORT: String(workerPort),
    });
  }

  async #startApi(number) {
    const port = await this.#ports(2);
    const env = { PORT: String(port), METRICS_PORT: String(port + 1) };
    await this.#start(
      `api-${number}`,
      'dist/src/main.js',
      `${local(port)}/health/ready`,
      env,
      API_NODE_FLAGS,
    );
    return local(port);
  }

  async #start(name, file, address, env, nodeFlags = []) {
    const start = programStarter({
      ...{ name: `galera-${name}`, file: fromRoot(file), nodeFlags },
      env: { ...this.env, ...env },
      isReady: async () => (await httpStatus(address)) === 200,
    });
    this.#programs.push(await start({ cancelled: () => this.#stopping }));
  }

  query(sql) {
    return withConnection(this.url, async (connection) => (await connection.query(sql))[0]);
  }

  /** Waits until the worker has ended everything that the faults left open; gives how many are still under way. */
  async settle() {
    let left;
    const isOver = async () => {
      const [row] = await this.query(UNDER_WAY);
      left = Number(row.n);
      return left === 0;
    };
    await until(isOver, { timeoutMs: SETTLED_TIMEOUT_MS, everyMs: 1_000, giveUp: () => this.#stopping });
    return left;
  }

  /** What `npm run verify -- --settled` says. */
  async verify() {
    const args = [fromRoot('dist/src/verify/main.js'), '--settled'];
    const { code, output } = await run(process.execPath, args, {
      cwd: ROOT,
      env: this.env,
      timeoutMs: 120_000,
    });
    return { isClean: code === 0, said: output.trim() };
  }

  refuseMore() {
    this.#stopping = true;
  }

  async down() {
    this.#stopping = true;
    await Promise.all(this.#programs.map(({ stop }) => stop({ graceMs: 3_000 })));
  }

  /** The first of so many free ports in a row that nothing else of this drill has. */
  async #ports(count) {
    for (;;) {
      const first = await freePort(this.#next);
      this.#next = first + count;
      const all = Array.from({ length: count }, (_, index) => portIsFree(first + index));
      if ((await Promise.all(all)).every(Boolean)) return first;
    }
  }
}
