import { BACKUPS, newestBackup } from './lib/backup/take.mjs';
import { restore } from './lib/backup/restore.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { DATABASE_FOLDER, gatewayEnv } from './lib/gateway-env.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { layout } from './lib/mariadb/folder.mjs';
import { httpStatus } from './lib/net.mjs';
import { Problem, say, step } from './lib/output.mjs';
import { fromRoot, ROOT, shown } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';
import { programStarter } from './lib/service.mjs';

const help = `
Usage: npm run restore [-- OPTIONS]

Puts the newest backup into a new data folder, plays the binary logs over it, to their end or to a moment, and ends in
npm run verify, whose exit code it has. The folder must not be there, or be empty: nothing is ever restored over data.
After a restore to a moment verify names what the acquirers have and the database does not: payments to be reconciled.
Take a backup next: logs do not lead on from an older one any more.

  --to TIME          everything that began before this second, such as 2026-11-22T09:00:00+09:00  (default: to the end)
  --from FOLDER      another backup than the newest of .data/backups
  --logs FOLDER      the binary logs  (default: those beside the data folder, then those of the backup)
  --data-dir FOLDER  (default .data/mariadb, the one of npm start)
`;

const options = {
  to: { type: 'string' },
  from: { type: 'string' },
  logs: { type: 'string' },
  'data-dir': { type: 'string', default: DATABASE_FOLDER },
};

await command({ help, options }, async ({ to, from, logs, 'data-dir': dataDir }) => {
  const setting = gatewayEnv();
  const { databasePort: port, secrets } = setting;
  if (setting.external) {
    throw new Problem(
      'DATABASE_URL names a server of its own.',
      'Leave it out here: the files are restored first, and given to that server then.',
    );
  }
  await ensureInstalled();
  await ensureBuilt();
  const server = await restore({
    backup: from ?? newestBackup(BACKUPS),
    logs: logs ?? layout(dataDir).binlog,
    to: to === undefined ? undefined : momentOf(to),
    ...{ dataDir, port, secrets },
  });
  try {
    say(`${shown(server.folder)} is restored. Next: npm start, then npm run backup`);
    return await verify({ ...process.env, ...setting.env });
  } finally {
    await server.stop();
  }
});

function momentOf(text) {
  const moment = new Date(text);
  if (/T.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(moment.getTime())) return moment;
  throw new Problem(`--to ${text} is not a moment.`, 'Give it as in --to 2026-11-22T09:00:00+09:00');
}

/** With the sandbox's books, for which it is started where it does not run; without any where SANDBOX_URL is off. */
async function verify(env) {
  const isReady = async () => (await httpStatus(`${env.SANDBOX_URL}/__sandbox/health`)) === 200;
  const file = fromRoot('dist/src/sandbox/main.js');
  const start = programStarter({ name: 'restore-sandbox', file, env, isReady });
  const isThere = env.SANDBOX_URL === 'off' || (await isReady());
  const sandbox = isThere ? undefined : await step('Starting the sandbox', () => start());
  try {
    const { code, output } = await run(process.execPath, ['dist/src/verify/main.js'], { cwd: ROOT, env });
    say(output.trim());
    return code;
  } finally {
    await sandbox?.stop({ graceMs: 5_000 });
  }
}
