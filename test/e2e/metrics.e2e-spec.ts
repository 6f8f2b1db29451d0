import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { METRICS } from '../../src/common/metrics/catalogue';
import { CARD, keyIn } from '../support/merchant';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

/** Nothing is measured of these where all is well or nothing is traced. */
const QUIET = ['pg_trace_spans_total', 'pg_database_pool_wait_seconds', 'pg_webhook_tries_total'];
const OF_WORKER = /^pg_worker_/;
const OF_DATABASE = /^pg_(payments|cancels|virtual|inbound|ledger|messages|cash|subscriptions|settlement)_/;

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start('metrics', { env: { METRICS_DATABASE_MAX_AGE_MS: '1' } });
});
afterAll(() => stack?.stop());

const metricsOf = async (url: string) => (await fetch(url)).text();
const value = (text: string, sample: string) => {
  const escaped = sample.replace(/[{}]/g, '\\$&');
  return Number(new RegExp(`^${escaped} (\\S+)$`, 'm').exec(text)?.[1]);
};
const workerUrl = () => {
  const [, address] = /metrics on (\S+)/.exec(stack.worker.output)!;
  return `http://${address}/metrics`;
};
const until = (what: string, ask: () => Promise<boolean>) =>
  eventually(async () => ((await ask()) ? true : undefined), { withinMs: 60_000, what });

it('measures everything that the catalogue names, and nothing that it does not', async () => {
  await stack.merchant.approve(keyIn());
  // A first reading does not wait for a slow database: what it was asked for is there at the next.
  const databaseGauges = Object.keys(METRICS).filter((name) => OF_DATABASE.test(name));
  await until('the values of the database', async () => {
    const text = await metricsOf(stack.api.metricsUrl);
    return databaseGauges.every((name) => Number.isFinite(value(text, name)));
  });
  const [api, worker] = await Promise.all([metricsOf(stack.api.metricsUrl), metricsOf(workerUrl())]);
  const sampled = (text: string) =>
    new Set(
      [...text.matchAll(/^(pg_\w+?)(?:_bucket|_sum|_count)?(?:\{.*\})? /gm)].map(([, name = '']) => name),
    );
  const missing = (text: string, names: readonly string[]) =>
    names.filter((name) => !sampled(text).has(name));
  const names = Object.keys(METRICS).filter((name) => !QUIET.includes(name));
  expect(
    missing(
      api,
      names.filter((name) => !OF_WORKER.test(name)),
    ),
  ).toEqual([]);
  expect(
    missing(
      worker,
      names.filter((name) => OF_WORKER.test(name)),
    ),
  ).toEqual([]);
  const ours = [...sampled(api), ...sampled(worker)].filter((name) => !/^pg_(nodejs|process)_/.test(name));
  expect(ours.filter((name) => !(name in METRICS))).toEqual([]);
});

it('counts each call to an acquirer by operation and outcome', async () => {
  const before = await metricsOf(stack.api.metricsUrl);
  const sample = (operation: string, outcome: string) =>
    `pg_acquirer_call_duration_seconds_count{acquirer="toss",operation="${operation}",outcome="${outcome}"}`;
  const answer = await stack.merchant.approve(keyIn());
  await stack.merchant.cancel(answer.body.paymentId);
  await stack.merchant.approve(keyIn({ cardNumber: '4000000000000002' }));
  const after = await metricsOf(stack.api.metricsUrl);
  const grown = (operation: string, outcome: string) =>
    value(after, sample(operation, outcome)) - (value(before, sample(operation, outcome)) || 0);
  expect([
    grown('approveKeyIn', 'APPROVED'),
    grown('approveKeyIn', 'DECLINED'),
    grown('cancel', 'CANCELLED'),
  ]).toEqual([1, 1, 1]);
});

it('tells of a payment whose answer was lost, and for how long, until it is resolved', async () => {
  await stack.worker.stop();
  await stack.merchant.approve(keyIn({ cardNumber: CARD.silent }));
  await until('one unresolved payment that grows older', async () => {
    const text = await metricsOf(stack.api.metricsUrl);
    const age = value(text, 'pg_payments_unresolved_oldest_age_seconds');
    return value(text, 'pg_payments_unresolved') === 1 && age >= 2 && age < 600;
  });
  await stack.worker.start();
  await until('no unresolved payment', async () => {
    const text = await metricsOf(stack.api.metricsUrl);
    return (
      value(text, 'pg_payments_unresolved') === 0 &&
      value(text, 'pg_payments_unresolved_oldest_age_seconds') === 0
    );
  });
});

it('tells of a movement that the ledger does not have', async () => {
  const { body } = await stack.merchant.approve(keyIn());
  const text = await metricsOf(stack.api.metricsUrl);
  expect(value(text, 'pg_ledger_breaks')).toBe(0);
  const root = await createConnection(stack.databaseUrl);
  try {
    // As no process of ours could: behind the triggers' back, on a payment that the next process looks at anew.
    await root.query('DROP TRIGGER IF EXISTS ledger_transfers_no_delete');
    await root.query('DELETE FROM ledger_transfers WHERE source_id = ?', [body.paymentId]);
  } finally {
    await root.end();
  }
  await stack.worker.stop();
  await stack.worker.start();
  await until('the break', async () => value(await metricsOf(workerUrl()), 'pg_ledger_breaks') === 1);
});

it('answers at once, and says how old its values are, when the database does not', async () => {
  const blocker = await createConnection(stack.databaseUrl);
  try {
    await blocker.query('LOCK TABLES messages WRITE');
    const text = await until('values that grow old', async () => {
      const started = performance.now();
      const read = await metricsOf(stack.api.metricsUrl);
      // A scrape has ten seconds by Prometheus' default.
      expect(performance.now() - started).toBeLessThan(5_000);
      return value(read, 'pg_database_gauges_age_seconds') > 1 && /^pg_http_requests_total/m.test(read);
    });
    expect(text).toBe(true);
  } finally {
    await blocker.end();
  }
});

it('runs every statement that the manual names', async () => {
  const manual = readFileSync(join(__dirname, '../../docs/operations/manual.md'), 'utf8');
  const statements = [...manual.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql = '']) => sql);
  expect(statements.length).toBeGreaterThan(5);
  const connection = await createConnection(stack.databaseUrl);
  try {
    for (const sql of statements) await expect(connection.query(sql)).resolves.toBeDefined();
  } finally {
    await connection.end();
  }
});
