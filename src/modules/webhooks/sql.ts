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

const ROWS_AT_ONCE = 200;

/** What an INSERT names: columns that `rows` hold, in that order, and columns that the database computes. */
export interface Columns {
  readonly given: readonly string[];
  readonly computed?: Readonly<Record<string, string>>;
}

/** Inserts many rows in few statements. */
export async function insertRows(
  tx: Sql,
  table: string,
  columns: Columns,
  rows: readonly (readonly SqlValue[])[],
): Promise<void> {
  const computed = Object.entries(columns.computed ?? {});
  const names = [...columns.given, ...computed.map(([name]) => name)].join(', ');
  const row = `(${[...columns.given.map(() => '?'), ...computed.map(([, sql]) => sql)].join(', ')})`;
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const part = rows.slice(from, from + ROWS_AT_ONCE);
    await tx.query(`INSERT INTO ${table} (${names}) VALUES ${part.map(() => row).join(', ')}`, part.flat());
  }
}

/** How many rows a statement changed. */
export async function changed(tx: Sql, sql: string, values: SqlValue[]): Promise<number> {
  return (await tx.query<{ affectedRows: number }>(sql, values)).affectedRows;
}
