import { casesOf } from '../bench/lists/cases.mjs';
import { planOf } from '../bench/lists/fill.mjs';
import { LIMIT, ListsMeasure } from '../bench/lists/measure.mjs';
import { printHead, printLine } from '../bench/lists/report.mjs';
import { faultsOf, RATIO_MAX } from '../bench/lists/verdict.mjs';
import { ListsWorld } from '../bench/lists/world.mjs';
import { runBench, saveResult, whole } from '../bench/rig/run-bench.mjs';
import { command } from './lib/command.mjs';
import { green, Problem, say } from './lib/output.mjs';

const help = `
Usage: npm run bench:lists [-- OPTIONS]

Makes a million members, branches and invitations (and fewer of what there is less of), and measures every list and
search through the API: page 10,000 against page 1, in time and in rows that the database looked at. Starts and stops
everything by itself, on a database server of its own. About five minutes. How to read it: bench/README.md

  --smoke          20,000 rows, in less than a minute: judges rows read and answers, not times
  --rows 1000000   how many rows
  --repetitions 40 how often each page is asked for, the two in turn
  --only members   only the lists whose name has this in it
  --save           writes the result to bench/results/lists.json
`;

const options = {
  smoke: { type: 'boolean', default: false },
  rows: { type: 'string' },
  repetitions: { type: 'string' },
  only: { type: 'string', default: '' },
  save: { type: 'boolean', default: false },
};

async function bench(world, { plan, repetitions, only, saving, timed }) {
  await world.up();
  const measure = new ListsMeasure(world, { repetitions, bar: timed ? RATIO_MAX : Infinity });
  const results = [];
  try {
    await measure.prepare();
    printHead();
    const hasApplications = world.tables.has('service_applications');
    for (const one of casesOf({ hasApplications })) {
      if (!one.path.includes(only)) continue;
      const result = await measure.measure(one);
      const faults = faultsOf(result, LIMIT, { timed });
      results.push({ ...result, faults });
      printLine({ ...result, faults });
    }
  } finally {
    await measure.close();
  }
  if (saving) await saveResult('lists', { plan, limit: LIMIT, results });
  const bad = results.filter(({ faults }) => faults.length > 0);
  if (bad.length > 0) {
    throw new Problem(
      `${bad.length} of ${results.length} lists cost more than they should.`,
      'See which index serves them: EXPLAIN the statement of the repository.',
      bad.map(({ name, faults }) => `${name}: ${faults.join(', ')}`).join('\n'),
    );
  }
  say(
    `\n${green('✓')} ${results.length} lists and searches: a page deep in a list costs what the first one costs`,
  );
}

await command({ help, options }, async (given) => {
  const rows = whole('rows', given.rows ?? (given.smoke ? '20000' : '1000000'), {
    min: 2_000,
    max: 10_000_000,
  });
  const repetitions = whole('repetitions', given.repetitions ?? (given.smoke ? '3' : '40'), {
    min: 1,
    max: 10_000,
  });
  const plan = planOf({ rows });
  await runBench(
    ({ adminUrl }) => new ListsWorld({ adminUrl, plan }),
    (world) => bench(world, { plan, repetitions, only: given.only, saving: given.save, timed: !given.smoke }),
  );
});
