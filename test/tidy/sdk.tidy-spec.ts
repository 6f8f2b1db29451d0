import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { linesOf, ROOT, textOf } from './files';

const COMPILE_MS = 180_000;

it(
  'the types of the SDK are what docs/openapi.json says; it compiles, and its package is whole',
  () => {
    const args = [join(ROOT, 'scripts/sdk.mjs'), '--check'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ status, said: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ status: 0, said: '' });
  },
  COMPILE_MS,
);

it('the README of the SDK is short', () => {
  expect(linesOf(textOf('sdk/README.md')).length).toBeLessThanOrEqual(60);
});
