import { writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { say, seconds } from '../output.mjs';
import { fromRoot, shown } from '../paths.mjs';
import { AWAY_MAX_MS } from './drill.mjs';

const FILE = 'docs/operations/galera-drill.json';

const COLUMNS = [
  ['fault', ({ fault }) => fault],
  ['writing node', ({ writerBefore, writerAfter }) => `${writerBefore} → ${writerAfter}`],
  ['writes away', ({ awayMs }) => seconds(awayMs)],
  ['at the return', ({ awayAtReturnMs }) => seconds(awayAtReturnMs)],
  ['acknowledged', ({ acknowledged }) => String(acknowledged)],
  ['lost', ({ lost }) => String(lost.length)],
  ['refused meanwhile', ({ refused }) => counted(refused)],
];

const counted = (refused) =>
  Object.entries(refused)
    .map(([code, count]) => `${count} × ${code}`)
    .join(', ') || '-';

export function print(results, end) {
  const lines = [
    COLUMNS.map(([title]) => title),
    ...results.map((one) => COLUMNS.map(([, cell]) => cell(one))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  say();
  for (const line of lines)
    say(
      `  ${line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd()}`,
    );
  say();
  for (const { awaySinceKillMs, awayMs, recoveredFrom, positions } of results) {
    if (positions === undefined) continue;
    const seqnos = positions.map((position) => position.split(':')[1]).join(', ');
    say(
      `all three: ${recoveredFrom} of ${seqnos}; writes ${seconds(awayMs)} after recovery, ${seconds(awaySinceKillMs)} after the kill`,
    );
  }
  say(
    `${end.acknowledged} approvals acknowledged; not in the database: ${end.lost.length}, not in the acquirer's book: ${end.lostAtAcquirer.length}`,
  );
  say(`tables that differ between the nodes: ${end.differentTables.join(', ') || 'none'}`);
  say(end.verify.said);
}

/** What is not as it must be, one sentence each. */
export function faultsOf(results, end) {
  const ofOne = ({ fault, isBack, awayMs, awayAtReturnMs, lost }) => [
    ...(isBack ? [] : [`${fault}: writes did not come back`]),
    ...(awayMs > AWAY_MAX_MS ? [`${fault}: writes were away for ${seconds(awayMs)}`] : []),
    ...(awayAtReturnMs > AWAY_MAX_MS
      ? [`${fault}: the return took ${seconds(awayAtReturnMs)} of writes`]
      : []),
    ...(lost.length > 0
      ? [`${fault}: ${lost.length} acknowledged approvals are lost: ${lost.slice(0, 5).join(', ')}`]
      : []),
  ];
  return [
    ...results.flatMap(ofOne),
    ...(end.lost.length > 0
      ? [`at the end ${end.lost.length} acknowledged approvals are not in the database`]
      : []),
    ...(end.lostAtAcquirer.length > 0
      ? [`${end.lostAtAcquirer.length} acknowledged approvals are not in the acquirer's book`]
      : []),
    ...(end.underWay > 0 ? [`${end.underWay} payments were never ended`] : []),
    ...(end.differentTables.length > 0 ? [`the nodes differ in ${end.differentTables.join(', ')}`] : []),
    ...(end.verify.isClean ? [] : ['npm run verify found something']),
  ];
}

export async function save({ results, end, perSecond, versions }) {
  const [{ model } = {}] = cpus();
  const lines = results.map((one) => ({ ...one, lost: one.lost.length }));
  const result = {
    at: new Date().toISOString(),
    machine: { cpus: cpus().length, model, kernel: release(), node: process.version, ...versions },
    ...{ approvalsPerSecond: perSecond, awayMaxMs: AWAY_MAX_MS, faults: lines },
    end: {
      ...end,
      ...{
        lost: end.lost.length,
        lostAtAcquirer: end.lostAtAcquirer.length,
        verify: end.verify.said.split('\n').at(-1),
      },
    },
  };
  const { format } = await import('prettier');
  writeFileSync(fromRoot(FILE), await format(JSON.stringify(result), { parser: 'json', printWidth: 110 }));
  say(`Saved to ${shown(fromRoot(FILE))}`);
}
