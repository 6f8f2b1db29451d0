import { onStop } from '../../../bench/rig/on-stop.mjs';
import { ensureBuilt } from '../build.mjs';
import { ensureInstalled } from '../install.mjs';
import { green, say, seconds, warn } from '../output.mjs';

/** Runs a drill until it is done or Ctrl-C is pressed. What its world has started is stopped in every case. */
export async function runDrill(world, work) {
  const since = Date.now();
  const stop = onStop({
    first: () => {
      say('\nStopping (once more kills everything at once) …');
      world.refuseMore();
    },
    second: () => {
      warn('Killing everything.');
      world.killAll();
      process.exit(130);
    },
  });
  await ensureInstalled();
  await ensureBuilt();
  stop.refuse();
  try {
    await Promise.race([work(world), stop.pressed]);
  } finally {
    await world.down();
  }
  say(`${green('✓')} Everything is stopped, after ${seconds(Date.now() - since)}`);
}
