import { places } from '../../../common/db/places';
import type { SqlConnection, SqlValue } from '../../../common/db/pool';

const ROWS_AT_ONCE = 500;

/** Adds rows by a statement for every ROWS_AT_ONCE of them. Table and columns are our own names. */
export async function insertRows<T extends object>(
  tx: SqlConnection,
  table: string,
  columns: readonly (keyof T & string)[],
  rows: readonly T[],
): Promise<void> {
  const place = `(${places(columns)})`;
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const some = rows.slice(at, at + ROWS_AT_ONCE);
    await tx.query(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${some.map(() => place).join(', ')}`,
      some.flatMap((row) => columns.map((column) => row[column] as SqlValue)),
    );
  }
}
