import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { type AppConfig, loadConfig } from './app-config';

/**
 * The one data source, for the app and for the migration command. Entities are found by their file names, so that a
 * module adds one by writing it.
 */
export function dataSourceOptions(config: AppConfig, url: string = config.database.url): DataSourceOptions {
  const parsed = new URL(url);
  const socket = parsed.searchParams.get('socket');
  const root = join(__dirname, '..');
  const extension = __filename.endsWith('.ts') ? 'ts' : 'js';
  return {
    type: 'mariadb',
    ...(socket === null
      ? { host: parsed.hostname, port: Number(parsed.port || 3306) }
      : { socketPath: socket }),
    username: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: parsed.pathname.slice(1),
    charset: 'utf8mb4',
    timezone: 'Z',
    synchronize: false,
    logging: false,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    entities: [join(root, 'modules', '**', `*.entity.${extension}`)],
    migrations: [join(root, '..', 'migrations', `*.${extension}`)],
    extra: { connectionLimit: config.database.generalPoolSize, trace: false, connectTimeout: 3_000 },
  };
}

/** For the TypeORM command line: `typeorm -d dist/src/config/data-source.js migration:…`. */
export default (): DataSource => {
  const config = loadConfig();
  return new DataSource(dataSourceOptions(config, config.database.migrationUrl));
};
