import type { Metrics } from '../metrics/metrics';
import type { WatchedPool } from './pool';

/** How full a pool is, and how long callers wait for it: the first sign of a database that is too slow. */
export function watchPool<T extends WatchedPool>(metrics: Metrics, name: string, pool: T): T {
  const labels = { pool: name };
  // There from the start: the first refusal is a change only from a nought.
  metrics.count('pg_database_pool_refusals_total', labels, 0);
  pool.onWait((waitedMs, isRefused) => {
    metrics.observe('pg_database_pool_wait_seconds', labels, waitedMs / 1_000);
    if (isRefused) metrics.count('pg_database_pool_refusals_total', labels);
  });
  metrics.beforeRead(() => {
    const { busy, waiting, max } = pool.stats;
    metrics.setOne('pg_database_pool_busy', labels, busy);
    metrics.setOne('pg_database_pool_waiting', labels, waiting);
    metrics.setOne('pg_database_pool_max', labels, max);
  });
  return pool;
}
