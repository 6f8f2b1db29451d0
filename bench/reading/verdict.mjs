import { LIMIT } from './history-cases.mjs';

/** What the bars are, as ratios. */
export const BARS = { page: 1.2, figure: 1.5, run: 3, memoryMiB: 200 };
/** A filter's walk looks at an index in parts of known size: where a part ends is chance, how many there are is not. */
const PAGE_ROWS_TIMES = 1.2;
const PAGE_ROWS_MORE = 30 * LIMIT;
/** Roll-ups have rows for what there is: a merchant with little has some only in the large database. */
const FIGURE_ROWS_TIMES = 1.5;
const FIGURE_ROWS_MORE = 3_000;

/** What is not as it should be. Times count where `timed`. */
export function faultsOf(result, { timed }) {
  const faults = [];
  const { kind, ratio, rowsRead } = result;
  if (kind === 'history') {
    if (rowsRead[1] > PAGE_ROWS_TIMES * rowsRead[0] + PAGE_ROWS_MORE) faults.push('rows grow');
    if (timed && ratio > BARS.page) faults.push(`above ${BARS.page} ×`);
  }
  if (kind === 'figures') {
    if (rowsRead[1] > FIGURE_ROWS_TIMES * rowsRead[0] + FIGURE_ROWS_MORE) faults.push('rows grow');
    if (timed && ratio > BARS.figure) faults.push(`above ${BARS.figure} ×`);
  }
  if (kind === 'run' && timed && ratio > BARS.run) faults.push(`above ${BARS.run} ×`);
  if (kind === 'export' && timed && result.memoryMiB > BARS.memoryMiB)
    faults.push(`above ${BARS.memoryMiB} MiB`);
  return faults;
}
