import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { onStop } from '../bench/rig/on-stop.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { green, Problem, say, seconds, step, warn } from './lib/output.mjs';
import { ensureFolder, fromRoot, ROOT, shown } from './lib/paths.mjs';
import { differences, figuresOf, leftOfPayments, wrongSums } from './lib/settle-proof/figures.mjs';
import { killed, together } from './lib/settle-proof/ways.mjs';
import { ProofWorld } from './lib/settle-proof/world.mjs';
import { withTestDatabase } from './lib/test-database.mjs';
import { planOf } from './lib/traffic/plan.mjs';

const help = `
Usage: npm run settle:proof [-- OPTIONS]

Makes payments and cancels and settles the same movements in four ways, each by processes of the gateway itself:

  alone    one process settles all days
  again    and once more, over what it has settled
  two      two processes at once, over a copy
  killed   one process that is killed four times half-way and begun again, over another copy

Proves that all ways come to the same lines (a checksum for each day), settlements, roll-ups, commissions and ledger; that
the ledger sums to zero; that settlements, lines, movements and payments agree to the won; and that the database checks of
npm run verify find nothing. Starts and stops everything by itself, on a database server of its own.

  --payments 1000000  how many payments
  --days 90           over how many days, the last one yesterday
  --merchants 500     of how many merchants
  --branches 5000     how many branches they have in all
  --seed 1            another seed makes other payments
  --smoke             4,000 payments of 10 days, 12 merchants and 48 branches, in less than a minute
  --save              writes the figures to bench/results/settle-proof.json
`;

const options = {
  payments: { type: 'string' },
  days: { type: 'string' },
  merchants: { type: 'string' },
  branches: { type: 'string' },
  seed: { type: 'string', default: '1' },
  smoke: { type: 'boolean', default: false },
  save: { type: 'boolean', default: false },
};
const FULL = { payments: '1000000', days: '90', merchants: '500', branches: '5000' };
const SMOKE = { payments: '4000', days: '10', merchants: '12', branches: '48' };
const SHOWN_DAYS = 3;

function sizeOf(given) {
  const size = { ...(given.smoke ? SMOKE : FULL) };
  for (const name of Object.keys(size)) size[name] = given[name] ?? size[name];
  const perMerchant = Math.max(1, Math.ceil(Number(size.branches) / Number(size.merchants)));
  return planOf({ ...size, branches: String(perMerchant), seed: given.seed });
}

async function timed(label, timings, work) {
  const since = performance.now();
  const result = await step(label, work);
  timings[label] = Math.round(performance.now() - since) / 1_000;
  return result;
}

async function checkDatabases(world, names) {
  const require = createRequire(join(ROOT, 'package.json'));
  const { SqlPool } = require(join(ROOT, 'dist/src/common/db/pool.js'));
  const { checkDatabase } = require(join(ROOT, 'dist/src/verify/database-checks.js'));
  const found = [];
  for (const name of names) {
    const limits = { connectionsMax: 1, waitMs: 10_000, queryTimeoutMs: 900_000 };
    const pool = new SqlPool(world.url(name), limits);
    const violations = await checkDatabase(pool, 'FORBIDDEN');
    await pool.close();
    found.push(...violations.map(({ invariant, what, id }) => `${name}: ${invariant} ${id} ${what}`));
  }
  return found;
}

async function prove(world, plan) {
  const { days } = plan;
  const timings = {};
  await timed('making the payments', timings, () => world.fill('alone'));
  await timed('copying the movements', timings, async (note) => {
    for (const name of ['two', 'killed']) {
      note(name);
      await world.copy('alone', name);
    }
  });
  const way = (name, work) => timed(`settling: ${name}`, timings, work);
  await way('alone', (note) => together(world, 'alone', { count: 1, days, note }));
  const alone = await timed('reading what came of it', timings, () => figuresOf(world.rows('alone')));
  await way('again', (note) => together(world, 'alone', { count: 1, days, note }));
  await way('two', (note) => together(world, 'two', { count: 2, days, note }));
  const kills = await way('killed', (note) => killed(world, 'killed', { days, note }));
  const ways = { alone };
  await timed('comparing', timings, async () => {
    ways.again = await figuresOf(world.rows('alone'));
    ways.two = await figuresOf(world.rows('two'));
    ways.killed = await figuresOf(world.rows('killed'));
  });
  const left = await leftOfPayments(world.rows('alone'));
  const faults = [];
  for (const [name, figures] of Object.entries(ways)) {
    faults.push(...differences(name, alone, figures), ...wrongSums(left, figures.sums));
  }
  // A copy has no payments: what compares movements with them is looked at where they are.
  faults.push(...(await timed('verifying', timings, () => checkDatabases(world, ['alone']))));
  return { timings, kills, left, ways, faults };
}

