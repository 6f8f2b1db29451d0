import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { neededProgram } from '../apt.mjs';
import { withConnection } from '../database.mjs';
import { lineOf } from '../mariadb/log-line.mjs';
import { Problem } from '../output.mjs';
import { DATA, ensureFolder, shown } from '../paths.mjs';
import { run } from '../processes.mjs';
import { readJson } from '../stamp.mjs';
import { withClientFile } from './client-file.mjs';

export const BACKUPS = join(DATA, 'backups');
const FACTS = 'backup.json';
/** Where mariadb-backup notes the place in the binary log up to which the copy goes: file, tab, position. */
const PLACE_FILES = ['mariadb_backup_binlog_info', 'xtrabackup_binlog_info'];

/**
 * A full copy of a running server's files, which no writer waits for, made ready to be put back: FOLDER/data, and
 * FOLDER/backup.json {at, line, binlog: {file, position}} with the moment at which it began and the place in the binary log
 * from which recovery goes on. The server is on this machine. A folder without backup.json is not a whole backup.
 */
export async function takeBackup(adminUrl, target) {
  const program = neededProgram('mariadb-backup');
  const logs = await logFolder(adminUrl);
  const at = new Date().toISOString();
  const data = join(ensureFolder(target), 'data');
  chmodSync(target, 0o700);
  await withClientFile(adminUrl, (client) =>
    mustRun(program, [client, '--backup', `--target-dir=${data}`], 'The backup failed.'),
  );
  await mustRun(program, ['--prepare', `--target-dir=${data}`], 'The backup could not be made ready.');
  const facts = { at, line: lineOf(logs), binlog: placeOf(data) };
  writeFileSync(join(target, FACTS), `${JSON.stringify(facts)}\n`);
  return facts;
}

function placeOf(data) {
  const path = PLACE_FILES.map((name) => join(data, name)).find((one) => existsSync(one));
  const [file, position] = path === undefined ? [] : readFileSync(path, 'utf8').trim().split('\t');
  if (Number(position) > 0) return { file, position: Number(position) };
  throw new Problem('The backup does not tell its place in the binary log.', 'Take it again.');
}

/** Where the server keeps its binary log. */
export async function logFolder(adminUrl) {
  const [[{ base }]] = await withConnection(adminUrl, (connection) =>
    connection.query('SELECT @@GLOBAL.log_bin_basename AS base'),
  );
  if (base) return dirname(base);
  throw new Problem(
    'The server keeps no binary log: nothing after a backup could be recovered.',
    'Give it the settings of scripts/lib/mariadb/binlog.cnf and log_bin, and start it again.',
  );
}

/** Closes the log that is being written and copies all that the backup needs and does not have yet; gives their names. */
export async function archiveLogs(adminUrl, target) {
  const { binlog, line } = factsOf(target);
  const from = await logFolder(adminUrl);
  if (lineOf(from) !== line) {
    throw new Problem(
      `Since the backup ${shown(target)} the database was restored: its logs do not lead on from it.`,
      'Take a new backup: npm run backup',
    );
  }
  const names = await withConnection(adminUrl, async (connection) => {
    await connection.query('FLUSH BINARY LOGS');
    const [rows] = await connection.query('SHOW BINARY LOGS');
    return rows.map((row) => row.Log_name).slice(0, -1);
  });
  const archive = ensureFolder(join(target, 'binlog'));
  const missing = names.filter((name) => name >= binlog.file && !existsSync(join(archive, name)));
  for (const name of missing) {
    copyFileSync(join(from, name), join(archive, `${name}.part`));
    renameSync(join(archive, `${name}.part`), join(archive, name));
  }
  return missing;
}

/** What a backup tells of itself; a Problem where it is not a whole one. */
export function factsOf(target) {
  const facts = readJson(join(target, FACTS));
  if (facts !== undefined) return facts;
  throw new Problem(`${shown(target)} is not a whole backup.`, 'Take one: npm run backup');
}

/** The folders of all whole backups below a folder, the oldest first. */
export function backupsIn(folder) {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return names.map((name) => join(folder, name)).filter((one) => existsSync(join(one, FACTS)));
}

/** The folder of the newest whole backup below a folder. */
export function newestBackup(folder = BACKUPS) {
  const newest = backupsIn(folder).at(-1);
  if (newest !== undefined) return newest;
  throw new Problem(`There is no backup in ${shown(folder)}.`, 'Take one: npm run backup');
}

export async function mustRun(program, args, message) {
  const { code, output } = await run(program, args);
  if (code === 0) return;
  throw new Problem(message, 'Read what the program says.', output.split('\n').slice(-12).join('\n'));
}
