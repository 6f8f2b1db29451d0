import { setTimeout as sleep } from 'node:timers/promises';
import { startLoadProcess } from '../../../bench/rig/load-process.mjs';
import { until } from '../net.mjs';
import { Problem, say, step } from '../output.mjs';
import { NOTICED_WITHIN_MS, startBalancer } from './haproxy.mjs';

const APIS = 2;
const SEED = 20_261_122;
const UP_WITHIN_MS = 10_000;
const WARM_UP_SECONDS = 3;
/** Settings of the gateway's processes: an API serves four times as long as the balancer takes to notice. */
export const SETTINGS = { SHUTDOWN_DRAIN_MS: String(4 * NOTICED_WITHIN_MS) };

/**
 * Approvals at a steady rate through a balancer over two APIs, of which each is restarted in turn by SIGTERM, and the
 * worker with them, for as long as the approvals go on. Gives {load, restarts}.
 */
export async function rollingRestarts(world, { perSecond, seconds }) {
  const port = await world.ports(2 + APIS);
  const apiPorts = Array.from({ length: APIS }, (_, index) => port + 2 + index);
  await step('Starting two APIs, a worker and a balancer', async () => {
    await world.startSandbox();
    await world.prepareDatabase();
  });
  const processes = await startAll(world, apiPorts);
  const balancer = world.keep(await startBalancer({ port, statsPort: port + 1, apiPorts }));
  for (const api of apiPorts) await isGivenRequests(balancer, api);
  const load = world.keep(startLoadProcess());
  const order = { kind: 'poisson', urls: [balancer.url], perSecond, seconds, seed: SEED };
  const stop = new AbortController();
  let restarts;
  const results = await step(`${perSecond} approvals a second for ${seconds} s`, async (note) => {
    const done = await load.run({ ...order, warmUpSeconds: WARM_UP_SECONDS }, () => {
      restarts = restartInTurn(world, { processes, balancer, note, stop: stop.signal });
      restarts.catch(() => undefined);
      return Promise.resolve();
    });
    stop.abort();
    note('the last restart');
    await restarts;
    return done;
  });
  return { warmUp: results.warmUp, load: results.measured, restarts: await restarts };
}

async function startAll(world, apiPorts) {
  const start = [
    ...apiPorts.map((port) => ({ port, start: () => world.startApi(port) })),
    { start: () => world.startWorker() },
  ];
  for (const process of start) process.program = await process.start();
  return start;
}

/** Restarts one after the other until it is told to stop; gives how often an API and a worker were. */
async function restartInTurn(world, { processes, balancer, note, stop }) {
  const count = { apis: 0, workers: 0 };
  for (let turn = 0; !stop.aborted; turn += 1) {
    const process = processes[turn % processes.length];
    process.program = await world.restart(process.program, process.start);
    if (process.port === undefined) count.workers += 1;
    else {
      await isGivenRequests(balancer, process.port);
      count.apis += 1;
    }
    note(`${count.apis} restarts of an API, ${count.workers} of the worker`);
    await sleep(NOTICED_WITHIN_MS);
  }
  return count;
}

async function isGivenRequests(balancer, port) {
  if (await until(() => balancer.isUp(port), { timeoutMs: UP_WITHIN_MS })) return;
  throw new Problem(`The balancer does not take the API of port ${port} back.`, 'See .data/log.');
}

/** Says what it came to; a Problem when one request failed, one payment is missing, or too little was restarted. */
export async function judge(world, { warmUp, load, restarts }, { restartsMin }) {
  const { ok, failed, errors, p50, p99, longest } = load;
  const ms = (value) => `${value.toFixed(1)} ms`;
  say(`  restarts        ${restarts.apis} of an API, ${restarts.workers} of the worker`);
  say(`  approvals       ${ok} in ${load.seconds.toFixed(1)} s, ${failed} failed ${JSON.stringify(errors)}`);
  say(`  time            p50 ${ms(p50)}, p99 ${ms(p99)}, longest ${ms(longest)}`);
  await step('Waiting for payments under way', () => world.settled());
  const [{ approved }] = await world.rows(
    "SELECT COUNT(*) AS approved FROM payments WHERE status = 'APPROVED'",
  );
  say(`  ${await world.verify()}`);
  const faults = [
    ...(failed + warmUp.failed > 0 ? [`${failed + warmUp.failed} requests failed`] : []),
    ...(Number(approved) < ok + warmUp.ok ? [`${approved} payments of ${ok + warmUp.ok} are there`] : []),
    ...(restarts.apis < restartsMin ? [`only ${restarts.apis} restarts of an API`] : []),
  ];
  if (faults.length > 0) throw new Problem(`${faults.join(', ')}.`, 'See .data/log for each process.');
}
