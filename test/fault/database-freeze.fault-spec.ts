import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SqlPool } from '../../src/common/db/pool';
import { DatabaseServer } from '../support/database-server';
import { type ApiAnswer, keyIn } from '../support/merchant';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';
import { createTestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

const QUERY_TIMEOUT_MS = 400;
const WAIT_MS = 400;

describe('a database that stops answering for a while', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pg-freeze-'));
  const server = new DatabaseServer(join(folder, 'data'));
  let pool: SqlPool;
  let observer: SqlPool;

  beforeAll(async () => {
    await server.start();
    const limits = { connectionsMax: 2, waitMs: WAIT_MS, queryTimeoutMs: QUERY_TIMEOUT_MS };
    const admin = new SqlPool(server.adminUrl, limits);
    await admin.query('CREATE DATABASE freeze');
    await admin.query('CREATE TABLE freeze.marks (id INT PRIMARY KEY)');
    await admin.close();
    const url = new URL(server.adminUrl);
    url.pathname = '/freeze';
    pool = new SqlPool(url.href, limits);
    observer = new SqlPool(url.href, limits);
    // Both connections of the pool are open and prepared before the freeze.
    await Promise.all([pool.execute('SELECT SLEEP(0.05)'), pool.execute('SELECT SLEEP(0.05)')]);
  });

  afterEach(() => server.thaw());

  afterAll(async () => {
    await Promise.allSettled([pool.close(), observer.close()]);
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('holds no caller longer than its limits, and loses no write that it acknowledged', async () => {
    await server.freeze();
    const started = Date.now();
    const caught = await Promise.allSettled(
      Array.from({ length: 6 }, (_, n) =>
        pool.transaction('frozen', (tx) => tx.execute('INSERT INTO marks VALUES (?)', [1_000 + n])),
      ),
    );
    expect(caught.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'rejected'));
    expect(Date.now() - started).toBeLessThan(10 * (QUERY_TIMEOUT_MS + WAIT_MS));

    await server.thaw();
    await sleep(QUERY_TIMEOUT_MS);
    for (let n = 0; n < 6; n += 1) await pool.execute('INSERT INTO marks VALUES (?)', [n]);
    const seen = await observer.execute<{ id: number }[]>('SELECT id FROM marks WHERE id < 1000 ORDER BY id');
    expect(seen.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5]);
    const inside = await pool.execute<{ open: number }[]>('SELECT @@in_transaction AS open');
    expect(Number(inside[0]?.open)).toBe(0);
  });

  it('holds nobody longer for a statement that has to be prepared first', async () => {
    await Promise.all([observer.query('SELECT SLEEP(0.05)'), observer.query('SELECT SLEEP(0.05)')]);
    await server.freeze();
    const started = Date.now();
    await expect(observer.execute('SELECT id FROM marks WHERE id = ?', [1])).rejects.toMatchObject({
      code: 'PROTOCOL_SEQUENCE_TIMEOUT',
    });
    expect(Date.now() - started).toBeLessThan(10 * (QUERY_TIMEOUT_MS + WAIT_MS));
  });
});

describe('an API whose database stops answering for a while', () => {
  const READINESS_MS = 1_000;
  /** The wait for a connection, a statement's time, and what a busy machine adds. */
  const ANSWER_MS = 500 + 1_500 + 2_000;
  /** More than TypeORM's pool has connections. */
  const CALLERS = 12;
  const folder = mkdtempSync(join(tmpdir(), 'pg-freeze-api-'));
  const server = new DatabaseServer(join(folder, 'data'));
  let stack: Stack;

  beforeAll(async () => {
    await server.start();
    const { url } = await createTestDatabase('freeze', server.adminUrl);
    stack = await Stack.start('freeze', {
      databaseUrl: url,
      env: {
        DB_POOL_WAIT_MS: '500',
        DB_QUERY_TIMEOUT_MS: '1500',
        READINESS_TIMEOUT_MS: String(READINESS_MS),
        CACHE_TTL_MS: '60000',
      },
    });
  });

  afterAll(async () => {
    await server.thaw();
    await stack?.stop();
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function readiness(): Promise<{ status: number; body: unknown; ms: number }> {
    const since = performance.now();
    const answer = await fetch(`${stack.api.url}/health/ready`, { signal: AbortSignal.timeout(20_000) });
    return { status: answer.status, body: await answer.json(), ms: performance.now() - since };
  }

  it('says in time that it is not ready, refuses what it cannot do, and is ready again by itself', async () => {
    const approved = await stack.merchant.approve(keyIn());
    expect(approved.status).toBe(200);

    await server.freeze();
    const since = performance.now();
    const reads: Promise<ApiAnswer>[] = Array.from({ length: CALLERS }, () =>
      stack.merchant.payment(approved.body.paymentId),
    );
    // What was answered half a second ago is still told.
    const probes = await Promise.all(
      Array.from({ length: 3 }, (_, n) => sleep(600 + 700 * n).then(readiness)),
    );
    for (const { status, body, ms } of probes) {
      expect({ status, body }).toEqual({
        status: 503,
        body: { status: 'unavailable', checks: { database: 'failed' } },
      });
      expect(ms).toBeLessThan(READINESS_MS + 500);
    }
    for (const { status, body } of await Promise.all(reads)) {
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'SERVICE_UNAVAILABLE' });
    }
    expect(performance.now() - since).toBeLessThan(ANSWER_MS);

    await server.thaw();
    await eventually(async () => ((await readiness()).status === 200 ? true : undefined), {
      withinMs: 10_000,
      what: 'the API is ready again without a restart',
    });
    const again = await Promise.all(reads.map(() => stack.merchant.payment(approved.body.paymentId)));
    expect(again.map(({ status }) => status)).toEqual(reads.map(() => 200));
    const metrics = await (await fetch(stack.api.metricsUrl)).text();
    expect(metrics).toMatch(/^pg_database_pool_refusals_total\{pool="general"\} [1-9]/m);
  });
});
