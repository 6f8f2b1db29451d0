import type { SqlValue } from './pool';

/** A transaction of either kind that this gateway uses. */
interface SqlSink {
  query(sql: string, values?: SqlValue[]): Promise<unknown>;
}

const ROWS_AT_ONCE = 200;

/** What an INSERT names: columns that `rows` hold, in that order, and columns that the database computes. */
export interface Columns {
  readonly given: readonly string[];
  readonly computed?: Readonly<Record<string, string>>;
}

/** Inserts many rows in few statements. Table and columns are our own names. */
export async function insertRows(
  tx: SqlSink,
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

/** The values of objects in the order of columns that are their keys. */
export const valuesOf = <T extends object>(columns: readonly (keyof T & string)[], rows: readonly T[]) =>
  rows.map((row) => columns.map((column) => row[column] as SqlValue));
