import { DataSource, type DataSourceOptions } from 'typeorm';
import { sessionSql } from './session';

interface ConnectionHook {
  on(event: 'connection', listener: (connection: { query(sql: string): void }) => void): void;
}

/**
 * TypeORM sets no session variables of ours; its pool's hook does, before a new connection's first statement.
 * `statementMs`: the server ends a statement that takes longer; 0 = none.
 */
export async function connectedSource(options: DataSourceOptions, statementMs: number): Promise<DataSource> {
  const source = await new DataSource(options).initialize();
  const sql = sessionSql(statementMs);
  const { pool } = source.driver as unknown as { pool: ConnectionHook };
  pool.on('connection', (connection) => connection.query(sql));
  // The pool's first connection was made before the hook was there.
  await Promise.all(Array.from({ length: 2 }, () => source.query(sql)));
  return source;
}
