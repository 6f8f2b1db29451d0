import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import {
  adminUrl,
  createTestDatabase,
  newDatabaseName,
  type TestDatabase,
  testDatabase,
} from './test-database';

/** Schema and demo data take seconds to make by the programs that make them; a run of the tests makes them once. */
const TEMPLATE_WITHIN_SECONDS = 180;
const STATEMENTS = 'template_statements';

type Row = RowDataPacket & Readonly<Record<string, string>>;

/**
 * A database with the schema and what `seed` puts into it: the first caller of a run makes a template, which all others
 * copy table by table. Outside of a run (`npm test` names it) every database is made from the start.
 */
export async function createSeededDatabase(
  name: string,
  seed: (url: string) => Promise<void>,
): Promise<TestDatabase> {
  const run = process.env.TEST_RUN;
  if (run === undefined) {
    const database = await createTestDatabase(name);
    await seed(database.url);
    return database;
  }
  const template = `t_template_${run}`;
  const admin = await createConnection({ uri: adminUrl(), multipleStatements: true });
  try {
    await ensureTemplate(admin, template, seed);
    return await copyOf(admin, template, name);
  } finally {
    await admin.end();
  }
}

/** Made by one process while the others wait; what a killed one left half-made has no statements, and goes. */
async function ensureTemplate(
  admin: Connection,
  template: string,
  seed: (url: string) => Promise<void>,
): Promise<void> {
  const [[lock]] = await admin.query<Row[]>('SELECT GET_LOCK(?, ?) AS taken', [
    template,
    TEMPLATE_WITHIN_SECONDS,
  ]);
  if (Number(lock?.taken) !== 1) throw new Error('the template of the test databases was not made in time');
  try {
    const [done] = await admin.query<Row[]>(
      'SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_name = ?',
      [template, STATEMENTS],
    );
    if (done.length > 0) return;
    await admin.query(`DROP DATABASE IF EXISTS ${template}`);
    const { url } = await createTestDatabase('template', adminUrl(), template);
    await seed(url);
    const statements = await statementsOf(admin, template);
    await admin.query(
      `CREATE TABLE ${template}.${STATEMENTS} (place INT PRIMARY KEY, statement MEDIUMTEXT NOT NULL)
       SELECT * FROM JSON_TABLE(?, '$[*]' COLUMNS (place FOR ORDINALITY, statement MEDIUMTEXT PATH '$')) s`,
      [JSON.stringify(statements)],
    );
  } finally {
    await admin.query('SELECT RELEASE_LOCK(?)', [template]);
  }
}

/** What makes an empty database the same as the template, for a connection that uses the empty one. */
async function statementsOf(admin: Connection, template: string): Promise<string[]> {
  const [tables] = await admin.query<Row[]>(
    'SELECT table_name AS name, table_type AS type FROM information_schema.tables WHERE table_schema = ?',
    [template],
  );
  const [columns] = await admin.query<Row[]>(
    `SELECT table_name AS name, GROUP_CONCAT(CONCAT('\`', column_name, '\`') ORDER BY ordinal_position) AS list
     FROM information_schema.columns WHERE table_schema = ? AND is_generated = 'NEVER' GROUP BY table_name`,
    [template],
  );
  const [triggers] = await admin.query<Row[]>(
    'SELECT trigger_name AS name FROM information_schema.triggers WHERE trigger_schema = ?',
    [template],
  );
  const listOf = new Map(columns.map(({ name, list }) => [name!, list!]));
  const made: string[] = [];
  for (const { name } of tables.filter(({ type }) => type === 'BASE TABLE')) {
    const [[shown]] = await admin.query<Row[]>(`SHOW CREATE TABLE ${template}.\`${name}\``);
    made.push(shown!['Create Table']);
    const [[found]] = await admin.query<Row[]>(
      `SELECT EXISTS (SELECT 1 FROM ${template}.\`${name}\`) AS filled`,
    );
    if (Number(found!.filled) === 1) {
      const list = listOf.get(name)!;
      made.push(`INSERT INTO \`${name}\` (${list}) SELECT ${list} FROM ${template}.\`${name}\``);
    }
  }
  for (const { name } of tables.filter(({ type }) => type === 'VIEW')) {
    const [[shown]] = await admin.query<Row[]>(`SHOW CREATE VIEW ${template}.\`${name}\``);
    made.push(shown!['Create View']!.replaceAll(`\`${template}\`.`, ''));
  }
  for (const { name } of triggers) {
    const [[shown]] = await admin.query<Row[]>(`SHOW CREATE TRIGGER ${template}.\`${name}\``);
    made.push(shown!['SQL Original Statement']!.replaceAll(`\`${template}\`.`, ''));
  }
  return made;
}

async function copyOf(admin: Connection, template: string, name: string): Promise<TestDatabase> {
  const database = newDatabaseName(name);
  const [statements] = await admin.query<Row[]>(
    `SELECT statement FROM ${template}.${STATEMENTS} ORDER BY place`,
  );
  await admin.query(
    `CREATE DATABASE ${database} CHARACTER SET utf8mb4; USE ${database}; SET foreign_key_checks = 0`,
  );
  for (const { statement } of statements) await admin.query(statement);
  return testDatabase(database);
}
