import { runBench, whole } from '../bench/rig/run-bench.mjs';
import { command } from './lib/command.mjs';
import { DrillWorld } from './lib/drills/world.mjs';
import { judge, rollingRestarts, SETTINGS } from './lib/drills/rolling.mjs';
import { green, say } from './lib/output.mjs';

const help = `
Usage: npm run drill:rolling [-- OPTIONS]

Restarts two APIs and a worker one after the other by SIGTERM, again and again, while approvals come at a steady rate
through HAProxy, which tries nothing a second time. No request may fail, every approval that was answered must be there,
and npm run verify must be clean. Starts and stops everything by itself, on a database server of its own; installs the
package haproxy where it is missing and that is allowed.

  --smoke          20 approvals a second for 12 seconds
  --rate 60        approvals a second
  --seconds 60     for how long
`;

const options = {
  smoke: { type: 'boolean', default: false },
  rate: { type: 'string' },
  seconds: { type: 'string' },
};

await command({ help, options }, async ({ smoke, rate, seconds }) => {
  const size = {
    perSecond: whole('rate', rate ?? (smoke ? '20' : '60'), { max: 1_000 }),
    seconds: whole('seconds', seconds ?? (smoke ? '12' : '60'), { min: 10, max: 3_600 }),
  };
  const makeWorld = ({ adminUrl }) => new DrillWorld({ name: 'rolling', adminUrl, settings: SETTINGS });
  await runBench(makeWorld, async (world) => {
    const result = await rollingRestarts(world, size);
    await judge(world, result, { restartsMin: Math.max(2, Math.floor(size.seconds / 10)) });
  });
  say(green('No request noticed the restarts.'));
});
