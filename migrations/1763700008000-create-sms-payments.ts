import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Messages to people (SMS, e-mail), and SMS payments: a link that a payer gets by SMS, and what came of it. Phone
 * numbers, texts and private keys are sealed; tokens and codes are kept as hashes only. `due_at` is when the worker
 * must look at a row.
 * Locks: creates new tables only.
 */
export class CreateSmsPayments1763700008000 implements MigrationInterface {
  readonly name = 'CreateSmsPayments1763700008000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of [MESSAGES, SMS_PAYMENTS, LINKS, SENDS, EVENTS]) await runner.query(table);
    for (const action of ['UPDATE', 'DELETE']) {
      await runner.query(
        `CREATE TRIGGER sms_payment_events_no_${action.toLowerCase()} BEFORE ${action} ON sms_payment_events FOR EACH ROW
         SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'APPEND_ONLY'`,
      );
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

/** The content goes as soon as the provider has it: it holds links and codes. */
const MESSAGES = `
CREATE TABLE messages (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  channel VARCHAR(10) ${KEY} NOT NULL,
  purpose VARCHAR(40) ${KEY} NOT NULL,
  subject_id VARCHAR(40) ${KEY} NOT NULL,
  recipient_sealed VARBINARY(400) NOT NULL,
  recipient_index BINARY(32) NOT NULL,
  content_sealed VARBINARY(9000) NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  tries SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  provider VARCHAR(20) ${KEY} NOT NULL,
  provider_handle VARCHAR(100) ${KEY} NULL,
  failure_code VARCHAR(40) ${KEY} NULL,
  expires_at DATETIME(3) NOT NULL,
  due_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  sent_at DATETIME(3) NULL,
  settled_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  KEY ix_messages_due (due_at),
  KEY ix_messages_recipient (recipient_index, created_at),
  KEY ix_messages_subject (subject_id, id),
  CONSTRAINT ck_messages_channel CHECK (channel IN ('SMS','EMAIL')),
  CONSTRAINT ck_messages_status CHECK (status IN ('QUEUED','SENT','DELIVERED','FAILED'))
) ${OPTIONS}`;

const SMS_PAYMENTS = `
CREATE TABLE sms_payments (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  branch_id VARCHAR(30) ${KEY} NULL,
  order_no VARCHAR(40) ${KEY} NOT NULL,
  amount BIGINT NOT NULL,
  tax_free_amount BIGINT NOT NULL,
  goods_name VARCHAR(100) NOT NULL,
  buyer_name VARCHAR(60) NULL,
  phone_sealed VARBINARY(100) NOT NULL,
  phone_index BINARY(32) NOT NULL,
  installment_months_max TINYINT UNSIGNED NOT NULL,
  status VARCHAR(20) ${KEY} NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  payment_id VARCHAR(30) ${KEY} NULL,
  failure_code VARCHAR(60) ${KEY} NULL,
  link_sends TINYINT UNSIGNED NOT NULL DEFAULT 1,
  link_sent_at DATETIME(3) NOT NULL,
  code_hash BINARY(32) NULL,
  code_tries TINYINT UNSIGNED NOT NULL DEFAULT 0,
  code_expires_at DATETIME(3) NULL,
  key_id VARCHAR(30) ${KEY} NULL,
  key_public VARCHAR(400) ${KEY} NULL,
  key_private_sealed VARBINARY(600) NULL,
  created_by VARCHAR(60) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  paid_at DATETIME(3) NULL,
  due_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_sms_payments_order (mid, order_no),
  UNIQUE KEY uq_sms_payments_payment (payment_id),
  KEY ix_sms_payments_due (due_at),
  CONSTRAINT ck_sms_payments_status
    CHECK (status IN ('REQUESTED','PAYING','PAID','FAILED','EXPIRED','CANCELLED')),
  CONSTRAINT ck_sms_payments_amount CHECK (amount > 0 AND tax_free_amount >= 0 AND tax_free_amount <= amount)
) ${OPTIONS}`;

/** Every link that was sent for a payment; a repetition sends a new one, since an old one can be read nowhere. */
const LINKS = `
CREATE TABLE sms_payment_links (
  token_hash BINARY(32) NOT NULL,
  sms_payment_id VARCHAR(30) ${KEY} NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (token_hash),
  KEY ix_sms_payment_links_payment (sms_payment_id)
) ${OPTIONS}`;

/** How many codes a phone was sent on its latest day, whatever they were for. */
const SENDS = `
CREATE TABLE sms_code_sends (
  phone_index BINARY(32) NOT NULL,
  day CHAR(10) ${KEY} NOT NULL,
  sends SMALLINT UNSIGNED NOT NULL,
  last_sent_at DATETIME(3) NULL,
  PRIMARY KEY (phone_index)
) ${OPTIONS}`;

const EVENTS = `
CREATE TABLE sms_payment_events (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  sms_payment_id VARCHAR(30) ${KEY} NOT NULL,
  from_status VARCHAR(20) ${KEY} NULL,
  to_status VARCHAR(20) ${KEY} NOT NULL,
  actor VARCHAR(60) NOT NULL,
  reason VARCHAR(200) NOT NULL,
  occurred_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_sms_payment_events_payment (sms_payment_id, id)
) ${OPTIONS}`;
