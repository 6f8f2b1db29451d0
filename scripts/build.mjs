import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { say } from './lib/output.mjs';

const help = `
Usage: npm run build [-- --test] [-- --force]

Compiles src/ and migrations/ to dist/ when they have changed, and removes output whose source has gone.

  --test    also makes dist-test/: the same, but its crash points really end the process
  --force   builds although nothing has changed
`;

await command(
  { help, options: { test: { type: 'boolean' }, force: { type: 'boolean' } } },
  async ({ test, force }) => {
    await ensureInstalled();
    const built = await ensureBuilt({ test, force });
    say(built ? 'Built. Next: npm start' : 'Nothing has changed since the last build. Next: npm start');
  },
);
