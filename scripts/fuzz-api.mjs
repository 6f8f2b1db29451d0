import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onStop } from '../bench/rig/on-stop.mjs';
import { Accounts, ROLES } from '../fuzz/accounts.mjs';
import { plainDocument } from '../fuzz/document.mjs';
import { Proxy } from '../fuzz/proxy.mjs';
import { Run } from '../fuzz/run.mjs';
import { World } from '../fuzz/world.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { bold, green, indent, Problem, red, say, step } from './lib/output.mjs';
import { DATA, ensureFolder, fromRoot, shown } from './lib/paths.mjs';
import { withTestDatabase } from './lib/test-database.mjs';

const SEED_MAX = 2 ** 31 - 1;
const SMOKE = { seed: 20_261_121, requests: 1_200, minutes: 5 };

const help = `
Usage: npm run fuzz:api [-- OPTIONS]

Makes requests from docs/openapi.json, sound and damaged, as every role in turn, and judges each answer: no 5xx, a
documented status, content type, code and body, the headers, nothing accepted that the description refuses. They go
through a proxy that logs in and encrypts card bodies. Starts and stops everything by itself, on this machine only.

  --minutes 5      stops after so many minutes, at most 240
  --requests N     stops after so many requests
  --seed S         makes the same choices as the run that printed this seed; what ids it meets differ
  --smoke          ${SMOKE.requests} requests with a fixed seed, in less than two minutes
  --proxy          sends nothing: keeps everything running, for another tester, until Ctrl-C. Each role's description is
                   at the proxy's /as/ROLE/docs-json, e.g. for: schemathesis run http://127.0.0.1:PORT/as/merchant/docs-json
                   Roles: ${Object.keys(ROLES).join(', ')}

Findings are printed and kept in .data/fuzz. Exit code 1 when there are any.
`;

const options = {
  minutes: { type: 'string', default: '5' },
  requests: { type: 'string' },
  seed: { type: 'string' },
  smoke: { type: 'boolean', default: false },
  proxy: { type: 'boolean', default: false },
};

function whole(name, text, max) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new Problem(`--${name} ${text} is not a number from 1 to ${max}.`, `Give it as in --${name} 1.`);
}

function planOf({ smoke, minutes, requests, seed }) {
  if (smoke) return SMOKE;
  return {
    seed: seed === undefined ? randomInt(1, SEED_MAX) : whole('seed', seed, SEED_MAX),
    requests: requests === undefined ? Infinity : whole('requests', requests, 10_000_000),
    minutes: whole('minutes', minutes, 240),
  };
}

function report(run, { seed }) {
  const findings = [...run.findings.values()];
  const path = join(ensureFolder(join(DATA, 'fuzz')), `findings-${seed}.json`);
  writeFileSync(path, `${JSON.stringify({ seed, sent: run.sent, findings }, null, 2)}\n`);
  for (const { operation, rule, detail, times, role, damage, request } of findings) {
    say(`${red('✗')} ${bold(operation)} as ${role}: ${rule}${times > 1 ? ` (${times} times)` : ''}`);
    say(indent([detail, request.slice(0, 300), damage.join(', ')].filter((line) => line !== '').join('\n')));
  }
  const statuses = [...run.statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status}: ${count}`);
  say(`\n${run.sent} requests, seed ${seed}; answers ${statuses.join(', ')}`);
  const missed = run.operations.filter(({ id }) => !run.reached.has(id)).map(({ id }) => id);
  say(`${run.reached.size} of ${run.operations.length} operations answered 2xx at least once.`);
  if (missed.length > 0 && missed.length < 100) say(indent(`never: ${missed.join(', ')}`));
  say(`Slowest: ${Math.round(run.slowest.ms)} ms, ${run.slowest.what}; ${run.slow} above 2 s.`);
  say(
    findings.length === 0 ? green('Nothing found.') : `${findings.length} findings, whole in ${shown(path)}`,
  );
  return findings.length;
}

async function fuzz({ world, proxyUrl, document, plan, pressed }) {
  const until = performance.now() + plan.minutes * 60_000;
  const run = new Run({ document, proxyUrl, world, seed: plan.seed });
  let stopped = false;
  pressed.catch(() => (stopped = true));
  const isOver = (sent) => stopped || sent >= plan.requests || performance.now() > until;
  say(`Seed ${plan.seed}`);
  await step('Asking', (note) => run.go(isOver, note));
  const ended = await world.ended();
  const found = report(run, plan);
  if (ended !== undefined)
    throw new Problem('A program of the gateway ended while it was tested.', 'See its last words.', ended);
  return found === 0 ? 0 : 1;
}

function waitForStop(proxyUrl, pressed) {
  say(`The proxy: ${proxyUrl}/as/ROLE, described at ${proxyUrl}/as/ROLE/docs-json. Ctrl-C ends it.`);
  return pressed.catch(() => 0);
}

await command({ help, options }, async (given) => {
  const plan = planOf(given);
  await ensureInstalled();
  await ensureBuilt();
  const { pressed } = onStop({ first: () => say('Stopping …'), second: () => process.exit(130) });
  return withTestDatabase(async (server) => {
    const world = new World({ adminUrl: server.TEST_DATABASE_ADMIN_URL });
    const document = JSON.parse(readFileSync(fromRoot('docs/openapi.json'), 'utf8'));
    let proxy;
    try {
      await world.up();
      const accounts = new Accounts({ url: world.url, databaseUrl: world.databaseUrl });
      await accounts.add();
      proxy = new Proxy({ url: world.url, accounts, document });
      const proxyUrl = await proxy.listen(world.proxyPort);
      if (given.proxy) return await waitForStop(proxyUrl, pressed);
      return await fuzz({ world, proxyUrl, document: plainDocument(document), plan, pressed });
    } finally {
      await proxy?.close();
      await world.down();
    }
  });
});
