import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dim, green, red, yellow } from './output.mjs';
import { readJson } from './stamp.mjs';

/** What each adapter's run of the conformance suite left behind, in the order of their names. */
export function readColumns(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readJson(join(folder, name)))
    .filter((column) => column !== undefined);
}

const cellText = ({ status, tests }) => (status === 'ok' && tests > 1 ? `ok ${tests}` : status);
const COLOURS = { ok: green, 'n.a.': dim, FAIL: red, 'not run': yellow };

/** The lines of the matrix: one for each case, a column for each adapter; then why cases do not apply, and what failed. */
export function matrixLines(columns) {
  const ids = columns[0]?.rows.map(({ id }) => id) ?? [];
  const idWidth = Math.max(4, ...ids.map((id) => id.length));
  const width = ({ acquirer }) => Math.max(9, acquirer.length + 2);
  const head = `${'case'.padEnd(idWidth)}  ${columns.map((column) => column.acquirer.padEnd(width(column))).join('')}`;
  const line = (id) => {
    const cells = columns.map((column) => {
      const row = rowOf(column, id);
      return COLOURS[row.status](cellText(row).padEnd(width(column)));
    });
    return `${id.padEnd(idWidth)}  ${cells.join('')}`.trimEnd();
  };
  return [head, ...ids.map(line), '', ...columns.flatMap(reasons), ...columns.map(summary)];
}

const rowOf = ({ rows }, id) =>
  rows.find((row) => row.id === id) ?? { id, status: 'not run', tests: 0, told: [] };

function reasons({ acquirer, rows }) {
  const absent = new Map();
  for (const { id, status, told } of rows) {
    if (status === 'n.a.') absent.set(told[0], [...(absent.get(told[0]) ?? []), id]);
  }
  const failed = rows.filter(({ status }) => status === 'FAIL');
  return [
    ...[...absent].map(([reason, ids]) => dim(`${acquirer} n.a.: ${reason}: ${ids.join(', ')}`)),
    ...failed.flatMap(({ id, told }) => told.map((test) => red(`${acquirer} FAIL: ${id}: ${test}`))),
  ];
}

function summary({ acquirer, rows }) {
  const count = (status) => rows.filter((row) => row.status === status).length;
  const text = `${acquirer}: ${count('ok')} ok, ${count('n.a.')} n.a., ${count('FAIL')} failed, ${count('not run')} not run`;
  return count('FAIL') + count('not run') === 0 ? text : red(text);
}

/** True where every case of every adapter is ok or does not apply. */
export const isWhole = (columns) =>
  columns.length > 0 &&
  columns.every(({ rows }) => rows.every(({ status }) => status === 'ok' || status === 'n.a.'));
