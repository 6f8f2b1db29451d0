import { ConfigError, loadConfig } from './app-config';

const key = (byte: number) =>
  Buffer.from(
    Array.from({ length: 32 }, (_, index) => (index * 37 + byte * 11 + index * index) % 256),
  ).toString('base64');
const GOOD = {
  APP_ENV: 'prod',
  DATABASE_URL: 'mysql://gateway_app:0f8b1c6e2d9a4753@db.example.com:3306/pg_gateway?tls=system',
  DATABASE_MIGRATION_URL:
    'mysql://gateway_migrate:7c1d9e5f3b2a6840@db.example.com:3306/pg_gateway?tls=system',
  ROOT_KEYS: `v2:${key(2)},v1:${key(1)}`,
  PUBLIC_URL: 'https://pay.example.com',
  TRUST_PROXY: '10.0.0.7, 192.168.0.0/16,fd00::/8',
  SOLAPI_API_KEY: 'NCSAAAABBBBCCCC1',
  SOLAPI_API_SECRET: 'Zk7wQx0Lr2Vb9sTmYh4cZk7wQx0Lr2Vb',
  SMS_SENDER: '0215991234',
  SMTP_URL: 'smtps://mailer:Zk7wQx0Lr2Vb@smtp.example.com:465',
  MAIL_SENDER: 'no-reply@example.com',
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

it('takes each way to name proxies, and none', () => {
  expect(loadConfig(GOOD).http.trustedProxies).toEqual(['10.0.0.7', '192.168.0.0/16', 'fd00::/8']);
  expect(loadConfig({ ...GOOD, TRUST_PROXY: 'none' }).http.trustedProxies).toEqual([]);
});

it('shows the description of the API by itself in local and dev, elsewhere where that is wished', () => {
  const shown = (env: NodeJS.ProcessEnv) => loadConfig({ ...GOOD, ...env }).http.swagger;
  expect(['local', 'dev', ...UPPER].map((APP_ENV) => shown({ APP_ENV }))).toEqual([
    ...[true, true],
    ...[false, false, false],
  ]);
  expect(shown({ SWAGGER_ENABLED: 'true' })).toBe(true);
  expect(shown({ APP_ENV: 'local', SWAGGER_ENABLED: 'false' })).toBe(false);
});

it('takes a database of this machine in the clear', () => {
  const DATABASE_URL = 'mysql://app:Zk7wQx0Lr2Vb9sTmYh4c@127.0.0.1/pg';
  expect(refusalOf({ ...GOOD, DATABASE_URL, DATABASE_MIGRATION_URL: DATABASE_URL })).toBe('');
});

it('takes a password of random letters, and an acquirer by a public address', () => {
  const env = {
    DATABASE_URL: 'mysql://app:Zk7wQx0Lr2Vb9sTmYh4c@db.internal/pg?socket=%2Frun%2Fmysqld%2Fmysqld.sock',
    TOSS_BASE_URL: 'https://8.8.8.8/',
    NICEPAY_BASE_URL: 'https://[2606:4700::1111]/',
  };
  expect(refusalOf({ ...GOOD, ...env })).toBe('');
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

it('traces nothing unless a collector is named, and takes its headers as OpenTelemetry writes them', () => {
  expect(loadConfig(GOOD).tracing).toBeNull();
  const { tracing } = loadConfig({
    ...GOOD,
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b%3D,x-team=pg',
    OTEL_TRACES_SAMPLER_ARG: '0.25',
  });
  expect(tracing).toMatchObject({ endpoint: 'http://127.0.0.1:4318', ratio: 0.25 });
  expect(tracing?.headers.expose()).toEqual({ 'x-key': 'a b=', 'x-team': 'pg' });
  expect(refusalOf({ ...GOOD, OTEL_EXPORTER_OTLP_HEADERS: 'no-value' })).toContain(
    'OTEL_EXPORTER_OTLP_HEADERS',
  );
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
    ['a shifted clock', { CLOCK_OFFSET_MS: '1000' }, 'CLOCK_OFFSET_MS'],
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
    [
      'a database in the clear',
      { DATABASE_URL: 'mysql://app:Zk7wQx0Lr2Vb9sTmYh4c@db.example.com/pg' },
      'DATABASE_URL',
    ],
    [
      'migrations in the clear',
      { DATABASE_MIGRATION_URL: 'mysql://app:Zk7wQx0Lr2Vb9sTmYh4c@db.example.com/pg' },
      'DATABASE_MIGRATION_URL',
    ],
    ['a short password', { DATABASE_URL: 'mysql://app:short@db.example.com/pg?tls=system' }, 'DATABASE_URL'],
    ['no word about proxies', { TRUST_PROXY: '' }, 'TRUST_PROXY'],
    ['the whole internet as proxy', { TRUST_PROXY: '10.0.0.7,0.0.0.0/0' }, 'TRUST_PROXY'],
    ['the whole internet of version 6 as proxy', { TRUST_PROXY: '::/0' }, 'TRUST_PROXY'],
    ['half of the internet as proxy', { TRUST_PROXY: '0.0.0.0/1,128.0.0.0/1' }, 'TRUST_PROXY'],
    ['a private address', { TOSS_BASE_URL: 'https://10.1.2.3/toss' }, 'TOSS_BASE_URL'],
    ['a private address of the middle class', { TOSS_BASE_URL: 'https://172.20.0.1' }, 'TOSS_BASE_URL'],
    ['loopback written as one number', { TOSS_BASE_URL: 'https://2130706433/' }, 'TOSS_BASE_URL'],
    ['the unspecified address', { TOSS_BASE_URL: 'https://0.0.0.0/' }, 'TOSS_BASE_URL'],
    ['a link-local address', { TOSS_BASE_URL: 'https://169.254.169.254/' }, 'TOSS_BASE_URL'],
    ['loopback of version 6', { TOSS_BASE_URL: 'https://[::1]/' }, 'TOSS_BASE_URL'],
    ['a private address of version 6', { TOSS_BASE_URL: 'https://[fd12::1]/' }, 'TOSS_BASE_URL'],
    ['a link-local address of version 6', { TOSS_BASE_URL: 'https://[fe80::1]/' }, 'TOSS_BASE_URL'],
    ['an address within another', { TOSS_BASE_URL: 'https://[::ffff:127.0.0.1]/' }, 'TOSS_BASE_URL'],
    ['a local name with a dot at its end', { TOSS_BASE_URL: 'https://localhost./' }, 'TOSS_BASE_URL'],
    ['a name without a dot', { TOSS_BASE_URL: 'https://acquirer/' }, 'TOSS_BASE_URL'],
    ['a name under .local', { TOSS_BASE_URL: 'https://toss.local/' }, 'TOSS_BASE_URL'],
    ['a name under .internal', { TOSS_BASE_URL: 'https://toss.internal/' }, 'TOSS_BASE_URL'],
    ['a name under .localhost', { TOSS_BASE_URL: 'https://toss.localhost/' }, 'TOSS_BASE_URL'],
    ['a name under .test', { TOSS_BASE_URL: 'https://toss.test./' }, 'TOSS_BASE_URL'],
    ["NICEPAY's test host", { NICEPAY_BASE_URL: 'https://sandbox-api.nicepay.co.kr' }, 'NICEPAY_BASE_URL'],
    [
      "Naver Pay's test host",
      { NAVERPAY_BASE_URL: 'https://dev-pay.paygate.naver.com' },
      'NAVERPAY_BASE_URL',
    ],
    ["Naver Pay's old test host", { NAVERPAY_BASE_URL: 'https://dev.apis.naver.com' }, 'NAVERPAY_BASE_URL'],
    [
      'a collector of traces that is spoken to in clear',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.example.com:4318' },
      'OTEL_EXPORTER_OTLP_ENDPOINT',
    ],
    ["Inicis' test host", { INICIS_BASE_URL: 'https://stginiapi.inicis.com' }, 'INICIS_BASE_URL'],
    ["Inicis' test window", { INICIS_STDPAY_URL: 'https://stgstdpay.inicis.com' }, 'INICIS_STDPAY_URL'],
    [
      'a key of text',
      { ROOT_KEYS: `v1:${Buffer.from('correct-horse-battery-staple-42!').toString('base64')}` },
      'ROOT_KEYS',
    ],
    [
      'a repeated password',
      { DATABASE_URL: 'mysql://app:abcabcabcabcabcabc@db.example.com/pg?tls=system' },
      'DATABASE_URL',
    ],
    [
      'words for a password',
      { DATABASE_URL: 'mysql://app:Gateway-Passw0rd-2026@db.example.com/pg?tls=system' },
      'DATABASE_URL',
    ],
    [
      'a counted password',
      { DATABASE_URL: 'mysql://app:1234567890abcdefgh@db.example.com/pg?tls=system' },
      'DATABASE_URL',
    ],
    ['a demo key of the SMS provider', { SOLAPI_API_KEY: undefined }, 'SOLAPI_API_KEY'],
    ['a demo secret of the SMS provider', { SOLAPI_API_SECRET: undefined }, 'SOLAPI_API_SECRET'],
    ['a demo number as sender', { SMS_SENDER: undefined }, 'SMS_SENDER'],
    ['a demo address as sender', { MAIL_SENDER: undefined }, 'MAIL_SENDER'],
    ['the sandbox for SMS', { SOLAPI_BASE_URL: 'http://127.0.0.1:3900/sms' }, 'SOLAPI_BASE_URL'],
    ['the sandbox for mail', { SMTP_URL: undefined }, 'SMTP_URL'],
    ['mail without TLS', { SMTP_URL: 'smtp://smtp.example.com:587' }, 'SMTP_URL'],
    ['mail to an inside host', { SMTP_URL: 'smtps://10.1.2.3:465' }, 'SMTP_URL'],
    ['codes that are good for long', { SMS_CODE_LIFETIME_MS: '180001' }, 'SMS_CODE_LIFETIME_MS'],
    [
      'codes for members that are good for long',
      { MEMBER_CODE_LIFETIME_MS: '600001' },
      'MEMBER_CODE_LIFETIME_MS',
    ],
    ['codes without a pause', { SMS_PAUSE_MS: '59999' }, 'SMS_PAUSE_MS'],
    ['long memories', { CACHE_TTL_MS: '60001' }, 'CACHE_TTL_MS'],
    ['old requests', { REQUEST_CLOCK_SKEW_MS: '300001' }, 'REQUEST_CLOCK_SKEW_MS'],
    ['short locks', { LOGIN_LOCK_MS: '899999' }, 'LOGIN_LOCK_MS'],
    ['no limit of a merchant', { RATE_MERCHANT_PER_SECOND: '10001' }, 'RATE_MERCHANT_PER_SECOND'],
    ['no limit of a member', { RATE_MEMBER_PER_SECOND: '201' }, 'RATE_MEMBER_PER_SECOND'],
    ['no limit of the public', { RATE_PUBLIC_PER_MINUTE: '6001' }, 'RATE_PUBLIC_PER_MINUTE'],
    ['no limit of logins', { RATE_LOGIN_PER_MINUTE: '61' }, 'RATE_LOGIN_PER_MINUTE'],
    [
      'a key given back before the longest request ends',
      { IDEMPOTENCY_LOCK_MS: '67999' },
      'IDEMPOTENCY_LOCK_MS',
    ],
    ['no password', { DATABASE_URL: 'mysql://app@db.example.com/pg?tls=system' }, 'DATABASE_URL'],
    [
      'a short password of migrations',
      { DATABASE_MIGRATION_URL: 'mysql://app:short@db.example.com/pg?tls=system' },
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
  expect(refusal.match(/^ {2}- /gm)).toHaveLength(5);
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
  ['DATABASE_URL', 'mysql://u:p@[x/'],
  ['DATABASE_URL', 'mysql://user:%zz@host/db'],
  ['DATABASE_URL', 'mysql://user:0f8b1c6e2d9a4753@host/db?ssl=true'],
  ['DATABASE_URL', 'mysql://user:0f8b1c6e2d9a4753@host/db?tls='],
  ['DATABASE_URL', 'mysql://user:0f8b1c6e2d9a4753@host/db?tls=/no/such/file.pem'],
  ['DATABASE_URL', `mysql://user:0f8b1c6e2d9a4753@host/db?tls=${__filename}`],
  ['DATABASE_URL', 'mysql://user:0f8b1c6e2d9a4753@10.0.0.7/db?tls=system'],
  ['DATABASE_URL', 'mysql://user:0f8b1c6e2d9a4753@[fd00::7]/db?tls=system'],
  ['DATABASE_URL', 'mysql://user:0f8b1c6e2d9a4753@host/db?socket=/s&tls=system'],
  ['DATABASE_MIGRATION_URL', 'mysql://user:0f8b1c6e2d9a4753@host/db?socket=/s&sslmode=REQUIRED'],
  ['INICIS_STDPAY_URL', 'https://'],
  ['TRUST_PROXY', 'proxy.example.com'],
  ['TRUST_PROXY', '10.0.0.0/33'],
  ['TRUST_PROXY', '10.0.0.1,'],
  ['ACQUIRER_ANSWER_TIMEOUT_MS', '60001'],
  ['ROOT_KEYS', `v1:${key(1)},v2:${key(2)}`],
  ['ROOT_KEYS', `v1:${key(1)},v01:${key(2)}`],
  ['ROOT_KEYS', `v1:${key(1)},`],
  ['ROOT_KEYS', key(1)],
  ['SWAGGER_ENABLED', 'yes'],
])('refuses %s=%s', (name, value) => {
  expect(refusalOf({ ...GOOD, [name]: value })).toContain(`- ${name}:`);
});
