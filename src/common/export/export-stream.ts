import { Readable } from 'node:stream';
import { csvText } from './csv.writer';
import type { Batches, ExportFormat, ExportTable } from './table';
import { xlsxStream } from './xlsx.writer';

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The file as a stream that pulls: each batch is fetched when the reader has taken the one before. */
export function exportStream<Row>(
  format: ExportFormat,
  table: ExportTable<Row>,
  batches: Batches<Row>,
  at: Date,
): Readable {
  if (format === 'xlsx') return xlsxStream(table, batches, { at });
  return Readable.from(csvText(table, batches), { objectMode: false });
}

/** The headers of a download. `name` has no ending; it may be Korean, `plainName` stands in where only ASCII is read. */
export function exportHeaders(
  format: ExportFormat,
  { name, plainName }: { readonly name: string; readonly plainName: string },
): Readonly<Record<string, string>> {
  const encoded = encodeURIComponent(`${name}.${format}`);
  return {
    'content-type': MEDIA_TYPES[format],
    'content-disposition': `attachment; filename="${plainName}.${format}"; filename*=UTF-8''${encoded}`,
    'cache-control': 'no-store',
  };
}

/** Fetches the first batch before anything is answered: what is wrong from the start is still told as a problem. */
export async function primed<Row>(batches: Batches<Row>): Promise<Batches<Row>> {
  const source = batches[Symbol.asyncIterator]();
  let next = await source.next();
  return (async function* () {
    try {
      for (; next.done !== true; next = await source.next()) yield next.value;
    } finally {
      await source.return?.();
    }
  })();
}
