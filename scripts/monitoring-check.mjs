import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { command } from './lib/command.mjs';
import { givenEnv } from './lib/env.mjs';
import { freePort } from './lib/net.mjs';
import { Problem, say, step } from './lib/output.mjs';
import { fromRoot, ROOT } from './lib/paths.mjs';
import { run, tryKill } from './lib/processes.mjs';

const FOLDER = 'deploy/monitoring';
const WITHIN_MS = 90_000;
/** Only where something is amiss, or traces are exported, do these have anything to tell. */
const MAY_BE_EMPTY = /pg_trace_spans_total|pg_database_pool_wait_seconds/;

const help = `
Usage: npm run monitoring:check [-- --live]

Tries the rules of ${FOLDER}/alerts.yml with promtool. Needs promtool on the PATH; on Debian or Ubuntu it comes with
apt-get install --no-install-recommends prometheus (the service is not needed).

  --live    also starts a Prometheus of its own on the loopback over a running npm start, makes one payment, and asks
            every query of ${FOLDER}/dashboard.json; exit code 1 when one of them is refused or returns nothing
`;

function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  throw new Problem(
    `${name} is not on the PATH.`,
    'Install it: sudo apt-get install --no-install-recommends prometheus',
  );
}

async function promtool(...args) {
  const { code, output } = await run(onPath('promtool'), args, { cwd: ROOT });
  if (code !== 0)
    throw new Problem(`promtool ${args.join(' ')} failed.`, 'Mend what is shown above.', output);
}

/** As the file that is shipped, but for the ports of this machine and a pace that needs no patience. */
function configuration() {
  const env = givenEnv();
  const shipped = readFileSync(fromRoot(FOLDER, 'prometheus.yml'), 'utf8');
  return shipped
    .replaceAll(/_interval: 15s/g, '_interval: 1s')
    .replace('rule_files: [alerts.yml]', `rule_files: [${fromRoot(FOLDER, 'alerts.yml')}]`)
    .replace(':9464', `:${env.METRICS_PORT ?? 9464}`)
    .replace(':9465', `:${env.WORKER_METRICS_PORT ?? 9465}`);
}

const panels = () =>
  JSON.parse(readFileSync(fromRoot(FOLDER, 'dashboard.json'), 'utf8')).panels.flatMap(
    ({ title, targets = [] }) => targets.map(({ expr, legendFormat }) => ({ title, expr, legendFormat })),
  );

async function ask(url, expr) {
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expr)}`).catch(() => undefined);
  return answer?.json();
}

async function withPrometheus(work) {
  const folder = mkdtempSync(join(tmpdir(), 'pg-gateway-prometheus-'));
  const port = await freePort();
  writeFileSync(join(folder, 'prometheus.yml'), configuration());
  const args = [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const child = spawn(onPath('prometheus'), args, { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    tryKill(child.pid, 'SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every query until it has data, or the time is over; says what each returned. */
async function askAll(url) {
  const until = Date.now() + WITHIN_MS;
  let waiting = panels();
  const found = [];
  while (waiting.length > 0 && Date.now() < until) {
    await sleep(1_000);
    const still = [];
    for (const query of waiting) {
      const answer = await ask(url, query.expr);
      if (answer?.status === 'error')
        throw new Problem(`Prometheus refuses a query of "${query.title}".`, 'Correct it.', answer.error);
      const count = answer?.data?.result.length ?? 0;
      if (count > 0) found.push({ ...query, count });
      else still.push(query);
    }
    waiting = still;
    if (waiting.every(({ expr }) => MAY_BE_EMPTY.test(expr))) break;
  }
  for (const { title, legendFormat, count } of found)
    say(`  ${String(count).padStart(4)}  ${title}: ${legendFormat}`);
  for (const { title, legendFormat } of waiting) say(`     -  ${title}: ${legendFormat}`);
  const empty = waiting.filter(({ expr }) => !MAY_BE_EMPTY.test(expr));
  if (empty.length === 0) return;
  const named = empty.map(({ title, expr }) => `${title}: ${expr}`).join('\n');
  throw new Problem(
    `${empty.length} queries returned nothing.`,
    'See that npm start runs, and correct them where it does.',
    named,
  );
}

/** A payment, an address that is not there, and again until the queries have what they want. */
async function makeTraffic(stop) {
  const api = `http://127.0.0.1:${givenEnv().PORT ?? 3000}`;
  while (!stop.aborted) {
    const { code, output } = await run(process.execPath, [fromRoot('examples/approve.mjs')], {
      cwd: ROOT,
      env: { ...process.env, PG_GATEWAY_URL: api },
    });
    if (code !== 0) throw new Problem('The example payment failed.', 'See that npm start runs.', output);
    await fetch(`${api}/v1/payments/none`).catch(() => undefined);
    await sleep(2_000, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function live() {
  const stop = new AbortController();
  const traffic = makeTraffic(stop.signal);
  traffic.catch(() => undefined);
  try {
    await withPrometheus((url) => Promise.race([askAll(url), traffic]));
  } finally {
    stop.abort();
  }
}

await command({ help, options: { live: { type: 'boolean' } } }, async ({ live: isLive }) => {
  await step('The rules', () => promtool('check', 'rules', `${FOLDER}/alerts.yml`));
  await step('Prometheus’ settings', () => promtool('check', 'config', `${FOLDER}/prometheus.yml`));
  await step('The rules’ tests', () => promtool('test', 'rules', `${FOLDER}/alerts.test.yml`));
  if (isLive) await step('The panels’ queries', live);
});
