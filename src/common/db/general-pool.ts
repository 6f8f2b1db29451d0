import type { DataSource } from 'typeorm';
import { AnswerWaitExceeded, COMMIT_PATIENCE } from './answer-wait';
import { isAnswered } from './database-errors';
import { DRIVER_MARGIN_MS, type PoolLimits, type PoolStats, type WatchedPool } from './pool';
import { PoolWait, type PoolWaitListener } from './pool-wait';

/** mysql2's own pool, inside TypeORM: it tells of itself by these lists only. */
interface DriverPool {
  readonly _allConnections: { readonly length: number };
  readonly _freeConnections: { readonly length: number };
  readonly config: { readonly connectionLimit: number };
}

type Ended = (error: unknown, ...rest: unknown[]) => void;
/** The values of a statement that has none are left out. */
type Given = [values: unknown, ended: Ended] | [ended: Ended];

interface DriverConnection {
  query(statement: unknown, ...given: Given): unknown;
  release(): void;
  destroy(): void;
}

interface Driver {
  readonly pool: DriverPool;
  obtainMasterConnection(): Promise<DriverConnection>;
}

const limited = new WeakMap<DataSource, GeneralPool>();

/**
 * TypeORM's own pool, held to the limits that SqlPool has: it would wait for ever for a connection, and for the answer of
 * a server that has stopped. A connection on which a statement ended otherwise than by the server's answer is destroyed.
 */
export class GeneralPool implements WatchedPool {
  private readonly wait: PoolWait;
  private readonly prepared = new WeakSet<DriverConnection>();

  private constructor(
    private readonly pool: DriverPool,
    private readonly limits: PoolLimits,
  ) {
    this.wait = new PoolWait(limits.waitMs, () => this.stats.busy >= this.stats.max);
  }

  /** From now on the source's connections are limited. */
  static limit(source: DataSource, limits: PoolLimits): void {
    const driver = source.driver as unknown as Driver;
    const pool = new GeneralPool(driver.pool, limits);
    const obtain = driver.obtainMasterConnection.bind(driver);
    driver.obtainMasterConnection = async () => pool.timed(await pool.wait.forConnection(obtain));
    limited.set(source, pool);
  }

  static of(source: DataSource): GeneralPool {
    const pool = limited.get(source);
    if (pool === undefined) throw new Error('the pool of this data source has no limits');
    return pool;
  }

  get stats(): PoolStats {
    const { _allConnections: all, _freeConnections: free } = this.pool;
    return { busy: all.length - free.length, waiting: this.wait.waiting, max: this.limits.connectionsMax };
  }

  onWait(listener: PoolWaitListener): void {
    this.wait.onWait(listener);
  }

  private timed(connection: DriverConnection): DriverConnection {
    if (this.prepared.has(connection)) return connection;
    this.prepared.add(connection);
    const query = connection.query.bind(connection);
    const limitMs = this.limits.queryTimeoutMs + DRIVER_MARGIN_MS;
    connection.query = (sql, ...given) => {
      const ended = given.pop() as Ended;
      const end: Ended = (error, ...rest) => {
        clearTimeout(timer);
        if (error && !isAnswered(error)) connection.destroy();
        ended(error, ...rest);
      };
      const patience = sql === 'COMMIT' ? COMMIT_PATIENCE : 1;
      const timer = setTimeout(() => end(new AnswerWaitExceeded()), patience * limitMs);
      return query(sql, given[0], end);
    };
    return connection;
  }
}
