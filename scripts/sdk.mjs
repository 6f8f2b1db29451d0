import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Problem, say, step } from './lib/output.mjs';
import { fromRoot } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';
import { merchantApi } from './lib/merchant-api.mjs';
import { readText } from './lib/stamp.mjs';

const TYPES = 'sdk/src/generated/api.ts';
const HEAD =
  '// Written by `npm run sdk` from docs/openapi.json: what a merchant system may call. Not to be changed by hand.\n\n';

const help = `
Usage: npm run sdk [-- --check]

Writes ${TYPES} anew from docs/openapi.json, compiles sdk/ to sdk/dist and shows what its package would hold.

  --check   writes no types; exit code 1 when they are not what the document says
`;

async function typesText() {
  const document = JSON.parse(readFileSync(fromRoot('docs/openapi.json'), 'utf8'));
  return `${HEAD}${astToString(await openapiTS(merchantApi(document), { rootTypes: false }))}`;
}

async function must(program, args, cwd) {
  const { code, output } = await run(program, args, { cwd });
  if (code === 0) return output;
  throw new Problem(`${args.join(' ')} failed in sdk/.`, 'Mend what is shown above.', output);
}

/** What a package must hold, and nothing that has no business in one. */
function checkPacked([{ files, size }]) {
  const names = files.map(({ path }) => path);
  const strange = names.filter((name) => !/^(dist\/.+\.(js|d\.ts)|README\.md|package\.json)$/.test(name));
  const missing = [
    'dist/client.js',
    'dist/client.d.ts',
    'dist/errors.js',
    'dist/webhooks.js',
    'README.md',
  ].filter((name) => !names.includes(name));
  if (strange.length + missing.length === 0) return `${names.length} files, ${Math.ceil(size / 1024)} KiB`;
  throw new Problem(
    `The package of sdk/ is not whole: ${[...strange.map((name) => `+${name}`), ...missing.map((name) => `-${name}`)].join(', ')}.`,
    'Mend "files" in sdk/package.json.',
  );
}

await command({ help, options: { check: { type: 'boolean' } } }, async ({ check }) => {
  await ensureInstalled();
  const text = await typesText();
  const isStale = readText(fromRoot(TYPES)) !== text;
  if (isStale && check) throw new Problem(`Not what docs/openapi.json says: ${TYPES}.`, 'Run npm run sdk.');
  if (isStale) {
    mkdirSync(fromRoot('sdk/src/generated'), { recursive: true });
    writeFileSync(fromRoot(TYPES), text);
  }
  const tsc = fromRoot('node_modules/typescript/bin/tsc');
  await step('Compiling sdk/', () => must(process.execPath, [tsc, '-p', 'sdk/tsconfig.json'], fromRoot('.')));
  const packed = await must('npm', ['pack', '--dry-run', '--json', '--loglevel=error'], fromRoot('sdk'));
  say(`sdk/ is current: ${checkPacked(JSON.parse(packed.slice(packed.indexOf('[\n'))))}`);
});
