import { bold, dim, green, red, say } from '../scripts/lib/output.mjs';
import { bestOf } from './verdict.mjs';

const MEBI = 1_048_576;
const COLUMNS = [
  ['', 33, ({ title }) => title],
  ['approvals/s', 12, ({ measured }) => measured.perSecond.toFixed(0)],
  ['p50 ms', 9, ({ measured }) => number(measured.p50)],
  ['p99 ms', 9, ({ measured }) => number(measured.p99)],
  ['errors', 7, ({ measured, warmUp }) => String(measured.failed + warmUp.failed)],
  ['CPU ms', 8, ({ gauges }) => number(gauges.cpuMsEach, 2)],
  ['db', 6, ({ gauges }) => number(gauges.othersCpuMsEach.database, 2)],
  ['others', 8, ({ gauges: { othersCpuMsEach: other } }) => number(other.sandbox + other.load, 2)],
  ['idle', 6, ({ gauges }) => `${Math.round(gauges.idleShare * 100)}%`],
  ['stmts', 7, ({ gauges }) => number(gauges.each.questions, 2)],
  ['fsyncs', 8, ({ gauges }) => number(fsyncsOf(gauges), 2)],
  ['MiB from–to, max', 17, ({ gauges: { memory } }) => memoryOf(memory)],
];

const number = (value, digits = 1) => (Number.isFinite(value) ? value.toFixed(digits) : '–');
const fsyncsOf = ({ each }) =>
  each.logFsyncs === null && each.dataFsyncs === null ? NaN : (each.logFsyncs ?? 0) + (each.dataFsyncs ?? 0);
const memoryOf = ({ before, after, max }) =>
  `${[before, after].map((bytes) => Math.round(bytes / MEBI)).join('–')}, ${Math.round(max / MEBI)}`;
const line = (cells) =>
  cells
    .map((cell, index) => (index === 0 ? cell.padEnd(COLUMNS[0][1]) : cell.padStart(COLUMNS[index][1])))
    .join('');

const TITLES = {
  opening: (name) => `${name}, warming up`,
  long: () => 'gateway, 64 connections, long run',
  steady: (name, { load, sandboxMs }) => `${name}, ${load.perSecond}/s, sandbox ${sandboxMs} ms`,
  'one-process': () => 'gateway ×1 + worker, the same',
  'two-processes': () => 'gateway ×2 + worker, the same',
  'neighbour-well': () => 'gateway, all acquirers sound',
  'neighbour-silent': () => 'gateway, another one silent',
  'neighbour-refusing': () => 'gateway, another one gone',
};

/** Absolute figures, the best round of each, then the bars. CPU, statements and fsyncs are per approval. */
export function printReport(results, bars) {
  say(`\n${bold(line(COLUMNS.map(([name]) => name)))}`);
  for (const group of new Set(results.map((one) => one.group))) {
    for (const name of ['raw', 'gateway']) {
      const best = bestOf(results, group, name);
      if (best) say(line(COLUMNS.map(([, , cell]) => cell({ ...best, title: titleOf(group, name, best) }))));
    }
  }
  say(
    dim(
      'Per approval: CPU of the server, of the database (db), of sandbox and load generator (others), statements, fsyncs.\n',
    ),
  );
  for (const { what, value, limit, met } of bars) {
    say(`${met ? green('✓ met   ') : red('✗ missed')}  ${what.padEnd(48)}${value.padEnd(26)}${dim(limit)}`);
  }
}

function titleOf(group, name, best) {
  const connections = /^closed-(\d+)$/.exec(group)?.[1];
  return connections ? `${name}, ${connections} connections` : TITLES[group](name, best);
}
