import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface TrafficPlan {
  readonly payments: number;
  readonly days: number;
  readonly merchants: number;
  readonly branches: number;
  readonly seed: number;
  /** The day before which it ends. */
  readonly until: string;
}

/** Fills a database with made-up traffic. In a process of its own: the commands are modules of another kind than the tests. */
export function fillTraffic(url: string, plan: TrafficPlan): void {
  const program = `
    const { createRequire } = await import('node:module');
    const { fillTraffic } = await import('./scripts/lib/traffic/fill.mjs');
    const { planOf } = await import('./scripts/lib/traffic/plan.mjs');
    const mysql = createRequire(import.meta.url)('mysql2/promise');
    const { url, ...plan } = JSON.parse(process.env.TRAFFIC);
    const parsed = new URL(url);
    const socketPath = parsed.searchParams.get('socket') ?? undefined;
    const connection = await mysql.createConnection({ host: parsed.hostname, port: Number(parsed.port || 3306), socketPath,
      user: decodeURIComponent(parsed.username), password: decodeURIComponent(parsed.password),
      database: parsed.pathname.slice(1), timezone: 'Z' });
    await fillTraffic(connection, planOf(plan));
    await connection.end();`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: join(__dirname, '../..'),
    env: { ...process.env, TRAFFIC: JSON.stringify({ url, ...plan }) },
    encoding: 'utf8',
  });
  if (status !== 0 || stderr !== '') throw new Error(`the traffic could not be made: ${status} ${stderr}`);
}
