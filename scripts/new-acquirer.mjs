import { existsSync } from 'node:fs';
import { Script } from 'node:vm';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Problem, say } from './lib/output.mjs';
import { fromRoot, ROOT } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';
import { registeredFiles, skeletonFiles, writeFiles } from './lib/skeleton.mjs';

const NAME = /^[a-z][a-z0-9]{1,19}$/;
/** Folders that are no acquirers, paths of the sandbox that are taken, and what the skeleton's own names would meet. */
const RESERVED = ['port', 'shared', 'core', 'sms', 'sandbox', 'acquirers', 'acquirer', 'constructor'];

/** A name of the language cannot be the name of a constant. */
function isWord(name) {
  try {
    new Script(`'use strict'; const ${name} = 0; async () => { await 0; }`);
    return false;
  } catch {
    return true;
  }
}

const help = `
Usage: npm run new:acquirer NAME

Writes the skeleton of an acquirer: its adapter (src/acquirers/NAME), its side of the sandbox (src/sandbox/NAME), its
conformance fixture and spec (test/contract), and the lines that make them known (registries, settings, addresses).
npm run check is green right after; npm run conformance -- --only NAME fails, and says what to write.

  NAME   2 to 20 lower-case letters and digits, a letter first; the name in contracts and sandbox paths, for ever
`;

function refuse(name) {
  if (name === undefined) throw new Problem('Which acquirer?', 'Give its name: npm run new:acquirer NAME');
  if (!NAME.test(name)) {
    throw new Problem(
      `${JSON.stringify(name.slice(0, 40))} is no name for an acquirer.`,
      'Give 2 to 20 lower-case letters and digits, a letter first.',
    );
  }
  if (RESERVED.includes(name) || isWord(name))
    throw new Problem(`The name ${name} is reserved.`, 'Give another.');
  const taken = [
    `src/acquirers/${name}`,
    `src/sandbox/${name}`,
    ...skeletonFiles(name).map(([path]) => path),
  ];
  const there = taken.find((path) => existsSync(fromRoot(path)));
  if (there !== undefined)
    throw new Problem(`The name ${name} is taken: ${there} is there.`, 'Give another.');
}

async function format(paths) {
  const prettier = fromRoot('node_modules/prettier/bin/prettier.cjs');
  const { code, output } = await run(process.execPath, [prettier, '--write', '--ignore-unknown', ...paths], {
    cwd: ROOT,
  });
  if (code !== 0)
    throw new Problem('The new files could not be formatted.', 'Run npm run format:fix.', output);
}

await command({ help, passThrough: true }, async ({ rest }) => {
  const [name, ...more] = rest;
  if (more.length > 0) throw new Problem(`One name, not ${rest.length}.`, 'Add --help to see how.');
  refuse(name);
  await ensureInstalled();
  const files = [...skeletonFiles(name), ...registeredFiles(name)];
  writeFiles(files);
  await format(files.map(([path]) => path));
  for (const [path] of files) say(`  ${path}`);
  say(`
Next, with the acquirer's manual beside you:
  1. src/acquirers/${name}/MAPPING.md: what each of its answers means to us
  2. src/acquirers/${name}/${name}.wire.ts, .mapper.ts, .codes.ts; its real address in src/config/env.schema.ts
  3. src/sandbox/${name}: the same manual, written a second time, sharing nothing with the adapter
  4. npm run conformance -- --only ${name}, until every case is ok
  5. a contract of a merchant that names ${name} (src/demo/demo-data.ts)`);
});
