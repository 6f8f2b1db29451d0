import { z } from 'zod';
import {
  count,
  coverRatios,
  databaseUrl,
  DAY_MS,
  flag,
  isDecodable,
  isTextObject,
  milliseconds,
  nameServers,
  networks,
  port,
  proxies,
  rootKeys,
  schedule,
  wish,
} from './env.values';

/** The five environments; everything from `stg` upwards refuses demo data, weak secrets and sandbox addresses. */
export const APP_ENVIRONMENTS = ['local', 'dev', 'stg', 'cbo', 'prod'] as const;
export type AppEnvironment = (typeof APP_ENVIRONMENTS)[number];

export function isDemoEnvironment(environment: AppEnvironment): boolean {
  return environment === 'local' || environment === 'dev';
}

/** Where each acquirer is called. `{idc}` in INICIS_STDPAY_URL stands for the data centre that the payment window names. */
const ACQUIRER_ADDRESSES = {
  TOSS_BASE_URL: z.url().default('https://api.tosspayments.com'),
  INICIS_BASE_URL: z.url().default('https://iniapi.inicis.com'),
  INICIS_STDPAY_URL: z
    .string()
    .refine((address) => URL.canParse(address.replace('{idc}', 'fc')), 'must be an address')
    .default('https://{idc}stdpay.inicis.com'),
  PORTONE_BASE_URL: z.url().default('https://api.iamport.kr'),
  NICEPAY_BASE_URL: z.url().default('https://api.nicepay.co.kr'),
  NICEPAY_LEGACY_URL: z.url().default('https://webapi.nicepay.co.kr'),
  KAKAOPAY_BASE_URL: z.url().default('https://open-api.kakaopay.com'),
  NAVERPAY_BASE_URL: z.url().default('https://pay.paygate.naver.com'),
  POPBILL_BASE_URL: z.url().default('https://popbill.linkhub.co.kr'),
  POPBILL_AUTH_URL: z.url().default('https://auth.linkhub.co.kr'),
} as const;
type AddressKey = keyof typeof ACQUIRER_ADDRESSES;
export const ADDRESS_KEYS = Object.keys(ACQUIRER_ADDRESSES) as AddressKey[];

