import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../net.mjs';
import { Problem } from '../output.mjs';
import { fromRoot } from '../paths.mjs';
import { end, run, tryKill, which } from '../processes.mjs';
import { readText } from '../stamp.mjs';

const runFile = promisify(execFile);
const DUMP_BYTES_MAX = 512 * 1024 * 1024;
const START_TIMEOUT_MS = 90_000;
const POSITION = /Recovered position:\s*([0-9a-f-]{36}:-?\d+)/;
const NEVER = '00000000-0000-0000-0000-000000000000:-1';

/** One MariaDB server with Galera in a network namespace of its own, and the health check beside it. */
export class Node {
  #child;
  #check;

  constructor({ index, network, folder, user }) {
    const { namespace, client, group } = network.nodes[index];
    Object.assign(this, { index, name: `node${index + 1}`, namespace, client, group, user });
    const inside = (name) => join(folder, this.name, name);
    this.files = {
      ...{ folder: join(folder, this.name), data: inside('data'), temporary: inside('tmp') },
      ...{
        config: inside('my.cnf'),
        socket: inside('s'),
        log: inside('error.log'),
        check: inside('check.sh'),
      },
    };
    this.peers = network.nodes.map((node) => node.group).join(',');
  }

  get pid() {
    return this.#child?.pid;
  }

  /** The folder and the settings: those of the gateway, those of a node, and where things are. */
  prepare() {
    const { files } = this;
    for (const path of [files.folder, files.data, files.temporary]) {
      mkdirSync(path, { recursive: true, mode: 0o750 });
    }
    const values = {
      ...{ NODE_NAME: this.name, NODE_ADDRESS: this.group, ALL_ADDRESSES: this.peers },
      GCACHE_SIZE: '128M',
    };
    const own = {
      ...{ user: this.user.name, datadir: files.data, tmpdir: files.temporary, socket: files.socket },
      ...{ 'log-error': files.log, 'pid-file': join(files.folder, 'pid'), 'bind-address': '0.0.0.0' },
      ...{ innodb_log_file_size: '96M', innodb_buffer_pool_size: '128M' },
    };
    writeFileSync(
      files.config,
      [
        readFileSync(fromRoot('scripts/lib/mariadb/gateway.cnf'), 'utf8'),
        filled('deploy/galera/node.cnf', values),
        '[mariadbd]',
        ...Object.entries(own).map(([name, value]) => `${name} = ${value}`),
        '',
      ].join('\n'),
    );
    // A copy: the node's user may not be let into the project's folder.
    copyFileSync(fromRoot('deploy/galera/check.sh'), files.check);
    this.user.owns(files.folder);
  }

  /** An empty database, for the first node alone: the others are given a copy. */
  async install() {
    const args = [
      `--defaults-file=${this.files.config}`,
      '--skip-test-db',
      '--auth-root-authentication-method=socket',
    ];
    const { code, output } = await run(which('mariadb-install-db'), args, { timeoutMs: 120_000 });
    if (code !== 0) throw new Problem('mariadb-install-db failed.', 'Read its output.', output);
    this.user.owns(this.files.folder);
  }

  /**
   * Up to where this node's data go, as `uuid:seqno`. After a crash the file grastate.dat does not know, and InnoDB is
   * asked; the systemd unit of the package does the same before each start.
   */
  async position() {
    if (!existsSync(join(this.files.data, 'ibdata1'))) return NEVER;
    const log = join(this.files.folder, 'recover.log');
    rmSync(log, { force: true });
    const args = [
      `--defaults-file=${this.files.config}`,
      '--wsrep-recover',
      '--skip-networking',
      `--log-error=${log}`,
    ];
    const { output } = await run(which('mariadbd'), args, { timeoutMs: 60_000 });
    const found = POSITION.exec(readText(log));
    if (found) return found[1];
    throw new Problem(`${this.name} does not tell how far its data go.`, 'Read its log.', output + tail(log));
  }

  /** `bootstrap`: it is the first of the cluster, and the others will follow it. Resolves when it may be written to. */
  async start({ bootstrap = false, position, cancelled = () => false } = {}) {
    const from = position ?? (await this.position());
    if (bootstrap) this.#mayBootstrap();
    const args = [
      `--defaults-file=${this.files.config}`,
      ...(from === NEVER ? [] : [`--wsrep_start_position=${from}`]),
      ...(bootstrap ? ['--wsrep-new-cluster'] : []),
    ];
    this.#child = this.#inside(which('mariadbd'), args);
    this.#check ??= this.#startCheck();
    const up = await until(async () => (await this.state()) === 'Synced', {
      timeoutMs: START_TIMEOUT_MS,
      everyMs: 100,
      giveUp: () => cancelled() || !this.isRunning,
    });
    if (!up) throw new Problem(`${this.name} did not come up.`, 'Read its log.', tail(this.files.log));
  }

