import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { countsOf } from './lib/jest.mjs';
import { ensureLanguages } from './lib/languages.mjs';
import { say, seconds, warn } from './lib/output.mjs';
import { fromRoot, ROOT } from './lib/paths.mjs';
import { tryKill } from './lib/processes.mjs';

const TIME_LIMIT_MS = 28 * 60_000;

/** Everything that `npm test` has, each once: unit and tidy are in the check, the faults have a step of their own. */
const STEPS = [
  { name: 'npm run check', file: 'check.mjs', args: [] },
  { name: 'npm run lint:openapi', file: 'lint-openapi.mjs', args: [] },
  {
    name: 'npm test -- --selectProjects integration e2e contract',
    file: 'test.mjs',
    args: ['--selectProjects', 'integration', 'e2e', 'contract'],
  },
  { name: 'npm run fault -- --quick', file: 'fault.mjs', args: ['--quick'] },
  { name: 'npm run bench -- --smoke', file: 'bench.mjs', args: ['--smoke'] },
  { name: 'npm run fuzz:api -- --smoke', file: 'fuzz-api.mjs', args: ['--smoke'] },
  { name: 'npm run bench:lists -- --smoke', file: 'bench-lists.mjs', args: ['--smoke'] },
];

const help = `
Usage: bash .ci/run

Runs ${STEPS.map(({ name }) => name).join(', ')}, one after the other, and prints at its end
one line, "N passed, N failed". Installs what it needs, the languages of examples/crypto too where it may. Ends with exit code 1 when anything failed.
A run that is not over after ${TIME_LIMIT_MS / 60_000} minutes is stopped and counts as failed.
`;

/** Runs one command in a process group of its own, so that all of it can be stopped when the time is over. */
async function runStep({ name, file, args }, deadline) {
  const summary = mkdtempSync(join(tmpdir(), 'pg-gateway-summary-'));
  const since = Date.now();
  say(`\n=== ${name}`);
  const env = { ...process.env, PG_GATEWAY_SUMMARY: summary };
  const child = spawn(process.execPath, [fromRoot('scripts', file), ...args], {
    cwd: ROOT,
    env,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const closed = new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  const pass = (signal) => tryKill(-child.pid, signal);
  process.on('SIGTERM', pass);
  process.on('SIGINT', pass);
  const watch = new AbortController();
  void stopAtDeadline({ name, child, deadline, signal: watch.signal });
  const code = await closed;
  watch.abort();
  process.off('SIGTERM', pass);
  process.off('SIGINT', pass);
  const total = readdirSync(summary)
    .map((entry) => countsOf(join(summary, entry)))
    .reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), {
      passed: 0,
      failed: 0,
    });
  rmSync(summary, { recursive: true, force: true });
  if (code !== 0 && total.failed === 0) total.failed = 1;
  say(
    `=== ${name}: exit code ${code}, ${total.passed} passed, ${total.failed} failed, ${seconds(Date.now() - since)}`,
  );
  return total;
}

async function stopAtDeadline({ name, child, deadline, signal }) {
  try {
    await sleep(Math.max(0, deadline - Date.now()), undefined, { signal });
    warn(`${name} is not over after ${TIME_LIMIT_MS / 60_000} minutes of this run; stopping it.`);
    tryKill(-child.pid, 'SIGTERM');
    await sleep(20_000, undefined, { signal });
    tryKill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

await command({ help }, async () => {
  const deadline = Date.now() + TIME_LIMIT_MS;
  const totals = [];
  try {
    await ensureInstalled();
    await ensureLanguages();
    for (const step of STEPS) totals.push(await runStep(step, deadline));
  } catch (error) {
    warn(`${error.message} ${error.next ?? ''}\n${error.details ?? ''}`);
    totals.push({ passed: 0, failed: 1 });
  }
  const sum = (key) => totals.reduce((all, total) => all + total[key], 0);
  say(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
});
