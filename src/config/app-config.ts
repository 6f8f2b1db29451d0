import { Secret } from '../common/masking/secret';
import { refusals } from './env.refusals';
import { type Env, envSchema, isDemoEnvironment, type AppEnvironment } from './env.schema';

/** What is wrong with the environment, by key. Values are never repeated: they may be secrets. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}\n` +
        'Each key is explained in .env.example.',
    );
    this.name = 'ConfigError';
  }
}

export type AcquirerAddress =
  | 'toss'
  | 'inicis'
  | 'inicisStdpay'
  | 'portone'
  | 'nicepay'
  | 'nicepayLegacy'
  | 'kakaopay'
  | 'naverpay'
  | 'popbill'
  | 'popbillAuth';

const bare = (address: string) => address.replace(/\/+$/, '');

/** Where messages to people go, and as whom. */
function messagingOf(env: Env): AppConfig['messaging'] {
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

function accountHolderOf(env: Env): AppConfig['accountHolder'] {
  const { ACCOUNT_HOLDER_ACQUIRER, ACCOUNT_HOLDER_MERCHANT_ID, ACCOUNT_HOLDER_CREDENTIALS } = env;
  if (!ACCOUNT_HOLDER_ACQUIRER || !ACCOUNT_HOLDER_MERCHANT_ID || !ACCOUNT_HOLDER_CREDENTIALS) return null;
  return {
    acquirer: ACCOUNT_HOLDER_ACQUIRER,
    merchantId: ACCOUNT_HOLDER_MERCHANT_ID,
    credentials: new Secret(JSON.parse(ACCOUNT_HOLDER_CREDENTIALS) as Record<string, string>),
  };
}

function filesOf(env: Env): AppConfig['files'] {
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

/**
 * The checked configuration, read once at start and injected everywhere. Durations are milliseconds and already
 * scaled by TIME_SCALE, so that a test shortens every wait of the gateway by one number.
 */
export class AppConfig {
  readonly environment: AppEnvironment;
  readonly demo: boolean;
  readonly http: {
    host: string;
    port: number;
    publicUrl: string;
    trustedProxies: readonly string[];
    swagger: boolean;
  };
  readonly metrics: { host: string; apiPort: number; workerPort: number };
  readonly logLevel: Env['LOG_LEVEL'];
  readonly database: {
    url: string;
    migrationUrl: string;
    journalPoolSize: number;
    generalPoolSize: number;
    poolWaitMs: number;
    queryTimeoutMs: number;
  };
  /** Of lists of transactions. Not scaled: they are limits of the database's work, not waits. */
  readonly history: { poolSize: number; queryTimeoutMs: number; scanBudgetMs: number; exportsMax: number };
  readonly journal: { batchMax: number; batchesInFlightMax: number };
  readonly rootKeys: readonly { version: number; key: Buffer }[];
  readonly acquirer: {
    connectTimeoutMs: number;
    answerTimeoutMs: number;
    maxProcessingMs: number;
    inFlightMax: number;
    breakerCooldownMs: number;
    /** Base address of each acquirer's API, without a slash at the end. */
    urls: Readonly<Record<AcquirerAddress, string>>;
  };
  readonly reversal: { inlineBudgetMs: number };
  readonly checkout: { lifetimeMs: number };
  /** When an account that does not end is a person's, and how often it is looked at from then on. */
  readonly virtualAccounts: { overdue: { looks: number; afterMs: number }; overdueLookMs: number };
  /** After the first undone try of a subscription's period. */
  readonly billing: { undonePauseMs: number };
  /** Not scaled: the limits of a code's time are what keeps it from being guessed. */
  readonly smsPayment: { codeLifetimeMs: number; pauseMs: number };
  /** Not scaled: how long an invitation is good, and how many may be sent on a Korean day. */
  readonly invitation: {
    lifetimeMs: number;
    phoneDailyMax: number;
    merchantDailyMax: number;
    /** What a link begins with; the token follows after a slash. */
    signUpUrl: string;
  };
  readonly notices: { viewsFlushMs: number };
  readonly messaging: {
    sms: { baseUrl: string; apiKey: string; apiSecret: Secret<string>; sender: string };
    mail: { url: Secret<string>; sender: string };
  };
  /** Who is asked for the holder of an account, and as whom; null = nobody. */
  readonly accountHolder: {
    acquirer: string;
    merchantId: string;
    credentials: Secret<Readonly<Record<string, string>>>;
  } | null;
  readonly files: { storage: 'folder' | 's3'; folder: string; orphanMs: number; s3: S3Settings | null };
  readonly worker: { pollMs: number; leaseMs: number; purgeEveryMs: number };
  readonly shutdownGraceMs: number;
  readonly requestClockSkewMs: number;
  readonly cacheTtlMs: number;
  readonly idempotencyLockMs: number;
  /** Only the answer's time is scaled: the limits of a code's time are what keeps it from being guessed. */
  readonly memberCodes: {
    lifetimeMs: number;
    pauseMs: number;
    invitationLifetimeMs: number;
    answerMs: number;
  };
  /** `cycleDefault`: of merchants without terms of their own, as `D+2`. */
  readonly settlement: {
    cycleDefault: string;
    queryTimeoutMs: number;
    sweepMs: number;
    runWaitMs: number;
  };
  readonly auth: { accessTokenTtlMs: number; refreshIdleMs: number; loginLockMs: number };
  readonly rates: { merchantPerSecond: number; publicPerMinute: number; loginPerMinute: number };
  readonly timeScale: number;
  /** Milliseconds by which this process's clock is ahead of the machine's; 0 outside local and dev. */
  readonly clockOffsetMs: number;

  constructor(env: Env) {
    const scaled = (ms: number) => Math.max(1, Math.round(ms * env.TIME_SCALE));
    this.environment = env.APP_ENV;
    this.demo = isDemoEnvironment(env.APP_ENV);
    this.timeScale = env.TIME_SCALE;
    this.clockOffsetMs = env.CLOCK_OFFSET_MS;
    this.http = {
      host: env.HOST,
      port: env.PORT,
      publicUrl: env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`,
      trustedProxies: ['', 'none'].includes(env.TRUST_PROXY) ? [] : env.TRUST_PROXY.split(','),
      swagger: env.SWAGGER_ENABLED,
    };
    this.metrics = { host: env.METRICS_HOST, apiPort: env.METRICS_PORT, workerPort: env.WORKER_METRICS_PORT };
    this.logLevel = env.LOG_LEVEL;
    this.database = {
      url: env.DATABASE_URL,
      migrationUrl: env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL,
      journalPoolSize: env.DB_POOL_JOURNAL,
      generalPoolSize: env.DB_POOL_GENERAL,
      poolWaitMs: env.DB_POOL_WAIT_MS,
      queryTimeoutMs: env.DB_QUERY_TIMEOUT_MS,
    };
    this.history = {
      poolSize: env.DB_POOL_HISTORY,
      queryTimeoutMs: env.HISTORY_QUERY_TIMEOUT_MS,
      scanBudgetMs: env.HISTORY_SCAN_BUDGET_MS,
      exportsMax: env.HISTORY_EXPORTS_MAX,
    };
    this.journal = { batchMax: env.JOURNAL_BATCH_MAX, batchesInFlightMax: env.JOURNAL_BATCHES_IN_FLIGHT };
    this.rootKeys = env.ROOT_KEYS.split(',').map((entry) => ({
      version: Number(entry.slice(1, entry.indexOf(':'))),
      key: Buffer.from(entry.slice(entry.indexOf(':') + 1), 'base64'),
    }));
    this.acquirer = {
      connectTimeoutMs: scaled(env.ACQUIRER_CONNECT_TIMEOUT_MS),
      answerTimeoutMs: scaled(env.ACQUIRER_ANSWER_TIMEOUT_MS),
      maxProcessingMs: scaled(env.ACQUIRER_MAX_PROCESSING_MS),
      inFlightMax: env.ACQUIRER_IN_FLIGHT_MAX,
      breakerCooldownMs: scaled(env.BREAKER_COOLDOWN_MS),
      urls: acquirerUrls(env),
    };
    this.reversal = { inlineBudgetMs: scaled(env.REVERSAL_INLINE_BUDGET_MS) };
    this.checkout = { lifetimeMs: scaled(env.CHECKOUT_LIFETIME_MS) };
    this.virtualAccounts = virtualAccountsOf(env, scaled);
    this.billing = { undonePauseMs: scaled(env.SUBSCRIPTION_UNDONE_PAUSE_MS) };
    this.smsPayment = { codeLifetimeMs: env.SMS_CODE_LIFETIME_MS, pauseMs: env.SMS_PAUSE_MS };
    this.invitation = invitationOf(env, this.http.publicUrl);
    this.notices = { viewsFlushMs: env.NOTICE_VIEWS_FLUSH_MS };
    this.messaging = messagingOf(env);
    this.accountHolder = accountHolderOf(env);
    this.files = filesOf(env);
    this.worker = {
      pollMs: scaled(env.WORKER_POLL_MS),
      leaseMs: scaled(env.WORKER_LEASE_MS),
      purgeEveryMs: env.PURGE_EVERY_MS,
    };
    this.shutdownGraceMs = env.SHUTDOWN_GRACE_MS;
    this.requestClockSkewMs = env.REQUEST_CLOCK_SKEW_MS;
    this.cacheTtlMs = env.CACHE_TTL_MS;
    this.idempotencyLockMs = scaled(env.IDEMPOTENCY_LOCK_MS);
    this.settlement = {
      cycleDefault: env.SETTLEMENT_CYCLE_DEFAULT,
      queryTimeoutMs: env.SETTLEMENT_QUERY_TIMEOUT_MS,
      sweepMs: scaled(env.SETTLEMENT_SWEEP_MS),
      runWaitMs: env.SETTLEMENT_RUN_WAIT_MS,
    };
    this.auth = {
      accessTokenTtlMs: env.ACCESS_TOKEN_TTL_MS,
      refreshIdleMs: env.REFRESH_TOKEN_IDLE_MS,
      loginLockMs: scaled(env.LOGIN_LOCK_MS),
    };
    this.memberCodes = {
      lifetimeMs: env.MEMBER_CODE_LIFETIME_MS,
      pauseMs: env.MEMBER_CODE_PAUSE_MS,
      invitationLifetimeMs: env.STAFF_INVITATION_LIFETIME_MS,
      answerMs: scaled(env.RECOVERY_ANSWER_MS),
    };
    this.rates = {
      merchantPerSecond: env.RATE_MERCHANT_PER_SECOND,
      publicPerMinute: env.RATE_PUBLIC_PER_MINUTE,
      loginPerMinute: env.RATE_LOGIN_PER_MINUTE,
    };
  }
}

function invitationOf(env: Env, publicUrl: string): AppConfig['invitation'] {
  return {
    lifetimeMs: env.INVITATION_LIFETIME_MS,
    phoneDailyMax: env.INVITATION_PHONE_DAILY_MAX,
    merchantDailyMax: env.INVITATION_MERCHANT_DAILY_MAX,
    signUpUrl: bare(env.BRANCH_SIGN_UP_URL ?? `${publicUrl}/v1/branch-invitations`),
  };
}

function virtualAccountsOf(env: Env, scaled: (ms: number) => number): AppConfig['virtualAccounts'] {
  const { VIRTUAL_ACCOUNT_CASE_AFTER_LOOKS: looks, VIRTUAL_ACCOUNT_CASE_AFTER_MS: afterMs } = env;
  return {
    overdue: { looks, afterMs: scaled(afterMs) },
    overdueLookMs: scaled(env.VIRTUAL_ACCOUNT_CASE_LOOK_MS),
  };
}

function acquirerUrls(env: Env) {
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

/** Checks the environment once. Throws ConfigError that names every bad key and no value. */
export function loadConfig(source: NodeJS.ProcessEnv = process.env): AppConfig {
  const parsed = envSchema.safeParse(source);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const refused = refusals(parsed.data);
  if (refused.length > 0) throw new ConfigError(refused);
  return new AppConfig(parsed.data);
}
