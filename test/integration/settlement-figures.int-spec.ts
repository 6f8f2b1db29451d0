import { setTimeout as wait } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { SqlPool } from '../../src/common/db/pool';
import { sessionSql } from '../../src/common/db/session';
import { retryConflicts, UnitOfWork } from '../../src/common/db/unit-of-work';
import { type DataScope, scopeCondition } from '../../src/common/http/data-scope';
import { RollUps } from '../../src/common/roll-up/roll-up';
import { Clock } from '../../src/common/time/clock';
import { addDays } from '../../src/common/time/korean-time';
import { type AppConfig, loadConfig } from '../../src/config/app-config';
import { dataSourceOptions } from '../../src/config/data-source';
import { FeePoliciesRepository } from '../../src/modules/fees/fee-policies.repository';
import { policyFor } from '../../src/modules/fees/fee-policy.policy';
import type { FeePolicy } from '../../src/modules/fees/fees.types';
import type { FeesFacade } from '../../src/modules/fees/fees.facade';
import { PaymentCounts } from '../../src/modules/payments/statistics/payment-counts.repository';
import { directCounts, rolledCounts } from '../../src/modules/payments/statistics/payment-counts-sql';
import { ObligationsJob } from '../../src/modules/settlements/obligations/obligations.job';
import { ObligationsRepository } from '../../src/modules/settlements/obligations/obligations.repository';
import { RollUpSalesJob } from '../../src/modules/settlements/reports/roll-up-sales.job';
import { branchesStatement } from '../../src/modules/settlements/reports/branch-sums-sql';
import { SumSettledSales } from '../../src/modules/settlements/reports/sum-settled-sales';
import type { SalesQuestion, Statement } from '../../src/modules/settlements/reports/sales-rows-sql';
import { type GroupBy, GROUPS, salesStatement } from '../../src/modules/settlements/reports/sales-sql';
import { SettlementRunner } from '../../src/modules/settlements/run/settlement-runner.service';
import { checkDatabase } from '../../src/verify/database-checks';
import { createTestDatabase, type TestDatabase, testEnvironment } from '../support/test-database';
import { fillTraffic } from '../support/traffic';

jest.setTimeout(180_000);

const PAYMENTS = 3_000;
const UNTIL = '2026-04-01';
const DAYS = ['2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31'];

/** Days in the midst, and after all. */
const WITHIN = { from: DAYS[1]!, to: DAYS[2]! };
const LATER = { from: DAYS[3]!, to: '2026-04-20' };

let database: TestDatabase;
let pool: SqlPool;
let source: DataSource;
let config: AppConfig;
let rollUps: RollUps;
let sales: RollUpSalesJob;

beforeAll(async () => {
  database = await createTestDatabase('settlement-figures');
  pool = new SqlPool(database.url, { connectionsMax: 10, waitMs: 60_000, queryTimeoutMs: 60_000 });
  config = loadConfig(testEnvironment(database.url, { ROLL_UP_GRACE_MS: '5', ROLL_UP_EVERY_MS: '1' }));
  source = new DataSource(dataSourceOptions(config, database.url));
  await source.initialize();
  await source.query(sessionSql(60_000));
  const unitOfWork = new UnitOfWork(source);
  rollUps = new RollUps(source, unitOfWork, new Clock(), config);
  sales = new RollUpSalesJob(unitOfWork, rollUps, new SumSettledSales(unitOfWork), new Clock());
});
afterAll(async () => {
  await source.destroy();
  await pool.close();
  await database.drop();
});

const numbers = (row: object) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? 0 : Number(value)]));

/** One after the other. */
async function inOrder<T>(all: readonly T[], work: (each: T) => Promise<unknown>): Promise<void> {
  for (const each of all) await work(each);
}

/** What movements (`t`) are grouped by. */
const KEYS: Readonly<Record<GroupBy, string>> = {
  day: 'CAST(t.captured_day AS CHAR)',
  month: `DATE_FORMAT(t.captured_day, '%Y-%m')`,
  branch: `COALESCE(t.branch_id, '')`,
  method: 't.method',
};
const MOVED = ['approval_count', 'approval_amount', 'cancel_count', 'cancel_amount'] as const;
/** Of movements that have a line (`l`), and of those that have none yet. */
const RECKONED = ['fee', 'vat', 'unsettled_count', 'unsettled_amount'] as const;
const FIGURES = [...MOVED, ...RECKONED];

