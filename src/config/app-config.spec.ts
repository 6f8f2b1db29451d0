import { ConfigError, loadConfig } from './app-config';

const key = (byte: number) =>
  Buffer.from(
    Array.from({ length: 32 }, (_, index) => (index * 37 + byte * 11 + index * index) % 256),
  ).toString('base64');
const GOOD = {
  APP_ENV: 'prod',
  DATABASE_URL: 'mysql://gateway_app:0f8b1c6e2d9a4753@db.example.com:3306/pg_gateway',
  DATABASE_MIGRATION_URL: 'mysql://gateway_migrate:7c1d9e5f3b2a6840@db.example.com:3306/pg_gateway',
  ROOT_KEYS: `v2:${key(2)},v1:${key(1)}`,
  PUBLIC_URL: 'https://pay.example.com',
} as const;
const UPPER = ['stg', 'cbo', 'prod'];

function refusalOf(env: NodeJS.ProcessEnv): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

it('takes what is right, in every environment', () => {
  for (const APP_ENV of ['local', 'dev', ...UPPER]) expect(refusalOf({ ...GOOD, APP_ENV })).toBe('');
});

it('reads keys newest first, and leaves the address of migrations to that of the app', () => {
  const config = loadConfig({ ...GOOD, DATABASE_MIGRATION_URL: undefined });
  expect(config.rootKeys.map(({ version, key: { length } }) => [version, length])).toEqual([
    [2, 32],
    [1, 32],
  ]);
  expect(config.database.migrationUrl).toBe(GOOD.DATABASE_URL);
  expect(config.demo).toBe(false);
});

it('scales waits for acquirers and the worker, and no limits of time that security counts on', () => {
  const config = loadConfig({ ...GOOD, APP_ENV: 'local', TIME_SCALE: '0.001' });
  expect(config.acquirer.answerTimeoutMs).toBe(10);
  expect(config.worker.pollMs).toBe(1);
  expect(config.requestClockSkewMs).toBe(300_000);
  expect(config.auth.accessTokenTtlMs).toBe(600_000);
});

describe.each(UPPER)('%s refuses', (APP_ENV) => {
  it.each([
    ['the sandbox by its address', { TOSS_BASE_URL: 'http://127.0.0.1:3901/toss' }, 'TOSS_BASE_URL'],
    ['the sandbox by its name', { TOSS_BASE_URL: 'https://sandbox:3901/toss' }, 'TOSS_BASE_URL'],
    ['a local address', { TOSS_BASE_URL: 'https://localhost/toss' }, 'TOSS_BASE_URL'],
    ['an acquirer without TLS', { TOSS_BASE_URL: 'http://api.tosspayments.com' }, 'TOSS_BASE_URL'],
    ['scaled waits', { TIME_SCALE: '0.5' }, 'TIME_SCALE'],
    ['no address of its own', { PUBLIC_URL: undefined }, 'PUBLIC_URL'],
    ['an address of its own without TLS', { PUBLIC_URL: 'http://pay.example.com' }, 'PUBLIC_URL'],
    ['a key of one byte', { ROOT_KEYS: `v1:${Buffer.alloc(32, 7).toString('base64')}` }, 'ROOT_KEYS'],
    [
      'a key that counts',
      { ROOT_KEYS: `v1:${Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('base64')}` },
      'ROOT_KEYS',
    ],
    [
      'a weak key behind a good one',
      { ROOT_KEYS: `v2:${key(2)},v1:${Buffer.alloc(32).toString('base64')}` },
      'ROOT_KEYS',
    ],
    ['a short password', { DATABASE_URL: 'mysql://app:short@db.example.com/pg' }, 'DATABASE_URL'],
    ['no password', { DATABASE_URL: 'mysql://app@db.example.com/pg' }, 'DATABASE_URL'],
    [
      'a short password of migrations',
      { DATABASE_MIGRATION_URL: 'mysql://app:short@db.example.com/pg' },
      'DATABASE_MIGRATION_URL',
    ],
  ])('%s', (_name, change, named) => {
    const refusal = refusalOf({ ...GOOD, APP_ENV, ...change });
    expect(refusal).toContain(`- ${named}:`);
    expect(refusal).toContain(APP_ENV);
    expect(refusalOf({ ...GOOD, ...change, APP_ENV: 'local' })).toBe('');
  });
});

it('names every key that is wrong, and never what stood there', () => {
  const wrong = {
    APP_ENV: 'canary-environment',
    PORT: 'canary-port',
    DATABASE_URL: 'canary-database:canary-password',
    ROOT_KEYS: 'v1:canary-key',
    PUBLIC_URL: 'canary address',
    TIME_SCALE: 'canary-scale',
    SWAGGER_ENABLED: 'canary-flag',
    LOG_LEVEL: 'canary-level',
    TOSS_BASE_URL: 'canary toss',
  };
  const refusal = refusalOf(wrong);
  for (const name of Object.keys(wrong)) expect(refusal).toContain(`- ${name}:`);
  expect(refusal).not.toContain('canary');
  expect(refusal).toContain('.env.example');
});

it('repeats no value of what is refused where it counts', () => {
  const refusal = refusalOf({
    ...GOOD,
    TOSS_BASE_URL: 'http://canary.example.com',
    PUBLIC_URL: 'http://canary.example.com',
    DATABASE_URL: 'mysql://canary:canary@canary/canary',
    ROOT_KEYS: `v1:${Buffer.alloc(32, 7).toString('base64')}`,
  });
  expect(refusal.match(/^ {2}- /gm)).toHaveLength(4);
  expect(refusal).not.toContain('canary');
  expect(refusal).not.toContain(Buffer.alloc(32, 7).toString('base64'));
});

it.each([
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '3000.5'],
  ['DB_POOL_JOURNAL', '65'],
  ['WORKER_LEASE_MS', '0'],
  ['WORKER_LEASE_MS', '86400001'],
  ['TIME_SCALE', '0'],
  ['TIME_SCALE', '-1'],
  ['DATABASE_URL', 'postgres://user@host/db'],
  ['ROOT_KEYS', `v1:${key(1)},`],
  ['ROOT_KEYS', key(1)],
  ['SWAGGER_ENABLED', 'yes'],
])('refuses %s=%s', (name, value) => {
  expect(refusalOf({ ...GOOD, [name]: value })).toContain(`- ${name}:`);
});
