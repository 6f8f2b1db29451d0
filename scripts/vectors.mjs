import { writeFileSync } from 'node:fs';
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Problem, say } from './lib/output.mjs';
import { fromRoot } from './lib/paths.mjs';
import { readText } from './lib/stamp.mjs';

const NAME = 'examples/crypto/vectors.json';

const help = `
Usage: npm run vectors [-- --check]

Writes ${NAME}, what encrypted requests and signed webhooks look like byte by byte, anew from the
gateway's own code; builds first where that is needed. Needs no database.

  --check   writes nothing; exit code 1 when it is not what the code says
`;

await command({ help, options: { check: { type: 'boolean' } } }, async ({ check }) => {
  await ensureInstalled();
  await ensureBuilt();
  // Loaded late: it needs what is installed and built.
  const { vectors } = await import('./lib/vectors.mjs');
  const text = `${JSON.stringify(await vectors(), null, 2)}\n`;
  const stale = readText(fromRoot(NAME)) !== text;
  if (check && stale) throw new Problem(`Not what the code says: ${NAME}.`, 'Run npm run vectors.');
  if (stale) writeFileSync(fromRoot(NAME), text);
  say(stale ? `Wrote ${NAME}.` : `${NAME} is current.`);
});
