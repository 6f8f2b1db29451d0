import { createConnection, type Connection } from 'mysql2/promise';
import type { DataSource } from 'typeorm';
import { connectedSource } from '../../src/common/db/connected-source';
import { isStatementTimeout } from '../../src/common/db/database-errors';
import { GeneralPool } from '../../src/common/db/general-pool';
import { SqlPool } from '../../src/common/db/pool';
import { UnitOfWork } from '../../src/common/db/unit-of-work';
import { watchPool } from '../../src/common/db/watch-pool';
import { Metrics } from '../../src/common/metrics/metrics';
import { loadConfig } from '../../src/config/app-config';
import { dataSourceOptions } from '../../src/config/data-source';
import { migrationSource } from '../../src/config/migration-source';
import { createTestDatabase, type TestDatabase, testEnvironment } from '../support/test-database';

const CONNECTIONS = 2;
const WAIT_MS = 300;
const QUERY_TIMEOUT_MS = 1_500;
const CONNECTION = 'SELECT CONNECTION_ID() AS id';
/** Longer than a caller waits for a connection, shorter than a statement may run. */
const HOLD = 'SELECT SLEEP(0.8)';
/** Longer than a statement may run: a SLEEP would end early with an answer. */
const ENDLESS = 'SELECT COUNT(*) FROM seq_1_to_1000000000 a JOIN seq_1_to_1000000000 b';
type Ids = { id: number | string }[];

let database: TestDatabase;
let rows: Connection;

beforeAll(async () => {
  database = await createTestDatabase('limits');
  rows = await createConnection({ uri: database.url });
});

afterAll(async () => {
  await rows.end();
  await database.drop();
});

const config = (more: Record<string, string> = {}) =>
  loadConfig(
    testEnvironment(database.url, {
      DB_POOL_GENERAL: String(CONNECTIONS),
      DB_POOL_WAIT_MS: String(WAIT_MS),
      DB_QUERY_TIMEOUT_MS: String(QUERY_TIMEOUT_MS),
      ...more,
    }),
  );

describe("TypeORM's pool", () => {
  let source: DataSource;

  beforeAll(async () => {
    source = await connectedSource({ ...dataSourceOptions(config()), migrations: [] });
  });
  afterAll(() => source.destroy());

  it('refuses who waits too long, counts it, and has every connection again afterwards', async () => {
    const metrics = new Metrics();
    watchPool(metrics, 'general', GeneralPool.of(source));
    const unitOfWork = new UnitOfWork(source);
    const held = Array.from({ length: CONNECTIONS }, () => source.query(HOLD));
    const since = performance.now();
    const late = await Promise.allSettled([
      source.query(CONNECTION),
      source.manager.query(CONNECTION),
      unitOfWork.run('late', (tx) => tx.query(CONNECTION)),
    ]);
    expect(performance.now() - since).toBeLessThan(WAIT_MS + 400);
    for (const one of late) {
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'POOL_WAIT_EXCEEDED' } });
    }
    const text = await metrics.text();
    expect(text).toContain('pg_database_pool_refusals_total{pool="general"} 3');
    expect(text).toContain('pg_database_pool_wait_seconds_count{pool="general"} 3');
    expect(text).toContain(`pg_database_pool_busy{pool="general"} ${CONNECTIONS}`);
    await Promise.all(held);
    const again = await Promise.all(Array.from({ length: CONNECTIONS }, () => source.query(HOLD)));
    expect(again).toHaveLength(CONNECTIONS);
    expect(GeneralPool.of(source).stats).toEqual({ busy: 0, waiting: 0, max: CONNECTIONS });
  });

  it('is held to DB_QUERY_TIMEOUT_MS by the server, and keeps the connection', async () => {
    const runner = source.createQueryRunner();
    const [before] = (await runner.query(CONNECTION)) as Ids;
    const error: unknown = await runner.query(ENDLESS).catch((thrown: unknown) => thrown);
    expect(isStatementTimeout(error)).toBe(true);
    const [after] = (await runner.query(CONNECTION)) as Ids;
    expect(after).toEqual(before);
    await runner.release();
  });
});

it('a pool of our own is held to its limit by the server as well, and keeps the connection', async () => {
  const pool = new SqlPool(database.url, { connectionsMax: 1, waitMs: WAIT_MS, queryTimeoutMs: 500 });
  try {
    const [before] = await pool.query<Ids>(CONNECTION);
    const error: unknown = await pool.query(ENDLESS).catch((thrown: unknown) => thrown);
    expect(isStatementTimeout(error)).toBe(true);
    expect(await pool.query<Ids>(CONNECTION)).toEqual([before]);
  } finally {
    await pool.close();
  }
});

describe('a migration behind an open transaction', () => {
  const patience = { MIGRATION_LOCK_WAIT_SECONDS: '1', MIGRATION_LOCK_PAUSE_MS: '400' };
  const add = 'ALTER TABLE held ADD COLUMN IF NOT EXISTS more INT';

  beforeEach(async () => {
    await rows.query('CREATE OR REPLACE TABLE held (id INT PRIMARY KEY)');
    await rows.query('START TRANSACTION');
    await rows.query('SELECT * FROM held');
  });
  afterEach(() => rows.query('ROLLBACK'));

  const columns = async () => ((await rows.query('SHOW COLUMNS FROM held'))[0] as unknown[]).length;

  it('gives up after so many tries, says what stands in its way, and has changed nothing', async () => {
    const source = await migrationSource(config({ ...patience, MIGRATION_LOCK_TRIES: '2' }), database.url);
    try {
      const since = performance.now();
      await expect(source.query(add)).rejects.toThrow(
        /^"ALTER TABLE held ADD COLUMN .*" was tried 2 times, 1 s each, .*innodb_trx.*KILL/,
      );
      expect(performance.now() - since).toBeLessThan(2 * 1_000 + 400 + 1_000);
    } finally {
      await source.destroy();
    }
    expect(await columns()).toBe(1);
  });

  it('is done once that has ended, and lets the statements of others through meanwhile', async () => {
    const source = await migrationSource(config({ ...patience, MIGRATION_LOCK_TRIES: '20' }), database.url);
    const other = await createConnection({ uri: database.url });
    try {
      const migrated = source.query(add);
      let longest = 0;
      for (let n = 0; n < 12; n += 1) {
        const since = performance.now();
        await other.query('INSERT INTO held (id) VALUES (?)', [n]);
        longest = Math.max(longest, performance.now() - since);
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
      // Behind the waiting statement, and no longer than it waits.
      expect(longest).toBeGreaterThan(200);
      expect(longest).toBeLessThan(1_500);
      await rows.query('ROLLBACK');
      await migrated;
      expect(await columns()).toBe(2);
    } finally {
      await other.end();
      await source.destroy();
    }
  });
});
