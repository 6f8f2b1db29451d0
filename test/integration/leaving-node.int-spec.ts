import { DataSource } from 'typeorm';
import { SqlPool } from '../../src/common/db/pool';
import { UnitOfWork } from '../../src/common/db/unit-of-work';
import { loadConfig } from '../../src/config/app-config';
import { dataSourceOptions } from '../../src/config/data-source';
import { createTestDatabase, type TestDatabase, testEnvironment } from '../support/test-database';

/**
 * A database node that leaves its cluster refuses everything, ROLLBACK as well: a connection to it is never used again.
 * The server here is an ordinary one that is made to say the same.
 */
const SAYS = {
  'it is in no cluster with a majority': "SIGNAL SQLSTATE '08S01' SET MYSQL_ERRNO = 1047",
  'it fell out of it while it committed': "SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1180",
};
const CONNECTION = 'SELECT CONNECTION_ID() AS id';
type Ids = { id: number }[];

let database: TestDatabase;
let pool: SqlPool;
let source: DataSource;

beforeAll(async () => {
  database = await createTestDatabase('leaving');
  pool = new SqlPool(database.url, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 5_000 });
  const config = loadConfig(testEnvironment(database.url, { DB_POOL_GENERAL: '1' }));
  source = await new DataSource({ ...dataSourceOptions(config), migrations: [] }).initialize();
  await pool.query('CREATE TABLE marks (id INT PRIMARY KEY)');
});

afterAll(async () => {
  await source.destroy();
  await pool.close();
  await database.drop();
});

describe.each(Object.entries(SAYS))('a node that says that %s', (_, says) => {
  it('loses its connection of the journal, with what was begun on it', async () => {
    const [before] = await pool.query<Ids>(CONNECTION);
    const work = pool.transaction('leaving', async (tx) => {
      await tx.query('INSERT INTO marks VALUES (1)');
      await tx.query(says);
    });
    await expect(work).rejects.toMatchObject({ errno: expect.any(Number) });
    const [after] = await pool.query<Ids>(CONNECTION);
    expect(after?.id).not.toBe(before?.id);
    expect(await pool.query('SELECT id FROM marks')).toEqual([]);
  });

  it('loses its connection of a unit of work, with what was begun on it', async () => {
    const [before] = await source.query<Ids>(CONNECTION);
    const work = new UnitOfWork(source).run('leaving', async (tx) => {
      await tx.query('INSERT INTO marks VALUES (2)');
      await tx.query(says);
    });
    await expect(work).rejects.toMatchObject({ driverError: { sqlMessage: expect.any(String) } });
    const [after] = await source.query<Ids>(CONNECTION);
    expect(after?.id).not.toBe(before?.id);
    expect(await source.query('SELECT id FROM marks')).toEqual([]);
  });
});

it('keeps the connection of a unit of work that the server only refused', async () => {
  const [before] = await source.query<Ids>(CONNECTION);
  const work = new UnitOfWork(source).run('refused', async (tx) => {
    await tx.query('INSERT INTO marks VALUES (3)');
    await tx.query('INSERT INTO marks VALUES (3)');
  });
  await expect(work).rejects.toMatchObject({ driverError: { errno: 1062 } });
  const [after] = await source.query<Ids>(CONNECTION);
  expect(after?.id).toBe(before?.id);
  expect(await source.query('SELECT id FROM marks')).toEqual([]);
});
