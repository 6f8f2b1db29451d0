import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SqlPool } from '../../src/common/db/pool';
import { DatabaseServer } from '../support/database-server';

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

  afterAll(async () => {
    await server.thaw();
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
});
