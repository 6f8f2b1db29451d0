import { koreanTime } from '../time/korean-time';
import { defused } from './defuse';
import type { Batches, Column, ExportTable } from './table';

/** Without it Excel reads Korean in the code page of its machine. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * CSV of RFC 4180, in UTF-8 with a byte order mark. No row of sums: what reads CSV adds up by itself, and would count it
 * as one more transaction.
 */
export async function* csvText<Row>(table: ExportTable<Row>, batches: Batches<Row>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + line(table.columns.map(({ heading }) => quoted(heading)));
  for await (const rows of batches) {
    yield rows.map((row) => line(table.columns.map((column) => csvCell(column, row)))).join('');
  }
}

const line = (cells: readonly string[]) => `${cells.join(',')}\r\n`;
const quoted = (text: string) => `"${defused(text).replaceAll('"', '""')}"`;

function csvCell<Row>(column: Column<Row>, row: Row): string {
  switch (column.kind) {
    case 'TEXT': {
      const text = column.value(row);
      return text === null ? '' : quoted(text);
    }
    case 'WON': {
      const won = column.value(row);
      return won === null ? '' : String(won);
    }
    case 'TIME': {
      const at = column.value(row);
      return at === null ? '' : koreanTime(at).slice(0, 19).replace('T', ' ');
    }
  }
}
