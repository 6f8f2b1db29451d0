import type { SqlPool } from '../db/pool';

/** How many wait, and for how long the oldest has. Whole seconds by the database's clock; 0 when there is none. */
export interface Waiting {
  readonly count: number;
  readonly oldestSeconds: number;
}

/** `source`: from FROM on, as a part of our own SQL; `since`: its column that says from when. */
export async function waitingIn(pool: SqlPool, source: string, since: string): Promise<Waiting> {
  const [row] = await pool.query<{ n: number | string; oldest: number | string | null }[]>(
    `SELECT COUNT(*) AS n, TIMESTAMPDIFF(SECOND, MIN(${since}), UTC_TIMESTAMP(3)) AS oldest FROM ${source}`,
  );
  return { count: Number(row?.n ?? 0), oldestSeconds: Math.max(0, Number(row?.oldest ?? 0)) };
}
