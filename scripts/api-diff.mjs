import { readFileSync, writeFileSync } from 'node:fs';
import { breakingChanges, newOperations } from './lib/api-changes.mjs';
import { contractOf } from './lib/api-contract.mjs';
import { command } from './lib/command.mjs';
import { Problem, say } from './lib/output.mjs';
import { ensureFolder, fromRoot } from './lib/paths.mjs';

const RELEASED = fromRoot('docs/released/openapi.json');
const CURRENT = fromRoot('docs/openapi.json');

const help = `
Usage: npm run api:diff [-- --release] [-- --released FILE --current FILE]

Compares docs/openapi.json with what was released last, docs/released/openapi.json: exit code 1 when a client of the
release would fail. What counts as breaking, and how to release on purpose: docs/released/README.md.

  --release    writes docs/released/openapi.json anew: what is there now is what clients may build on
  --released   another document to compare with
  --current    another document to compare
`;

const options = { release: { type: 'boolean' }, released: { type: 'string' }, current: { type: 'string' } };

const read = (path) => {
  try {
    return contractOf(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Problem(
      `${path} is no OpenAPI document that can be read.`,
      'Name another, or run npm run openapi.',
      error.message,
    );
  }
};

await command({ help, options }, async ({ release, released = RELEASED, current = CURRENT }) => {
  const now = read(current);
  if (release) {
    ensureFolder(fromRoot('docs/released'));
    writeFileSync(RELEASED, `${JSON.stringify(now, null, 1)}\n`);
    say('Wrote docs/released/openapi.json. Next: name the version in CHANGELOG.md.');
    return 0;
  }
  const before = read(released);
  const broken = breakingChanges(before, now);
  const added = newOperations(before, now);
  for (const operation of added) say(`+ ${operation}`);
  if (broken.length > 0) {
    throw new Problem(
      `${broken.length} change${broken.length === 1 ? '' : 's'} would break clients of the released API.`,
      'Keep the old form beside the new one, or release on purpose: docs/released/README.md',
      broken.map((line) => `- ${line}`).join('\n'),
    );
  }
  say(`Nothing that is released breaks; ${added.length} operations are new.`);
  return 0;
});
