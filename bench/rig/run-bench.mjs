import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { ensureInstalled } from '../../scripts/lib/install.mjs';
import { green, Problem, say, seconds, warn } from '../../scripts/lib/output.mjs';
import { ensureFolder, fromRoot, shown } from '../../scripts/lib/paths.mjs';
import { withTestDatabase } from '../../scripts/lib/test-database.mjs';
import { onStop } from './on-stop.mjs';

/** A whole number of an option, or the Problem that says which there may be. */
export function whole(name, text, { min = 1, max }) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Problem(
    `--${name} ${text} is not a number from ${min} to ${max}.`,
    `Give it as in --${name} ${min}.`,
  );
}

/** Writes what was measured to bench/results, with the machine that it was measured on. */
export async function saveResult(name, content) {
  const [{ model } = {}] = cpus();
  const machine = { cpus: cpus().length, model, node: process.version };
  const path = join(ensureFolder(fromRoot('bench/results')), `${name}.json`);
  const { format } = await import('prettier');
  const text = JSON.stringify({ at: new Date().toISOString(), machine, ...content });
  writeFileSync(path, await format(text, { parser: 'json' }));
  say(`Saved to ${shown(path)}`);
}

/**
 * Runs a bench against a database server of its own: `makeWorld` gets its address and process id, and `work` runs until it
 * is done or Ctrl-C is pressed. What was started is stopped in every case.
 */
export async function runBench(makeWorld, work) {
  const since = Date.now();
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
    world = makeWorld({ adminUrl, databasePid: Number(pid) || undefined });
    try {
      await Promise.race([work(world), stop.pressed]);
    } finally {
      await world.down();
    }
  });
  say(`${green('✓')} Everything is stopped, after ${seconds(Date.now() - since)}`);
}
