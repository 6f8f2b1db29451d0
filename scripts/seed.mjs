import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { gatewayEnv, withDatabase } from './lib/gateway-env.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Problem, say, step } from './lib/output.mjs';
import { hasDemoData, seed } from './lib/schema.mjs';

const help = `
Usage: npm run seed

Puts the demo merchants, keys, contracts and logins into a migrated database. What is there already stays as it is.
Only where APP_ENV is local or dev. Without DATABASE_URL it works on the private server of npm start.

  --prebuilt   uses dist/ as it is (for images that hold no sources)
`;

await command({ help, options: { prebuilt: { type: 'boolean' } } }, async ({ prebuilt }) => {
  if (!prebuilt) {
    await ensureInstalled();
    await ensureBuilt();
  }
  const setting = gatewayEnv();
  if (!hasDemoData(setting.env)) {
    throw new Problem(
      `Demo data is for local and dev, not for APP_ENV=${setting.env.APP_ENV}.`,
      'Make merchants through the API instead.',
    );
  }
  await withDatabase(setting, async () => {
    say(await step('Putting the demo data in', () => seed(setting.env)));
  });
  say('Next: npm start');
});
