import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { redacted } from './lib/database.mjs';
import { gatewayEnv, refuseTakenPorts, START_PROJECT } from './lib/gateway-env.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { removal } from './lib/mariadb/docker.mjs';
import { bold, dim, green, say, seconds, warn } from './lib/output.mjs';
import { whenNpmEnds } from './lib/processes.mjs';
import { RunState } from './lib/run-state.mjs';
import { refuseIncompleteBuild, Stack } from './lib/stack.mjs';

const help = `
Usage: npm start

Brings everything up on this machine: installs the locked packages and builds where that is needed, starts a private
MariaDB, migrates it, puts the demo data in, and starts the sandbox of the acquirers, the API and the worker.
Ctrl-C stops all of it; the data stays in .data/ for the next start. A process that dies is started again.

Variables (from the environment, else from the file .env; all of them are explained in .env.example):
  DATABASE_URL=mysql://user:password@host:3306/pg_gateway   uses that server instead of a private one
  DATABASE_PORT=3307  PORT=3000  METRICS_PORT=9464  WORKER_METRICS_PORT=9465  SANDBOX_PORT=3900

To begin anew, with an empty database: stop it, then rm -r .data
Where the database is in Docker its volume is outside of .data; end it first:
  ${removal(START_PROJECT)}
`;

/** The signals that mean "stop". npm repeats the terminal's Ctrl-C, so that one press arrives twice. */
const SAME_PRESS_MS = 700;

function onStop(first, second) {
  let firstAt = 0;
  const handle = () => {
    if (firstAt === 0) {
      firstAt = Date.now();
      first();
    } else if (Date.now() - firstAt > SAME_PRESS_MS) second();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, handle);
  whenNpmEnds(handle);
}

function tell({ env, external }, since) {
  const api = `http://127.0.0.1:${env.PORT}`;
  const row = (name, text) => say(`  ${name.padEnd(12)}${text}`);
  say(`\n${green(bold('PG Gateway is ready'))} ${dim(`after ${seconds(Date.now() - since)}`)}`);
  row('API', api);
  row('reference', `${api}/reference`);
  row('guides', `${api}/guides  (start in five minutes)`);
  row('Swagger UI', `${api}/docs`);
  row('sandbox', `${env.SANDBOX_URL}  (every acquirer, offline)`);
  row(
    'metrics',
    `http://127.0.0.1:${env.METRICS_PORT}/metrics, worker http://127.0.0.1:${env.WORKER_METRICS_PORT}/metrics`,
  );
  row('database', `${redacted(env.DATABASE_URL)}${external ? '' : '  (password in .data/local.env)'}`);
  row('logs', '.data/log');
  // The examples look for the default address.
  const where = env.PORT === '3000' ? '' : `PG_GATEWAY_URL=${api} `;
  say(`\nTry a first approval, in another terminal:  ${bold(`${where}npm run example:approve`)}`);
  say(dim('Ctrl-C stops everything; the data stays.'));
}

await command({ help }, async () => {
  const since = Date.now();
  let stop;
  const stopped = new Promise((resolve) => (stop = resolve));
  const state = new RunState();
  let stack;
  onStop(
    () => {
      say('\nStopping (once more kills everything at once) …');
      stop();
    },
    () => {
      warn('Killing everything.');
      state.killAll();
      state.clear();
      process.exit(1);
    },
  );
  let stopping = false;
  void stopped.then(() => (stopping = true));

  try {
    const up = bringUp().then((setting) => setting && tell(setting, since));
    await Promise.race([up, stopped]);
    await stopped;
  } catch (error) {
    if (!stopping) throw error;
  } finally {
    await stack?.down();
    if (stack) state.clear();
    if (stopping) say(`${green('✓')} Everything is stopped.`);
  }

  async function bringUp() {
    RunState.refuseOther();
    await ensureInstalled();
    await ensureBuilt();
    if (stopping) return undefined;
    refuseIncompleteBuild();
    const setting = gatewayEnv();
    await refuseTakenPorts(setting.env);
    state.note('start', undefined);
    stack = new Stack(setting, state);
    await stack.up(() => stopping);
    return stopping ? undefined : setting;
  }
});
