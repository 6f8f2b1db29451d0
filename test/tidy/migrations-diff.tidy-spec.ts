import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './files';

const FIRST = '100-create-payments.ts';
const SECOND = '200-create-refunds.ts';
const released = { [FIRST]: 'aa' };
const drill = { sha256: 'bb', refused: 0 };

const CASES = [
  ['nothing new', { present: { [FIRST]: 'aa' }, drilled: {} }, []],
  [
    'a new one that was tried',
    { present: { [FIRST]: 'aa', [SECOND]: 'bb' }, drilled: { [SECOND]: drill } },
    [],
  ],
  [
    'a released one edited',
    { present: { [FIRST]: 'ab' }, drilled: {} },
    [`${FIRST} was released and is another file now`],
  ],
  ['a released one removed', { present: {}, drilled: {} }, [`${FIRST} was released and is gone`]],
  [
    'a new one before a released one',
    { present: { '050-earlier.ts': 'cc', [FIRST]: 'aa' }, drilled: {} },
    [`050-earlier.ts would run before ${FIRST}, which was released`],
  ],
  [
    'a new one that nobody tried',
    { present: { [FIRST]: 'aa', [SECOND]: 'bb' }, drilled: {} },
    [`no roll-out over ${SECOND} was tried`],
  ],
  [
    'a new one edited after it was tried',
    { present: { [FIRST]: 'aa', [SECOND]: 'bc' }, drilled: { [SECOND]: drill } },
    [`${SECOND} was changed after the roll-out over it`],
  ],
  [
    'a new one that refused approvals',
    { present: { [FIRST]: 'aa', [SECOND]: 'bb' }, drilled: { [SECOND]: { ...drill, refused: 3 } } },
    [`the roll-out over ${SECOND} refused 3 approvals`],
  ],
] as const;

/** One process for all cases: Jest cannot import the script. */
function problems(): readonly string[][] {
  const program = `
    import { readFileSync } from 'node:fs';
    import { migrationProblems } from '${pathToFileURL(join(ROOT, 'scripts/lib/released-migrations.mjs')).href}';
    const cases = JSON.parse(readFileSync(0, 'utf8'));
    process.stdout.write(JSON.stringify(cases.map((each) => migrationProblems(each))));
  `;
  const input = JSON.stringify(CASES.map(([, given]) => ({ released, ...given })));
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    input,
  });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}

const found = problems();

it.each(CASES.map(([name, , expected], index) => ({ name, expected, index })))(
  'tells $name',
  ({ expected, index }) => {
    expect(found[index]).toEqual(expected);
  },
);
