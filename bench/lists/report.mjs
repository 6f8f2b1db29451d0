import { bold, dim, green, red, say } from '../../scripts/lib/output.mjs';

const WIDTHS = { rows: 10, page: 7, first: 9, deep: 9, ratio: 8, read: 12 };
const line = ({ name, ...cells }) =>
  `${Object.entries(cells)
    .map(([column, cell]) => cell.padStart(WIDTHS[column]))
    .join('')}  ${name}`;
const ms = (value) => (value === null ? '–' : value.toFixed(2));

export function printHead() {
  const head = {
    rows: 'rows',
    page: 'page',
    first: 'first ms',
    deep: 'deep ms',
    ratio: 'ratio',
    read: 'rows read',
  };
  say(`\n${bold(`  ${line({ ...head, name: 'list' })}`)}`);
}

/** Rows read: of the first page and of the deep one. */
export function printLine({ name, rows, page, firstMs, deepMs, ratio, examined, faults }) {
  const read = examined.deep === null ? String(examined.first) : `${examined.first} / ${examined.deep}`;
  const cells = {
    rows: String(rows),
    page: page === 1 ? '–' : String(page),
    first: ms(firstMs),
    deep: ms(deepMs),
  };
  const text = line({ ...cells, ratio: ratio === null ? '–' : `${ratio.toFixed(2)} ×`, read, name });
  say(
    `${faults.length === 0 ? green('✓') : red('✗')} ${text}${faults.length === 0 ? '' : dim(`  ${faults.join(', ')}`)}`,
  );
}
