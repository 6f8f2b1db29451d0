import type { SqlValue } from '../../common/db/pool';

/** A transaction of either kind that this gateway uses. */
export interface Sql {
  query<T>(sql: string, values?: SqlValue[]): Promise<T>;
}

/** As it comes from either: times as text or Date. */
export type Row = Readonly<Record<string, SqlValue | Date>>;

/** Leases and due times are reckoned by the database's clock. */
export const NOW = 'UTC_TIMESTAMP(3)';
/** So many milliseconds from now: a parameter. */
export const IN_MS = `${NOW} + INTERVAL ? * 1000 MICROSECOND`;

/** How many rows a statement changed. */
export async function changed(tx: Sql, sql: string, values: SqlValue[]): Promise<number> {
  return (await tx.query<{ affectedRows: number }>(sql, values)).affectedRows;
}