function print({ kills, left, ways, faults, timings }) {
  const { days, tables, sums } = ways.alone;
  const rate = Math.round(sums.lines.n / timings['settling: alone']);
  say(
    `\n${sums.lines.n} lines of ${days.length} days, ${rate} lines/s by one process; killed after ${kills.join(', ')} parts`,
  );
  say(`payments ${left} won = movements ${sums.movements.amount} = lines ${sums.lines.amount}`);
  say(
    `fee ${sums.lines.fee}, VAT ${sums.lines.vat}, payouts ${sums.settlements.net}, ledger ${sums.ledger.zero}`,
  );
  const others = Object.entries(ways);
  for (const { day, n, checksum } of days.slice(0, SHOWN_DAYS)) {
    const each = others.map(
      ([name, { days: own }]) => `${name} ${own.find((one) => one.day === day)?.checksum}`,
    );
    say(
      `  ${day}  ${n} lines  ${new Set(each.map((text) => text.split(' ')[1])).size === 1 ? checksum : each.join(', ')}`,
    );
  }
  if (days.length > SHOWN_DAYS) say(`  … and ${days.length - SHOWN_DAYS} days more`);
  for (const [table, { n }] of Object.entries(tables)) say(`  ${table}: ${n} rows`);
  for (const fault of faults.slice(0, 20)) warn(fault);
}

async function save(plan, { timings, kills, ways, faults }) {
  const [{ model } = {}] = cpus();
  const { seed, payments, days, merchants, branches } = plan;
  const result = {
    at: new Date().toISOString(),
    machine: { cpus: cpus().length, model, node: process.version },
    plan: { seed, payments, days, merchants, branchesOfEach: branches },
    ...{ secondsOf: timings, killedAfterParts: kills, faults, sums: ways.alone.sums },
    ...{ tables: ways.alone.tables, checksums: checksums(ways) },
  };
  const path = join(ensureFolder(fromRoot('bench/results')), 'settle-proof.json');
  const { format } = await import('prettier');
  writeFileSync(path, await format(JSON.stringify(result), { parser: 'json' }));
  say(`Saved to ${shown(path)}`);
}

/** Of each day, the checksum of its lines by way. */
const checksums = (ways) =>
  ways.alone.days.map(({ day, n }) => ({
    ...{ day, lines: n },
    ...Object.fromEntries(
      Object.entries(ways).map(([name, { days }]) => [name, days.find((one) => one.day === day)?.checksum]),
    ),
  }));

await command({ help, options }, async (given) => {
  const since = Date.now();
  const plan = sizeOf(given);
  let world;
  const stop = onStop({ first: () => world?.stop(), second: () => process.exit(130) });
  await ensureInstalled();
  await ensureBuilt();
  await withTestDatabase(async ({ TEST_DATABASE_ADMIN_URL: adminUrl }) => {
    stop.refuse();
    world = new ProofWorld({ adminUrl, plan });
    try {
      const result = await Promise.race([prove(world, plan), stop.pressed]);
      print(result);
      if (given.save) await save(plan, result);
      if (result.faults.length > 0) {
        throw new Problem(
          `${result.faults.length} things differ or do not add up.`,
          'Run it again with the same options and fewer payments, and see which day differs first.',
          result.faults.slice(0, 20).join('\n'),
        );
      }
    } finally {
      await world.down();
    }
  });
  say(`${green('✓')} All ways come to the same, to the won, after ${seconds(Date.now() - since)}`);
});
