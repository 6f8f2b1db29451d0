import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CALLS } from '../support/authorization/calls';
import { RULES } from '../support/authorization/rules';
import { filesBelow, ROOT, textOf } from './files';

const WRITTEN = JSON.parse(textOf('docs/openapi.json')) as {
  paths: Record<string, Record<string, { operationId: string }>>;
};

it('there is a rule, and a way to call it, for every operation', () => {
  const ids = Object.values(WRITTEN.paths)
    .flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
    .sort();
  expect(Object.keys(RULES).sort()).toEqual(ids);
  expect(Object.keys(CALLS).sort()).toEqual(ids);
});

it('no answer and no body is made by who calls: fields are those of the operation', () => {
  const shapes = filesBelow(['src/modules'], /\.ts$/).filter((path) => /\/dto\/|\.response\.ts$/.test(path));
  expect(shapes.length).toBeGreaterThan(50);
  expect(shapes.filter((path) => /\bPrincipal\b/.test(textOf(path)))).toEqual([]);
});

it('docs/authorization.md is what the rules say', () => {
  const args = [join(ROOT, 'scripts/authorization.mjs'), '--check'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect({ status, said: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ status: 0, said: '' });
});
