import { readFileSync, writeFileSync } from 'node:fs';
import { transformSync } from '@swc/core';
import { authorizationPage } from './lib/authorization-page.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Problem, say } from './lib/output.mjs';
import { fromRoot } from './lib/paths.mjs';
import { readText } from './lib/stamp.mjs';

const RULES = 'test/support/authorization/rules.ts';
const PAGE = 'docs/authorization.md';

const help = `
Usage: npm run authorization [-- --check]

Writes ${PAGE}, who may call which operation, from ${RULES} and docs/openapi.json. Needs no
database and no build.

  --check   writes nothing; exit code 1 when it is not what the rules say
`;

/** The rules import nothing, so that compiling that one file is enough. */
async function readRules() {
  const source = readFileSync(fromRoot(RULES), 'utf8');
  const { code } = transformSync(source, {
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'es6' },
  });
  const { RULES: rules } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return rules;
}

await command({ help, options: { check: { type: 'boolean' } } }, async ({ check }) => {
  await ensureInstalled();
  const description = JSON.parse(readFileSync(fromRoot('docs/openapi.json'), 'utf8'));
  const text = authorizationPage(await readRules(), description);
  const stale = readText(fromRoot(PAGE)) !== text;
  if (check && stale) {
    throw new Problem(
      `Not what the rules say: ${PAGE}.`,
      'Run npm run authorization and look at what changed.',
    );
  }
  if (stale) writeFileSync(fromRoot(PAGE), text);
  say(stale ? `Wrote ${PAGE}.` : `${PAGE} is current.`);
});
