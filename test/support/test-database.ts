import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { loadConfig } from '../../src/config/app-config';
import { migrationSource } from '../../src/config/migration-source';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A server on which tests may create databases; `npm test` brings one and names it here. */
export function adminUrl(): string {
  const url = process.env.TEST_DATABASE_ADMIN_URL;
  if (url === undefined) throw new Error('TEST_DATABASE_ADMIN_URL is not set: run the tests by `npm test`');
  return url;
}

export const newDatabaseName = (name: string): string =>
  `t_${name.replace(/\W/g, '_')}_${randomBytes(4).toString('hex')}`;

/** A fresh database with the whole schema, made by the migrations themselves. */
export async function createTestDatabase(
  name: string,
  server = adminUrl(),
  database = newDatabaseName(name),
): Promise<TestDatabase> {
  const admin = await createConnection({ uri: server });
  await admin.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
  await admin.end();
  const made = testDatabase(database, server);
  const source = await migrationSource(loadConfig(testEnvironment(made.url)), made.url);
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
  return made;
}

/** A database that is there. */
export function testDatabase(database: string, server = adminUrl()): TestDatabase {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return {
    url: url.href,
    drop: async () => {
      const admin = await createConnection({ uri: server });
      await admin.query(`DROP DATABASE IF EXISTS ${database}`);
      await admin.end();
    },
  };
}

/** A whole environment for a gateway process or module under test. */
export function testEnvironment(databaseUrl: string, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    APP_ENV: 'local',
    DATABASE_URL: databaseUrl,
    ROOT_KEYS: `v1:${Buffer.from('a root key that tests may know!!').toString('base64')}`,
    LOG_LEVEL: 'silent',
    RATE_MERCHANT_PER_SECOND: '100000',
    RATE_MEMBER_PER_SECOND: '100000',
    RATE_PUBLIC_PER_MINUTE: '100000',
    RATE_LOGIN_PER_MINUTE: '100000',
    ...more,
  };
}
