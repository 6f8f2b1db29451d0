import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Problem, say, step } from './lib/output.mjs';
import { fromRoot, ROOT } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

/** Neither may tell anybody that it runs, nor look for a newer version of itself. */
const ALONE = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

const JUDGES = [
  { name: 'Redocly', file: 'redocly', args: ['lint', 'docs/openapi.json', '--config', 'redocly.yaml'] },
  {
    name: 'Spectral',
    file: 'spectral',
    args: ['lint', 'docs/openapi.json', '--ruleset', '.spectral.mjs', '--fail-severity', 'hint'],
  },
];

const help = `
Usage: npm run lint:openapi

Lets Redocly (recommended rules, redocly.yaml) and Spectral (OpenAPI and OWASP rules, .spectral.mjs) judge
docs/openapi.json. Takes half a minute; nothing but the file is read, and nobody is told.
`;

async function judge({ name, file, args }) {
  const program = fromRoot('node_modules/.bin', file);
  const { code, output } = await run(program, args, { cwd: ROOT, env: { ...process.env, ...ALONE } });
  if (code === 0) return;
  throw new Problem(`${name} has found something.`, 'Mend the decorators, then run npm run openapi.', output);
}

await command({ help }, async () => {
  await ensureInstalled();
  for (const each of JUDGES) await step(each.name, () => judge(each));
  say('docs/openapi.json is clean.');
});
