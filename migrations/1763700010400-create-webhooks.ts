import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Telling merchants: where each wants to be told, what there is to tell, and what became of telling it. What was
 * committed before is not told: the positions begin at the last change that there is.
 * Locks: creates new tables only; the check of notification kinds is replaced in place by a wider one, which takes a short
 * metadata lock on member_notification_settings. Processes of the version before write no row of these tables.
 */
export class CreateWebhooks1763700010400 implements MigrationInterface {
  readonly name = 'CreateWebhooks1763700010400';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
    await forbid(runner, 'webhook_endpoint_versions', 'UPDATE');
    await forbid(runner, 'webhook_endpoint_versions', 'DELETE');
    for (const [table, column] of [
      ['webhook_events', 'created_at'],
      ['webhook_attempts', 'started_at'],
    ] as const) {
      await forbid(runner, table, 'UPDATE');
      await runner.query(
        `CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} FOR EACH ROW
         IF OLD.${column} > UTC_TIMESTAMP(3) - INTERVAL 30 DAY THEN
           SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'APPEND_ONLY'; END IF`,
      );
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

async function forbid(runner: QueryRunner, table: string, action: 'UPDATE' | 'DELETE'): Promise<void> {
  await runner.query(
    `CREATE TRIGGER ${table}_no_${action.toLowerCase()} BEFORE ${action} ON ${table} FOR EACH ROW
     SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'APPEND_ONLY'`,
  );
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

/** How far each table of changes has been read. `starts_after`: what came before is not told. */
const POSITIONS = `
CREATE TABLE webhook_positions (
  source VARCHAR(10) ${KEY} NOT NULL,
  position BIGINT UNSIGNED NOT NULL,
  starts_after BIGINT UNSIGNED NOT NULL,
  version BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (source),
  CONSTRAINT ck_webhook_positions_source CHECK (source IN ('PAYMENT', 'OUTBOX'))
) ${OPTIONS}`;

/** Numbers below a position that had no committed row yet when they were passed: still open, or never used. */
const GAPS = `
CREATE TABLE webhook_gaps (
  source VARCHAR(10) ${KEY} NOT NULL,
  from_seq BIGINT UNSIGNED NOT NULL,
  to_seq BIGINT UNSIGNED NOT NULL,
  seen_at DATETIME(3) NOT NULL,
  PRIMARY KEY (source, from_seq),
  KEY ix_webhook_gaps_seen (seen_at),
  CONSTRAINT ck_webhook_gaps_range CHECK (from_seq <= to_seq)
) ${OPTIONS}`;

/** Counts each merchant's events. Its lock orders new events and changes of endpoints. */
const MERCHANTS = `
CREATE TABLE webhook_merchants (
  mid VARCHAR(16) ${KEY} NOT NULL,
  last_sequence BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (mid)
) ${OPTIONS}`;

/** `due_at`: the worker looks for deliveries from then on; never later than the first due one. `event_types` NULL = all. */
const ENDPOINTS = `
CREATE TABLE webhook_endpoints (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  url VARCHAR(1000) ${KEY} NOT NULL,
  description VARCHAR(200) NULL,
  event_types VARCHAR(2000) ${KEY} NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  disabled_reason VARCHAR(10) ${KEY} NULL,
  secret_sealed VARBINARY(200) NULL,
  previous_secret_sealed VARBINARY(200) NULL,
  previous_secret_until DATETIME(3) NULL,
  version INT UNSIGNED NOT NULL,
  pace VARCHAR(10) ${KEY} NOT NULL,
  due_at DATETIME(3) NULL,
  held_until DATETIME(3) NULL,
  served_at DATETIME(6) NULL,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_webhook_endpoints_mid (mid, id),
  KEY ix_webhook_endpoints_due (status, pace, due_at),
  CONSTRAINT fk_webhook_endpoints_mid FOREIGN KEY (mid) REFERENCES merchants (mid),
  CONSTRAINT ck_webhook_endpoints_status CHECK (status IN ('ENABLED', 'DISABLED', 'DELETED')),
  CONSTRAINT ck_webhook_endpoints_reason CHECK ((status = 'DISABLED') = (disabled_reason IS NOT NULL)),
  CONSTRAINT ck_webhook_endpoints_secret CHECK ((status = 'DELETED') = (secret_sealed IS NULL)),
  CONSTRAINT ck_webhook_endpoints_previous CHECK ((previous_secret_sealed IS NULL) = (previous_secret_until IS NULL)),
  CONSTRAINT ck_webhook_endpoints_pace CHECK (pace IN ('NEW', 'QUICK', 'SLOW', 'FAILING'))
) ${OPTIONS}`;

/** What each endpoint wanted from which event of its merchant on. */
const ENDPOINT_VERSIONS = `
CREATE TABLE webhook_endpoint_versions (
  endpoint_id VARCHAR(30) ${KEY} NOT NULL,
  version INT UNSIGNED NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  from_sequence BIGINT UNSIGNED NOT NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  event_types VARCHAR(2000) ${KEY} NULL,
  actor VARCHAR(80) ${KEY} NOT NULL,
  occurred_at DATETIME(3) NOT NULL,
  PRIMARY KEY (endpoint_id, version),
  KEY ix_webhook_endpoint_versions_mid (mid, from_sequence)
) ${OPTIONS}`;

/** One for each change that is told; a test has no change behind it. `data` as it was made, for ever the same. */
const EVENTS = `
CREATE TABLE webhook_events (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  sequence BIGINT UNSIGNED NOT NULL,
  source VARCHAR(10) ${KEY} NOT NULL,
  source_seq BIGINT UNSIGNED NULL,
  type VARCHAR(40) ${KEY} NOT NULL,
  schema_version CHAR(10) ${KEY} NOT NULL,
  subject_id VARCHAR(40) ${KEY} NOT NULL,
  data TEXT NOT NULL,
  occurred_at DATETIME(3) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_webhook_events_source (source, source_seq),
  UNIQUE KEY uq_webhook_events_sequence (mid, sequence),
  KEY ix_webhook_events_type (mid, type, sequence),
  KEY ix_webhook_events_created (mid, created_at),
  CONSTRAINT ck_webhook_events_source CHECK (source IN ('PAYMENT', 'OUTBOX', 'TEST')),
  CONSTRAINT ck_webhook_events_source_seq CHECK ((source = 'TEST') = (source_seq IS NULL))
) ${OPTIONS}`;

/**
 * An event on its way to an endpoint; `round` counts redeliveries. `due_at`: the next try, or when the lease of the one
 * that is running is over. No foreign keys: their locks would make sending and telling wait for each other.
 */
const DELIVERIES = `
CREATE TABLE webhook_deliveries (
  id VARCHAR(30) ${KEY} NOT NULL,
  event_id VARCHAR(30) ${KEY} NOT NULL,
  endpoint_id VARCHAR(30) ${KEY} NOT NULL,
  round SMALLINT UNSIGNED NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  event_type VARCHAR(40) ${KEY} NOT NULL,
  sequence BIGINT UNSIGNED NOT NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  due_at DATETIME(3) NULL,
  epoch INT UNSIGNED NOT NULL DEFAULT 0,
  tries SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  last_outcome VARCHAR(20) ${KEY} NULL,
  last_http_status SMALLINT UNSIGNED NULL,
  last_duration_ms INT UNSIGNED NULL,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  ended_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_webhook_deliveries_event (event_id, endpoint_id, round),
  KEY ix_webhook_deliveries_due (endpoint_id, due_at, sequence),
  KEY ix_webhook_deliveries_endpoint (endpoint_id, status, id),
  KEY ix_webhook_deliveries_endpoint_all (endpoint_id, id),
  KEY ix_webhook_deliveries_mid (mid, id),
  KEY ix_webhook_deliveries_status (mid, status, id),
  KEY ix_webhook_deliveries_type (mid, event_type, id),
  CONSTRAINT ck_webhook_deliveries_status CHECK (status IN ('PENDING', 'SENDING', 'DELIVERED', 'FAILED', 'DISCARDED')),
  CONSTRAINT ck_webhook_deliveries_due CHECK ((status IN ('PENDING', 'SENDING')) = (due_at IS NOT NULL)),
  CONSTRAINT ck_webhook_deliveries_ended CHECK ((due_at IS NULL) = (ended_at IS NOT NULL))
) ${OPTIONS}`;

/** Every try that went out, masked. */
const ATTEMPTS = `
CREATE TABLE webhook_attempts (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  delivery_id VARCHAR(30) ${KEY} NOT NULL,
  outcome VARCHAR(20) ${KEY} NOT NULL,
  http_status SMALLINT UNSIGNED NULL,
  duration_ms INT UNSIGNED NOT NULL,
  request_masked VARCHAR(2000) NOT NULL,
  answer_head VARCHAR(512) ${KEY} NULL,
  started_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_webhook_attempts_delivery (delivery_id, id)
) ${OPTIONS}`;

const BEGIN = (source: string, table: string, number: string) => `
INSERT INTO webhook_positions (source, position, starts_after, version)
SELECT '${source}', COALESCE(MAX(${number}), 0), COALESCE(MAX(${number}), 0), 1 FROM ${table}`;

const KINDS = `
ALTER TABLE member_notification_settings
  DROP CONSTRAINT ck_member_notification_settings_kind,
  ADD CONSTRAINT ck_member_notification_settings_kind CHECK (
    kind IN ('SERVICE_APPLICATION', 'PAYMENT', 'SETTLEMENT', 'BRANCH', 'NOTICE', 'SECURITY', 'WEBHOOK'))`;

const STATEMENTS = [
  ...[POSITIONS, GAPS, MERCHANTS, ENDPOINTS, ENDPOINT_VERSIONS, EVENTS, DELIVERIES, ATTEMPTS],
  BEGIN('PAYMENT', 'payment_events', 'id'),
  BEGIN('OUTBOX', 'outbox_events', 'seq'),
  KINDS,
];
