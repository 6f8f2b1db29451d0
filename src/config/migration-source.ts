import type { DataSource } from 'typeorm';
import { connectedSource } from '../common/db/connected-source';
import type { AppConfig } from './app-config';
import { dataSourceOptions } from './data-source';

/**
 * Connected as migrations run: with the session of every other connection, but no end to a statement. A server's own
 * level may be REPEATABLE READ, by which a table that is filled from another locks every row that it reads.
 */
export function migrationSource(config: AppConfig, url = config.database.migrationUrl): Promise<DataSource> {
  return connectedSource(dataSourceOptions(config, url), 0);
}
