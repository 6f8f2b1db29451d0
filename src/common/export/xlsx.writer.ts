import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { koreanTime } from '../time/korean-time';
import { defused } from './defuse';
import type { Batches, Column, ExportTable } from './table';
import {
  columnLetters,
  contentTypes,
  numberCell,
  ROOT_RELATIONS,
  SHEET_TAIL,
  sheetHead,
  STYLE,
  STYLES,
  textCell,
  workbook,
  workbookRelations,
} from './xlsx-parts';

/** A sheet ends at 1,048,576 rows; what is more goes on in a next one. */
const ROWS_PER_SHEET = 1_000_000;
/** Little less small than the default 6, in half the time. */
const COMPRESSION = 3;
/** Days from 1899-12-30, Excel's day 0, to 1970-01-01. */
const EPOCH_DAYS = 25_569;
const DAY_MS = 86_400_000;

export interface XlsxOptions {
  /** When the file was made. */
  readonly at: Date;
  readonly rowsPerSheet?: number;
}

/**
 * A workbook as it is made: heading kept in sight, number formats, and a row of sums at the end. Nothing of it is kept:
 * a row is fetched only when the reader has taken what came before, and destroying the stream ends the fetching.
 */
export function xlsxStream<Row>(
  table: ExportTable<Row>,
  batches: Batches<Row>,
  options: XlsxOptions,
): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const book = new Book(table, batches, options.rowsPerSheet ?? ROWS_PER_SHEET);
  const part = { mtime: options.at, compressionLevel: COMPRESSION };
  let sheet: Readable | null = null;
  // yazl forwards the error of a part here, and knows nothing of a reader that goes away.
  zip.on('error', (error: Error) => output.destroy(error));
  output.once('close', () => sheet?.destroy());
  const write = async () => {
    for (let number = 1; ; number += 1) {
      sheet = Readable.from(book.sheet(), { objectMode: false });
      zip.addReadStream(sheet, `xl/worksheets/sheet${number}.xml`, part);
      await finished(sheet);
      if (!book.hasMore) break;
    }
    for (const [name, text] of book.parts()) zip.addBuffer(Buffer.from(text), name, part);
    zip.end();
  };
  write().catch((error: unknown) => output.destroy(error as Error));
  return output;
}

class Book<Row> {
  private readonly source: AsyncIterator<readonly Row[]>;
  private readonly sums: number[];
  private readonly letters: readonly string[];
  private waiting: readonly Row[] = [];
  private isOver = false;
  private sheets = 0;

  constructor(
    private readonly table: ExportTable<Row>,
    batches: Batches<Row>,
    private readonly rowsPerSheet: number,
  ) {
    this.source = batches[Symbol.asyncIterator]();
    this.sums = table.columns.map(() => 0);
    this.letters = table.columns.map((_, index) => columnLetters(index));
  }

  get hasMore(): boolean {
    return !this.isOver;
  }

  async *sheet(): AsyncGenerator<string> {
    this.sheets += 1;
    const { columns } = this.table;
    let row = 1;
    try {
      yield (
        sheetHead(columns.map(({ width }) => width)) +
        this.row(row, (place, column) => textCell(place, column.heading, STYLE.heading))
      );
      while (row - 1 < this.rowsPerSheet && (await this.fill())) {
        const rows = this.waiting.slice(0, this.rowsPerSheet - (row - 1));
        this.waiting = this.waiting.slice(rows.length);
        yield rows.map((each) => this.dataRow((row += 1), each)).join('');
      }
      if (!(await this.fill())) yield this.totals(row + 1);
      yield SHEET_TAIL;
    } catch (error) {
      this.isOver = true;
      throw error;
    } finally {
      // The stream was destroyed between two rows: the source has to end too.
      if (!this.isOver && row - 1 < this.rowsPerSheet) await this.source.return?.();
    }
  }

  *parts(): Generator<readonly [name: string, text: string]> {
    yield ['[Content_Types].xml', contentTypes(this.sheets)];
    yield ['_rels/.rels', ROOT_RELATIONS];
    yield ['xl/workbook.xml', workbook(this.table.name, this.sheets)];
    yield ['xl/_rels/workbook.xml.rels', workbookRelations(this.sheets)];
    yield ['xl/styles.xml', STYLES];
  }

  /** Sees that a row is waiting; false when there is none any more. */
  private async fill(): Promise<boolean> {
    while (this.waiting.length === 0) {
      const next = await this.source.next();
      if (next.done === true) {
        this.isOver = true;
        return false;
      }
      this.waiting = next.value;
    }
    return true;
  }

  private dataRow(number: number, row: Row): string {
    return this.row(number, (place, column, index) => this.cell(place, column, { row, index }));
  }

  private totals(number: number): string {
    const { totalHeading } = this.table;
    if (totalHeading === null) return '';
    return this.row(number, (place, column, index) => {
      if (index === 0) return textCell(place, totalHeading, STYLE.totalHeading);
      if (column.kind !== 'WON' || column.total !== true) return '';
      return numberCell(place, this.sums[index]!, STYLE.total);
    });
  }

  private row(number: number, cell: (place: string, column: Column<Row>, index: number) => string): string {
    const cells = this.table.columns.map((column, index) =>
      cell(`${this.letters[index]}${number}`, column, index),
    );
    return `<row r="${number}">${cells.join('')}</row>`;
  }

  private cell(place: string, column: Column<Row>, { row, index }: { row: Row; index: number }): string {
    switch (column.kind) {
      case 'TEXT': {
        const text = column.value(row);
        return text === null ? '' : textCell(place, defused(text), STYLE.text);
      }
      case 'WON': {
        const won = column.value(row);
        if (won === null) return '';
        this.sums[index]! += won;
        return numberCell(place, won, STYLE.won);
      }
      case 'TIME': {
        const at = column.value(row);
        return at === null ? '' : numberCell(place, serialDay(at), STYLE.time);
      }
    }
  }
}

/** Korean wall-clock time as spreadsheets count it: days and their fractions. */
function serialDay(at: Date): number {
  return Date.parse(`${koreanTime(at).slice(0, -6)}Z`) / DAY_MS + EPOCH_DAYS;
}
