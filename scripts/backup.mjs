import { join } from 'node:path';
import { archiveLogs, BACKUPS, newestBackup, takeBackup } from './lib/backup/take.mjs';
import { command } from './lib/command.mjs';
import { givenEnv, localSecrets } from './lib/env.mjs';
import { DATABASE_FOLDER, gatewayEnv } from './lib/gateway-env.mjs';
import { urlOf } from './lib/mariadb/setup-sql.mjs';
import { say, step } from './lib/output.mjs';
import { shown } from './lib/paths.mjs';

const help = `
Usage: npm run backup [-- OPTIONS]

Takes a full backup of the running database with mariadb-backup, while payments go on, makes it ready to be put back,
and copies the binary logs that lead on from it. npm run restore puts it back. Runs on the database's machine.

  --logs           only the binary logs since the newest backup: what a timer does every minute, the copies on another disk
  --folder FOLDER  where backups are kept  (default .data/backups), one folder for each, named by its moment

The server is that of npm start; DATABASE_BACKUP_URL=mysql://user:password@127.0.0.1:3306/ names another one, with a user
who may RELOAD, PROCESS, LOCK TABLES, BINLOG MONITOR and BINLOG ADMIN. The keys that the rows are encrypted with (ROOT_KEYS) are not in a
backup: keep them elsewhere.
`;

const options = { logs: { type: 'boolean', default: false }, folder: { type: 'string', default: BACKUPS } };

await command({ help, options }, async ({ logs, folder }) => {
  const url = givenEnv().DATABASE_BACKUP_URL ?? privateServer();
  const name = new Date().toISOString().replace(/[:.]/g, '');
  const target = logs ? newestBackup(folder) : join(folder, name);
  if (!logs) {
    const { binlog } = await step('Taking the backup', () => takeBackup(url, target));
    say(`  ${shown(target)}, up to ${binlog.file} at ${binlog.position}`);
  }
  const copied = await step('Copying the binary logs', () => archiveLogs(url, target));
  say(`  ${copied.length} to ${shown(join(target, 'binlog'))}`);
});

function privateServer() {
  const { databasePort } = gatewayEnv();
  return urlOf('admin', localSecrets({ dataFolder: DATABASE_FOLDER }), { port: databasePort, database: '' });
}
