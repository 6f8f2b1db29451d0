import { createReadStream } from 'node:fs';
import { Unzip, UnzipInflate } from 'fflate';

/** The columns whose sums stand in an export's last row. */
const SUMMED = ['승인금액', '취소금액', '잔액'];
const TOTAL_HEADING = '합계';

/**
 * Reads an export piece by piece, by nothing that wrote it: how many rows it has, the sums of its columns as counted here,
 * and as its last row says.
 */
export async function readExport(format, path) {
  const tally = new Tally();
  const file = createReadStream(path);
  if (format === 'csv') {
    const rows = new CsvRows((cells) => tally.row(new Map(cells.entries())));
    for await (const chunk of file.setEncoding('utf8')) rows.push(chunk);
  } else await readWorkbook(file, tally);
  return tally.result();
}

class Tally {
  #columns;
  #rows = 0;
  #sums = SUMMED.map(() => 0);
  #last;

  /** Cells by column; the first row of a file, and of each further sheet, is its heading. */
  row(cells) {
    if ([...cells.values()].includes(SUMMED[0])) {
      const places = [...cells];
      this.#columns = SUMMED.map((heading) => places.find(([, text]) => text === heading)[0]);
      return;
    }
    if (this.#last !== undefined) throw new Error('a row follows the row of sums');
    const numbers = this.#columns.map((column) => Number(cells.get(column) ?? 0));
    if ([...cells.values()].includes(TOTAL_HEADING)) this.#last = numbers;
    else {
      this.#rows += 1;
      for (const [index, value] of numbers.entries()) this.#sums[index] += value;
    }
  }

  result() {
    return { rows: this.#rows, sums: this.#sums, totals: this.#last ?? null };
  }
}

/** RFC 4180, in pieces. */
class CsvRows {
  #cells = [];
  #cell = '';
  #isQuoted = false;
  #wasQuote = false;

  constructor(onRow) {
    this.onRow = onRow;
  }

  push(text) {
    for (const character of text) this.#take(character);
  }

  #take(character) {
    if (this.#isQuoted && !this.#wasQuote) {
      if (character === '"') this.#wasQuote = true;
      else this.#cell += character;
      return;
    }
    if (character === '"') {
      if (this.#wasQuote) this.#cell += '"';
      this.#isQuoted = true;
      this.#wasQuote = false;
      return;
    }
    [this.#isQuoted, this.#wasQuote] = [false, false];
    if (character === ',' || character === '\n') this.#endCell();
    else if (character !== '\r' && character !== '\uFEFF') this.#cell += character;
    if (character === '\n') {
      this.onRow(this.#cells);
      this.#cells = [];
    }
  }

  #endCell() {
    this.#cells.push(this.#cell);
    this.#cell = '';
  }
}

async function readWorkbook(file, tally) {
  let failure;
  const unzip = new Unzip((entry) => {
    if (!entry.name.startsWith('xl/worksheets/')) return;
    const rows = new SheetRows((cells) => tally.row(cells));
    const decoder = new TextDecoder();
    entry.ondata = (error, data, isLast) => {
      if (error) failure = error;
      else rows.push(decoder.decode(data, { stream: !isLast }));
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  for await (const chunk of file) {
    unzip.push(chunk);
    if (failure !== undefined) throw failure;
  }
  unzip.push(new Uint8Array(0), true);
}

const CELL = /<c r="([A-Z]+)\d+"[^>]*>(?:<v>([^<]*)<\/v>|<is><t[^>]*>([^<]*)<\/t><\/is>)<\/c>/g;
const ROW_END = '</row>';

class SheetRows {
  #rest = '';

  constructor(onRow) {
    this.onRow = onRow;
  }

  push(text) {
    const rows = (this.#rest + text).split(ROW_END);
    this.#rest = rows.pop();
    for (const row of rows) {
      const cells = new Map();
      for (const [, column, number, inline] of row.matchAll(CELL)) cells.set(column, number ?? inline);
      this.onRow(cells);
    }
  }
}
