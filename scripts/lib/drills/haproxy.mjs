import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureProgram } from '../apt.mjs';
import { answers, until } from '../net.mjs';
import { Problem } from '../output.mjs';
import { end } from '../processes.mjs';

const START_TIMEOUT_MS = 10_000;
/** From the first look that finds an API not ready until it is given nothing more. Milliseconds. */
export const NOTICED_WITHIN_MS = 500;

/**
 * What a balancer in front of the gateway is set to: it looks at readiness four times a second. Nothing is tried a second
 * time at another API, so that a request which meets an API that has gone is a failed one.
 */
const settings = ({ port, statsPort, apiPorts }) => `
global
  maxconn 2000
defaults
  mode http
  timeout connect 2s
  timeout client 70s
  timeout server 60s
  retries 0
frontend gateway
  bind 127.0.0.1:${port}
  default_backend apis
backend apis
  balance roundrobin
  option httpchk GET /health/ready
  http-check expect status 200
  default-server check inter 250ms fall 2 rise 2
${apiPorts.map((apiPort) => `  server api-${apiPort} 127.0.0.1:${apiPort}`).join('\n')}
listen stats
  bind 127.0.0.1:${statsPort}
  stats enable
  stats uri /stats
`;

/** HAProxy on the loopback over some APIs: {url, pid, isUp(port), stop()}. */
export async function startBalancer({ port, statsPort, apiPorts }) {
  const program = await ensureProgram('haproxy');
  const folder = mkdtempSync(join(tmpdir(), 'pg-gateway-haproxy-'));
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, settings({ port, statsPort, apiPorts }));
  const child = spawn(program, ['-db', '-f', file], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const exited = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) await end(child.pid, { graceMs: 2_000 });
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  const giveUp = () => child.exitCode !== null;
  if (!(await until(() => answers({ port }), { timeoutMs: START_TIMEOUT_MS, giveUp }))) {
    await stop();
    throw new Problem('HAProxy did not start.', 'Read what it says.', output);
  }
  return { url: `http://127.0.0.1:${port}`, pid: child.pid, stop, isUp: (api) => isUp(statsPort, api) };
}

/** Whether the balancer gives requests to the API of that port. */
async function isUp(statsPort, apiPort) {
  const answer = await fetch(`http://127.0.0.1:${statsPort}/stats;csv`);
  const [header, ...rows] = (await answer.text()).split('\n').map((line) => line.split(','));
  const row = rows.find((cells) => cells[1] === `api-${apiPort}`);
  return row?.[header.indexOf('status')] === 'UP';
}
