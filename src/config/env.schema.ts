import { z } from 'zod';

/** The five environments; everything from `stg` upwards refuses demo data, weak secrets and sandbox addresses. */
export const APP_ENVIRONMENTS = ['local', 'dev', 'stg', 'cbo', 'prod'] as const;
export type AppEnvironment = (typeof APP_ENVIRONMENTS)[number];

export function isDemoEnvironment(environment: AppEnvironment): boolean {
  return environment === 'local' || environment === 'dev';
}

const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);
const count = (fallback: number, max = 1_000_000) =>
  z.coerce.number().int().min(1).max(max).default(fallback);
const milliseconds = (fallback: number) => z.coerce.number().int().min(1).max(86_400_000).default(fallback);
const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false'])
    .default(fallback ? 'true' : 'false')
    .transform((value) => value === 'true');
const databaseUrl = z
  .string()
  .regex(/^(mysql|mariadb):\/\/\S+$/, 'must look like mysql://user:password@host:port/database');
const rootKeys = z
  .string()
  .regex(
    /^v\d{1,6}:[A-Za-z0-9+/]{43}=(,v\d{1,6}:[A-Za-z0-9+/]{43}=)*$/,
    'must be a comma-separated list of version:key, each key 32 bytes in base64, the newest version first',
  );

/** Where each acquirer is called. `{idc}` in INICIS_STDPAY_URL stands for the data centre that the payment window names. */
const ACQUIRER_ADDRESSES = {
  TOSS_BASE_URL: z.url().default('https://api.tosspayments.com'),
  INICIS_BASE_URL: z.url().default('https://iniapi.inicis.com'),
  INICIS_STDPAY_URL: z.string().min(1).default('https://{idc}stdpay.inicis.com'),
  PORTONE_BASE_URL: z.url().default('https://api.iamport.kr'),
  NICEPAY_BASE_URL: z.url().default('https://api.nicepay.co.kr'),
  NICEPAY_LEGACY_URL: z.url().default('https://webapi.nicepay.co.kr'),
  KAKAOPAY_BASE_URL: z.url().default('https://open-api.kakaopay.com'),
  NAVERPAY_BASE_URL: z.url().default('https://pay.paygate.naver.com'),
} as const;
type AddressKey = keyof typeof ACQUIRER_ADDRESSES;
const ADDRESS_KEYS = Object.keys(ACQUIRER_ADDRESSES) as AddressKey[];

/**
 * Every key that the gateway reads from its environment, with its default. Explained one by one in `.env.example`.
 * A key is read here and nowhere else.
 */
export const envSchema = z.object({
  APP_ENV: z.enum(APP_ENVIRONMENTS).default('local'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port(3000),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  METRICS_PORT: port(9464),
  WORKER_METRICS_PORT: port(9465),
  PUBLIC_URL: z.url().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  TRUST_PROXY: z.string().default(''),

  DATABASE_URL: databaseUrl,
  DATABASE_MIGRATION_URL: databaseUrl.optional(),
  DB_POOL_JOURNAL: count(8, 64),
  DB_POOL_GENERAL: count(8, 64),
  DB_POOL_WAIT_MS: milliseconds(1_000),
  DB_QUERY_TIMEOUT_MS: milliseconds(5_000),
  JOURNAL_BATCH_MAX: count(64, 512),
  JOURNAL_BATCHES_IN_FLIGHT: count(2, 16),

  ROOT_KEYS: rootKeys,

  TIME_SCALE: z.coerce.number().positive().max(10).default(1),
  ACQUIRER_CONNECT_TIMEOUT_MS: milliseconds(3_000),
  ACQUIRER_ANSWER_TIMEOUT_MS: milliseconds(10_000),
  ACQUIRER_MAX_PROCESSING_MS: milliseconds(60_000),
  ACQUIRER_IN_FLIGHT_MAX: count(512, 10_000),
  REVERSAL_INLINE_BUDGET_MS: milliseconds(5_000),
  BREAKER_COOLDOWN_MS: milliseconds(5_000),
  WORKER_POLL_MS: milliseconds(1_000),
  WORKER_LEASE_MS: milliseconds(60_000),
  PURGE_EVERY_MS: milliseconds(3_600_000),
  SHUTDOWN_GRACE_MS: milliseconds(10_000),
  CHECKOUT_LIFETIME_MS: milliseconds(1_800_000),
  REQUEST_CLOCK_SKEW_MS: milliseconds(300_000),
  CACHE_TTL_MS: milliseconds(5_000),
  IDEMPOTENCY_LOCK_MS: milliseconds(60_000),

  ACCESS_TOKEN_TTL_MS: milliseconds(600_000),
  REFRESH_TOKEN_IDLE_MS: milliseconds(28_800_000),
  LOGIN_LOCK_MS: milliseconds(900_000),

  RATE_MERCHANT_PER_SECOND: count(100),
  RATE_PUBLIC_PER_MINUTE: count(120),
  RATE_LOGIN_PER_MINUTE: count(20),

  ...ACQUIRER_ADDRESSES,
  SWAGGER_ENABLED: flag(true),
});

export type Env = z.infer<typeof envSchema>;

/** Why a set of values that are each well-formed must still not start; empty when there is nothing to refuse. */
export function refusals(env: Env): string[] {
  if (isDemoEnvironment(env.APP_ENV)) return [];
  const found: string[] = [];
  const refuse = (key: keyof Env, why: string) => found.push(`${key}: ${why} (APP_ENV=${env.APP_ENV})`);
  for (const key of ADDRESS_KEYS) {
    const address = env[key].replace('{idc}', 'fc');
    if (!address.startsWith('https://') || isLocalAddress(address)) {
      refuse(key, 'a sandbox or unencrypted address is for local and dev only');
    }
  }
  if (env.TIME_SCALE !== 1) refuse('TIME_SCALE', 'scaled waits are for local and dev only');
  if (!env.PUBLIC_URL?.startsWith('https://'))
    refuse('PUBLIC_URL', 'must be the https address that clients use');
  for (const key of env.ROOT_KEYS.split(',')) {
    if (isWeakKey(key)) refuse('ROOT_KEYS', 'a key of repeated or counted bytes is not a secret');
  }
  for (const key of ['DATABASE_URL', 'DATABASE_MIGRATION_URL'] as const) {
    const value = env[key];
    if (value !== undefined && new URL(value).password.length < 16) {
      refuse(key, 'the database password must have at least 16 characters');
    }
  }
  return found;
}

function isLocalAddress(address: string): boolean {
  const host = new URL(address).hostname;
  return (
    host === 'localhost' ||
    host === '[::1]' ||
    host.startsWith('127.') ||
    host.endsWith('.localhost') ||
    host === 'sandbox'
  );
}

function isWeakKey(versioned: string): boolean {
  const bytes = Buffer.from(versioned.slice(versioned.indexOf(':') + 1), 'base64');
  return (
    new Set(bytes).size < 12 ||
    bytes.every((byte, index) => index === 0 || byte === (bytes[index - 1]! + 1) % 256)
  );
}
