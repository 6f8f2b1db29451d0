import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

jest.setTimeout(180_000);

const ROOT = resolve(__dirname, '../..');
const LEFT_OUT = ['node_modules', 'dist', 'dist-test', '.data', '.git', 'coverage', '.env'];
const NAME = 'newpay';
const WRITTEN = [
  `src/acquirers/${NAME}`,
  `src/sandbox/${NAME}`,
  'test/contract',
  'src/config',
  'scripts/lib',
];

const copy = mkdtempSync(join(tmpdir(), 'pg-gateway-new-acquirer-'));

/** Runs a program in the copy, with none of the settings of the run that this test is a part of. */
function run(...args: string[]): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: copy,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    encoding: 'utf8',
  });
  return { code: status, output: stdout + stderr };
}
const newAcquirer = (...args: string[]) => run('scripts/new-acquirer.mjs', ...args);
const filesOf = () =>
  readdirSync(copy, { recursive: true, encoding: 'utf8' }).filter((path) => !path.startsWith('node_modules'));
const clean = { code: 0, output: expect.any(String) };

beforeAll(() => {
  for (const entry of readdirSync(ROOT))
    if (!LEFT_OUT.includes(entry)) cpSync(join(ROOT, entry), join(copy, entry), { recursive: true });
  // The packages are shared, what the build keeps beside them is not.
  mkdirSync(join(copy, 'node_modules'));
  for (const entry of readdirSync(join(ROOT, 'node_modules')))
    if (entry !== '.cache') symlinkSync(join(ROOT, 'node_modules', entry), join(copy, 'node_modules', entry));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

it('writes nothing under a name that is bad, reserved or taken', () => {
  const before = filesOf();
  for (const [args, why] of [
    [[], 'Which acquirer?'],
    [['Newpay'], 'no name for an acquirer'],
    [['new-pay'], 'no name for an acquirer'],
    [['../newpay'], 'no name for an acquirer'],
    [['9pay'], 'no name for an acquirer'],
    [['n'.repeat(21)], 'no name for an acquirer'],
    [['port'], 'is reserved'],
    [['delete'], 'is reserved'],
    [['toss'], 'is taken: src/acquirers/toss is there'],
    [['newpay', 'otherpay'], 'One name, not 2'],
  ] as const) {
    const { code, output } = newAcquirer(...args);
    expect({ code, told: output.includes(why), output }).toEqual({ code: 1, told: true, output });
  }
  expect(filesOf()).toEqual(before);
});

it('writes a skeleton that compiles, is linted, formatted, and imports only what it may', () => {
  expect(newAcquirer(NAME)).toEqual(clean);
  expect(newAcquirer(NAME).output).toContain('is taken');
  expect(run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit')).toEqual({
    code: 0,
    output: '',
  });
  const format = ['--check', '--ignore-unknown', ...WRITTEN, 'docker-compose.yml', '.env.example'];
  expect(run('node_modules/prettier/bin/prettier.cjs', ...format)).toEqual(clean);
  const specs = `test/contract/conformance/fixtures/${NAME}.ts`;
  expect(run('node_modules/eslint/bin/eslint.js', ...WRITTEN.slice(0, 2), specs)).toEqual({
    code: 0,
    output: '',
  });
  const cruise = ['--config', '.dependency-cruiser.cjs', 'src'];
  expect(run('node_modules/dependency-cruiser/bin/dependency-cruise.mjs', ...cruise)).toEqual(clean);
});

it('has a conformance spec that fails and says what to write', () => {
  const { code, output } = run('scripts/conformance.mjs', '--only', NAME);
  expect(code).toBe(1);
  expect(output).toContain(
    `approvalRequest is not written yet: write it in src/acquirers/${NAME}/${NAME}.mapper.ts`,
  );
  expect(output).toContain(`it is empty: write it in src/acquirers/${NAME}/${NAME}.codes.ts`);
  expect(output).toMatch(new RegExp(`^${NAME}: 1 ok, \\d+ n\\.a\\., [1-9]\\d* failed, 0 not run`, 'm'));
});
