import { setTimeout as sleep } from 'node:timers/promises';
import { onStop, Stopped } from '../bench/rig/on-stop.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { Cluster } from './lib/galera/cluster.mjs';
import { Drill } from './lib/galera/drill.mjs';
import { FAULTS } from './lib/galera/faults.mjs';
import { Gateway, newSecrets } from './lib/galera/gateway.mjs';
import { ensureNeeds, nodeUser, versions } from './lib/galera/needs.mjs';
import { markOurs, removeLeftovers } from './lib/galera/leftovers.mjs';
import { Proxy } from './lib/galera/proxy.mjs';
import { faultsOf, print, save } from './lib/galera/report.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { green, Problem, say, seconds, step } from './lib/output.mjs';

const help = `
Usage: npm run drill:galera [-- OPTIONS]

Three MariaDB nodes with Galera in network namespaces, HAProxy before them with one writing node, and two API processes, a
worker and the sandbox over it. While approvals run at a steady rate, faults befall the writing node, one after another:

${FAULTS.map(({ name, what }) => `  ${name.padEnd(12)}${what}`).join('\n')}

Proves that writes are back within 8 s each time, that no approval that a caller was told of is missing in the database or
in the acquirer's book, that the three nodes hold the same rows, and that npm run verify finds nothing.
Needs root on Debian 12 or newer; what is missing there is installed. Takes about five minutes, --quick about two.

  --quick         only the kill of the writing node
  --faults a,b    only these
  --per-second N  approvals a second (default 25)
  --save          writes the figures to docs/operations/galera-drill.json
`;

const options = {
  quick: { type: 'boolean', default: false },
  faults: { type: 'string' },
  'per-second': { type: 'string', default: '25' },
  save: { type: 'boolean', default: false },
};
const LIMIT_MS = 12 * 60_000;
const GIVE_UP_MS = 20_000;

function faultsFor({ quick, faults }) {
  const names = faults?.split(',') ?? (quick ? ['kill'] : FAULTS.map(({ name }) => name));
  return names.map((name) => {
    const found = FAULTS.find((fault) => fault.name === name);
    if (found) return found;
    throw new Problem(
      `There is no fault ${name}.`,
      `Choose among ${FAULTS.map((one) => one.name).join(', ')}.`,
    );
  });
}

function rateOf({ 'per-second': given }) {
  const rate = Number(given);
  if (Number.isInteger(rate) && rate >= 1 && rate <= 200) return rate;
  throw new Problem(`--per-second ${given} is not a rate.`, 'Give a whole number from 1 to 200.');
}

/** Everything that was started, in the order in which it is to end. */
class Everything {
  #parts = [];
  #isOver = false;

  add(part) {
    if (this.#isOver) throw new Stopped();
    this.#parts.unshift(part);
    return part;
  }

  refuseMore() {
    this.#isOver = true;
    for (const part of this.#parts) part.refuseMore?.();
  }

  async down() {
    for (const part of this.#parts.splice(0)) {
      await part.down().catch((error) => say(`  ${error.message}`));
    }
  }
}

async function drill(everything, { faults, perSecond }) {
  const secrets = newSecrets();
  const cluster = everything.add(new Cluster({ user: nodeUser(), secrets }));
  await step('Starting three nodes', (note) => cluster.up(note));
  const proxy = everything.add(new Proxy());
  await step('Starting HAProxy', () =>
    proxy.up({ nodes: cluster.nodes, folder: cluster.folder, from: 20_000 + (process.pid % 400) * 2 }),
  );
  const gateway = everything.add(new Gateway({ databasePort: proxy.port, secrets, folder: cluster.folder }));
  await step('Starting the gateway', (note) => gateway.up(note));
  const run = everything.add(new Drill({ cluster, gateway, perSecond }));
  const results = await run.run(faults);
  return { results, end: await run.afterwards() };
}

await command({ help, options }, async (given) => {
  const since = Date.now();
  const [faults, perSecond] = [faultsFor(given), rateOf(given)];
  const everything = new Everything();
  const stop = onStop({ first: () => everything.refuseMore(), second: () => undefined });
  await ensureNeeds();
  await ensureInstalled();
  await ensureBuilt();
  await removeLeftovers();
  markOurs();
  let running;
  try {
    const tooLong = sleep(LIMIT_MS, undefined, { ref: false }).then(() => {
      throw new Problem(
        `The drill took longer than ${LIMIT_MS / 60_000} minutes.`,
        'Run it on a quieter machine.',
      );
    });
    stop.refuse();
    running = drill(everything, { faults, perSecond });
    const { results, end } = await Promise.race([running, tooLong, stop.pressed]);
    print(results, end);
    if (given.save) await save({ results, end, perSecond, versions: versions() });
    const wrong = faultsOf(results, end);
    if (wrong.length > 0) {
      throw new Problem(
        `${wrong.length} things are not as they must be.`,
        'The logs of the gateway are in .data/log.',
        wrong.join('\n'),
      );
    }
  } catch (error) {
    if (error instanceof Stopped) error.stack = error.message = 'The drill was stopped.';
    throw error;
  } finally {
    everything.refuseMore();
    // What is just being started gives up first, so that nothing comes up after it was removed.
    await Promise.race([running?.catch(() => undefined), sleep(GIVE_UP_MS, undefined, { ref: false })]);
    await step('Removing everything', () => everything.down());
  }
  say(`${green('✓')} Nothing acknowledged was lost, after ${seconds(Date.now() - since)}`);
});
