import { bold, dim, green, red, say } from '../../scripts/lib/output.mjs';

const WIDTHS = [10, 10, 10, 10, 11, 18, 12];
const row = (cells, name) => `${cells.map((cell, index) => cell.padStart(WIDTHS[index])).join('')}  ${name}`;
const ms = (value) => value.toFixed(2);
const mib = (value) => `${value.toFixed(0)} MiB`;
const times = (value) => `${value.toFixed(2)} ×`;

const HEADS = {
  history: ['first p50', 'p95', 'deep p50', 'p95', 'p50 ratio', 'rows read', 'page'],
  figures: ['small p50', 'p95', 'large p50', 'p95', 'p95 ratio', 'rows read', 'direct'],
};

export function printHead(kind) {
  say(`\n${bold(`  ${row(HEADS[kind], kind)}`)}`);
}

/** Times are milliseconds; rows read are those of the first and the deep page, or of the small and the large database. */
export function printResult(result) {
  const mark = result.faults.length === 0 ? green('✓') : red('✗');
  const faults = result.faults.length === 0 ? '' : dim(`  ${result.faults.join(', ')}`);
  say(`${mark} ${textOf(result)}${faults}`);
}

function textOf(result) {
  const { kind, name, ratio, rowsRead } = result;
  const cells = (one, other, last) =>
    row(
      [ms(one.p50), ms(one.p95), ms(other.p50), ms(other.p95), times(ratio), rowsRead.join(' / '), last],
      name,
    );
  switch (kind) {
    case 'history':
      return cells(result.first, result.deep, String(result.page));
    case 'figures':
      return cells(result.small, result.large, result.directMs === null ? 'too long' : ms(result.directMs));
    case 'run':
      return `${name}: ${result.movements} movements in ${ms(result.runMs / 1_000)} s, copied in ${ms(result.copyMs / 1_000)} s: ${times(ratio)}`;
    default:
      return `${name}: ${result.rows} rows in ${ms(result.ms / 1_000)} s (${result.rowsPerSecond.toFixed(0)}/s, ${mib(result.fileMiB)}), ${mib(result.memoryMiB)} above ${mib(result.idleMiB)}`;
  }
}
