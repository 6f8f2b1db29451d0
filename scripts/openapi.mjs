import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Problem, say } from './lib/output.mjs';
import { ensureFolder, fromRoot, ROOT } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';
import { readText } from './lib/stamp.mjs';

const FILES = ['openapi.json', 'errors.md', 'errors/en.md', 'errors/ko.md'];

const help = `
Usage: npm run openapi [-- --check], also as npm run errors

Writes docs/openapi.json, docs/errors.md and docs/errors/ anew from the sources; builds first where that is needed. Needs
no database.

  --check   writes nothing; exit code 1 when one of them is not what the sources say
`;

async function generate(folder) {
  const program = fromRoot('dist/src/openapi.js');
  const { code, output } = await run(process.execPath, [program, folder], { cwd: ROOT });
  if (code === 0) return FILES.map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
  throw new Problem(
    'The description of the API could not be written.',
    'Mend what is shown above, then run npm run openapi.',
    output,
  );
}

await command({ help, options: { check: { type: 'boolean' } } }, async ({ check }) => {
  await ensureInstalled();
  await ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'pg-gateway-openapi-'));
  try {
    const made = await generate(folder);
    const stale = made.filter(([name, text]) => readText(fromRoot('docs', name)) !== text);
    if (check && stale.length > 0) {
      const names = stale.map(([name]) => `docs/${name}`).join(', ');
      throw new Problem(
        `Not what the sources say: ${names}.`,
        'Run npm run openapi and look at what changed.',
      );
    }
    ensureFolder(fromRoot('docs/errors'));
    for (const [name, text] of stale) writeFileSync(fromRoot('docs', name), text);
    say(
      stale.length === 0
        ? 'docs/openapi.json, docs/errors.md and docs/errors/ are current.'
        : `Wrote ${stale.map(([name]) => `docs/${name}`).join(', ')}.`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
