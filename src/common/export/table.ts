/** One column of an export. `width` is in characters. TIME is shown as Korean time, WON as whole won, summed when `total`. */
export type Column<Row> = { readonly heading: string; readonly width: number } & (
  | { readonly kind: 'TEXT'; readonly value: (row: Row) => string | null }
  | { readonly kind: 'WON'; readonly value: (row: Row) => number | null; readonly total?: boolean }
  | { readonly kind: 'TIME'; readonly value: (row: Row) => Date | null }
);

/** What an export holds, whatever its format. */
export interface ExportTable<Row> {
  /** Name of the sheet: at most 31 characters, none of `[]:*?/\`. */
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  /** What the row of sums is headed with; null for figures that nobody adds up, which have none. */
  readonly totalHeading: string | null;
}

/** Rows in batches, asked for one at a time: whoever reads slowly keeps the next one from being fetched. */
export type Batches<Row> = AsyncIterable<readonly Row[]>;

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
