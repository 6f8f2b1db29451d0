import { findMistakes } from '../bench/checks.mjs';
import { Phases, planOf } from '../bench/phases.mjs';
import { printReport } from '../bench/report.mjs';
import { judge } from '../bench/verdict.mjs';
import { World } from '../bench/rig/world.mjs';
import { command } from './lib/command.mjs';
import { runBench, saveResult, whole } from '../bench/rig/run-bench.mjs';
import { green, Problem, say } from './lib/output.mjs';
import { fromRoot } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

const help = `
Usage: npm run bench [-- OPTIONS]

Measures card approvals of the gateway against the raw reference in bench/raw, side by side on this machine, and says
which of the bars are met. Starts and stops everything by itself, on a database server of its own. About five minutes;
leave the machine alone meanwhile. What the figures mean: bench/README.md

  --smoke        a minute: proves that the bench itself works, and judges nothing
  --seconds 8    how long each phase is measured
  --rounds 2     how often each phase is repeated; the best one counts
  --long 1000000 afterwards approves until there have been so many, and watches the memory (a quarter of an hour)
  --all          afterwards measures what reads, too: bench:lists and bench:reading (an hour and a half, 60 GB of disk)
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
  all: { type: 'boolean', default: false },
};

/** What is measured over databases of many payments; each is a command of its own, too. */
const READING = ['bench-lists.mjs', 'bench-reading.mjs'];

async function bench(world, plan, { saving, smoke }) {
  await world.up();
  const phases = new Phases(world, plan, world.databasePid);
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
  if (saving) await saveResult('latest', { plan, bars, results });
}

/** Runs every bench of what reads, even after one that misses a bar; answers the first exit code that is not 0. */
async function benchReading({ smoke, saving }) {
  const args = [...(smoke ? ['--smoke'] : []), ...(saving ? ['--save'] : [])];
  const codes = [];
  for (const file of READING) {
    const { code } = await run(process.execPath, [fromRoot('scripts', file), ...args], { inherit: true });
    codes.push(code);
  }
  return codes.find((code) => code !== 0) ?? 0;
}

await command({ help, options }, async (given) => {
  const { smoke, save: saving, profile, all } = given;
  const plan = planOf({
    smoke,
    seconds: whole('seconds', given.seconds, { max: 3_600 }),
    rounds: whole('rounds', given.rounds, { max: 20 }),
    approvals: whole('long', given.long, { min: 0, max: 10_000_000 }),
  });
  await runBench(
    ({ adminUrl, databasePid }) => new World({ adminUrl, databasePid, profile }),
    (world) => bench(world, plan, { saving, smoke }),
  );
  return all ? benchReading({ smoke, saving }) : 0;
});
