import type { Env } from './env.schema';

/* Settings of what the worker does by day and night, each made of its keys. */

type Scaled = (ms: number) => number;

/** For the two short writes around a try. */
const LEASE_MARGIN_MS = 10_000;
const listOf = (text: string): string[] => (text === '' ? [] : text.split(','));

export interface SettlementSettings {
  cycleDefault: string;
  queryTimeoutMs: number;
  sweepMs: number;
  runWaitMs: number;
  exportsMax: number;
  salesScanBudgetMs: number;
  coverRatios: string;
}

export function settlementOf(env: Env, scaled: Scaled): SettlementSettings {
  return {
    cycleDefault: env.SETTLEMENT_CYCLE_DEFAULT,
    queryTimeoutMs: env.SETTLEMENT_QUERY_TIMEOUT_MS,
    sweepMs: scaled(env.SETTLEMENT_SWEEP_MS),
    runWaitMs: env.SETTLEMENT_RUN_WAIT_MS,
    exportsMax: env.SETTLEMENT_EXPORTS_MAX,
    salesScanBudgetMs: env.SALES_SCAN_BUDGET_MS,
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