/** Merchants whose policies runs do not find: they wait. */
const withoutPolicy = new Set<string>();

const SOURCES = {
  'payment-counts': 'SELECT MAX(id) FROM payment_events',
  'open-day-sales': 'SELECT MAX(seq) FROM transactions',
  'open-merchant-sales': 'SELECT MAX(seq) FROM transactions',
  'merchant-balances': 'SELECT MAX(id) FROM ledger_transfers',
} as const;

/** Sweeps until every row is summed up. */
async function rolled(sweep: () => Promise<number>, name: keyof typeof SOURCES): Promise<void> {
  for (;;) {
    await sweep();
    const [row] = await pool.execute<{ behind: number | string }[]>(
      `SELECT (${SOURCES[name]}) - rolled_through AS behind FROM roll_ups WHERE name = ?`,
      [name],
    );
    if (Number(row!.behind) === 0) return;
    await wait(10);
  }
}

function runner(): SettlementRunner {
  const manager = { query: (sql: string, values: string[]) => pool.execute(sql, values) };
  const policies = new FeePoliciesRepository({ manager } as never);
  const fees = {
    policiesForAll: async (mids: string[], day: string) => {
      const byMid = new Map<string, FeePolicy[]>();
      const found = mids.filter((mid) => !withoutPolicy.has(mid));
      for (const each of await policies.inForceOfAll(found, day)) {
        byMid.set(each.mid, [...(byMid.get(each.mid) ?? []), each]);
      }
      return byMid;
    },
    ensureAnyPolicy: () => Promise.resolve(),
    policyOf: policyFor,
  } as unknown as FeesFacade;
  const payoutDays = {
    on: (day: string) =>
      Promise.resolve({ of: () => addDays(day, 2), following: (payoutDay: string) => addDays(payoutDay, 1) }),
    close: () => Promise.resolve(),
  };
  return new SettlementRunner(pool, fees, { on: () => Promise.resolve(() => []) }, payoutDays, new Clock());
}

