import { join } from 'node:path';
import { checkExternal, withConnection } from './database.mjs';
import { messagingAddresses, sandboxAddresses } from './sandbox-addresses.mjs';
import { givenEnv, localSecrets } from './env.mjs';
import { findMariaDb } from './mariadb/binaries.mjs';
import { composeProject, startDockerMariaDb } from './mariadb/docker.mjs';
import { refuseTakenPort, startMariaDb } from './mariadb/server.mjs';
import { urlOf } from './mariadb/setup-sql.mjs';
import { Problem } from './output.mjs';
import { DATA } from './paths.mjs';
import { hasDemoData } from './schema.mjs';

/** A merchant's system on the same machine may be told by http. */
const LOCAL_WEBHOOKS = { WEBHOOK_LOOPBACK_ALLOWED: 'true' };

/** Each acquirer has a port of its own after the sandbox's. */
const ACQUIRERS = new Set(Object.values(sandboxAddresses(0))).size;
/** The mail server of the sandbox comes so far after its main port. */
const SMTP_PLACE = 25;
const PORTS = {
  PORT: [3000, 'the API'],
  METRICS_PORT: [9464, "the API's metrics"],
  WORKER_METRICS_PORT: [9465, "the worker's metrics"],
  SANDBOX_PORT: [3900, 'the sandbox'],
};

/** On a developer's machine the limits are there, but far above what a test by hand or a small load run sends. */
const LOCAL_RATES = {
  RATE_MERCHANT_PER_SECOND: '5000',
  RATE_MEMBER_PER_SECOND: '200',
  RATE_PUBLIC_PER_MINUTE: '3000',
  RATE_LOGIN_PER_MINUTE: '300',
};

export const DATABASE_FOLDER = join(DATA, 'mariadb');

/**
 * The environment of the gateway's processes: what the caller set, and what a private installation needs beside it.
 * `external` is true where the caller named a database server.
 */
export function gatewayEnv() {
  const given = givenEnv();
  const external = given.DATABASE_URL !== undefined;
  const databasePort = Number(given.DATABASE_PORT ?? 3307);
  const sandboxPort = Number(given.SANDBOX_PORT ?? PORTS.SANDBOX_PORT[0]);
  const smtpPort = Number(given.SANDBOX_SMTP_PORT ?? sandboxPort + SMTP_PLACE);
  const complete = external && given.ROOT_KEYS !== undefined;
  const secrets = complete ? given : localSecrets(external ? {} : { dataFolder: DATABASE_FOLDER });
  const url = (user) => urlOf(user, secrets, { port: databasePort });
  const database = external
    ? { DATABASE_MIGRATION_URL: given.DATABASE_URL, DATABASE_VERIFY_URL: given.DATABASE_URL }
    : {
        DATABASE_URL: url('app'),
        DATABASE_MIGRATION_URL: url('migrate'),
        DATABASE_VERIFY_URL: url('verify'),
      };
  const ports = Object.fromEntries(Object.entries(PORTS).map(([name, [port]]) => [name, String(port)]));
  const env = {
    APP_ENV: 'local',
    ...ports,
    ...database,
    SANDBOX_URL: `http://127.0.0.1:${sandboxPort}`,
    // From stg upwards each of these would be refused.
    ...(hasDemoData(given) ? demoSettings(sandboxPort, smtpPort) : {}),
    SANDBOX_SMTP_PORT: String(smtpPort),
    SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${given.PORT ?? PORTS.PORT[0]}/v1/webhooks`,
    SANDBOX_DATA_DIR: '.data/sandbox',
    ROOT_KEYS: secrets.ROOT_KEYS,
    ...given,
  };
  for (const name of [...Object.keys(PORTS), 'SANDBOX_SMTP_PORT']) checkPort(name, env[name]);
  return { env, external, secrets, databasePort };
}

const demoSettings = (sandboxPort, smtpPort) => ({
  ...LOCAL_RATES,
  ...LOCAL_WEBHOOKS,
  ...sandboxAddresses(sandboxPort),
  ...messagingAddresses(sandboxPort, smtpPort),
});

function checkPort(name, value) {
  if (/^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535) return;
  throw new Problem(
    `${name}=${value} is not a port.`,
    `Set ${name} to a number from 1 to 65535, or leave it out.`,
  );
}

/** Says which of the ports that we are about to use is taken, and by whom. */
export async function refuseTakenPorts(env, { sandbox = true } = {}) {
  for (const [name, [, what]] of Object.entries(PORTS)) {
    if (name !== 'SANDBOX_PORT' || sandbox) await refuseTakenPort(Number(env[name]), what, name);
  }
  if (!sandbox) return;
  const first = Number(env.SANDBOX_PORT) + 1;
  for (let port = first; port < first + ACQUIRERS; port += 1)
    await refuseTakenPort(port, 'an acquirer of the sandbox');
  await refuseTakenPort(Number(env.SANDBOX_SMTP_PORT), "the sandbox's mail server", 'SANDBOX_SMTP_PORT');
}

/** The Compose project of the database of `npm start` where Docker serves it. */
export const START_PROJECT = composeProject('pg-gateway');

/**
 * The database server of a private installation: the embedded one, or one in Docker. `options` go to startMariaDb. Its
 * `folder` is where we may keep something beside it; with Docker that is not `dataDir`.
 */
export async function startPrivateDatabase({ dataDir, port, secrets, project, ...options }) {
  const binaries = await findMariaDb({ needed: false });
  if (!binaries) return startDockerMariaDb({ project, port, secrets, note: options.note });
  return startMariaDb({ dataDir, port, secrets, ...options });
}

/** Runs `work` with a database: the caller's server, one that runs here already, or the private one for as long as it takes. */
export async function withDatabase({ env, external, secrets, databasePort }, work) {
  // As who migrates: the app has no right to anything before the first migration.
  if (external) await checkExternal(env.DATABASE_MIGRATION_URL, 'DATABASE_MIGRATION_URL');
  const running = external || (await isRunning(env.DATABASE_MIGRATION_URL));
  if (running) return work();
  const server = await startPrivateDatabase({
    dataDir: DATABASE_FOLDER,
    port: databasePort,
    secrets,
    project: START_PROJECT,
    binlog: true,
  });
  try {
    return await work();
  } finally {
    await server.stop();
  }
}

function isRunning(url) {
  return withConnection(url, () => true).catch(() => false);
}
