import { decodeProtectedHeader } from 'jose';
import { pause } from '../support/program';
import { runToEnd } from '../support/stack';
import { testEnvironment } from '../support/test-database';
import { type AuthApp, bearer, get, merchantToken, startAuthApp } from './auth.support';

jest.setTimeout(60_000);

const CACHE_TTL_MS = 200;

let auth: AuthApp;
beforeAll(async () => {
  auth = await startAuthApp('auth_keys', { CACHE_TTL_MS: String(CACHE_TTL_MS) });
});
afterAll(() => auth?.close());

/** The operator's command, as a process of its own beside the running gateway. */
function keys(...args: string[]): Promise<{ code: number; output: string }> {
  const build = process.env.TEST_BUILD_DIR ?? 'dist-test';
  return runToEnd(`${build}/src/keys.js`, testEnvironment(auth.database.url), args);
}

const kidOf = (token: string) => decodeProtectedHeader(token).kid!;
const published = async () =>
  (await get(auth, '/.well-known/jwks.json')).json<{ keys: { kid: string }[] }>().keys.map(({ kid }) => kid);
const audited = (action: string) =>
  auth.dataSource.query<{ actor: string; target: string; outcome: string; details: string }[]>(
    'SELECT actor, target, outcome, details FROM audit_logs WHERE action = ? ORDER BY seq',
    [action],
  );
const versions = (purpose: string) =>
  auth.dataSource.query<{ version: number }[]>(
    'SELECT version FROM data_keys WHERE purpose = ? ORDER BY id',
    [purpose],
  );

it('rotates the signing keys: the next one was published before, and older tokens stay good', async () => {
  const old = await merchantToken(auth);
  const before = await published();
  expect(before).toHaveLength(2);
  const next = before.find((kid) => kid !== kidOf(old))!;

  const { code, output } = await keys('rotate-signing');
  expect({ code, output }).toEqual({ code: 0, output: `signing key from now on: ${next}\n` });
  await pause(CACHE_TTL_MS + 100);

  const fresh = await merchantToken(auth);
  expect(kidOf(fresh)).toBe(next);
  for (const token of [old, fresh]) {
    expect((await get(auth, '/probe/read', bearer(token))).statusCode).toBe(200);
  }
  const after = await published();
  expect(after).toEqual(expect.arrayContaining(before));
  expect(after).toHaveLength(3);
  expect(await audited('signing-key.rotate')).toMatchObject([
    { actor: 'system:keys', target: next, outcome: 'SUCCESS' },
  ]);
});

it('rotates the data keys of a purpose, and leaves an audit row', async () => {
  expect(await versions('signing')).toHaveLength(1);
  expect(await keys('rotate', 'signing')).toEqual({ code: 0, output: 'data keys made for signing: 1\n' });
  expect(await versions('signing')).toMatchObject([{ version: 1 }, { version: 2 }]);
  expect(await audited('data-key.rotate')).toMatchObject([
    { actor: 'system:keys', target: 'signing', outcome: 'SUCCESS' },
  ]);
});

it('wraps the data keys again, and leaves an audit row', async () => {
  expect(await keys('rewrap')).toEqual({ code: 0, output: 'data keys wrapped again: 0\n' });
  expect(await audited('data-key.rewrap')).toMatchObject([
    { actor: 'system:keys', target: 'root:v1', outcome: 'SUCCESS' },
  ]);
});

it.each([
  [['rotate', 'cards'], 'unknown purpose'],
  [['rotate', 'index:order-content'], 'index key'],
  [['rotate'], 'needs a purpose'],
  [['rotate', 'pii', 'now'], 'takes no more'],
  [['burn'], 'unknown command'],
])('refuses %j with exit code 2, and does nothing', async (args, said) => {
  const rows = async () =>
    (await auth.dataSource.query<[{ n: string }]>('SELECT COUNT(*) AS n FROM audit_logs'))[0].n;
  const before = await rows();
  const { code, output } = await keys(...args);
  expect(code).toBe(2);
  expect(output).toContain(said);
  expect(output).toContain('Usage:');
  expect(await rows()).toBe(before);
});
