import { DataSource, type DataSourceOptions } from 'typeorm';
import { GeneralPool } from './general-pool';
import type { PoolLimits } from './pool';
import { sessionSql } from './session';

interface ConnectionHook {
  on(event: 'connection', listener: (connection: NewConnection) => void): void;
}

interface NewConnection {
  query(sql: string, ended: (error: unknown) => void): void;
  destroy(): void;
}

/** TypeORM's options, and what it has none for. Without limits neither a wait nor a statement has an end. */
export type SourceOptions = DataSourceOptions & {
  readonly limits: PoolLimits | null;
  /** For a table's definition; the server's own without it. */
  readonly lockWaitSeconds?: number;
};

/**
 * TypeORM sets no session variables of ours; its pool's hook does, before a new connection's first statement. One that refuses
 * them is not used.
 */
export async function connectedSource({
  limits,
  lockWaitSeconds,
  ...options
}: SourceOptions): Promise<DataSource> {
  const source = await new DataSource(options).initialize();
  const lockWait = lockWaitSeconds === undefined ? '' : `, lock_wait_timeout=${lockWaitSeconds}`;
  const sql = sessionSql(limits?.queryTimeoutMs ?? 0) + lockWait;
  const { pool } = source.driver as unknown as { pool: ConnectionHook };
  pool.on('connection', (connection) =>
    connection.query(sql, (error) => {
      if (error) connection.destroy();
    }),
  );
  // The pool's first connection was made before the hook was there.
  await Promise.all(Array.from({ length: 2 }, () => source.query(sql)));
  if (limits !== null) GeneralPool.limit(source, limits);
  return source;
}
