import { existsSync } from 'node:fs';
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { gatewayEnv, withDatabase } from './lib/gateway-env.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { say, step } from './lib/output.mjs';
import { fromRoot } from './lib/paths.mjs';
import { migrate } from './lib/schema.mjs';

const help = `
Usage: npm run migrate

Brings the database schema up to date and gives the database users their rights, table by table. May be repeated.
Uses DATABASE_MIGRATION_URL (else DATABASE_URL) to change the schema; the users of DATABASE_URL and
DATABASE_VERIFY_URL get the rights. Without any of them it works on the private server of npm start.

  --prebuilt   uses dist/ as it is (for images that hold no sources)
`;

await command({ help, options: { prebuilt: { type: 'boolean' } } }, async ({ prebuilt }) => {
  if (!prebuilt || !existsSync(fromRoot('dist'))) {
    await ensureInstalled();
    await ensureBuilt();
  }
  const setting = gatewayEnv();
  await withDatabase(setting, async () => {
    say(await step('Migrating the database', () => migrate(setting.env)));
  });
  say('Next: npm start');
});
