import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureProgram } from './lib/apt.mjs';
import { runDrill } from './lib/drills/frame.mjs';
import { Recovery } from './lib/drills/recovery.mjs';
import { DrillWorld } from './lib/drills/world.mjs';
import { command } from './lib/command.mjs';
import { USERS, urlOf } from './lib/mariadb/setup-sql.mjs';
import { freePort } from './lib/net.mjs';
import { green, say } from './lib/output.mjs';

const help = `
Usage: npm run drill:restore [-- --smoke]

Takes a backup while approvals go on, kills the database server and removes its data folder while they go on, and restores
it twice: to a moment in between (what was answered before is there, nothing after) and to the last moment (every payment
that was answered is there, npm run verify is clean, payments go on). On a server and in a folder of its own, with what npm run
backup and npm run restore do. Installs the package mariadb-backup where it is missing and that is allowed.

  --smoke   2 seconds of approvals each time instead of 15
`;

const PER_SECOND = 40;

await command({ help, options: { smoke: { type: 'boolean', default: false } } }, async ({ smoke }) => {
  await ensureProgram('mariadb-backup');
  const folder = mkdtempSync(join(tmpdir(), 'pg-gateway-recovery-'));
  const port = await freePort(23_306);
  const secrets = Object.fromEntries(
    Object.values(USERS).map(({ secret }) => [secret, randomBytes(18).toString('hex')]),
  );
  const url = (user) => urlOf(user, secrets, { port });
  const urls = { app: url('app'), migrate: url('migrate'), verify: url('verify') };
  try {
    await runDrill(new DrillWorld({ name: 'restore', urls }), async (world) => {
      const recovery = new Recovery(world, { folder, port, secrets });
      await recovery.up();
      await recovery.sufferLoss({ perSecond: PER_SECOND, partSeconds: smoke ? 2 : 15 });
      await recovery.restoreToMoment();
      await recovery.restoreToEnd();
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(green('Nothing that was answered is lost.'));
});
