import { SqlPool } from '../../src/common/db/pool';
import { Clock } from '../../src/common/time/clock';
import { addDays } from '../../src/common/time/korean-time';
import type { FeesFacade } from '../../src/modules/fees/fees.facade';
import { FeePoliciesRepository } from '../../src/modules/fees/fee-policies.repository';
import { policyFor } from '../../src/modules/fees/fee-policy.policy';
import { SettlementRunner } from '../../src/modules/settlements/run/settlement-runner.service';
import { checkDatabase } from '../../src/verify/database-checks';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { fillTraffic } from '../support/traffic';

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
  fillTraffic(database.url, {
    ...{ payments: PAYMENTS, days: DAYS, merchants: MERCHANTS, branches: 10, seed: 1, until: UNTIL },
  });
});

afterAll(async () => {
  await pool.close();
  await database.drop();
});

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
    policiesFor: (mid: string, day: string) => repository.inForce(mid, day),
    policyOf: policyFor,
  } as unknown as FeesFacade;
  const payoutDays = { on: (day: string) => Promise.resolve(() => addDays(day, 2)) };
  const runner = () => new SettlementRunner(pool, fees, payoutDays, new Clock());
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