describe('sales', () => {
  /** One agency under another. */
  const [ABOVE, BELOW] = ['AG0001', 'AG0002'] as const;

  beforeAll(async () => {
    fillTraffic(database.url, {
      ...{ payments: PAYMENTS, days: DAYS.length, merchants: 6, branches: 3, seed: 7, until: UNTIL },
    });
    for (const [seq, [code, above]] of [[ABOVE, null] as const, [BELOW, ABOVE] as const].entries()) {
      await pool.execute(
        `INSERT INTO agencies (code, seq, parent_code, name, representative, phone) VALUES (?, ?, ?, '대리점', '김', '02')`,
        [code, 900_000 + seq, above],
      );
    }
    for (const [above, below, distance] of [
      ...[[ABOVE, ABOVE, 0] as const, [BELOW, BELOW, 0] as const, [ABOVE, BELOW, 1] as const],
    ]) {
      await pool.execute(
        `INSERT INTO agency_paths (ancestor_code, agency_code, agency_seq, agency_name, distance)
         SELECT ?, code, seq, name, ? FROM agencies WHERE code = ?`,
        [above, distance, below],
      );
    }
  });

  const moved = (mid: string, agencyCode: string | null) =>
    retryConflicts(() =>
      pool.transaction('move', async (tx) => {
        await tx.execute('UPDATE merchants SET agency_code = ? WHERE mid = ?', [agencyCode, mid]);
        await wait(3);
      }),
    );

  /** Parts of settled days, and merchants that joined or left an agency, that are not in the sums. */
  async function notSummedUp(): Promise<number> {
    const [row] = await pool.execute<{ n: number | string }[]>(
      `SELECT (SELECT COUNT(*) FROM settlement_run_parts WHERE summed_at IS NULL)
         + (SELECT COUNT(*) FROM sales_scope_changes) AS n`,
    );
    return Number(row!.n);
  }

  /** Movements of settled days that wait for a case. */
  async function waitingMovements(): Promise<number> {
    const [row] = await pool.execute<{ n: number | string }[]>(
      `SELECT COALESCE(SUM(transaction_count), 0) AS n FROM settlement_run_parts WHERE case_id IS NOT NULL AND done_at IS NULL`,
    );
    return Number(row!.n);
  }

  /** The report with and without roll-ups of open days, and the movements and lines themselves, all of one moment. */
  async function compared(
    scope: DataScope,
    by: GroupBy,
    { from, to } = { from: DAYS[0]!, to: UNTIL },
  ): Promise<void> {
    const openDays = [...DAYS, UNTIL].filter((day) => day >= from && day <= to);
    const question = { scope, from, to, openDays };
    const limits = scopeCondition(scope, { mid: 't.mid', branchId: 't.branch_id' });
    await pool.use(async (connection) => {
      await connection.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT');
      const rowsOf = ({ sql, values }: Statement) => connection.query<Record<string, string>[]>(sql, values);
      const read = (isRolled: boolean) =>
        rowsOf(salesStatement({ ...question, isRolled }, { by, after: null, limit: 200 }));
      const [figures, direct] = [await read(true), await read(false)];
      const [total] = await rowsOf(salesStatement({ ...question, isRolled: true }));
      const byPage = by === 'branch' ? await pageOfBranches(question, rowsOf) : figures;
      const moved = await connection.query<Record<string, string>[]>(
        `SELECT ${KEYS[by]} AS group_key, SUM(t.kind = 'APPROVAL') AS approval_count,
           SUM(IF(t.kind = 'APPROVAL', t.settled_amount, 0)) AS approval_amount, SUM(t.kind <> 'APPROVAL') AS cancel_count,
           SUM(IF(t.kind = 'APPROVAL', 0, t.settled_amount)) AS cancel_amount,
           COALESCE(SUM(l.fee), 0) AS fee, COALESCE(SUM(l.vat), 0) AS vat,
           SUM(l.transaction_seq IS NULL) AS unsettled_count,
           SUM(IF(l.transaction_seq IS NULL, t.settled_amount, 0)) AS unsettled_amount
         FROM transactions t LEFT JOIN settlement_lines l ON l.transaction_seq = t.seq WHERE ${limits.sql} AND t.captured_day BETWEEN ? AND ? GROUP BY 1 ORDER BY 1`,
        [...limits.values, from, to],
      );
      await connection.query('COMMIT');
      expect(figures).toEqual(direct);
      expect(byPage).toEqual(figures);
      const told = (row: Record<string, string>) => FIGURES.map((name) => Number(row[name]));
      expect(figures.map((row) => [row.group_key, ...told(row)])).toEqual(
        moved.map((row) => [row.group_key, ...told(row)]),
      );
      const sum = (name: string) => figures.reduce((all, row) => all + Number(row[name]), 0);
      for (const name of FIGURES) expect(Number(total![name])).toBe(sum(name));
    });
  }

  /** The same by branch as a page of the report is read: what has no branch, then each branch that has any. */
  async function pageOfBranches(
    asked: Omit<SalesQuestion, 'isRolled'>,
    rowsOf: (statement: Statement) => Promise<Record<string, string>[]>,
  ) {
    const question = { ...asked, isRolled: true };
    const { sql, values } = scopeCondition(asked.scope, { mid: 'b.mid', branchId: 'b.id' });
    const own = await rowsOf({ sql: `SELECT b.id FROM branches b WHERE ${sql} ORDER BY b.id`, values });
    const ids = own.map(({ id }) => id!);
    const rows = ids.length === 0 ? [] : await rowsOf(branchesStatement(question, ids));
    if (asked.scope.kind === 'BRANCH') return rows;
    const [without] = await rowsOf(salesStatement({ ...question, branchless: true }));
    const has = Number(without!.approval_count) + Number(without!.cancel_count) > 0;
    return has ? [{ group_key: '', ...without }, ...rows] : rows;
  }

  /** Rows that the server read for a statement. */
  async function rowsRead(sql: string, values: readonly (string | number)[]): Promise<number> {
    return pool.use(async (connection) => {
      await connection.query('FLUSH STATUS');
      await connection.query(sql, values);
      const status = await connection.query<{ Value: string }[]>(`SHOW SESSION STATUS LIKE 'Handler_read%'`);
      return status.reduce((sum, { Value }) => sum + Number(Value), 0);
    });
  }

  it('and counts of payments cost the same however many payments there are, once they are rolled up', async () => {
    const counts = new PaymentCounts(source, rollUps);
    await rolled(() => counts.sweep(), 'payment-counts');
    await rolled(() => sales.sweep(), 'open-day-sales');
    const given = [DAYS[0]!, UNTIL, '2026-03-27 15:00:00', '2026-04-01 15:00:00'];
    expect(await rowsRead(rolledCounts(`f.mid = '' AND f.branch_id = ''`, 'TRUE'), given)).toBeLessThan(100);
    expect(await rowsRead(directCounts('TRUE'), given.slice(2))).toBeGreaterThan(PAYMENTS);
    const [busiest] = await pool.execute<{ mid: string; n: number | string }[]>(
      'SELECT mid, COUNT(*) AS n FROM transactions GROUP BY mid ORDER BY n DESC LIMIT 1',
    );
    const scope: DataScope = { kind: 'MERCHANT', mid: busiest!.mid };
    const question = { scope, from: DAYS[0]!, to: UNTIL, openDays: [...DAYS, UNTIL] };
    const read = (isRolled: boolean) => {
      const { sql, values } = salesStatement({ ...question, isRolled });
      return rowsRead(sql, values);
    };
    // Days, branches and methods; for each of them the parts of a run are looked for.
    expect(await read(true)).toBeLessThan(400);
    expect(await read(false)).toBeGreaterThan(Number(busiest!.n));
  });

  it('are right while days are rolled up, settled and totalled by several at once', async () => {
    let isOver = false;
    let reads = 0;
    const [branch] = await pool.execute<{ mid: string; id: string }[]>(
      'SELECT mid, id FROM branches ORDER BY id LIMIT 1',
    );
    const scopes: DataScope[] = [
      { kind: 'ALL' },
      ...[ABOVE, BELOW].map((agencyCode): DataScope => ({ kind: 'AGENCY', agencyCode })),
      { kind: 'MERCHANT', mid: branch!.mid },
      { kind: 'BRANCH', mid: branch!.mid, branchId: branch!.id },
    ];
    const readers = scopes.map(async (scope) => {
      for (let at = 0; !isOver; at += 1) {
        const by = GROUPS[at % GROUPS.length]!;
        await compared(scope, by);
        await compared(scope, by, WITHIN);
        reads += 1;
      }
    });
    const rollers = [1, 2].map(async () => {
      while (!isOver) {
        await sales.sweep();
        await wait(3);
      }
    });
    /** Waits until every scope could be compared again. */
    const readOn = async () => {
      const wanted = reads + scopes.length;
      for (let turns = 0; turns < 1_000 && reads < wanted; turns += 1) await wait(10);
      expect(reads).toBeGreaterThanOrEqual(wanted);
    };
    const mids = (await pool.execute<{ mid: string }[]>('SELECT mid FROM merchants ORDER BY mid')).map(
      ({ mid }) => mid,
    );
    const mover = async () => {
      for (let at = 0; !isOver; at += 1) {
        const to = [BELOW, ABOVE, null][at % 3]!;
        await moved(mids[at % mids.length]!, to ?? null);
        // Long enough for an agency to be summed up between two moves, at times.
        await wait(at % 4 === 0 ? 400 : 5);
      }
    };
    const moving = mover();
    const work = async () => {
      await rolled(() => sales.sweep(), 'open-day-sales');
      await rolled(() => sales.sweep(), 'open-merchant-sales');
      const [open] = await pool.execute<{ n: number | string }[]>('SELECT COUNT(*) AS n FROM open_day_sales');
      expect(Number(open!.n)).toBeGreaterThan(20);
      const settle = (days: readonly string[]) =>
        inOrder(days, (day) => Promise.all([1, 2].map(() => runner().run(day, 'system:test'))));
      // One merchant has no policy on the first days; they are settled late, when days are summed up without it.
      withoutPolicy.add(branch!.mid);
      await settle(DAYS.slice(0, 2));
      expect(await waitingMovements()).toBeGreaterThan(0);
      await readOn();
      withoutPolicy.delete(branch!.mid);
      await settle(DAYS.slice(2));
      // Who came second found its case held, and left its later days to a later run.
      await runner().run(DAYS.at(-1)!, 'system:test');
      expect(await waitingMovements()).toBe(0);
    };
    await work().finally(() => (isOver = true));
    await Promise.all([...readers, ...rollers, moving]);
    expect(reads).toBeGreaterThan(3);
    for (const mid of mids.slice(0, 2)) await moved(mid, BELOW);
    while ((await sales.sweep()) > 0);
    expect(await notSummedUp()).toBe(0);
    const [summed] = await pool.execute<{ days: number }[]>(
      `SELECT COUNT(DISTINCT captured_day) AS days FROM daily_scope_sales WHERE scope = ''`,
    );
    expect(numbers(summed!)).toEqual({ days: DAYS.length });
    for (const by of GROUPS) {
      for (const scope of scopes)
        for (const period of [WITHIN, LATER, undefined]) await compared(scope, by, period);
    }
    expect(await checkDatabase(pool, 'ALLOWED')).toEqual([]);
    for (const [table, order, id, what] of [
      [
        `daily_scope_sales WHERE scope = '' AND branchless = 0 AND captured_day = '${DAYS[0]}'`,
        'method',
        `all ${DAYS[0]}`,
        'the sales of an agency’s merchants on a day, or of all merchants, are not the sum of each one’s',
      ],
      [
        `daily_scope_sales WHERE scope = '${BELOW}' AND branchless = 1 AND captured_day = '${DAYS[1]}'`,
        'method',
        `${BELOW} ${DAYS[1]}`,
        'the sales of an agency’s merchants on a day, or of all merchants, are not the sum of each one’s',
      ],
      [
        `branch_sales_sums WHERE branch_id = '${branch!.id}'`,
        'captured_day DESC',
        branch!.id,
        'what a branch has sold up to a day is not the sum of its days',
      ],
    ]) {
      const change = (by: string) => {
        const [name, where] = table!.split(' WHERE ');
        return pool.execute(`UPDATE ${name} SET fee = fee ${by} WHERE ${where} ORDER BY ${order} LIMIT 1`);
      };
      await change('+ 1');
      expect((await checkDatabase(pool, 'ALLOWED')).map((found) => `${found.id} ${found.what}`)).toEqual([
        `${id} ${what}`,
      ]);
      await change('- 1');
    }
  });

  it('cost what days and branches cost once they are summed up, not what merchants and their days do', async () => {
    const question = { from: DAYS[0]!, to: UNTIL, openDays: [], isRolled: true } as const;
    const branches = await pool.execute<{ id: string }[]>('SELECT id FROM branches ORDER BY id');
    const ids = branches.map(({ id }) => id);
    const all: DataScope = { kind: 'ALL' };
    const statements: [Statement, number][] = [
      // A row for each day and method, read twice more while it is grouped.
      [salesStatement({ ...question, scope: all }), 50],
      [salesStatement({ ...question, scope: { kind: 'AGENCY', agencyCode: ABOVE } }), 50],
      // Two rows for each branch, with what they are looked for by.
      [branchesStatement({ ...question, scope: all }, ids), 25 * ids.length],
    ];
    for (const [{ sql, values }, rowsMax] of statements)
      expect(await rowsRead(sql, values)).toBeLessThan(rowsMax);
    // The same while nothing is summed up: a statement that reads everything passes its bound.
    await pool.execute('UPDATE settlement_run_parts SET summed_at = NULL');
    for (const [{ sql, values }, rowsMax] of statements)
      expect(await rowsRead(sql, values)).toBeGreaterThan(rowsMax);
    await pool.execute('UPDATE settlement_run_parts SET summed_at = done_at');
    expect(await notSummedUp()).toBe(0);
  });

  it('leave the roll-up of open days once they are settled', async () => {
    await pool.execute(
      `INSERT INTO transactions (kind, source_id, payment_id, mid, branch_id, contract_id, acquirer, method, amount,
         settled_amount, left_before, left_after, captured_day, occurred_at)
       SELECT 'APPROVAL', CONCAT('x', seq), CONCAT('x', seq), mid, branch_id, contract_id, acquirer, method, 1, 1, 0, 1,
         '${UNTIL}', '${UNTIL} 03:00:00' FROM transactions LIMIT 30`,
    );
    await rolled(() => sales.sweep(), 'open-day-sales');
    await rolled(() => sales.sweep(), 'open-merchant-sales');
    const days = async (table: string) => {
      const rows = await pool.execute<{ day: string }[]>(
        `SELECT DISTINCT CAST(captured_day AS CHAR) AS day FROM ${table} ORDER BY 1`,
      );
      return rows.map(({ day }) => day);
    };
    for (const table of ['open_day_sales', 'open_merchant_sales']) expect(await days(table)).toEqual([UNTIL]);
    for (const by of GROUPS) await compared({ kind: 'ALL' }, by);
    await pool.execute(
      `UPDATE open_merchant_sales SET cancel_count = cancel_count + 1 WHERE mid = '' LIMIT 1`,
    );
    expect((await checkDatabase(pool, 'ALLOWED')).map(({ what, id }) => `${id} ${what}`)).toContain(
      'all a roll-up of a merchant’s open days, or of all merchants’, is not the sum of its movements',
    );
  });
});

