import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { findMistakes } from '../bench/checks.mjs';
import { Phases, planOf } from '../bench/phases.mjs';
import { printReport } from '../bench/report.mjs';
import { judge } from '../bench/verdict.mjs';
import { World } from '../bench/rig/world.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { onStop } from '../bench/rig/on-stop.mjs';
import { green, Problem, say, seconds, warn } from './lib/output.mjs';
import { ensureFolder, fromRoot, shown } from './lib/paths.mjs';
import { withTestDatabase } from './lib/test-database.mjs';

const help = `
Usage: npm run bench [-- OPTIONS]

Measures card approvals of the gateway against the raw reference in bench/raw, side by side on this machine, and says
which of the bars are met. Starts and stops everything by itself, on a database server of its own. About five minutes;
leave the machine alone meanwhile. What the figures mean: bench/README.md

  --smoke        a minute: proves that the bench itself works, and judges nothing
  --seconds 8    how long each phase is measured
  --rounds 2     how often each phase is repeated; the best one counts
  --long 1000000 afterwards approves until there have been so many, and watches the memory (a quarter of an hour)
  --save         writes the result to bench/results/latest.json
  --profile      runs the servers under the processor profiler (slower); profiles go to .data/bench
`;

const options = {
  smoke: { type: 'boolean', default: false },
  seconds: { type: 'string', default: '8' },
  rounds: { type: 'string', default: '2' },
  long: { type: 'string', default: '0' },
  save: { type: 'boolean', default: false },
  profile: { type: 'boolean', default: false },
};

function whole(name, text, { min = 1, max }) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Problem(`--${name} ${text} is not a number from ${min} to ${max}.`, `Give it as in --${name} 3.`);
}

async function save(plan, results, bars) {
  const [{ model } = {}] = cpus();
  const machine = { cpus: cpus().length, model, node: process.version };
  const path = join(ensureFolder(fromRoot('bench/results')), 'latest.json');
  const at = new Date().toISOString();
  const { format } = await import('prettier');
  writeFileSync(path, await format(JSON.stringify({ at, machine, plan, bars, results }), { parser: 'json' }));
  say(`Saved to ${shown(path)}`);
}

async function bench(world, plan, { saving, smoke, databasePid }) {
  await world.up();
  const phases = new Phases(world, plan, databasePid);
  const results = await phases.run();
  const mistakes = await findMistakes(world, phases);
  const bars = smoke || mistakes.length > 0 ? [] : judge(results);
  printReport(results, bars);
  if (mistakes.length > 0) {
    throw new Problem(
      'The figures cannot be trusted: not everything adds up.',
      'See .data/log/bench-api.log and .data/log/bench-raw.log.',
      mistakes.join('\n'),
    );
  }
  const { gateway, raw } = phases.answered;
  say(
    `\n${green('✓')} ${gateway} approvals of the gateway and ${raw} of raw: all in the tables and in the sandbox`,
  );
  if (saving) await save(plan, results, bars);
}

await command({ help, options }, async (given) => {
  const { smoke, save: saving, profile } = given;
  const since = Date.now();
  const plan = planOf({
    smoke,
    seconds: whole('seconds', given.seconds, { max: 3_600 }),
    rounds: whole('rounds', given.rounds, { max: 20 }),
    approvals: whole('long', given.long, { min: 0, max: 10_000_000 }),
  });
  let world;
  const stop = onStop({
    first: () => {
      say('\nStopping (once more kills everything at once) …');
      world?.refuseMore();
    },
    second: () => {
      warn('Killing everything.');
      world?.killAll();
      process.exit(130);
    },
  });
  await ensureInstalled();
  await ensureBuilt();
  await withTestDatabase(async ({ TEST_DATABASE_ADMIN_URL: adminUrl, TEST_DATABASE_PID: pid }) => {
    stop.refuse();
    world = new World({ adminUrl, profile });
    try {
      const running = bench(world, plan, { saving, smoke, databasePid: Number(pid) || undefined });
      await Promise.race([running, stop.pressed]);
    } finally {
      await world.down();
    }
  });
  say(`${green('✓')} Everything is stopped, after ${seconds(Date.now() - since)}`);
});
