import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { ensureFolder, shown } from '../paths.mjs';
import { answers, portIsFree, until } from '../net.mjs';
import { Problem } from '../output.mjs';
import { end, listenerOf, run } from '../processes.mjs';
import { readText } from '../stamp.mjs';
import { checkVersion, findMariaDb } from './binaries.mjs';
import { logLineFolder } from './log-line.mjs';
import { inspect, layout, markMade, markMaking } from './folder.mjs';
import { setupStatements, urlOf } from './setup-sql.mjs';

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 60_000;
const TEMPLATE = new URL('./gateway.cnf', import.meta.url);
const BINLOG_TEMPLATE = new URL('./binlog.cnf', import.meta.url);

/**
 * Starts a private MariaDB server over its own folder, making the folder first where there is none. The server runs
 * in a process group of its own, so that Ctrl-C reaches it only through `stop()`. With `binlog` it keeps a binary log
 * beside its folder, for recovery to any moment.
 *
 * @param {{dataDir: string, port: number, secrets: Record<string, string>, settings?: Record<string, string|number>,
 *   portVariable?: string, binlog?: boolean,
 *   note?: (text?: string) => void, cancelled?: () => boolean}} options
 * @returns {Promise<{pid: number, port: number, socket: string, url: string, adminUrl: string, migrationUrl: string,
 *   verifyUrl: string, errorLog: string, folder: string, exited: Promise<string>, stop(): Promise<void>}>}
 */
export async function startMariaDb({
  dataDir,
  port,
  secrets,
  settings = {},
  portVariable,
  binlog = false,
  note = () => {},
  cancelled = () => false,
}) {
  const files = layout(dataDir);
  const state = inspect(files);
  const binaries = await findMariaDb();
  await refuseTakenPort(port, 'MariaDB', portVariable);
  ensureFolder(files.folder);
  writeConfig(files, { port, settings, binlog });
  if (state === 'empty') await makeFolder(files, binaries, note);
  writePrivate(files.setup, `${setupStatements(secrets).join(';\n')};\n`);
  ensureFolder(files.temporary);
  note('starting the server');
  const server = await launch(files, binaries, { port, cancelled });
  if (state === 'empty') markMade(files, { version: 1 });
  note(undefined);
  const url = (user, database) => urlOf(user, secrets, { port, database });
  return {
    ...server,
    port,
    socket: files.socket,
    folder: files.folder,
    errorLog: files.errorLog,
    url: url('app'),
    migrationUrl: url('migrate'),
    verifyUrl: url('verify'),
    adminUrl: url('admin', ''),
  };
}

/** Says who holds a port that we need. */
export async function refuseTakenPort(port, what, variable) {
  if (await portIsFree(port)) return;
  const holder = listenerOf(port);
  const who = holder ? ` by pid ${holder.pid} (${holder.command.slice(0, 100)})` : '';
  const other = variable ? ` or choose another port: ${variable}=${port + 1} npm start` : '';
  throw new Problem(
    `Port ${port}, needed for ${what}, is taken${who}.`,
    holder
      ? `Stop it (kill ${holder.pid})${other ? `,${other}` : '.'}`
      : `Stop the program that listens there${other || '.'}`,
  );
}

const asRoot = () => process.getuid?.() === 0;

function writePrivate(path, text) {
  rmSync(path, { force: true });
  writeFileSync(path, text, { mode: 0o600 });
}

function writeConfig(files, { port, settings, binlog }) {
  const logging = binlog ? { log_bin: join(logLineFolder(files.binlog), 'binlog') } : {};
  const own = {
    datadir: files.data,
    tmpdir: files.temporary,
    port,
    'bind-address': '127.0.0.1',
    socket: files.socket,
    'pid-file': files.pidFile,
    'log-error': files.errorLog,
    'init-file': files.setup,
    ...(asRoot() ? { user: 'root' } : {}),
    ...logging,
    ...settings,
  };
  const lines = Object.entries(own).map(([name, value]) => `${name} = ${value}`);
  const text = `# Written anew at every start; change scripts/lib/mariadb/gateway.cnf instead.\n`;
  const templates = [TEMPLATE, ...(binlog ? [BINLOG_TEMPLATE] : [])].map((file) =>
    readFileSync(file, 'utf8'),
  );
  writePrivate(files.config, `${text}${templates.join('\n')}\n[mariadbd]\n${lines.join('\n')}\n`);
}

async function makeFolder(files, binaries, note) {
  await checkVersion(binaries);
  markMaking(files);
  ensureFolder(files.temporary);
  note('making the data folder');
  const { username } = userInfo();
  // The set-up file names users, which the bootstrap of a new folder cannot make yet.
  writePrivate(files.setup, '');
  const { code, output } = await run(binaries.installer, [
    `--defaults-file=${files.config}`,
    `--datadir=${files.data}`,
    '--auth-root-authentication-method=socket',
    `--auth-root-socket-user=${username}`,
    '--skip-test-db',
    '--skip-name-resolve',
    ...(asRoot() ? ['--user=root'] : []),
  ]);
  if (code === 0) return;
  throw new Problem(
    `The data folder ${shown(files.folder)} could not be made.`,
    'See that the disk has 1 GB free and that the folder can be written, then start again.',
    `${output}\n${tailOf(files.errorLog)}`.trim().split('\n').slice(-12).join('\n'),
  );
}

async function launch(files, binaries, { port, cancelled }) {
  rmSync(files.socket, { force: true });
  const log = openSync(files.errorLog, 'a');
  const child = spawn(binaries.server, [`--defaults-file=${files.config}`], {
    cwd: files.folder,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  writeFileSync(files.owner, JSON.stringify({ pid: process.pid }));
  let over = false;
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `exit code ${code}`));
  });
  void exited.then(() => (over = true));
  const isUp = () => answers({ port, greeting: true, timeoutMs: 500 });
  const up = await until(isUp, {
    timeoutMs: START_TIMEOUT_MS,
    everyMs: 20,
    giveUp: () => over || cancelled(),
  });
  const stop = async () => {
    if (!over) await end(child.pid, { graceMs: STOP_TIMEOUT_MS });
    await exited;
  };
  if (up && !over) return { pid: child.pid, exited, stop };
  const why = over ? await exited : `it did not answer in ${START_TIMEOUT_MS / 1000} s`;
  await stop();
  throw new Problem(
    `The MariaDB server did not start: ${why}.`,
    `Its whole log is ${shown(files.errorLog)}.`,
    tailOf(files.errorLog),
  );
}

const tailOf = (path) => readText(path).trimEnd().split('\n').slice(-12).join('\n');
