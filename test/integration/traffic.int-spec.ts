import { DataSource } from 'typeorm';
import { SqlPool } from '../../src/common/db/pool';
import { RollUps } from '../../src/common/roll-up/roll-up';
import { sessionSql } from '../../src/common/db/session';
import { UnitOfWork } from '../../src/common/db/unit-of-work';
import { type AppConfig, loadConfig } from '../../src/config/app-config';
import { dataSourceOptions } from '../../src/config/data-source';
import { AuditFacade } from '../../src/modules/audit/audit.facade';
import { ConfirmDueJob } from '../../src/modules/settlements/payout/confirm-due.job';
import { MerchantHolds } from '../../src/modules/settlements/payout/merchant-holds.service';
import { Payouts } from '../../src/modules/settlements/payout/payouts.service';
import { SettlementLife } from '../../src/modules/settlements/payout/settlement-life';
import { Sales, type SalesReport } from '../../src/modules/settlements/reports/sales.service';
import { SettlementsRepository } from '../../src/modules/settlements/settlements.repository';
import { Clock } from '../../src/common/time/clock';
import { addDays } from '../../src/common/time/korean-time';
import type { FeePolicy } from '../../src/modules/fees/fees.types';
import type { FeesFacade } from '../../src/modules/fees/fees.facade';
import { FeePoliciesRepository } from '../../src/modules/fees/fee-policies.repository';
import { policyFor } from '../../src/modules/fees/fee-policy.policy';
import { SettlementRunner } from '../../src/modules/settlements/run/settlement-runner.service';
import { checkDatabase } from '../../src/verify/database-checks';
import { createTestDatabase, type TestDatabase, testEnvironment } from '../support/test-database';
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

