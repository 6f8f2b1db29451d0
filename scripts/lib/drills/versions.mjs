import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem, say, step } from '../output.mjs';
import { ROOT } from '../paths.mjs';
import { run } from '../processes.mjs';
import { Approvals } from './approvals.mjs';

const PART_MS = 5_000;

/**
 * A roll-out over a schema change, with approvals all the time: the older build alone over its own schema, the migrations
 * while it works, the newer one beside it, and the newer one alone. No approval may fail.
 */
export async function rollOut(world, { older, perSecond }) {
  const [first, second] = [await world.ports(1), await world.ports(1)];
  const old = await step('Starting the older build over its own schema', async () => {
    await world.makeDatabase();
    await world.startSandbox();
    await program(world, older, 'migrate');
    await program(world, older, 'seed');
    return [await world.startApi(first, { root: older }), await world.startWorker({ root: older })];
  });
  const parts = [];
  const part = async (label, ports, work) => {
    const approvals = new Approvals(ports.map((port) => `http://127.0.0.1:${port}`));
    approvals.start(perSecond);
    await step(label, work);
    await approvals.stop();
    parts.push({ label, ...approvals });
  };
  await part('The older build, while the newer one migrates', [first], async () => {
    await sleep(PART_MS / 2);
    await program(world, ROOT, 'migrate');
    await sleep(PART_MS / 2);
  });
  await step('Starting the newer build beside it', async () => {
    await world.startApi(second);
    await world.startWorker();
  });
  await part('Both', [first, second], () => sleep(PART_MS));
  for (const one of old) await one.stop({ graceMs: 60_000 });
  await part('The newer build alone', [second], () => sleep(PART_MS));
  await world.settled();
  return parts;
}

/** Says what each part came to; a Problem where an approval failed, is missing, or the books do not agree. */
export async function judgeRollOut(world, parts) {
  const missing = [];
  for (const { label, acknowledged, refused } of parts) {
    say(`  ${label}: ${acknowledged.length} approved, others ${JSON.stringify(refused)}`);
    if (acknowledged.length === 0 || Object.keys(refused).length > 0) missing.push(label);
  }
  const answered = parts.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
  const [{ count }] = await world.rows("SELECT COUNT(*) AS count FROM payments WHERE status = 'APPROVED'");
  say(`  ${await world.verify()}`);
  if (Number(count) < answered) missing.push(`${answered - Number(count)} approvals are not there`);
  if (missing.length > 0) throw new Problem(`Not without failures: ${missing.join(', ')}.`, 'See .data/log.');
}

/** One of the build's programs that run to their end. */
async function program(world, root, name) {
  const file = ['config', '.'].map((folder) => join(root, 'dist/src', folder, `${name}.js`)).find(existsSync);
  const { code, output } = await run(process.execPath, [file], { cwd: root, env: world.env() });
  if (code !== 0) throw new Problem(`${name} failed.`, 'Read what it says.', output.slice(-2_000));
}
