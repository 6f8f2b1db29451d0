import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { SqlPool } from '../../src/common/db/pool';
import { Clock } from '../../src/common/time/clock';
import { addDays } from '../../src/common/time/korean-time';
import type { FeePolicy } from '../../src/modules/fees/fees.types';
import type { FeesFacade } from '../../src/modules/fees/fees.facade';
import { FeePoliciesRepository } from '../../src/modules/fees/fee-policies.repository';
import { policyFor } from '../../src/modules/fees/fee-policy.policy';
import { SettlementRunner } from '../../src/modules/settlements/run/settlement-runner.service';
import { checkDatabase } from '../../src/verify/database-checks';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/**
 * Made-up traffic must be what the gateway itself would have written: every invariant holds on it, and it settles to the
 * won. `TRAFFIC_PAYMENTS` takes it to a million and more.
 */
const PAYMENTS = Number(process.env.TRAFFIC_PAYMENTS ?? 4_000);
const DAYS = Number(process.env.TRAFFIC_DAYS ?? 6);
const MERCHANTS = Number(process.env.TRAFFIC_MERCHANTS ?? 12);
const UNTIL = '2026-04-01';

let database: TestDatabase;
let pool: SqlPool;

beforeAll(async () => {
  database = await createTestDatabase('traffic');
  pool = new SqlPool(database.url, { connectionsMax: 8, waitMs: 60_000, queryTimeoutMs: 120_000 });
  fillTraffic();
});

/** In a process of its own: the commands are modules of another kind than the tests. */
function fillTraffic(): void {
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
  const plan = { payments: PAYMENTS, days: DAYS, merchants: MERCHANTS, branches: 10, seed: 1, until: UNTIL };
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: join(__dirname, '../..'),
    env: { ...process.env, TRAFFIC: JSON.stringify({ url: database.url, ...plan }) },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}

afterAll(async () => {
  await pool.close();
  await database.drop();
});

function policiesByMid(policies: readonly FeePolicy[]): ReadonlyMap<string, FeePolicy[]> {
  const byMid = new Map<string, FeePolicy[]>();
  for (const policy of policies) byMid.set(policy.mid, [...(byMid.get(policy.mid) ?? []), policy]);
  return byMid;
}

const figures = async (sql: string) => {
  const [row] = await pool.execute<Record<string, unknown>[]>(sql);
  return Object.fromEntries(Object.entries(row!).map(([name, value]) => [name, Number(value)]));
};

it('is what the gateway itself would have written', async () => {
  expect(await figures('SELECT COUNT(*) AS n FROM payments')).toEqual({ n: PAYMENTS });
  expect(await checkDatabase(pool, 'FORBIDDEN')).toEqual([]);
});

it('settles to the won, by two at once, and again to the same', async () => {
  const manager = { query: (sql: string, values: string[]) => pool.execute(sql, values) };
  const repository = new FeePoliciesRepository({ manager } as never);
  const fees = {
    policiesForAll: async (mids: string[], day: string) =>
      policiesByMid(await repository.inForceOfAll(mids, day)),
    ensureAnyPolicy: () => Promise.resolve(),
    policyOf: policyFor,
  } as unknown as FeesFacade;
  const payoutDays = {
    on: (day: string) =>
      Promise.resolve({ of: () => addDays(day, 2), following: (payoutDay: string) => addDays(payoutDay, 1) }),
    close: () => Promise.resolve(),
  };
  const earners = { on: () => Promise.resolve(() => []) };
  const runner = () => new SettlementRunner(pool, fees, earners, payoutDays, new Clock());
  await Promise.all([runner().catchUp(), runner().catchUp()]);
  const sums = `SUM(approval_amount) + SUM(cancel_amount) AS amount, SUM(fee) AS fee, SUM(vat) AS vat`;
  const settled = await figures(
    `SELECT ${sums}, SUM(line_count) AS n, SUM(payout_amount) AS net FROM settlements`,
  );
  const moved = await figures('SELECT SUM(settled_amount) AS amount, COUNT(*) AS n FROM transactions');
  const lines = await figures(
    'SELECT SUM(amount) AS amount, COUNT(*) AS n, SUM(fee) AS fee, SUM(vat) AS vat FROM settlement_lines',
  );
  const left = await figures(
    `SELECT SUM(balance_amount) AS amount FROM payments WHERE approved_at IS NOT NULL`,
  );
  expect(moved).toEqual({ amount: left.amount, n: moved.n });
  expect(lines).toEqual({ ...moved, fee: settled.fee, vat: settled.vat });
  expect(settled).toEqual({ ...lines, net: lines.amount! - lines.fee! - lines.vat! });
  const ledger =
    await figures(`SELECT SUM(amount) AS zero, -SUM(IF(account = 'MERCHANT_PAYABLE', amount, 0)) AS owed
    FROM ledger_entries`);
  expect(ledger).toEqual({ zero: 0, owed: settled.net });
  await runner().catchUp();
  expect(
    await figures(`SELECT ${sums}, SUM(line_count) AS n, SUM(payout_amount) AS net FROM settlements`),
  ).toEqual(settled);
  expect(await checkDatabase(pool, 'FORBIDDEN')).toEqual([]);
});
