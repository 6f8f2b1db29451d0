import {
  type ReconciliationSettings,
  reconciliationOf,
  type SettlementSettings,
  settlementOf,
  type WebhookSettings,
  webhooksOf,
} from './config-jobs';
import {
  type AccountHolderSettings,
  accountHolderOf,
  acquirerUrls,
  databaseOf,
  type DatabaseSettings,
  type FilesSettings,
  filesOf,
  type HistorySettings,
  historyOf,
  type InvitationSettings,
  invitationOf,
  type MemberCodeSettings,
  memberCodesOf,
  type MessagingSettings,
  messagingOf,
  type MetricsSettings,
  metricsOf,
  type Rates,
  ratesOf,
  tracingOf,
  type TracingSettings,
  type VirtualAccountSettings,
  virtualAccountsOf,
} from './config-parts';
import { refusals } from './env.refusals';
import { longestRequestMs } from './longest-request';
import { type Env, envSchema, isDemoEnvironment, type AppEnvironment } from './env.schema';

/** Ten looks of a balancer that looks twice a second. */
const BALANCER_LOOKS_MS = 5_000;

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
  readonly metrics: MetricsSettings;
  /** null = nothing is traced. */
  readonly tracing: TracingSettings | null;
  readonly logLevel: Env['LOG_LEVEL'];
  readonly database: DatabaseSettings;
  /** Of lists of transactions. Not scaled: they are limits of the database's work, not waits. */
  readonly history: HistorySettings;
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
  readonly virtualAccounts: VirtualAccountSettings;
  /** After the first undone try of a subscription's period. */
  readonly billing: { undonePauseMs: number };
  /** Not scaled: the limits of a code's time are what keeps it from being guessed. */
  readonly smsPayment: { codeLifetimeMs: number; pauseMs: number };
  /** Not scaled: how long an invitation is good, and how many may be sent on a Korean day. */
  readonly invitation: InvitationSettings;
  readonly notices: { viewsFlushMs: number };
  readonly messaging: MessagingSettings;
  /** Who is asked for the holder of an account, and as whom; null = nobody. */
  readonly accountHolder: AccountHolderSettings;
  readonly files: FilesSettings;
  readonly worker: { pollMs: number; leaseMs: number; purgeEveryMs: number };
  /** How often the worker sums up what has happened, and how old that has to be. */
  readonly rollUp: { everyMs: number; graceMs: number };
  readonly shutdownGraceMs: number;
  /** How long an API that was told to end still serves, so that balancers see that it is not ready. */
  readonly shutdownDrainMs: number;
  readonly requestClockSkewMs: number;
  readonly cacheTtlMs: number;
  readonly idempotencyLockMs: number;
  /** No request takes longer. */
  readonly longestRequestMs: number;
  /** Only the answer's time is scaled: the limits of a code's time are what keeps it from being guessed. */
  readonly memberCodes: MemberCodeSettings;
  /** `cycleDefault`: of merchants without terms of their own, as `D+2`. */
  readonly settlement: SettlementSettings;
  readonly reconciliation: ReconciliationSettings;
  /** Telling merchants. Retention, secrets' overlap and the age of gaps are not scaled. */
  readonly webhooks: WebhookSettings;
  readonly auth: { accessTokenTtlMs: number; refreshIdleMs: number; loginLockMs: number };
  readonly rates: Rates;
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
      swagger: env.SWAGGER_ENABLED ?? this.demo,
    };
    this.metrics = metricsOf(env);
    this.tracing = tracingOf(env);
    this.logLevel = env.LOG_LEVEL;
    this.database = databaseOf(env);
    this.history = historyOf(env);
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
    this.rollUp = { everyMs: scaled(env.ROLL_UP_EVERY_MS), graceMs: scaled(env.ROLL_UP_GRACE_MS) };
    this.shutdownGraceMs = env.SHUTDOWN_GRACE_MS;
    this.shutdownDrainMs = env.SHUTDOWN_DRAIN_MS ?? (env.APP_ENV === 'local' ? 0 : BALANCER_LOOKS_MS);
    this.requestClockSkewMs = env.REQUEST_CLOCK_SKEW_MS;
    this.cacheTtlMs = env.CACHE_TTL_MS;
    this.idempotencyLockMs = scaled(env.IDEMPOTENCY_LOCK_MS);
    this.longestRequestMs = longestRequestMs(env, scaled);
    this.settlement = settlementOf(env, scaled);
    this.reconciliation = reconciliationOf(env, scaled);
    this.webhooks = webhooksOf(env, scaled);
    this.auth = {
      accessTokenTtlMs: env.ACCESS_TOKEN_TTL_MS,
      refreshIdleMs: env.REFRESH_TOKEN_IDLE_MS,
      loginLockMs: scaled(env.LOGIN_LOCK_MS),
    };
    this.memberCodes = memberCodesOf(env, scaled);
    this.rates = ratesOf(env);
  }
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
