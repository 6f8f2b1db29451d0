import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { countsOf, resultFile } from './lib/jest.mjs';
import { indent, Problem, say, step } from './lib/output.mjs';
import { ensureFolder, fromRoot, ROOT } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

/** The longest first, so that two at a time end together. Each is the script of that name in package.json. */
const STEPS = ['lint', 'unit', 'typecheck', 'tidy', 'cruise', 'api:diff', 'migrations:diff', 'format'];
const JEST = ['unit', 'tidy'];

const help = `
Usage: npm run check

Runs what must be right before a change is shared, as many at a time as there are cores: ${STEPS.join(', ')}.
Prints one line for each, and the whole output of those that fail. npm run NAME runs one of them alone;
npm run format:fix puts the format right.
`;

const scripts = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')).scripts;

async function runStep(name) {
  const results = JEST.includes(name) ? resultFile() : undefined;
  const line = results ? `${scripts[name]} --json --outputFile=${results}` : scripts[name];
  const { code, output } = await run(`exec ${line}`, [], {
    shell: true,
    cwd: ROOT,
    env: { ...process.env, PATH: `${fromRoot('node_modules/.bin')}:${process.env.PATH}` },
  });
  const counted = results !== undefined && (code === 0 || countsOf(results).failed > 0);
  if (!counted) count(name, code === 0);
  if (code !== 0)
    throw new Problem(`${name} failed.`, `Mend what it shows; npm run ${name} runs it alone.`, output);
}

function count(name, passed) {
  const folder = process.env.PG_GATEWAY_SUMMARY;
  if (!folder) return;
  const result = { numPassedTests: passed ? 1 : 0, numFailedTests: passed ? 0 : 1 };
  writeFileSync(join(ensureFolder(folder), `check-${name}.json`), JSON.stringify(result));
}

await command({ help }, async () => {
  await ensureInstalled();
  const waiting = [...STEPS];
  const failures = [];
  const worker = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      const current = name;
      await step(current, () => runStep(current)).catch((error) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  for (const failure of failures) {
    say(`\n── ${failure.message}`);
    say(indent(failure.details, '  '));
  }
  if (failures.length === 0) {
    say('Everything is right. Next: npm test');
    return 0;
  }
  const again = failures.map((failure) => failure.message.split(' ')[0]);
  throw new Problem(
    `${failures.length} of ${STEPS.length} failed: ${again.join(', ')}.`,
    `Mend what is shown above; one alone: npm run ${again[0]}`,
  );
});
