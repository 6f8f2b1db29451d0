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

export interface SettlementSettings {
  cycleDefault: string;
  queryTimeoutMs: number;
  sweepMs: number;
  runWaitMs: number;
  exportsMax: number;
  coverRatios: string;
}

export function settlementOf(env: Env, scaled: Scaled): SettlementSettings {
  return {
    cycleDefault: env.SETTLEMENT_CYCLE_DEFAULT,
    queryTimeoutMs: env.SETTLEMENT_QUERY_TIMEOUT_MS,
    sweepMs: scaled(env.SETTLEMENT_SWEEP_MS),
    runWaitMs: env.SETTLEMENT_RUN_WAIT_MS,
    exportsMax: env.SETTLEMENT_EXPORTS_MAX,
    coverRatios: env.SETTLEMENT_COVER_RATIOS,
  };
}

export interface ReconciliationSettings {
  sweepMs: number;
  /** After midnight in Korea, before the lists of the day that is over are read. Not scaled: a time of day. */
  startMs: number;
  catchUpDays: number;
  settlementLagDays: number;
  listTimeoutMs: number;
  leaseMs: number;
  retryFirstMs: number;
  retriesMax: number;
  /** How long what is not settled here may stay so before it is a break. Not scaled: it is held against payments' times. */
  openLimitMs: number;
  openPauseMs: number;
  /** Won. */
  feeTolerance: number;
  queryTimeoutMs: number;
}

export function reconciliationOf(env: Env, scaled: Scaled): ReconciliationSettings {
  return {
    sweepMs: scaled(env.RECONCILIATION_SWEEP_MS),
    startMs: env.RECONCILIATION_START_MS,
    catchUpDays: env.RECONCILIATION_CATCH_UP_DAYS,
    settlementLagDays: env.RECONCILIATION_SETTLEMENT_LAG_DAYS,
    listTimeoutMs: scaled(env.RECONCILIATION_LIST_TIMEOUT_MS),
    leaseMs: scaled(env.RECONCILIATION_LEASE_MS),
    retryFirstMs: scaled(env.RECONCILIATION_RETRY_FIRST_MS),
    retriesMax: env.RECONCILIATION_TRIES,
    openLimitMs: env.RECONCILIATION_OPEN_LIMIT_MS,
    openPauseMs: scaled(env.RECONCILIATION_OPEN_PAUSE_MS),
    feeTolerance: env.RECONCILIATION_FEE_TOLERANCE,
    queryTimeoutMs: env.SETTLEMENT_QUERY_TIMEOUT_MS,
  };
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

export interface WebhookSettings {
  poolSize: number;
  queryTimeoutMs: number;
  /** http to a loopback address: refused from stg upwards. */
  loopbackAllowed: boolean;
  /** Never called, beside what is not public anyway; addresses or networks. */
  refusedNetworks: readonly string[];
  /** Empty = the machine's own. */
  dnsServers: readonly string[];
  /** To a connection, including the look-up of the name and TLS. */
  connectTimeoutMs: number;
  /** From the beginning to the last byte of the answer. */
  totalTimeoutMs: number;
  /** A try that no longer runs may be made again after this long. */
  leaseMs: number;
  /** The pause before each try. */
  scheduleMs: readonly number[];
  retryAfterMaxMs: number;
  /** An endpoint whose answers take longer shares its slots with the failing ones. */
  slowMs: number;
  inFlightMax: number;
  endpointInFlightMax: number;
  /** Numbers without a row are taken for unused after this long, if nothing open holds them. Not scaled down. */
  gapMs: number;
  secretOverlapMs: number;
  retentionMs: number;
}

export function webhooksOf(env: Env, scaled: Scaled): WebhookSettings {
  const [connectTimeoutMs, totalTimeoutMs] = [
    scaled(env.WEBHOOK_CONNECT_TIMEOUT_MS),
    scaled(env.WEBHOOK_TOTAL_TIMEOUT_MS),
  ];
  return {
    poolSize: env.DB_POOL_WEBHOOKS,
    queryTimeoutMs: env.DB_QUERY_TIMEOUT_MS,
    loopbackAllowed: env.WEBHOOK_LOOPBACK_ALLOWED,
    refusedNetworks: listOf(env.WEBHOOK_REFUSED_NETWORKS),
    dnsServers: listOf(env.WEBHOOK_DNS_SERVERS),
    connectTimeoutMs,
    totalTimeoutMs,
    leaseMs: 2 * totalTimeoutMs + scaled(LEASE_MARGIN_MS),
    scheduleMs: listOf(env.WEBHOOK_SCHEDULE_MS).map((pause) => (pause === '0' ? 0 : scaled(Number(pause)))),
    retryAfterMaxMs: scaled(env.WEBHOOK_RETRY_AFTER_MAX_MS),
    slowMs: scaled(env.WEBHOOK_SLOW_MS),
    inFlightMax: env.WEBHOOK_IN_FLIGHT_MAX,
    endpointInFlightMax: env.WEBHOOK_ENDPOINT_IN_FLIGHT_MAX,
    gapMs: env.WEBHOOK_GAP_MS,
    secretOverlapMs: env.WEBHOOK_SECRET_OVERLAP_MS,
    retentionMs: env.WEBHOOK_RETENTION_MS,
  };
}

/** For the two short writes around a try. */
const LEASE_MARGIN_MS = 10_000;
const listOf = (text: string): string[] => (text === '' ? [] : text.split(','));
