import { join } from 'node:path';
import { DataSource } from 'typeorm';
import type { SourceOptions } from '../common/db/connected-source';
import { databaseAddress } from '../common/db/database-address';
import { type AppConfig, loadConfig } from './app-config';

/**
 * The one data source, for the app and for the migration command. Entities are found by their file names, so that a
 * module adds one by writing it.
 */
export function dataSourceOptions(config: AppConfig, url: string = config.database.url): SourceOptions {
  const { generalPoolSize: connectionsMax, poolWaitMs: waitMs, queryTimeoutMs } = config.database;
  const { place, user, password, database, ssl } = databaseAddress(url);
  const root = join(__dirname, '..');
  const extension = __filename.endsWith('.ts') ? 'ts' : 'js';
  return {
    type: 'mariadb',
    ...place,
    ...(ssl === undefined ? {} : { ssl }),
    username: user,
    password,
    database,
    charset: 'utf8mb4',
    timezone: 'Z',
    synchronize: false,
    logging: false,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    entities: [join(root, 'modules', '**', `*.entity.${extension}`)],
    migrations: [join(root, '..', 'migrations', `*.${extension}`)],
    limits: { connectionsMax, waitMs, queryTimeoutMs },
    extra: { connectionLimit: connectionsMax, trace: false, connectTimeout: 3_000 },
  };
}

/** For the TypeORM command line: `typeorm -d dist/src/config/data-source.js migration:…`. */
export default (): DataSource => {
  const config = loadConfig();
  return new DataSource(dataSourceOptions(config, config.database.migrationUrl));
};
