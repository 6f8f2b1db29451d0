import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Billing keys, the exchanges about them, and the history of every state of billing (append-only).
 * Locks: creates new tables; adds a nullable column at the end of acquirer_contracts, which InnoDB does in place.
 */
export class CreateBillingKeys1763700008100 implements MigrationInterface {
  readonly name = 'CreateBillingKeys1763700008100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE acquirer_contracts ADD COLUMN billing_storage VARCHAR(20) ${KEY} NULL`);
    await runner.query(KEYS);
    await runner.query(ATTEMPTS);
    await runner.query(EVENTS);
    for (const action of ['UPDATE', 'DELETE']) {
      await runner.query(
        `CREATE TRIGGER billing_events_no_${action.toLowerCase()} BEFORE ${action} ON billing_events FOR EACH ROW
         SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'APPEND_ONLY'`,
      );
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const TABLE = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const KEYS = `
CREATE TABLE billing_keys (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  status VARCHAR(20) ${KEY} NOT NULL,
  version INT UNSIGNED NOT NULL,
  storage VARCHAR(20) ${KEY} NOT NULL,
  contract_id VARCHAR(30) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  request_hash VARCHAR(64) ${KEY} NOT NULL,
  customer_index BINARY(32) NOT NULL,
  customer_key_sealed VARBINARY(600) NOT NULL,
  card_sealed VARBINARY(600) NULL,
  token_sealed VARBINARY(1000) NULL,
  card_first6 VARCHAR(6) ${KEY} NOT NULL,
  card_last4 VARCHAR(4) ${KEY} NOT NULL,
  card_number_length TINYINT UNSIGNED NOT NULL,
  card_issuer VARCHAR(30) ${KEY} NULL,
  card_type VARCHAR(10) ${KEY} NULL,
  card_owner_type VARCHAR(10) ${KEY} NULL,
  failure_code VARCHAR(40) ${KEY} NULL,
  failure_acquirer_code VARCHAR(60) NULL,
  failure_acquirer_message VARCHAR(200) NULL,
  tries INT UNSIGNED NOT NULL DEFAULT 0,
  due_at DATETIME(3) NULL,
  issued_at DATETIME(3) NULL,
  revoked_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_billing_keys_request (mid, request_hash),
  KEY ix_billing_keys_customer (mid, customer_index, id),
  KEY ix_billing_keys_due (due_at)
) ${TABLE}`;

const ATTEMPTS = `
CREATE TABLE billing_key_attempts (
  id VARCHAR(30) ${KEY} NOT NULL,
  billing_key_id VARCHAR(30) ${KEY} NOT NULL,
  operation VARCHAR(10) ${KEY} NOT NULL,
  outcome VARCHAR(12) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  endpoint VARCHAR(120) NULL,
  request_masked VARCHAR(2000) NULL,
  response_masked VARCHAR(4000) NULL,
  http_status SMALLINT UNSIGNED NULL,
  code VARCHAR(60) NULL,
  message VARCHAR(200) NULL,
  latency_ms INT UNSIGNED NULL,
  started_at DATETIME(3) NOT NULL,
  finished_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  KEY ix_billing_key_attempts_key (billing_key_id, id)
) ${TABLE}`;

const EVENTS = `
CREATE TABLE billing_events (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  subject_id VARCHAR(30) ${KEY} NOT NULL,
  from_status VARCHAR(20) ${KEY} NULL,
  to_status VARCHAR(20) ${KEY} NOT NULL,
  actor VARCHAR(60) NOT NULL,
  reason VARCHAR(200) NOT NULL,
  occurred_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_billing_events_subject (subject_id, id)
) ${TABLE}`;
