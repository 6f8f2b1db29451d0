import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Checkouts (a payment whose order comes first and whose money is taken in the acquirer's window), and inbound
 * webhooks. `due_at` of a checkout is when the worker must look at it: its expiry, then the merchant's time to
 * acknowledge.
 * Locks: new tables; the CHECK constraints of payment_attempts are replaced without copying it.
 */
export class CreateCheckouts1763700006000 implements MigrationInterface {
  readonly name = 'CreateCheckouts1763700006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CHECKOUTS);
    await runner.query(INBOUND_WEBHOOKS);
    await runner.query(`ALTER TABLE payment_attempts
      DROP CONSTRAINT ck_payment_attempts_operation,
      ADD CONSTRAINT ck_payment_attempts_operation
        CHECK (operation IN ('APPROVE','CANCEL','NET_CANCEL','INQUIRE','OPEN')),
      DROP CONSTRAINT ck_payment_attempts_outcome,
      ADD CONSTRAINT ck_payment_attempts_outcome CHECK (outcome IN ('SENDING','APPROVED','DECLINED','NOT_SENT','UNKNOWN',
        'CANCELLED','REFUSED','FOUND','NOT_FOUND','OPENED','NOT_PAID','MISMATCH'))`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const CHECKOUTS = `
CREATE TABLE checkouts (
  id VARCHAR(30) ${KEY} NOT NULL,
  payment_id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  order_no VARCHAR(40) ${KEY} NOT NULL,
  token_hash BINARY(32) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  acknowledge_within_seconds INT UNSIGNED NULL,
  acknowledged_at DATETIME(3) NULL,
  acknowledgement_missed TINYINT(1) NOT NULL DEFAULT 0,
  due_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_checkouts_payment (payment_id),
  KEY ix_checkouts_order (acquirer, order_no),
  KEY ix_checkouts_due (due_at)
) ${OPTIONS}`;

/** Bodies may name payers: sealed. One row for each message, however often it is delivered. */
const INBOUND_WEBHOOKS = `
CREATE TABLE inbound_webhooks (
  id VARCHAR(30) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  dedupe_key VARCHAR(200) ${KEY} NOT NULL,
  event VARCHAR(60) ${KEY} NOT NULL,
  content_type VARCHAR(100) NOT NULL,
  message_sealed VARBINARY(40000) NOT NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  note VARCHAR(60) ${KEY} NULL,
  payment_id VARCHAR(30) ${KEY} NULL,
  deliveries INT UNSIGNED NOT NULL DEFAULT 1,
  tries SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  due_at DATETIME(3) NULL,
  received_at DATETIME(3) NOT NULL,
  processed_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_inbound_webhooks_message (acquirer, dedupe_key),
  KEY ix_inbound_webhooks_due (due_at),
  CONSTRAINT ck_inbound_webhooks_status CHECK (status IN ('RECEIVED','DONE','IGNORED','FAILED'))
) ${OPTIONS}`;
