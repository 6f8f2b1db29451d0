import { writeFileSync } from 'node:fs';
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Problem, say } from './lib/output.mjs';
import { fromRoot, ROOT } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';
import { readText } from './lib/stamp.mjs';

const NAME = 'docs/metrics.md';
const help = `
Usage: npm run metrics [-- --check]

Writes ${NAME}, everything that the processes measure, anew from the sources; builds first where that is needed. Needs
no database.

  --check   writes nothing; exit code 1 when it is not what the sources say
`;

await command({ help, options: { check: { type: 'boolean' } } }, async ({ check }) => {
  await ensureInstalled();
  await ensureBuilt();
  const { code, output } = await run(process.execPath, [fromRoot('dist/src/metrics-page.js')], { cwd: ROOT });
  if (code !== 0)
    throw new Problem('The list of metrics could not be made.', 'Mend what is shown above.', output);
  const stale = readText(fromRoot(NAME)) !== output;
  if (check && stale) throw new Problem(`Not what the sources say: ${NAME}.`, 'Run npm run metrics.');
  if (stale) writeFileSync(fromRoot(NAME), output);
  say(stale ? `Wrote ${NAME}.` : `${NAME} is current.`);
});
