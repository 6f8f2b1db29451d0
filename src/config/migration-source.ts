import type { DataSource } from 'typeorm';
import { connectedSource } from '../common/db/connected-source';
import { withPatience } from '../common/db/patient-definitions';
import type { AppConfig } from './app-config';
import { dataSourceOptions } from './data-source';

/**
 * Connected as migrations run: with the session of every other connection, but no end to a statement. A server's own
 * level may be REPEATABLE READ, by which a table that is filled from another locks every row that it reads.
 *
 * A statement that changes a table waits for every open transaction that has used it, and all later statements on that
 * table wait behind it: it waits for short, lets the others go on, and tries again.
 */
export async function migrationSource(
  config: AppConfig,
  url = config.database.migrationUrl,
): Promise<DataSource> {
  const { migrationLocks } = config.database;
  const source = await connectedSource({
    ...dataSourceOptions(config, url),
    limits: null,
    lockWaitSeconds: migrationLocks.waitSeconds,
  });
  return withPatience(source, migrationLocks);
}