describe('once the lines are made', () => {
  const deed = { actor: 'member:one', reason: 'test' };
  let source: DataSource;
  let confirming: ConfirmDueJob;
  let payouts: Payouts;
  let holds: MerchantHolds;
  let sales: Sales;
  let rollUps: RollUps;

  beforeAll(async () => {
    source = new DataSource(dataSourceOptions(loadConfig(testEnvironment(database.url)), database.url));
    await source.initialize();
    await source.query(sessionSql(60_000));
    const clock = new Clock();
    const unitOfWork = new UnitOfWork(source);
    const audit = new AuditFacade(source, unitOfWork, clock);
    const repository = new SettlementsRepository(source);
    const life = new SettlementLife(repository, clock);
    confirming = new ConfirmDueJob(source, unitOfWork, repository, life);
    payouts = new Payouts(unitOfWork, repository, life, audit);
    holds = new MerchantHolds(source, unitOfWork, repository, life, audit, clock);
    const config = loadConfig(testEnvironment(database.url));
    rollUps = new RollUps(source, unitOfWork, clock, config);
    sales = new Sales(source, rollUps, clock, config);
  });
  afterAll(() => source.destroy());

  const statuses = async () => {
    const rows = await pool.execute<{ status: string; n: number | string }[]>(
      'SELECT status, COUNT(*) AS n FROM settlements GROUP BY status',
    );
    return Object.fromEntries(rows.map(({ status, n }) => [status, Number(n)]));
  };
  const oneOf = async (status: string, condition = 'payout_amount > 0') => {
    const [row] = await pool.execute<{ id: string; mid: string }[]>(
      `SELECT id, mid FROM settlements WHERE status = '${status}' AND ${condition} ORDER BY id LIMIT 1`,
    );
    return row!;
  };

  it('carries what is below zero over once, and withholds what is a held merchant’s', async () => {
    // A payout day of one merchant that is short: more was taken from it than it had.
    const short = await oneOf('SCHEDULED', "payout_day = '2026-03-28'");
    await pool.execute(
      `INSERT INTO settlement_adjustments (id, mid, contract_id, amount, reason, status, requested_by, created_at,
         decided_by, decided_at, settlement_id)
       SELECT 'adj_test', mid, contract_id, -payout_amount - 777, 'test', 'APPROVED', 'member:one', UTC_TIMESTAMP(3),
         'member:two', UTC_TIMESTAMP(3), id FROM settlements WHERE id = ?`,
      [short.id],
    );
    await pool.execute(
      `INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount)
       SELECT 'SETTLEMENT_ADJUSTMENT', id, mid, 'MERCHANT_PAYABLE', 'ADJUSTMENTS', -amount
       FROM settlement_adjustments WHERE id = 'adj_test'`,
    );
    await pool.execute('UPDATE settlements SET adjustment_amount = -payout_amount - 777 WHERE id = ?', [
      short.id,
    ]);
    const [other] = await pool.execute<{ mid: string }[]>(
      `SELECT mid FROM settlements WHERE mid <> ? AND payout_amount > 0 ORDER BY mid DESC LIMIT 1`,
      [short.mid],
    );
    const hold = await holds.hold(other!.mid, deed);
    await expect(holds.hold(other!.mid, deed)).rejects.toThrow('SETTLEMENT_MERCHANT_HELD');
    await Promise.all([1, 2, 3].map(() => confirming.run(UNTIL)));
    const carried = await figures(
      `SELECT COUNT(*) AS n, SUM(amount) AS amount FROM settlement_carry_overs WHERE from_settlement_id = '${short.id}'`,
    );
    expect(carried).toEqual({ n: 1, amount: -777 });
    const held = await oneOf('HELD');
    expect(held.mid).toBe(other!.mid);
    await expect(payouts.release(held.id, deed)).rejects.toThrow('SETTLEMENT_MERCHANT_HELD');
    expect(await checkDatabase(pool, 'FORBIDDEN')).toEqual([]);
    await holds.release(hold.holdId, deed);
    await expect(holds.release(hold.holdId, deed)).rejects.toThrow('SETTLEMENT_HOLD_STATE');
    expect((await statuses()).HELD).toBeUndefined();
    expect(await checkDatabase(pool, 'FORBIDDEN')).toEqual([]);
  });

  it('is held, failed, tried again and paid, each by the table of states alone', async () => {
    const { id } = await oneOf('CONFIRMED');
    const held = await payouts.hold(id, deed);
    await expect(payouts.confirmPayout(id, 'BANK-1', deed)).rejects.toThrow('SETTLEMENT_STATE');
    expect(
      await figures(`SELECT -SUM(amount) AS held FROM ledger_entries WHERE account = 'MERCHANT_HELD'`),
    ).toEqual({
      held: held.payoutAmount,
    });
    expect((await payouts.release(id, deed)).status).toBe('CONFIRMED');
    expect((await payouts.failPayout(id, deed)).failureReason).toBe('test');
    expect((await payouts.retryPayout(id, deed)).status).toBe('CONFIRMED');
    const paid = await Promise.allSettled([1, 2, 3].map(() => payouts.confirmPayout(id, 'BANK-1', deed)));
    expect(paid.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(
      await figures(`SELECT SUM(amount) AS bank FROM ledger_transfers WHERE credit_account = 'BANK'`),
    ).toEqual({
      bank: held.payoutAmount,
    });
    const told = await pool.execute<{ type: string }[]>(
      'SELECT type FROM outbox_events WHERE subject_id = ? ORDER BY seq',
      [id],
    );
    expect(told.map(({ type }) => type)).toEqual(['settlement.confirmed', 'settlement.paid']);
    expect(await checkDatabase(pool, 'FORBIDDEN')).toEqual([]);
  });

  it('counts sales from roll-ups and what is not settled, each group the sum of its details', async () => {
    // Two days are taken out of the roll-ups' reach: as if no run had settled them.
    await pool.execute(
      `INSERT INTO transactions (kind, source_id, payment_id, mid, branch_id, contract_id, acquirer, method, card_type,
         amount, settled_amount, left_before, left_after, captured_day, occurred_at)
       SELECT 'APPROVAL', CONCAT('x', seq), CONCAT('x', seq), mid, branch_id, contract_id, acquirer, method, card_type,
         amount, settled_amount, 0, left_after, '2026-04-02', '2026-04-02 03:00:00'
       FROM transactions WHERE kind = 'APPROVAL' AND branch_id IS NOT NULL LIMIT 50`,
    );
    const period = { from: '2026-03-01', to: '2026-04-30' };
    const moved = await figures('SELECT SUM(settled_amount) AS amount, COUNT(*) AS n FROM transactions');
    for (const groupBy of ['day', 'month', 'branch', 'method'] as const) {
      const { data, total } = await sales.report({ kind: 'ALL' }, period, { groupBy, limit: 200 });
      expect({
        amount: total.approvalAmount + total.cancelAmount,
        n: total.approvalCount + total.cancelCount,
      }).toEqual(moved);
      expect(total.unsettledCount).toBe(50);
      expect(
        data.reduce((sum, { net, fee, vat, unsettledAmount }) => sum + net + fee + vat + unsettledAmount, 0),
      ).toBe(moved.amount);
    }
    const { data } = await sales.report({ kind: 'ALL' }, period, { groupBy: 'branch', limit: 200 });
    const branch = data.find(({ group, unsettledCount }) => group !== null && unsettledCount > 0)!;
    const details = [];
    for (let cursor: string | undefined; ;) {
      const page = await sales.details({ kind: 'ALL' }, branch.group!, { ...period, limit: 7, cursor });
      details.push(...page.data);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(new Set(details.map(({ seq }) => seq)).size).toBe(details.length);
    expect(details.length).toBe(branch.approvalCount + branch.cancelCount);
    expect(details.reduce((sum, { amount }) => sum + amount, 0)).toBe(
      branch.approvalAmount + branch.cancelAmount,
    );
    expect(details.reduce((sum, { fee }) => sum + (fee ?? 0), 0)).toBe(branch.fee);
    expect(details.filter(({ fee }) => fee === null)).toHaveLength(branch.unsettledCount);
  });

  it('answers a page by branch in bounded time where few of many have sold, and leaves none out', async () => {
    const period = { from: '2026-03-01', to: '2026-04-30' };
    const whole = await sales.report({ kind: 'ALL' }, period, { groupBy: 'branch', limit: 200 });
    expect(whole.nextCursor).toBeNull();
    await pool.execute(
      `INSERT INTO branches (id, mid, name, status)
       SELECT CONCAT(IF(n.seq MOD 2, 'brn_0', 'brn_Z'), LPAD(n.seq, 21, '0')), m.mid, '쉬는 점', 'ACTIVE'
       FROM seq_1_to_3000 n JOIN (SELECT MIN(mid) AS mid FROM branches) m`,
    );
    const atOnce = { settlement: { salesScanBudgetMs: 0 } } as AppConfig;
    const hurried = new Sales(source, rollUps, new Clock(), atOnce);
    const pages: SalesReport[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await hurried.report({ kind: 'ALL' }, period, { groupBy: 'branch', limit: 100, cursor });
      pages.push(page);
      expect(page.total).toEqual(whole.total);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(pages.flatMap(({ data }) => data)).toEqual(whole.data);
    // No page looked at more than it had to show: of those that have sold nothing some pages are empty.
    expect(pages.length).toBeGreaterThan(20);
    expect(pages.some(({ data }) => data.length === 0)).toBe(true);
    const patient = await sales.report({ kind: 'ALL' }, period, { groupBy: 'branch', limit: 200 });
    expect(patient).toEqual(whole);
  });
});

it('is refused on days that are settled, which no run would take up again', async () => {
  const plan = { payments: 10, days: 2, merchants: 1, branches: 1, seed: 1, until: UNTIL };
  const other = await createTestDatabase('traffic-settled');
  const settled = new SqlPool(other.url, { connectionsMax: 1, waitMs: 60_000, queryTimeoutMs: 60_000 });
  try {
    await settled.execute(
      `INSERT INTO settlement_runs (captured_day, id, status, requested_by, started_at)
       VALUES ('2026-03-30', 'run_1', 'DONE', 'test', UTC_TIMESTAMP(3))`,
    );
    expect(() => fillTraffic(other.url, plan)).toThrow('Days up to 2026-03-30 are settled');
    fillTraffic(other.url, { ...plan, days: 1 });
    const [made] = await settled.execute<{ days: string }[]>(
      'SELECT GROUP_CONCAT(DISTINCT CAST(captured_day AS CHAR)) AS days FROM transactions',
    );
    expect(made!.days).toBe('2026-03-31');
  } finally {
    await settled.close();
    await other.drop();
  }
});
