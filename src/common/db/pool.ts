import { createPool, type Pool, type PoolConnection, type PoolOptions } from 'mysql2/promise';
import { inSpan, isTracing } from '../tracing/spans';
import { statementSpan, unitSpan } from './database-spans';
import { insideTransaction } from './active-transaction';
import { databaseAddress } from './database-address';
import { isConnectionFailure } from './database-errors';
import { sessionSql } from './session';

export type SqlValue = string | number | Buffer | null;

/** The pool was exhausted for as long as a caller may wait; nothing was sent to the database. */
export class PoolWaitExceeded extends Error {
  readonly code = 'POOL_WAIT_EXCEEDED';
  constructor() {
    super('no database connection became free in time');
    this.name = 'PoolWaitExceeded';
  }
}

export interface PoolLimits {
  readonly connectionsMax: number;
  readonly waitMs: number;
  readonly queryTimeoutMs: number;
}

/** Told of every wait for a connection that was over, how long it was, and whether the caller gave up. */
export type PoolWaitListener = (waitedMs: number, isRefused: boolean) => void;

/**
 * A small pool for hand-written SQL. mysql2's own pool waits for ever and limits no query; this one does both, sets
 * every new connection to SESSION_SETTINGS, and never gives back a connection on which a statement failed oddly.
 */
export class SqlPool {
  private readonly pool: Pool;
  private readonly prepared = new WeakSet<object>();
  private waiting = 0;
  private busy = 0;
  private waited: PoolWaitListener | undefined;

  constructor(
    url: string,
    private readonly limits: PoolLimits,
  ) {
    this.pool = createPool({
      ...connectionOptions(url),
      connectionLimit: limits.connectionsMax,
      queueLimit: 0,
    });
  }

  onWait(listener: PoolWaitListener): void {
    this.waited = listener;
  }

  get stats(): { busy: number; waiting: number; max: number } {
    return { busy: this.busy, waiting: this.waiting, max: this.limits.connectionsMax };
  }

  /**
   * Runs `work` on one connection. The connection is destroyed, not reused, once any statement on it ended otherwise
   * than by the server's own answer: after a time-out that statement may still run, or its transaction be open.
   */
  async use<T>(work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    const connection = await this.acquire();
    this.busy += 1;
    const handed = new SqlConnection(connection, this.limits.queryTimeoutMs);
    try {
      if (!this.prepared.has(connection.connection)) {
        await handed.query(sessionSql(this.limits.queryTimeoutMs));
        this.prepared.add(connection.connection);
      }
      return await work(handed);
    } finally {
      this.busy -= 1;
      if (handed.hasFailed) connection.destroy();
      else connection.release();
    }
  }

  /** One prepared statement on any connection. */
  execute<T>(sql: string, values: readonly SqlValue[] = []): Promise<T> {
    return this.use((connection) => connection.execute<T>(sql, values));
  }

  /** One statement by the text protocol, for what cannot be prepared. */
  query<T>(sql: string): Promise<T> {
    return this.use((connection) => connection.query<T>(sql));
  }

  /** One transaction. Rolled back when `work` throws; it must do nothing but SQL. */
  transaction<T>(name: string, work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    const run = () =>
      this.use(async (connection) => {
        await connection.query('START TRANSACTION');
        try {
          const result = await work(connection);
          await connection.query('COMMIT');
          return result;
        } catch (error) {
          if (!connection.hasFailed) await connection.query('ROLLBACK').catch(() => undefined);
          throw error;
        }
      });
    return insideTransaction(name, () => inSpan(unitSpan(name), run));
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async acquire(): Promise<PoolConnection> {
    // Only who finds every connection taken waits; to fetch a free one is no sign of a database that is too slow.
    const waits = this.busy >= this.limits.connectionsMax ? 1 : 0;
    this.waiting += waits;
    const since = performance.now();
    const wanted = this.pool.getConnection();
    let timer: NodeJS.Timeout | undefined;
    let gaveUp = false;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        gaveUp = true;
        reject(new PoolWaitExceeded());
      }, this.limits.waitMs);
    });
    wanted.then(
      (late) => gaveUp && late.release(),
      () => undefined,
    );
    try {
      return await Promise.race([wanted, limit]);
    } finally {
      clearTimeout(timer);
      this.waiting -= waits;
      if (waits > 0 || gaveUp) this.waited?.(performance.now() - since, gaveUp);
    }
  }
}

export class SqlConnection {
  constructor(
    private readonly connection: PoolConnection,
    private readonly timeoutMs: number,
  ) {}

  private failed = false;

  /** A statement ended without the server's answer: nothing is known of the connection any more. */
  get hasFailed(): boolean {
    return this.failed;
  }

  execute<T>(sql: string, values: readonly SqlValue[] = []): Promise<T> {
    return this.run<T>(sql, () =>
      this.connection.execute({ sql, timeout: this.timeoutMs }, values as SqlValue[]),
    );
  }

  query<T>(sql: string, values: readonly SqlValue[] = []): Promise<T> {
    return this.run<T>(sql, () =>
      this.connection.query({ sql, timeout: this.timeoutMs }, values as SqlValue[]),
    );
  }

  private run<T>(sql: string, statement: () => Promise<[unknown, unknown]>): Promise<T> {
    return isTracing()
      ? inSpan(statementSpan(sql), () => this.answer<T>(statement))
      : this.answer<T>(statement);
  }

  private async answer<T>(statement: () => Promise<[unknown, unknown]>): Promise<T> {
    try {
      const [result] = await statement();
      return result as T;
    } catch (error) {
      if (!isStatementError(error)) this.failed = true;
      throw error;
    }
  }
}

/** The server understood the statement and refused it: the connection itself is sound. */
function isStatementError(error: unknown): boolean {
  return (error as { sqlState?: string }).sqlState !== undefined && !isConnectionFailure(error);
}

export function connectionOptions(url: string): PoolOptions {
  const { place, user, password, database, ssl } = databaseAddress(url);
  return {
    ...place,
    ...(ssl === undefined ? {} : { ssl }),
    user,
    password,
    database,
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: false,
    connectTimeout: 3_000,
    enableKeepAlive: true,
    maxPreparedStatements: 200,
    // Capturing a stack for every statement costs a tenth of a request's time and would put SQL into errors.
    trace: false,
  };
}
