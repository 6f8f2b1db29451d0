import { SqlPool } from '../../src/common/db/pool';
import { addDays, koreanDay } from '../../src/common/time/korean-time';
import { checkDatabase } from '../../src/verify/database-checks';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(300_000);

/**
 * The worker as a process of its own: after days without one it settles all that are over, in order, dies half-way, and
 * the next one goes on where it stopped.
 */
const WITHIN_MS = 90_000;
const today = koreanDay(new Date());
/** The worker was away for so many days. */
const DAYS = [4, 3, 2].map((ago) => addDays(today, -ago));

let stack: Stack;
let pool: SqlPool;

beforeAll(async () => {
  stack = await Stack.start('settlement-worker', { worker: false, env: { SETTLEMENT_SWEEP_MS: '2000' } });
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 2, waitMs: 10_000, queryTimeoutMs: 30_000 });
  for (const day of DAYS) await sales(day);
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});

/** A sale of 10,000 won and a cancel of 4,000 of it on a Korean day, of every demo merchant that has a contract. */
async function sales(day: string): Promise<void> {
  const moves = [
    ['APPROVAL', 'pay', 10_000, 0],
    ['CANCEL', 'pcn', -4_000, 10_000],
  ] as const;
  for (const [kind, prefix, amount, before] of moves) {
    await pool.execute(
      `INSERT INTO transactions (kind, source_id, payment_id, mid, contract_id, acquirer, method, card_type, amount,
         settled_amount, left_before, left_after, captured_day, occurred_at)
       SELECT ?, CONCAT('${prefix}_', c.mid, ?), CONCAT('pay_', c.mid, ?), c.mid, MIN(c.id), MIN(c.acquirer), 'CARD',
         'CREDIT', ?, ?, ?, ?, ?, ?
       FROM acquirer_contracts c GROUP BY c.mid`,
      [kind, day, day, amount, amount, before, before + amount, day, `${day} 03:00:00.000`],
    );
  }
  await pool.execute(
    `INSERT IGNORE INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount)
     SELECT kind, source_id, mid, IF(amount > 0, 'ACQUIRER_RECEIVABLE', 'MERCHANT_PAYABLE'),
       IF(amount > 0, 'MERCHANT_PAYABLE', 'ACQUIRER_RECEIVABLE'), ABS(amount) FROM transactions WHERE captured_day = ?`,
    [day],
  );
}

const runs = async () => {
  const rows = await pool.execute<{ day: string; status: string; n: number | string | null }[]>(
    'SELECT CAST(captured_day AS CHAR) AS day, status, line_count AS n FROM settlement_runs ORDER BY captured_day',
  );
  return rows.map(({ day, status, n }) => `${day} ${status} ${n === null ? '-' : Number(n)}`);
};
const count = async (table: string, condition = 'TRUE') => {
  const [row] = await pool.execute<{ n: number | string }[]>(
    `SELECT COUNT(*) AS n FROM ${table} WHERE ${condition}`,
  );
  return Number(row!.n);
};
const settled = (days: readonly string[]) =>
  eventually(
    async () => {
      const done = (await runs()).filter((run) => run.includes(' DONE '));
      return days.every((day) => done.some((run) => run.startsWith(day))) ? done : undefined;
    },
    { withinMs: WITHIN_MS, what: `${days.length} days are settled` },
  );
/** Payments were not made, only what settlement reads of them. */
const broken = async () =>
  (await checkDatabase(pool, 'FORBIDDEN')).filter(
    ({ what }) => what !== 'movements do not sum to what is left of their payment',
  );

it('leaves nothing half done when it is killed within a part, and the next one settles every day that was missed', async () => {
  const movements = await count('transactions');
  expect(movements).toBeGreaterThan(DAYS.length * 2);
  stack.crashWorkerAt('settlement.part-before-commit');
  await stack.worker.start();
  await stack.worker.ended(WITHIN_MS);
  expect([await runs(), await count('settlement_lines')]).toEqual([[`${DAYS[0]} RUNNING -`], 0]);
  // Once more, after the first part: its lines stay, and are not made again.
  stack.crashWorkerAt('settlement.part-done');
  await stack.worker.start();
  await stack.worker.ended(WITHIN_MS);
  const ofDay = movements / DAYS.length;
  expect([await runs(), await count('settlement_lines')]).toEqual([[`${DAYS[0]} RUNNING -`], ofDay]);
  // And twice while it sums up what is settled: before a part of it is committed, and after one.
  const summed = async () => [
    await count('settlement_run_parts', 'summed_at IS NOT NULL'),
    await count('daily_scope_sales', `scope = '' AND branchless = 0`),
  ];
  // It may be dead before it is seen to be ready.
  const dies = async (crashPoint: string) => {
    stack.crashWorkerAt(crashPoint);
    await stack.worker.start().catch(() => undefined);
    await stack.worker.ended(WITHIN_MS);
  };
  await dies('settlement.sums-before-commit');
  expect(await summed()).toEqual([0, 0]);
  await dies('settlement.sums-done');
  // One part, and one row of its day and method.
  expect(await summed()).toEqual([1, 1]);
  await stack.worker.start();
  expect(await settled(DAYS)).toEqual(DAYS.map((day) => `${day} DONE ${ofDay}`));
  await eventually(
    async () => ((await count('settlement_run_parts', 'summed_at IS NULL')) === 0 ? true : undefined),
    { withinMs: WITHIN_MS, what: 'every part is summed up' },
  );
  expect(await count('settlement_lines')).toBe(movements);
  expect(await broken()).toEqual([]);
});

it('confirms what was due meanwhile, and goes on beside a second worker', async () => {
  await eventually(
    async () =>
      (await count('settlements', `status = 'SCHEDULED' AND payout_day < '${today}'`)) === 0
        ? true
        : undefined,
    { withinMs: WITHIN_MS, what: 'due settlements are confirmed' },
  );
  await stack.startWorker();
  const last = addDays(today, -1);
  await sales(last);
  // Yesterday may get movements for ten minutes after midnight: then it is not over yet.
  const [clock] = await pool.execute<{ over: number | string }[]>(
    `SELECT DATE(UTC_TIMESTAMP(3) + INTERVAL 9 HOUR - INTERVAL 600 SECOND) > ? AS \`over\``,
    [last],
  );
  if (Number(clock!.over) === 1) {
    expect(await settled([last])).toHaveLength(DAYS.length + 1);
    expect(await count('settlement_lines')).toBe(await count('transactions'));
  }
  expect(await broken()).toEqual([]);
});
