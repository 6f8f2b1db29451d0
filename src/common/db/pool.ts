import { createPool, type Pool, type PoolConnection, type PoolOptions } from 'mysql2/promise';
import { inSpan, isTracing } from '../tracing/spans';
import { statementSpan, unitSpan } from './database-spans';
import { insideTransaction } from './active-transaction';
import { answeredWithin, COMMIT_PATIENCE } from './answer-wait';
import { committed } from './commit-outcome';
import { databaseAddress } from './database-address';
import { isAnswered } from './database-errors';
import { PoolWait, type PoolWaitListener } from './pool-wait';
import { sessionSql } from './session';

export type SqlValue = string | number | Buffer | null;

export interface PoolLimits {
  readonly connectionsMax: number;
  readonly waitMs: number;
  readonly queryTimeoutMs: number;
}

export interface PoolStats {
  readonly busy: number;
  readonly waiting: number;
  readonly max: number;
}

/** What is watched of every pool. */
export interface WatchedPool {
  readonly stats: PoolStats;
  onWait(listener: PoolWaitListener): void;
}

/**
 * The server's own time limit of a statement comes first and leaves the connection sound; the driver's, which costs the
 * connection, is for a server that does not answer at all.
 */
export const DRIVER_MARGIN_MS = 500;

/**
 * A small pool for hand-written SQL. mysql2's own pool waits for ever and limits no query; this one does both, sets
 * every new connection to SESSION_SETTINGS, and never gives back a connection on which a statement failed oddly.
 */
export class SqlPool implements WatchedPool {
  private readonly pool: Pool;
  private readonly prepared = new WeakSet<object>();
  private readonly wait: PoolWait;
  private busy = 0;

  constructor(
    url: string,
    private readonly limits: PoolLimits,
  ) {
    this.pool = createPool({
      ...connectionOptions(url),
      connectionLimit: limits.connectionsMax,
      queueLimit: 0,
    });
    this.wait = new PoolWait(limits.waitMs, () => this.busy >= limits.connectionsMax);
  }

  onWait(listener: PoolWaitListener): void {
    this.wait.onWait(listener);
  }

  get stats(): PoolStats {
    return { busy: this.busy, waiting: this.wait.waiting, max: this.limits.connectionsMax };
  }

  /**
   * Runs `work` on one connection. The connection is destroyed, not reused, once any statement on it ended otherwise
   * than by the server's own answer: after a time-out that statement may still run, or its transaction be open.
   */
  async use<T>(work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    const connection = await this.wait.forConnection(() => this.pool.getConnection());
    this.busy += 1;
    const handed = new SqlConnection(connection, this.limits.queryTimeoutMs + DRIVER_MARGIN_MS);
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
          await committed(() => connection.commit());
          return result;
        } catch (error) {
          if (!connection.hasFailed) await connection.query('ROLLBACK').catch(() => undefined);
          throw error;
        }
      });
    return insideTransaction(name, () => inSpan(unitSpan(name), run));
  }

  /** Statements that all see one moment; they must only read. READ COMMITTED shows each of them a moment of its own. */
  snapshot<T>(name: string, work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    const run = () =>
      this.use(async (connection) => {
        await connection.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
        await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
        try {
          return await work(connection);
        } finally {
          if (!connection.hasFailed) await connection.query('COMMIT');
        }
      });
    return insideTransaction(name, () => inSpan(unitSpan(name), run));
  }

  close(): Promise<void> {
    return this.pool.end();
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
    return this.run<T>(sql, () => this.connection.execute(sql, values as SqlValue[]));
  }

  query<T>(sql: string, values: readonly SqlValue[] = []): Promise<T> {
    return this.run<T>(sql, () => this.connection.query(sql, values as SqlValue[]));
  }

  commit(): Promise<void> {
    return this.run('COMMIT', () => this.connection.query('COMMIT'), COMMIT_PATIENCE);
  }

  private run<T>(sql: string, statement: () => Promise<[unknown, unknown]>, patience = 1): Promise<T> {
    const answer = () => this.answer<T>(statement, patience * this.timeoutMs);
    return isTracing() ? inSpan(statementSpan(sql), answer) : answer();
  }

  private async answer<T>(statement: () => Promise<[unknown, unknown]>, limitMs: number): Promise<T> {
    try {
      const [result] = await answeredWithin(limitMs, statement);
      return result as T;
    } catch (error) {
      if (!isAnswered(error)) this.failed = true;
      throw error;
    }
  }
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
