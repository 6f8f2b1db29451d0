import type { Metrics } from '../metrics/metrics';
import type { SqlPool } from './pool';

/** How full a pool is, and how long callers wait for it: the first sign of a database that is too slow. */
export function watchPool(metrics: Metrics, name: string, pool: SqlPool): SqlPool {
  const labels = { pool: name };
  // There from the start: the first refusal is a change only from a nought.
  metrics.count('pg_database_pool_refusals_total', labels, 0);
  pool.onWait((waitedMs, isRefused) => {
    metrics.observe('pg_database_pool_wait_seconds', labels, waitedMs / 1_000);
    if (isRefused) metrics.count('pg_database_pool_refusals_total', labels);
  });
  watchPoolStats(metrics, name, () => pool.stats);
  return pool;
}

export function watchPoolStats(metrics: Metrics, name: string, stats: () => SqlPool['stats']): void {
  metrics.beforeRead(() => {
    const { busy, waiting, max } = stats();
    metrics.setOne('pg_database_pool_busy', { pool: name }, busy);
    metrics.setOne('pg_database_pool_waiting', { pool: name }, waiting);
    metrics.setOne('pg_database_pool_max', { pool: name }, max);
  });
}
