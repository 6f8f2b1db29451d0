import { refuseSmallDisk } from '../bench/reading/disk.mjs';
import { FORMATS, measureExport } from '../bench/reading/export.mjs';
import { figuresCases } from '../bench/reading/figures-cases.mjs';
import { historyCases } from '../bench/reading/history-cases.mjs';
import { nameOf, ReadingMeasure } from '../bench/reading/measure.mjs';
import { planOfReading } from '../bench/reading/plan.mjs';
import { printHead, printResult } from '../bench/reading/report.mjs';
import { measureRun } from '../bench/reading/settlement-run.mjs';
import { BARS, faultsOf } from '../bench/reading/verdict.mjs';
import { ReadingWorld } from '../bench/reading/world.mjs';
import { runBench, saveResult, whole } from '../bench/rig/run-bench.mjs';
import { command } from './lib/command.mjs';
import { green, Problem, say } from './lib/output.mjs';

const help = `
Usage: npm run bench:reading [-- OPTIONS]

Measures what reads payments where there are many: pages of history, the figures of settlement and statistics, a
settlement run and exports. Fills databases of its own with the traffic of 90 days, and starts and stops everything by
itself. Ten million payments take about an hour and 60 GB of disk. How to read it: bench/README.md

  --smoke             in less than a minute: judges answers and rows read, not times
  --payments 10000000 how many payments the large database has; the small one has 100000
  --rows 1000000      how many payments the day has that is settled and exported
  --repetitions 100   how often each thing is asked for, the small and the large in turn
  --only stats,export only what has one of these in its name: history, figures, an address, settlement run, export xlsx …
  --save              writes the result to bench/results/reading.json
`;

const options = {
  smoke: { type: 'boolean', default: false },
  payments: { type: 'string' },
  rows: { type: 'string' },
  repetitions: { type: 'string' },
  only: { type: 'string', default: '' },
  save: { type: 'boolean', default: false },
};

const SMALL = { full: 100_000, smoke: 3_000 };
const DEFAULTS = {
  full: { payments: '10000000', rows: '1000000', repetitions: '100' },
  smoke: { payments: '12000', rows: '5000', repetitions: '1' },
};

/** The cases that have one of the wanted parts in their names. */
function selected(plan, only) {
  const isWanted = (name) => only.split(',').some((part) => name.includes(part));
  const lists = historyCases(plan).filter((one) => isWanted(`history ${nameOf(one)}`));
  const figures = figuresCases(plan).filter((one) => isWanted(`figures ${nameOf(one)}`));
  const formats = FORMATS.filter((format) => isWanted(`export ${format}`));
  const isRunWanted = isWanted('settlement run');
  return {
    ...{ lists, figures, formats, isRunWanted },
    ...{ needsFigures: lists.length + figures.length > 0, needsDay: isRunWanted || formats.length > 0 },
  };
}

class Bench {
  results = [];

  constructor(world, { plan, repetitions, wanted, timed }) {
    Object.assign(this, { world, plan, repetitions, wanted, timed });
  }

  async run() {
    const { plan, wanted } = this;
    if (wanted.needsFigures) await this.#readings(wanted);
    if (!wanted.needsDay) return;
    const day = await this.world.upDay();
    if (wanted.isRunWanted) this.#take(await measureRun(day, plan));
    for (const format of wanted.formats) this.#take(await measureExport(day, plan, format));
  }

  async #readings({ lists, figures }) {
    const { plan, repetitions, timed } = this;
    const { small, large, proven } = await this.world.upFigures();
    say(`${green('✓')} ${proven} rows of the run and of the SQL that stands for it are the same`);
    const measure = new ReadingMeasure({ small, large, plan, repetitions, isTimed: timed });
    await measure.prepare();
    if (lists.length > 0) printHead('history');
    for (const one of lists) this.#take(await measure.history(one));
    if (figures.length > 0) printHead('figures');
    for (const one of figures) this.#take(await measure.figures(one));
  }

  #take(result) {
    const judged = { ...result, faults: faultsOf(result, { timed: this.timed }) };
    this.results.push(judged);
    printResult(judged);
  }
}

async function bench(world, wish) {
  const bench = new Bench(world, wish);
  await bench.run();
  const { results } = bench;
  if (wish.saving) await saveResult('reading', { plan: wish.plan, bars: BARS, results });
  const bad = results.filter(({ faults }) => faults.length > 0);
  if (bad.length > 0) {
    throw new Problem(
      `${bad.length} of ${results.length} readings cost more than they should.`,
      'See what the database reads: EXPLAIN the statement of the repository.',
      bad.map(({ name, faults }) => `${name}: ${faults.join(', ')}`).join('\n'),
    );
  }
  say(`\n${green('✓')} ${results.length} readings are right, and cost what they may`);
}

await command({ help, options }, async (given) => {
  const { smoke, only, save: saving } = given;
  const size = smoke ? 'smoke' : 'full';
  const number = (name, limits) => whole(name, given[name] ?? DEFAULTS[size][name], limits);
  const payments = number('payments', { min: 1_000, max: 100_000_000 });
  const dayRows = number('rows', { min: 1_000, max: 10_000_000 });
  const repetitions = number('repetitions', { min: 1, max: 10_000 });
  const plan = planOfReading({ payments, small: SMALL[size], dayRows, smoke });
  const wanted = selected(plan, only);
  if (!wanted.needsFigures && !wanted.needsDay) {
    throw new Problem(`Nothing has "${only}" in its name.`, 'Give a part of a name that the bench prints.');
  }
  refuseSmallDisk((wanted.needsFigures ? payments + SMALL[size] : 0) + (wanted.needsDay ? dayRows : 0));
  await runBench(
    (where) => new ReadingWorld({ ...where, plan }),
    (world) => bench(world, { plan, repetitions, wanted, saving, timed: !smoke }),
  );
});
