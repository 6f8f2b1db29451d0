import { randomBytes } from 'node:crypto';
import { SqlDataKeyStore } from '../../src/common/crypto/data-key.store';
import { KeyRing } from '../../src/common/crypto/key-ring';
import { Sealer } from '../../src/common/crypto/sealer';
import { SqlPool } from '../../src/common/db/pool';
import { loadConfig } from '../../src/config/app-config';
import { createTestDatabase, type TestDatabase, testEnvironment } from '../support/test-database';

const rootKey = (version: number) => `v${version}:${randomBytes(32).toString('base64')}`;
const ROOT_1 = rootKey(1);
const ROOT_2 = rootKey(2);
const CONTEXT = { table: 'members', column: 'phone_sealed', rowId: 'mem_1', mid: 'M0000001' };

let database: TestDatabase;
const pools: SqlPool[] = [];

/** A key ring as one process has it, with a pool of its own. */
function ringOf(...roots: string[]): KeyRing {
  const config = loadConfig(testEnvironment(database.url, { ROOT_KEYS: roots.join(',') }));
  const pool = new SqlPool(database.url, { connectionsMax: 4, waitMs: 2_000, queryTimeoutMs: 5_000 });
  pools.push(pool);
  return new KeyRing(config, new SqlDataKeyStore(pool));
}

const keys = () =>
  pools[0]!.execute<Record<string, unknown>[]>(
    'SELECT id, mid, version, root_version AS root, retired_at IS NOT NULL AS retired FROM data_keys ORDER BY id',
  );

beforeEach(async () => {
  database = await createTestDatabase('crypto');
}, 60_000);

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
  await database.drop();
});

it('makes one key when four processes seal for the first time at once', async () => {
  const sealers = Array.from({ length: 4 }, () => new Sealer(ringOf(ROOT_1)));
  const sealed = await Promise.all(sealers.map((sealer) => sealer.seal('pii', CONTEXT, 'value')));
  expect(await keys()).toHaveLength(1);
  for (const value of sealed)
    expect((await sealers[0]!.open('pii', CONTEXT, value)).toString()).toBe('value');
});

it('rotates, and wraps again by a new root key, without touching what is sealed', async () => {
  const first = ringOf(ROOT_1);
  const old = await new Sealer(first).seal('pii', CONTEXT, 'old');
  await new Sealer(first).seal('pii', { ...CONTEXT, mid: 'M0000002' }, 'other');
  expect(await first.rotate('pii')).toBe(2);
  const fresh = await new Sealer(first).seal('pii', CONTEXT, 'fresh');
  expect(await keys()).toMatchObject([
    { version: 1, root: 1, retired: 1 },
    { version: 1, root: 1, retired: 1 },
    { version: 2, root: 1, retired: 0 },
    { version: 2, root: 1, retired: 0 },
  ]);
  expect(await ringOf(ROOT_2, ROOT_1).rewrapAll()).toBe(4);
  const newest = new Sealer(ringOf(ROOT_2));
  expect((await newest.open('pii', CONTEXT, old)).toString()).toBe('old');
  expect((await newest.open('pii', CONTEXT, fresh)).toString()).toBe('fresh');
});
