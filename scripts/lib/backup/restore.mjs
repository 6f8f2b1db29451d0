import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { neededProgram } from '../apt.mjs';
import { layout, liveServer, markMade } from '../mariadb/folder.mjs';
import { lineOf } from '../mariadb/log-line.mjs';
import { startMariaDb } from '../mariadb/server.mjs';
import { Problem, say, step, warn } from '../output.mjs';
import { ensureFolder, shown } from '../paths.mjs';
import { replay } from './replay.mjs';
import { backupsIn, factsOf, mustRun } from './take.mjs';

/** Until all is played nothing counts, and it is put on the disk when the server stops: each commit needs no wait. */
const PLAYING = { innodb_flush_log_at_trx_commit: 0 };
const LOG_NUMBER = /^\d{6,}$/;

/**
 * Puts a backup into a new data folder and plays the binary log over it, up to `to` (a Date; everything that began in an
 * earlier second) or to its end. Gives the server, for reading only: it has no log of its own and does not wait for the
 * disk until it is stopped and started as usual, which begins a new line of logs.
 */
export async function restore({ backup, dataDir, logs, to, port, secrets }) {
  const files = layout(dataDir);
  refuseUsed(files);
  const facts = factsOf(backup);
  if (to !== undefined && to < new Date(facts.at)) {
    throw new Problem(
      `The backup was taken at ${facts.at}, after that moment.`,
      'Take an older backup with --from.',
    );
  }
  const folders = [...(lineOf(logs) === facts.line ? [logs] : []), ...archivesOf(backup, facts)];
  const sequence = logsFrom(facts.binlog.file, folders);
  const until = statSync(sequence.at(-1)).mtime;
  if (to > until)
    warn(`The logs end at ${until.toISOString()} or before: what came after it is not restored.`);
  const program = neededProgram('mariadb-backup');
  const made = { version: 1, restoredFrom: facts.at };
  await step('Putting the backup back', async () => {
    ensureFolder(files.folder);
    const args = ['--copy-back', `--target-dir=${join(backup, 'data')}`, `--datadir=${files.data}`];
    await mustRun(program, args, 'The backup could not be put back.');
    markMade(files, made);
  });
  const server = await step('Starting the server', () =>
    startMariaDb({ dataDir, port, secrets, settings: PLAYING }),
  );
  // Not a whole folder before all is played: npm start refuses what an interrupted restore leaves.
  rmSync(files.made);
  try {
    const where = to === undefined ? 'to their end' : `to ${to.toISOString()}`;
    await step(`Playing ${sequence.length} binary logs ${where}`, () =>
      replay(server.adminUrl, { sequence, position: facts.binlog.position, to }),
    );
    retire(files);
    markMade(files, made);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function refuseUsed(files) {
  const folder = shown(files.folder);
  const live = liveServer(files);
  if (live)
    throw new Problem(`A server (pid ${live.pid}) runs over ${folder}.`, 'Stop it: Ctrl-C npm start.');
  if (!existsSync(files.folder) || readdirSync(files.folder).length === 0) return;
  throw new Problem(
    `${folder} holds data: nothing is ever restored over it.`,
    `Move it away, and remove it when all is well: mv ${folder} ${folder}.before`,
  );
}

/** Where logs were copied to that lead on from a backup: beside it, and beside the later ones of the same line. */
function archivesOf(backup, { at, line }) {
  const later = backupsIn(dirname(resolve(backup))).filter((one) => {
    const other = factsOf(one);
    return line !== null && other.line === line && other.at > at;
  });
  return [backup, ...later].map((one) => join(one, 'binlog'));
}

/** The paths of all logs from `first` on, each from the first folder that has it. None may be missing. */
function logsFrom(first, folders) {
  const base = first.slice(0, first.lastIndexOf('.') + 1);
  const isLog = (name) => name.startsWith(base) && LOG_NUMBER.test(name.slice(base.length));
  const found = new Map();
  for (const folder of folders.filter((one) => existsSync(one)).reverse()) {
    for (const name of readdirSync(folder)) if (isLog(name)) found.set(name, join(folder, name));
  }
  const numberOf = (name) => Number(name.slice(base.length));
  const wanted = [...found.keys()]
    .filter((name) => numberOf(name) >= numberOf(first))
    .sort((one, other) => numberOf(one) - numberOf(other));
  const isWhole = wanted.every((name, index) => numberOf(name) === numberOf(first) + index);
  if (wanted.length > 0 && isWhole) return wanted.map((name) => found.get(name));
  throw new Problem(
    `Of the binary logs from ${first} on one is missing.`,
    `Name the folder that has them with --logs; here are ${wanted.join(', ') || 'none'}.`,
  );
}

/** The old line of logs is kept under another name: played over a later backup it would do everything twice. */
function retire({ binlog }) {
  if (!existsSync(binlog)) return;
  const kept = `${binlog}-until-${new Date().toISOString().replace(/[:.]/g, '')}`;
  renameSync(binlog, kept);
  say(`  the binary logs until now are kept in ${shown(kept)}`);
}