describe('obligations', () => {
  const [FIRST, SECOND] = ['2026-05-01', '2026-05-02'] as const;
  /** Korean times of both days, as the database keeps them. */
  const at = (day: string, korean: string) =>
    new Date(`${day}T${korean}+09:00`).toISOString().slice(0, 23).replace('T', ' ');
  const END = at(FIRST, '23:59:59.999');
  const NEXT = at(SECOND, '00:00:00.000');

  const book = (kind: string, id: string, mid: string, amount: number, recordedAt: string) => {
    const [debit, credit] = {
      APPROVAL: ['ACQUIRER_RECEIVABLE', 'MERCHANT_PAYABLE'],
      CANCEL: ['MERCHANT_PAYABLE', 'ACQUIRER_RECEIVABLE'],
      SETTLEMENT_FEE: ['MERCHANT_PAYABLE', 'FEE_INCOME'],
      SETTLEMENT_HOLD: ['MERCHANT_PAYABLE', 'MERCHANT_HELD'],
      SETTLEMENT_PAYOUT: ['MERCHANT_PAYABLE', 'BANK'],
    }[kind] as [string, string];
    return pool.execute(
      `INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount, recorded_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [kind, id, mid, debit, credit, amount, recordedAt],
    );
  };
  const move = (id: string, mid: string, amount: number, day: string, recordedAt: string) =>
    pool.execute(
      `INSERT INTO transactions (kind, source_id, payment_id, mid, contract_id, acquirer, method, amount, settled_amount,
         left_before, left_after, captured_day, occurred_at, recorded_at)
       VALUES (?, ?, ?, ?, 'ctr_1', 'toss', 'CARD', ?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[amount > 0 ? 'APPROVAL' : 'CANCEL', id, id.replace('pcn', 'pay'), mid, amount, amount],
        ...[amount > 0 ? 0 : -amount, amount > 0 ? amount : 0, day, recordedAt, recordedAt],
      ],
    );
  const cancel = (id: string, status: string, amount: number, points: number, requestedAt: string) =>
    pool.execute(
      `INSERT INTO payment_cancels (id, payment_id, mid, status, version, amount, tax_free_amount, point_amount,
         card_tax_free_amount, reason, requested_by, cancel_key, requested_at, cancelled_at)
       VALUES (?, ?, 'M0000001', ?, 1, ?, 0, ?, 0, 'x', 'x', ?, ?, ?)`,
      [
        ...[id, id.replace('pcn', 'pay'), status, amount, points, id, requestedAt],
        status === 'DONE' ? requestedAt : null,
      ],
    );
  const job = (last: string) =>
    new ObligationsJob(
      new ObligationsRepository(source),
      { lastClosedDay: () => Promise.resolve(last) } as unknown as SettlementRunner,
      ...([rollUps, new Clock(), config] as const),
    );
  const kept = async () => {
    const rows = await new ObligationsRepository(source).page({ from: FIRST, to: SECOND }, null, 10);
    return rows.reverse().map(({ recordedAt: _when, ...figures }) => figures);
  };

  beforeAll(async () => {
    // Nothing of the traffic above: a ledger of its own, from its first day on.
    for (const table of ['transactions', 'ledger_transfers']) {
      await pool.query(`TRUNCATE TABLE ${table}`);
    }
    for (const table of [
      'settlement_lines',
      'payment_cancels',
      'settlement_run_parts',
      'open_day_sales',
      'open_merchant_sales',
      'daily_merchant_sales',
      'daily_branch_sales',
      'daily_scope_sales',
      'branch_sales_sums',
    ]) {
      await pool.query(`SET FOREIGN_KEY_CHECKS = 0`);
      await pool.query(`TRUNCATE TABLE ${table}`);
    }
    await pool.query('DELETE FROM settlement_runs');
    await pool.query(`UPDATE roll_ups SET rolled_through = 0, seen_through = 0`);
    await pool.query('DELETE FROM daily_merchant_balances');
    // The first day: two merchants' payments, one of them in its last millisecond; a third has more taken than it has.
    await book('APPROVAL', 'pay_1', 'M0000001', 100_000, at(FIRST, '10:00:00.000'));
    await move('pay_1', 'M0000001', 100_000, FIRST, at(FIRST, '10:00:00.000'));
    await book('APPROVAL', 'pay_2', 'M0000002', 50_001, END);
    await move('pay_2', 'M0000002', 50_001, FIRST, END);
    await book('CANCEL', 'pcn_3', 'M0000003', 7_000, at(FIRST, '11:00:00.000'));
    await move('pcn_3', 'M0000003', -7_000, FIRST, at(FIRST, '11:00:00.000'));
    // The next: the first day is settled, of M0000001 all is withheld; something new comes in its first millisecond.
    await pool.execute(
      `INSERT INTO settlement_runs (captured_day, id, status, requested_by, started_at, finished_at, line_count, settlement_count)
       VALUES (?, 'run_1', 'DONE', 'test', ?, ?, 3, 3)`,
      [FIRST, at(SECOND, '00:20:00.000'), at(SECOND, '00:21:00.000')],
    );
    await pool.execute(
      `INSERT INTO settlement_run_parts (captured_day, part, first_mid, last_mid, transaction_count, done_at)
       VALUES (?, 1, 'M0000001', 'M0000003', 3, ?)`,
      [FIRST, at(SECOND, '00:20:30.000')],
    );
    await book('SETTLEMENT_FEE', 'stl_1:x', 'M0000001', 3_000, at(SECOND, '00:20:30.000'));
    await book('SETTLEMENT_HOLD', 'stl_1:1', 'M0000001', 97_000, at(SECOND, '12:00:00.000'));
    await book('SETTLEMENT_PAYOUT', 'stl_2', 'M0000002', 50_001, at(SECOND, '12:00:00.000'));
    await book('APPROVAL', 'pay_4', 'M0000002', 20_000, NEXT);
    await move('pay_4', 'M0000002', 20_000, SECOND, NEXT);
    // Cancels: one asked for on the first day and done on the second, one refused on the second, one open still.
    await cancel('pcn_1', 'DONE', 9_000, 1_000, at(FIRST, '23:59:00.000'));
    await move('pcn_1', 'M0000001', -8_000, SECOND, at(SECOND, '09:00:00.000'));
    await book('CANCEL', 'pcn_1', 'M0000001', 8_000, at(SECOND, '09:00:00.000'));
    await cancel('pcn_2', 'FAILED', 500, 0, at(FIRST, '23:58:00.000'));
    await pool.execute(
      `INSERT INTO payment_attempts (id, payment_id, cancel_id, operation, outcome, acquirer, contract_id,
         acquirer_order_no, started_at, finished_at) VALUES ('att_2', 'pay_2', 'pcn_2', 'CANCEL', 'REFUSED', 'toss', 'ctr_1', 'x', ?, ?)`,
      [at(FIRST, '23:58:00.000'), at(SECOND, '00:00:01.000')],
    );
    await cancel('pcn_4', 'IN_PROGRESS', 40, 0, at(SECOND, '23:00:00.000'));
    await pool.execute(
      `INSERT INTO settlement_covers (id, kind, institution, amount, effective_from, reason, created_by, created_at)
       VALUES ('cov_1', 'TRUST', '은행', 60000, ?, 'x', 'x', UTC_TIMESTAMP(3)),
              ('cov_2', 'TRUST', '은행', 90000, ?, 'x', 'x', UTC_TIMESTAMP(3)),
              ('cov_3', 'DEPOSIT', '은행', 1000, ?, 'x', 'x', UTC_TIMESTAMP(3))`,
      [FIRST, SECOND, FIRST],
    );
  });

  const EXPECTED = [
    {
      ...{ day: FIRST, held: 0, payableSettled: 0, payableUnsettled: 143_001, merchantDebt: 7_000 },
      ...{ pendingCancels: 8_500, depositsToReturn: 0, obligation: 158_501, coverRatioPpm: 600_000 },
      ...{ requiredCover: 95_101, registeredCover: 61_000, shortfall: 34_101 },
    },
    {
      // Payable: of M0000001 -8,000, of M0000002 20,000, of M0000003 -7,000.
      ...{
        day: SECOND,
        held: 97_000,
        payableSettled: -7_000,
        payableUnsettled: 12_000,
        merchantDebt: 15_000,
      },
      ...{ pendingCancels: 40, depositsToReturn: 0, obligation: 117_040, coverRatioPpm: 600_000 },
      ...{ requiredCover: 70_224, registeredCover: 91_000, shortfall: 0 },
    },
  ];

  it('are what is owed when a day ends, kept once, however many reckon them and however late', async () => {
    await Promise.all([1, 2].map(() => job(FIRST).sweep()));
    expect(await kept()).toEqual(EXPECTED.slice(0, 1));
    await rolled(() => job(FIRST).sweep(), 'merchant-balances');
    await Promise.all([1, 2, 3].map(() => job(SECOND).catchUp()));
    expect(await kept()).toEqual(EXPECTED);
    const owed = await new ObligationsRepository(source).owedAt(FIRST);
    expect(EXPECTED[0]).toMatchObject(owed);
  });

  it('and their roll-ups are looked at by verify', async () => {
    const found = async () =>
      (await checkDatabase(pool, 'ALLOWED'))
        .filter(({ invariant }) => invariant === 'INV-30')
        .map(({ what, id }) => `${id} ${what}`)
        .filter((each) => !each.includes('roll-up of payments'));
    expect(await found()).toEqual([]);
    await pool.query('DROP TRIGGER settlement_obligations_no_update');
    const planted = async (sql: string, undo: string) => {
      await pool.query(sql);
      const seen = await found();
      await pool.query(undo);
      return seen;
    };
    const obligation = (change: string, undo: string) =>
      planted(
        `UPDATE settlement_obligations SET ${change} WHERE day = '${FIRST}'`,
        `UPDATE settlement_obligations SET ${undo} WHERE day = '${FIRST}'`,
      );
    expect(await obligation('held = 1', 'held = 0')).toEqual(
      expect.arrayContaining([`${FIRST} the obligations of a day are not what its ledger says`]),
    );
    expect(
      await obligation(
        'payable_unsettled = payable_unsettled - 1, payable_settled = payable_settled + 1',
        'payable_unsettled = payable_unsettled + 1, payable_settled = payable_settled - 1',
      ),
    ).toEqual([`${FIRST} the unsettled part of a day’s obligations is not the sum of its movements`]);
    expect(await obligation('pending_cancels = 8499', 'pending_cancels = 8500')).toContain(
      `${FIRST} what a day’s obligations say of cancels and deposits is not what was open then`,
    );
    expect(await obligation('registered_cover = 95101', 'registered_cover = 61000')).toEqual([
      `${FIRST} the cover of a day is not what was registered, or not its share of the obligations`,
    ]);
    expect(
      await planted(
        `UPDATE daily_merchant_balances SET held = held + 1 WHERE mid = 'M0000002'`,
        `UPDATE daily_merchant_balances SET held = held - 1 WHERE mid = 'M0000002'`,
      ),
    ).toContain('M0000002 a roll-up of what a merchant is owed is not the sum of its ledger transfers');
    expect(await obligation('merchant_debt = 1', 'merchant_debt = 7000')).toEqual([
      `${FIRST} the cover of a day is not what was registered, or not its share of the obligations`,
    ]);
    expect(
      await planted(
        `UPDATE settlement_obligations SET merchant_debt = 0 WHERE day = '${SECOND}'`,
        `UPDATE settlement_obligations SET merchant_debt = 15000 WHERE day = '${SECOND}'`,
      ),
    ).toContain(`${SECOND} what merchants owe by the last day’s obligations is not what its ledger says`);
    await rolled(() => sales.sweep(), 'open-day-sales');
    expect(
      await planted(
        `UPDATE open_day_sales SET cancel_amount = cancel_amount - 1 WHERE captured_day = '${SECOND}' AND mid = 'M0000002'`,
        `UPDATE open_day_sales SET cancel_amount = cancel_amount + 1 WHERE captured_day = '${SECOND}' AND mid = 'M0000002'`,
      ),
    ).toEqual(['M0000002 a roll-up of open days is not the sum of its movements']);
  });
});
