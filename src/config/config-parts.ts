import type { LockPatience } from '../common/db/patient-definitions';
import { Secret } from '../common/masking/secret';
import type { Env } from './env.schema';

/* The larger parts of the configuration, each made of its keys. */

const bare = (address: string) => address.replace(/\/+$/, '');
type Scaled = (ms: number) => number;

/** Where an S3-compatible bucket is, and what opens it. */
export interface S3Settings {
  /** Without a slash at the end; the bucket is named in the path. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret<string>;
  readonly timeoutMs: number;
}

export interface MessagingSettings {
  sms: { baseUrl: string; apiKey: string; apiSecret: Secret<string>; sender: string };
  mail: { url: Secret<string>; sender: string };
}

/** Requests that one caller may make of each process. */
export interface Rates {
  readonly merchantPerSecond: number;
  readonly memberPerSecond: number;
  readonly publicPerMinute: number;
  readonly loginPerMinute: number;
}

export function ratesOf(env: Env): Rates {
  return {
    merchantPerSecond: env.RATE_MERCHANT_PER_SECOND,
    memberPerSecond: env.RATE_MEMBER_PER_SECOND,
    publicPerMinute: env.RATE_PUBLIC_PER_MINUTE,
    loginPerMinute: env.RATE_LOGIN_PER_MINUTE,
  };
}

/** Where messages to people go, and as whom. */
export function messagingOf(env: Env): MessagingSettings {
  return {
    sms: {
      baseUrl: bare(env.SOLAPI_BASE_URL),
      apiKey: env.SOLAPI_API_KEY,
      apiSecret: new Secret(env.SOLAPI_API_SECRET),
      sender: env.SMS_SENDER,
    },
    mail: { url: new Secret(env.SMTP_URL), sender: env.MAIL_SENDER },
  };
}

export type AccountHolderSettings = {
  acquirer: string;
  merchantId: string;
  credentials: Secret<Readonly<Record<string, string>>>;
} | null;

export function accountHolderOf(env: Env): AccountHolderSettings {
  const { ACCOUNT_HOLDER_ACQUIRER, ACCOUNT_HOLDER_MERCHANT_ID, ACCOUNT_HOLDER_CREDENTIALS } = env;
  if (!ACCOUNT_HOLDER_ACQUIRER || !ACCOUNT_HOLDER_MERCHANT_ID || !ACCOUNT_HOLDER_CREDENTIALS) return null;
  return {
    acquirer: ACCOUNT_HOLDER_ACQUIRER,
    merchantId: ACCOUNT_HOLDER_MERCHANT_ID,
    credentials: new Secret(JSON.parse(ACCOUNT_HOLDER_CREDENTIALS) as Record<string, string>),
  };
}

export interface FilesSettings {
  storage: 'folder' | 's3';
  folder: string;
  orphanMs: number;
  s3: S3Settings | null;
}

export function filesOf(env: Env): FilesSettings {
  const { FILES_S3_ENDPOINT, FILES_S3_BUCKET, FILES_S3_ACCESS_KEY_ID, FILES_S3_SECRET_ACCESS_KEY } = env;
  const isComplete =
    FILES_S3_ENDPOINT && FILES_S3_BUCKET && FILES_S3_ACCESS_KEY_ID && FILES_S3_SECRET_ACCESS_KEY;
  return {
    storage: env.FILES_STORAGE,
    folder: env.FILES_DIR,
    orphanMs: env.FILES_ORPHAN_MS,
    s3: isComplete
      ? {
          endpoint: bare(FILES_S3_ENDPOINT),
          region: env.FILES_S3_REGION,
          bucket: FILES_S3_BUCKET,
          accessKeyId: FILES_S3_ACCESS_KEY_ID,
          secretAccessKey: new Secret(FILES_S3_SECRET_ACCESS_KEY),
          timeoutMs: env.FILES_S3_TIMEOUT_MS,
        }
      : null,
  };
}

export interface InvitationSettings {
  lifetimeMs: number;
  phoneDailyMax: number;
  merchantDailyMax: number;
  /** What a link begins with; the token follows after a slash. */
  signUpUrl: string;
}

export function invitationOf(env: Env, publicUrl: string): InvitationSettings {
  return {
    lifetimeMs: env.INVITATION_LIFETIME_MS,
    phoneDailyMax: env.INVITATION_PHONE_DAILY_MAX,
    merchantDailyMax: env.INVITATION_MERCHANT_DAILY_MAX,
    signUpUrl: bare(env.BRANCH_SIGN_UP_URL ?? `${publicUrl}/v1/branch-invitations`),
  };
}

export interface VirtualAccountSettings {
  overdue: { looks: number; afterMs: number };
  overdueLookMs: number;
}

export function virtualAccountsOf(env: Env, scaled: Scaled): VirtualAccountSettings {
  const { VIRTUAL_ACCOUNT_CASE_AFTER_LOOKS: looks, VIRTUAL_ACCOUNT_CASE_AFTER_MS: afterMs } = env;
  return {
    overdue: { looks, afterMs: scaled(afterMs) },
    overdueLookMs: scaled(env.VIRTUAL_ACCOUNT_CASE_LOOK_MS),
  };
}

export function acquirerUrls(env: Env) {
  return {
    toss: bare(env.TOSS_BASE_URL),
    inicis: bare(env.INICIS_BASE_URL),
    inicisStdpay: bare(env.INICIS_STDPAY_URL),
    portone: bare(env.PORTONE_BASE_URL),
    nicepay: bare(env.NICEPAY_BASE_URL),
    nicepayLegacy: bare(env.NICEPAY_LEGACY_URL),
    kakaopay: bare(env.KAKAOPAY_BASE_URL),
    naverpay: bare(env.NAVERPAY_BASE_URL),
    popbill: bare(env.POPBILL_BASE_URL),
    popbillAuth: bare(env.POPBILL_AUTH_URL),
  };
}

export interface MetricsSettings {
  readonly host: string;
  readonly apiPort: number;
  readonly workerPort: number;
  /** How old a value may be that the database was asked for. */
  readonly databaseMaxAgeMs: number;
}

export function metricsOf(env: Env): MetricsSettings {
  return {
    host: env.METRICS_HOST,
    apiPort: env.METRICS_PORT,
    workerPort: env.WORKER_METRICS_PORT,
    databaseMaxAgeMs: env.METRICS_DATABASE_MAX_AGE_MS,
  };
}

/** Where traces go; null = nothing is traced. */
export type TracingSettings = {
  /** Base address of an OTLP/HTTP collector, without a slash at the end. */
  readonly endpoint: string;
  readonly headers: Secret<Readonly<Record<string, string>>>;
  /** The share of traces that are kept, 0 to 1. */
  readonly ratio: number;
};

export function tracingOf(env: Env): TracingSettings | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers } = env;
  if (endpoint === undefined) return null;
  const pairs = headers.split(',').filter(Boolean);
  return {
    endpoint: bare(endpoint),
    headers: new Secret(Object.fromEntries(pairs.map(namedValue))),
    ratio: env.OTEL_TRACES_SAMPLER_ARG,
  };
}

