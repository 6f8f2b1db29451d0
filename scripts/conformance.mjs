import { readdirSync, rmSync } from 'node:fs';
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runJest } from './lib/jest.mjs';
import { isWhole, matrixLines, readColumns } from './lib/matrix.mjs';
import { Problem, say, warn } from './lib/output.mjs';
import { ensureFolder, fromRoot } from './lib/paths.mjs';

const FOLDER = fromRoot('.data', 'conformance');
const SUFFIX = '.conformance.contract-spec.ts';

const known = () =>
  readdirSync(fromRoot('test', 'contract'))
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length));

const help = `
Usage: npm run conformance [-- --only NAME,NAME] [JEST-ARGUMENTS]

Runs the one conformance suite on every adapter, each against a sandbox process of its own, and prints the matrix of
cases and adapters: ok (with the number of tests), n.a. (does not apply; why is said below), FAIL, not run.
Installs and builds first where that is needed. Needs no database. Exit code 1 unless every case is ok or n.a.

  --only toss     only these adapters: ${known().join(', ')}
  -t 'window'     only tests whose name contains this; the other cases are then "not run"

How to add an acquirer: test/contract/conformance/README.md
`;

/** The spec files to run; a name that is none is told. */
function wanted(only) {
  const names = only === undefined ? known() : only.split(',');
  const wrong = names.filter((name) => !known().includes(name));
  if (wrong.length > 0) {
    throw new Problem(`No conformance spec of ${wrong.join(', ')}.`, `There are: ${known().join(', ')}.`);
  }
  return names.map((name) => fromRoot('test', 'contract', `${name}${SUFFIX}`));
}

await command({ help, options: { only: { type: 'string' } }, passThrough: true }, async ({ only, rest }) => {
  const specs = wanted(only);
  await ensureInstalled();
  await ensureBuilt({ test: true });
  rmSync(FOLDER, { recursive: true, force: true });
  const code = await runJest(['contract'], {
    args: ['--runTestsByPath', ...specs, ...rest],
    env: { TEST_BUILD_DIR: 'dist-test' },
  });
  const columns = readColumns(ensureFolder(FOLDER));
  say();
  for (const line of matrixLines(columns)) say(line);
  const silent = specs.length - columns.length;
  if (silent > 0)
    warn(`${silent} of ${specs.length} specs could not even run; what jest says above tells why.`);
  return code !== 0 ? code : isWhole(columns) && columns.length === specs.length ? 0 : 1;
});
