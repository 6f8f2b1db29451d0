import { SqlPool } from '../../src/common/db/pool';
import { newId } from '../../src/common/ids/id';
import { koreanDay } from '../../src/common/time/korean-time';
import { issued, subscribe } from '../support/billing';
import { eventually, type Program } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(1_800_000);

/** Due at once. 10,000 with `npm run fault -- --release`. */
const DUE = Number(
  process.env.FAULT_SUBSCRIPTIONS ?? (Number(process.env.FAULT_ROUNDS ?? 1) > 1 ? 10_000 : 300),
);
const ROWS_AT_ONCE = 500;
const AMOUNT = 9_900;
const WITHIN_MS = 900_000;
const ANSWERED_IN_MS = 150;

/** A tenth of these, as of every wait: a burst on a busy machine is no silent acquirer, and an undone payment no charge. */
const PATIENT = {
  ACQUIRER_CONNECT_TIMEOUT_MS: '60000',
  ACQUIRER_ANSWER_TIMEOUT_MS: '60000',
  WORKER_LEASE_MS: '200000',
  DB_POOL_WAIT_MS: '30000',
  SUBSCRIPTION_UNDONE_PAUSE_MS: '20000',
};

let stack: Stack;
let pool: SqlPool;

beforeAll(async () => {
  stack = await Stack.start('due', { worker: false, env: { ...PATIENT, LOG_LEVEL: 'warn' } });
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 2, waitMs: 10_000, queryTimeoutMs: 60_000 });
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});

/** Copies of one subscription that the API made: the same but for their ids. */
async function manyOf(id: string): Promise<void> {
  const [template] = await pool.execute<Record<string, string | number | null>[]>(
    'SELECT * FROM subscriptions WHERE id = ?',
    [id],
  );
  const { id: _, ...rest } = template!;
  const columns = Object.keys(rest);
  const values = Object.values(rest);
  for (let made = 1; made < DUE; made += ROWS_AT_ONCE) {
    const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, DUE - made) }, () => [newId('sub'), ...values]);
    const row = `(${['id', ...columns].map(() => '?').join(', ')})`;
    await pool.execute(
      `INSERT INTO subscriptions (id, ${columns.join(', ')}) VALUES ${rows.map(() => row).join(', ')}`,
      rows.flat(),
    );
    await pool.execute(
      `INSERT INTO billing_events (subject_id, to_status, actor, reason, occurred_at)
       VALUES ${rows.map(() => `(?, 'ACTIVE', 'merchant', 'a copy', UTC_TIMESTAMP(3))`).join(', ')}`,
      rows.map(([copy]) => copy!),
    );
  }
}

async function count(sql: string): Promise<number> {
  const [row] = await pool.execute<{ n: number | string }[]>(sql);
  return Number(row!.n);
}
const paid = () => count(`SELECT COUNT(*) AS n FROM subscription_charges WHERE status = 'PAID'`);

it(`charges ${DUE} subscriptions once each, although one of two workers is killed half-way`, async () => {
  const billingKey = await issued(stack.merchant);
  const made = await subscribe(stack.merchant, { billingKey, amount: AMOUNT, noticeDays: 0 });
  expect(made.body).toMatchObject({ nextChargeOn: koreanDay(new Date()) });
  await manyOf(String(made.body.subscriptionId));

  // So that charges are at the acquirer when the worker is killed.
  await stack.control.latency(ANSWERED_IN_MS);
  const startedAt = performance.now();
  const workers = await Promise.all([stack.startWorker(), stack.startWorker()]);
  await eventually(async () => (await paid()) >= DUE / 2 || undefined, {
    withinMs: WITHIN_MS,
    what: 'half are paid',
  });
  await killed(workers);
  const atKill = await paid();
  await stack.startWorker();
  // What was at the acquirer when the worker was killed is undone, and asked for again on the same day.
  await eventually(async () => (await paid()) === DUE || undefined, {
    withinMs: WITHIN_MS,
    what: 'all are paid',
  });
  const undone = await count('SELECT COALESCE(SUM(undone_tries), 0) AS n FROM subscription_charges');
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  process.stdout.write(
    `subscriptions: ${DUE} charged in ${seconds} s, ${atKill} when a worker was killed, ${undone} tries undone before\n`,
  );

  expect(await count('SELECT COUNT(*) AS n FROM subscription_charges')).toBe(DUE);
  expect(await count('SELECT COUNT(DISTINCT subscription_id) AS n FROM subscription_charges')).toBe(DUE);
  expect(undone).toBeGreaterThan(0);
  expect(
    await count('SELECT COUNT(*) AS n FROM subscription_charges WHERE first_failed_on IS NOT NULL'),
  ).toBe(0);
  expect(await count(`SELECT COUNT(*) AS n FROM payments WHERE status = 'APPROVED'`)).toBe(DUE);
  expect(await count(`SELECT COUNT(*) AS n FROM payments WHERE status NOT IN ('APPROVED', 'REVERSED')`)).toBe(
    0,
  );
  expect(await count(`SELECT COUNT(*) AS n FROM outbox_events WHERE type = 'subscription.charged'`)).toBe(
    DUE,
  );
  const charged = await ledgerOfOurs();
  expect([charged.orders, charged.amount]).toEqual([DUE, DUE * AMOUNT]);
  const { code, output } = await stack.verify();
  expect(`${code} ${output}`).toMatch(/^0 /);
});

/** The next worker that has an answer of the acquirer dies before it is written down. */
async function killed(workers: readonly Program[]): Promise<void> {
  stack.crashWorkerAt('approve.after-call');
  await eventually(async () => (workers.some(({ isRunning }) => !isRunning) ? true : undefined), {
    withinMs: 30_000,
    what: 'a worker is killed',
  });
}

/** What the acquirer itself says that it took and kept, order by order: never twice for one. */
async function ledgerOfOurs(): Promise<{ orders: number; amount: number }> {
  const orders = new Map<string, number>();
  let after = '';
  for (;;) {
    const answer = await fetch(`${stack.sandboxUrl}/__sandbox/ledger?acquirer=toss${after}`);
    const { data, nextCursor } = (await answer.json()) as {
      data: { kind: string; acquirerOrderNo: string; amount: number }[];
      nextCursor: string | null;
    };
    for (const { kind, acquirerOrderNo, amount } of data) {
      const isApproval = kind === 'approval';
      expect(orders.has(acquirerOrderNo)).toBe(!isApproval);
      orders.set(acquirerOrderNo, isApproval ? amount : (orders.get(acquirerOrderNo) ?? 0) - amount);
    }
    if (nextCursor === null) break;
    after = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
  const kept = [...orders.values()].filter((amount) => amount !== 0);
  return { orders: kept.length, amount: kept.reduce((sum, amount) => sum + amount, 0) };
}
