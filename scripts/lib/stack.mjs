import { existsSync } from 'node:fs';
import { checkExternal } from './database.mjs';
import { DATABASE_FOLDER, START_PROJECT, startPrivateDatabase } from './gateway-env.mjs';
import { httpStatus } from './net.mjs';
import { API_NODE_FLAGS } from './node-flags.mjs';
import { Problem, step } from './output.mjs';
import { fromRoot } from './paths.mjs';
import { ensureSchema } from './schema.mjs';
import { programStarter, Service } from './service.mjs';
import { readText } from './stamp.mjs';

const DATABASE_GRACE_MS = 60_000;

/** The database, the sandbox, the API and the worker of one `npm start`, and the order in which they come and go. */
export class Stack {
  #up = [];

  constructor({ env, external, secrets, databasePort }, state) {
    this.env = env;
    this.external = external;
    const service = (name, start, options) => new Service(name, start, { onPid: state.note, ...options });
    const program = (name, file, url, { isReady = (status) => status === 200, nodeFlags } = {}) =>
      service(
        name,
        programStarter({
          name,
          file: fromRoot(file),
          nodeFlags,
          env: this.childEnv(),
          isReady: async () => isReady(await httpStatus(url)),
        }),
      );
    const host = (port) => `http://127.0.0.1:${port}`;
    this.database = service(
      'database',
      (options) => startDatabase({ secrets, port: databasePort, ...options }),
      { graceMs: DATABASE_GRACE_MS },
    );
    this.sandbox = program(
      'sandbox',
      'dist/src/sandbox/main.js',
      `${host(env.SANDBOX_PORT)}/__sandbox/health`,
    );
    this.api = program('API', 'dist/src/main.js', `${host(env.PORT)}/health/ready`, {
      nodeFlags: API_NODE_FLAGS,
    });
    this.worker = program('worker', 'dist/src/worker.js', `${host(env.WORKER_METRICS_PORT)}/metrics`, {
      isReady: (status) => status > 0,
    });
  }

  childEnv() {
    return { ...process.env, ...this.env, FORCE_COLOR: undefined };
  }

  async up(stopping) {
    await Promise.all([this.#start(this.sandbox), this.#databaseReady()]);
    if (stopping()) return;
    await Promise.all([this.#start(this.api), this.#start(this.worker)]);
  }

  async #databaseReady() {
    if (this.external) await step('Looking at the database', () => checkExternal(this.env.DATABASE_URL));
    const server = this.external ? undefined : await this.#start(this.database);
    await ensureSchema(this.childEnv(), server?.folder);
  }

  #start(service) {
    this.#up.push(service);
    return step(`Starting the ${service.name}`, async (note) => {
      const started = await service.up();
      if (started.pid) note(`pid ${started.pid}`);
      return started;
    });
  }

  /** Stops what takes requests first and the database last. */
  async down() {
    const stop = (service) => (this.#up.includes(service) ? service.down() : undefined);
    await Promise.all([stop(this.api), stop(this.worker)]);
    await stop(this.sandbox);
    await stop(this.database);
  }
}

async function startDatabase(options) {
  const server = await startPrivateDatabase({
    dataDir: DATABASE_FOLDER,
    project: START_PROJECT,
    binlog: true,
    portVariable: 'DATABASE_PORT',
    ...options,
  });
  const tail = () =>
    readText(server.errorLog ?? '')
      .trimEnd()
      .split('\n')
      .slice(-8)
      .join('\n');
  return { ...server, tail };
}

/** Says which program is missing from the build, before anything is started. */
export function refuseIncompleteBuild() {
  const missing = ['main.js', 'worker.js', 'sandbox/main.js', 'config/migrate.js'].filter(
    (file) => !existsSync(fromRoot('dist/src', file)),
  );
  if (missing.length === 0) return;
  throw new Problem(
    `The build is incomplete: dist/src/${missing.join(', dist/src/')} is missing.`,
    'Build anew: npm run build -- --force',
  );
}
