import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureFolder, shown } from '../paths.mjs';
import { Problem, warn } from '../output.mjs';
import { commandLine, isAlive } from '../processes.mjs';
import { readJson, readText } from '../stamp.mjs';

const SOCKET_PATH_MAX = 100;

/** The files of one embedded server, all below its own folder (but for a socket path that would be too long). */
export function layout(dataDir) {
  const folder = resolve(dataDir);
  const inside = (name) => join(folder, name);
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const socket = inside('server.sock');
  return {
    folder,
    data: inside('data'),
    // Beside the folder, as on another disk: what destroys the data leaves the way back to its last commit.
    binlog: `${folder}-binlog`,
    // Of its own: a server that starts removes all temporary tables from a folder that it shares with another.
    temporary: inside('tmp'),
    config: inside('my.cnf'),
    setup: inside('setup.sql'),
    pidFile: inside('server.pid'),
    errorLog: inside('error.log'),
    owner: inside('owner.json'),
    making: inside('making'),
    made: inside('made.json'),
    socket: Buffer.byteLength(socket) <= SOCKET_PATH_MAX ? socket : join(tmpdir(), `pg-gateway-${hash}.sock`),
  };
}

/** The server that runs over a folder now: {pid, owner, ownerAlive}, or undefined. */
export function liveServer(files) {
  const pid = Number(readText(files.pidFile));
  if (!isAlive(pid)) return undefined;
  const command = commandLine(pid);
  if (command && !command.includes(files.config)) return undefined;
  const owner = readJson(files.owner)?.pid;
  return { pid, owner, ownerAlive: isAlive(owner) };
}

/**
 * Looks at a data folder before a start: 'made' (use it), or 'empty' (make it). A folder whose making was interrupted
 * holds nothing yet and is made again; one that is damaged, or that we did not make, is left alone and said.
 */
export function inspect(files) {
  const { folder } = files;
  const inUse = liveServer(files);
  if (inUse) throw folderInUse(files, inUse);
  if (existsSync(files.made)) return wholeOrSay(files);
  if (existsSync(files.making)) {
    warn(
      `${shown(folder)} is half made: its making was interrupted. Nothing can be in it yet; making it again.`,
    );
    rmSync(files.data, { recursive: true, force: true });
    return 'empty';
  }
  const strangers = existsSync(folder) ? readdirSync(folder) : [];
  if (strangers.length === 0) return 'empty';
  throw new Problem(
    `${shown(folder)} is not a finished data folder of this project, but holds files (${strangers.slice(0, 5).join(', ')}).`,
    `If nothing in it is needed, remove it (rm -r ${shown(folder)}) and start again; else move it away first.`,
  );
}

function wholeOrSay(files) {
  const missing = ['data/ibdata1', 'data/mysql', 'data/aria_log_control'].filter(
    (name) => !existsSync(join(files.folder, name)),
  );
  if (missing.length === 0) return 'made';
  const folder = shown(files.folder);
  throw new Problem(
    `The data folder ${folder} is damaged: ${missing.join(', ')} is missing.`,
    `Put it back from a copy, or give the data up and begin anew: rm -r ${folder}, then start again.`,
  );
}

function folderInUse(files, { pid, owner, ownerAlive }) {
  const folder = shown(files.folder);
  return new Problem(
    `A MariaDB server (pid ${pid}) already runs over ${folder}.`,
    ownerAlive
      ? `It belongs to a command that still runs (pid ${owner}). Stop that one first: Ctrl-C there, or kill ${owner}.`
      : `It was left behind by an earlier start that was killed. Stop it, then start again: kill ${pid}`,
  );
}

export function markMaking(files) {
  ensureFolder(files.folder);
  writeFileSync(files.making, `${new Date().toISOString()}\n`);
}

export function markMade(files, facts) {
  writeFileSync(files.made, `${JSON.stringify({ ...facts, at: new Date().toISOString() })}\n`);
  rmSync(files.making, { force: true });
}