/** What the sandbox knows us by; from stg upwards none of it is taken. */
export const DEMO_MESSAGING = {
  SOLAPI_API_KEY: 'NCSDEMO0SANDBOX0',
  SOLAPI_API_SECRET: 'demo0secret0of0the0sandbox0only0',
  SMS_SENDER: '0215440000',
  MAIL_SENDER: 'no-reply@pg-gateway.example',
} as const;
const secretWord = z.string().regex(/^[\x21-\x7e]{8,100}$/, 'must be 8 to 100 printable characters');

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
  METRICS_DATABASE_MAX_AGE_MS: milliseconds(10_000, 600_000),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(/^([A-Za-z0-9-]+=[^,=\s]+(,(?=.)|$))*$/, 'must be a comma-separated list of name=value')
    .refine(isDecodable, 'must have other characters as %XX, in UTF-8')
    .default(''),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  PUBLIC_URL: z.url().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  TRUST_PROXY: proxies,

  DATABASE_URL: databaseUrl,
  DATABASE_MIGRATION_URL: databaseUrl.optional(),
  DB_POOL_JOURNAL: count(8, 64),
  DB_POOL_GENERAL: count(8, 64),
  DB_POOL_WAIT_MS: milliseconds(1_000),
  DB_QUERY_TIMEOUT_MS: milliseconds(5_000),
  READINESS_TIMEOUT_MS: milliseconds(1_500, 60_000),
  MIGRATION_LOCK_WAIT_SECONDS: count(1, 60),
  MIGRATION_LOCK_PAUSE_MS: milliseconds(2_000, 60_000),
  MIGRATION_LOCK_TRIES: count(60, 1_000),
  DB_POOL_HISTORY: count(4, 64),
  HISTORY_QUERY_TIMEOUT_MS: milliseconds(3_000, 60_000),
  HISTORY_SCAN_BUDGET_MS: milliseconds(1_500, 60_000),
  HISTORY_EXPORTS_MAX: count(4, 64),
  JOURNAL_BATCH_MAX: count(64, 512),
  JOURNAL_BATCHES_IN_FLIGHT: count(2, 16),

  ROOT_KEYS: rootKeys,

  CLOCK_OFFSET_MS: z.coerce.number().int().min(-3_155_760_000_000).max(3_155_760_000_000).default(0),
  TIME_SCALE: z.coerce.number().positive().max(10).default(1),
  ACQUIRER_CONNECT_TIMEOUT_MS: milliseconds(3_000),
  ACQUIRER_ANSWER_TIMEOUT_MS: milliseconds(10_000, 60_000),
  ACQUIRER_MAX_PROCESSING_MS: milliseconds(60_000),
  ACQUIRER_IN_FLIGHT_MAX: count(512, 10_000),
  REVERSAL_INLINE_BUDGET_MS: milliseconds(5_000),
  BREAKER_COOLDOWN_MS: milliseconds(5_000),
  WORKER_POLL_MS: milliseconds(1_000),
  WORKER_LEASE_MS: milliseconds(60_000),
  ROLL_UP_EVERY_MS: milliseconds(5_000),
  ROLL_UP_GRACE_MS: milliseconds(2_000, 60_000),
  PURGE_EVERY_MS: milliseconds(3_600_000),
  SHUTDOWN_GRACE_MS: milliseconds(10_000),
  SHUTDOWN_DRAIN_MS: z.coerce.number().int().min(0).max(60_000).optional(),
  CHECKOUT_LIFETIME_MS: milliseconds(1_800_000),
  VIRTUAL_ACCOUNT_CASE_AFTER_LOOKS: count(20, 60_000),
  VIRTUAL_ACCOUNT_CASE_AFTER_MS: milliseconds(3 * DAY_MS, 90 * DAY_MS),
  VIRTUAL_ACCOUNT_CASE_LOOK_MS: milliseconds(DAY_MS, 7 * DAY_MS),
  SUBSCRIPTION_UNDONE_PAUSE_MS: milliseconds(300_000),
  SMS_CODE_LIFETIME_MS: milliseconds(180_000),
  SMS_PAUSE_MS: milliseconds(60_000),
  INVITATION_LIFETIME_MS: milliseconds(604_800_000, 2_592_000_000),
  INVITATION_PHONE_DAILY_MAX: count(3, 100),
  INVITATION_MERCHANT_DAILY_MAX: count(1_000),
  BRANCH_SIGN_UP_URL: z.url().optional(),
  NOTICE_VIEWS_FLUSH_MS: milliseconds(5_000),
  REQUEST_CLOCK_SKEW_MS: milliseconds(300_000),
  CACHE_TTL_MS: milliseconds(5_000),
  IDEMPOTENCY_LOCK_MS: milliseconds(120_000),

  SETTLEMENT_CYCLE_DEFAULT: z
    .string()
    .regex(
      /^(?:D|W-(?:SUN|MON|TUE|WED|THU|FRI|SAT)|M-(?:[1-9]|[12]\d|3[01]))\+(?:\d|[12]\d|30)$/,
      'must be a settlement cycle: D+2, W-FRI+3 or M-31+5, at most 30 business days',
    )
    .default('D+2'),
  SETTLEMENT_QUERY_TIMEOUT_MS: milliseconds(120_000),
  SETTLEMENT_SWEEP_MS: milliseconds(60_000),
  SETTLEMENT_RUN_WAIT_MS: milliseconds(20_000),
  SETTLEMENT_EXPORTS_MAX: count(4, 64),
  SALES_SCAN_BUDGET_MS: milliseconds(1_500, 60_000),
  SETTLEMENT_COVER_RATIOS: coverRatios,

  RECONCILIATION_SWEEP_MS: milliseconds(60_000),
  RECONCILIATION_START_MS: milliseconds(3_600_000),
  RECONCILIATION_CATCH_UP_DAYS: count(7, 60),
  RECONCILIATION_SETTLEMENT_LAG_DAYS: count(2, 30),
  RECONCILIATION_LIST_TIMEOUT_MS: milliseconds(60_000, 300_000),
  RECONCILIATION_LEASE_MS: milliseconds(300_000),
  RECONCILIATION_RETRY_FIRST_MS: milliseconds(60_000),
  RECONCILIATION_TRIES: count(5, 100),
  RECONCILIATION_OPEN_LIMIT_MS: milliseconds(86_400_000, 30 * DAY_MS),
  RECONCILIATION_OPEN_PAUSE_MS: milliseconds(3_600_000),
  RECONCILIATION_FEE_TOLERANCE: z.coerce.number().int().min(0).max(1_000).default(1),

  ACCESS_TOKEN_TTL_MS: milliseconds(600_000),
  REFRESH_TOKEN_IDLE_MS: milliseconds(28_800_000),
  LOGIN_LOCK_MS: milliseconds(900_000),
  MEMBER_CODE_LIFETIME_MS: milliseconds(600_000),
  MEMBER_CODE_PAUSE_MS: milliseconds(60_000),
  STAFF_INVITATION_LIFETIME_MS: milliseconds(86_400_000),
  RECOVERY_ANSWER_MS: milliseconds(500, 10_000),

  RATE_MERCHANT_PER_SECOND: count(100),
  RATE_MEMBER_PER_SECOND: count(20),
  RATE_PUBLIC_PER_MINUTE: count(120),
  RATE_LOGIN_PER_MINUTE: count(20),

  ...ACQUIRER_ADDRESSES,
  SOLAPI_BASE_URL: z.url().default('https://api.solapi.com'),
  SOLAPI_API_KEY: secretWord.default(DEMO_MESSAGING.SOLAPI_API_KEY),
  SOLAPI_API_SECRET: secretWord.default(DEMO_MESSAGING.SOLAPI_API_SECRET),
  SMS_SENDER: z
    .string()
    .regex(/^\d{8,11}$/, 'must be a telephone number, digits only')
    .default(DEMO_MESSAGING.SMS_SENDER),
  SMTP_URL: z
    .string()
    .refine(
      (url) => /^smtps?:\/\/\S+$/.test(url) && URL.canParse(url),
      'must look like smtps://user:password@host:465',
    )
    .default('smtp://127.0.0.1:3925'),
  MAIL_SENDER: z.email().default(DEMO_MESSAGING.MAIL_SENDER),

  ACCOUNT_HOLDER_ACQUIRER: z
    .string()
    .regex(/^[a-z]{2,20}$/, 'must be the name of an acquirer')
    .optional(),
  ACCOUNT_HOLDER_MERCHANT_ID: z
    .string()
    .regex(/^[\x21-\x7e]{1,64}$/, 'must be the merchant id at that acquirer')
    .optional(),
  ACCOUNT_HOLDER_CREDENTIALS: z
    .string()
    .refine(isTextObject, 'must be a JSON object of names and texts')
    .optional(),

  FILES_STORAGE: z.enum(['folder', 's3']).default('folder'),
  FILES_DIR: z.string().min(1).default('.data/files'),
  FILES_ORPHAN_MS: milliseconds(86_400_000, 2_592_000_000),
  FILES_S3_ENDPOINT: z.url().optional(),
  FILES_S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{2,40}$/, 'must be the name of a region')
    .default('ap-northeast-2'),
  FILES_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
    .optional(),
  FILES_S3_ACCESS_KEY_ID: secretWord.optional(),
  FILES_S3_SECRET_ACCESS_KEY: secretWord.optional(),
  FILES_S3_TIMEOUT_MS: milliseconds(20_000, 25_000),

  DB_POOL_WEBHOOKS: count(4, 64),
  WEBHOOK_LOOPBACK_ALLOWED: flag(false),
  WEBHOOK_REFUSED_NETWORKS: networks,
  WEBHOOK_DNS_SERVERS: nameServers,
  WEBHOOK_CONNECT_TIMEOUT_MS: milliseconds(3_000, 30_000),
  WEBHOOK_TOTAL_TIMEOUT_MS: milliseconds(10_000, 60_000),
  WEBHOOK_SCHEDULE_MS: schedule,
  WEBHOOK_RETRY_AFTER_MAX_MS: milliseconds(DAY_MS),
  WEBHOOK_SLOW_MS: milliseconds(2_000, 60_000),
  WEBHOOK_IN_FLIGHT_MAX: count(256, 4_096),
  WEBHOOK_ENDPOINT_IN_FLIGHT_MAX: count(4, 64),
  WEBHOOK_GAP_MS: milliseconds(30_000),
  WEBHOOK_SECRET_OVERLAP_MS: milliseconds(DAY_MS, 7 * DAY_MS),
  WEBHOOK_RETENTION_MS: milliseconds(90 * DAY_MS, 400 * DAY_MS),
  SWAGGER_ENABLED: wish,
});

export type Env = z.infer<typeof envSchema>;
