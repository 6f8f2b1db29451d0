import { SqlPool } from '../../src/common/db/pool';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { filesBelow, textOf } from '../tidy/files';

/** What Galera cannot replicate, or keeps on one node alone, is in neither the schema nor the code (docs/operations/galera.md). */
const OF_ONE_NODE =
  /\b(GET_LOCK|RELEASE_LOCK|LOCK TABLES|XA (START|BEGIN|END|PREPARE)|LOAD DATA|CREATE SEQUENCE|INSERT DELAYED)\b/i;

let database: TestDatabase;
let pool: SqlPool;

beforeAll(async () => {
  database = await createTestDatabase('nodes');
  pool = new SqlPool(database.url, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 30_000 });
});

afterAll(async () => {
  await pool.close();
  await database.drop();
});

interface Table {
  readonly name: string;
  readonly engine: string;
  readonly has_key: number;
}

/** TypeORM makes it by itself, and fills it only for what our migrations write out in SQL. */
const NOT_OURS = 'typeorm_metadata';

it('gives every table a primary key and InnoDB', async () => {
  const tables = await pool.query<Table[]>(
    `SELECT t.TABLE_NAME AS name, t.ENGINE AS engine, EXISTS (SELECT 1 FROM information_schema.TABLE_CONSTRAINTS c
       WHERE c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME AND c.CONSTRAINT_TYPE = 'PRIMARY KEY') AS has_key
     FROM information_schema.TABLES t WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_TYPE = 'BASE TABLE'`,
  );
  expect(tables.length).toBeGreaterThan(50);
  const odd = tables.filter(({ engine, has_key }) => engine !== 'InnoDB' || Number(has_key) !== 1);
  expect(odd.map(({ name }) => name)).toEqual([NOT_OURS]);
  expect(await pool.query(`SELECT * FROM ${NOT_OURS}`)).toEqual([]);
});

it('says nothing that only one node would hear', () => {
  const files = filesBelow(['src', 'migrations'], /\.ts$/);
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((path) => OF_ONE_NODE.test(textOf(path)))).toEqual([]);
});