  get isRunning() {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** The file that keeps a node from beginning a cluster of its own by mistake. */
  #mayBootstrap() {
    const path = join(this.files.data, 'grastate.dat');
    if (!existsSync(path)) return;
    writeFileSync(path, readText(path).replace(/safe_to_bootstrap: 0/, 'safe_to_bootstrap: 1'));
  }

  /** Without the members of the cluster that was, it waits for none of them. */
  forgetCluster() {
    rmSync(join(this.files.data, 'gvwstate.dat'), { force: true });
  }

  #startCheck() {
    const check = `/bin/sh ${this.files.check} ${this.files.socket}`;
    return this.#inside('/usr/bin/setpriv', [
      ...[`--reuid=${this.user.name}`, `--regid=${this.user.group}`, '--init-groups', which('socat')],
      ...[`TCP-LISTEN:9200,reuseaddr,fork,max-children=16`, `EXEC:${check}`],
    ]);
  }

  #inside(program, args) {
    const out = openSync(join(this.files.folder, 'output.log'), 'a');
    const command = ['netns', 'exec', this.namespace, program, ...args];
    const child = spawn('ip', command, { cwd: '/', detached: true, stdio: ['ignore', out, out] });
    child.once('error', () => undefined);
    closeSync(out);
    return child;
  }

  /** Rows of a statement, by the node's own socket and as root: also when the proxy would not let us. Empty when it is silent. */
  async ask(sql, { timeoutMs = 2_000, must = false } = {}) {
    // As the health check: what the others have committed is not waited for.
    const unwaited = '--init-command=SET SESSION wsrep_sync_wait = 0';
    const server = ['--no-defaults', `--socket=${this.files.socket}`, unwaited];
    const args = [...server, '--batch', '--skip-column-names', '-e', sql];
    const { code, output } = await run(which('mariadb'), args, { timeoutMs });
    if (code !== 0 && must) throw new Problem(`${this.name} refused a statement.`, 'Read its log.', output);
    if (code !== 0) return [];
    return output
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('\t'));
  }

  /** A hash of all rows of each table that has any, in the order of their keys. */
  async fingerprints(database) {
    const wanted = ['--single-transaction', '--order-by-primary', '--hex-blob', '--skip-extended-insert'];
    const alone = ['--compact', '--no-create-info', '--skip-triggers'];
    const args = ['--no-defaults', `--socket=${this.files.socket}`, ...wanted, ...alone, database];
    // By bytes: pieces of the output may end in the middle of a Korean letter.
    const { stdout } = await runFile(which('mariadb-dump'), args, {
      ...{ encoding: 'latin1', timeout: 60_000, maxBuffer: DUMP_BYTES_MAX },
    });
    const hashes = new Map();
    for (const line of stdout.split('\n')) {
      const [, table] = /^INSERT INTO `(\w+)`/.exec(line) ?? [];
      if (table === undefined) continue;
      if (!hashes.has(table)) hashes.set(table, createHash('sha256'));
      hashes.get(table).update(line);
    }
    return new Map([...hashes].map(([table, hash]) => [table, hash.digest('hex')]));
  }

  /** Synced, Donor/Desynced, Joining …; Initialized outside of the majority; undefined when it does not answer. */
  async state() {
    const [row] = await this.ask("SHOW GLOBAL STATUS LIKE 'wsrep_local_state_comment'");
    return row?.[1];
  }

  signal(signal) {
    tryKill(this.pid, signal);
  }

  async kill() {
    this.signal('SIGKILL');
    await until(() => !this.isRunning, { timeoutMs: 10_000, everyMs: 5 });
  }

  async stop() {
    if (this.isRunning) await end(this.pid, { graceMs: 10_000 });
    if (this.#check) await end(this.#check.pid, { graceMs: 1_000 });
  }
}

/** A file of deploy/galera with its @NAMES@ replaced; one that has no value is a mistake. */
export function filled(file, values) {
  return readFileSync(fromRoot(file), 'utf8').replace(/@([A-Z_0-9]+)@/g, (_, name) => {
    if (name in values) return values[name];
    throw new Problem(
      `${file} asks for @${name}@, which has no value.`,
      'Give it one in scripts/lib/galera.',
    );
  });
}

const tail = (path) => readText(path).trimEnd().split('\n').slice(-15).join('\n');