function namedValue(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())];
}

export interface MemberCodeSettings {
  lifetimeMs: number;
  pauseMs: number;
  invitationLifetimeMs: number;
  answerMs: number;
}

export function memberCodesOf(env: Env, scaled: Scaled): MemberCodeSettings {
  return {
    lifetimeMs: env.MEMBER_CODE_LIFETIME_MS,
    pauseMs: env.MEMBER_CODE_PAUSE_MS,
    invitationLifetimeMs: env.STAFF_INVITATION_LIFETIME_MS,
    answerMs: scaled(env.RECOVERY_ANSWER_MS),
  };
}

export interface DatabaseSettings {
  url: string;
  migrationUrl: string;
  journalPoolSize: number;
  generalPoolSize: number;
  poolWaitMs: number;
  queryTimeoutMs: number;
  /** Until a database that does not answer counts as not ready. */
  readinessTimeoutMs: number;
  /** Of a migration's statement that has to wait for others on its table. */
  migrationLocks: LockPatience;
}

export function databaseOf(env: Env): DatabaseSettings {
  return {
    url: env.DATABASE_URL,
    migrationUrl: env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL,
    journalPoolSize: env.DB_POOL_JOURNAL,
    generalPoolSize: env.DB_POOL_GENERAL,
    poolWaitMs: env.DB_POOL_WAIT_MS,
    queryTimeoutMs: env.DB_QUERY_TIMEOUT_MS,
    readinessTimeoutMs: env.READINESS_TIMEOUT_MS,
    migrationLocks: {
      waitSeconds: env.MIGRATION_LOCK_WAIT_SECONDS,
      pauseMs: env.MIGRATION_LOCK_PAUSE_MS,
      tries: env.MIGRATION_LOCK_TRIES,
    },
  };
}

export interface HistorySettings {
  poolSize: number;
  queryTimeoutMs: number;
  scanBudgetMs: number;
  exportsMax: number;
}

export function historyOf(env: Env): HistorySettings {
  return {
    poolSize: env.DB_POOL_HISTORY,
    queryTimeoutMs: env.HISTORY_QUERY_TIMEOUT_MS,
    scanBudgetMs: env.HISTORY_SCAN_BUDGET_MS,
    exportsMax: env.HISTORY_EXPORTS_MAX,
  };
}
