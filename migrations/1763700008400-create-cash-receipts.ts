import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Cash receipts, their cancels, the exchanges with who issues them, the events that say who changed what, and the
 * wishes for receipts that come with payments by transfer.
 * Locks: creates new tables; a CHECK of acquirer_contracts is replaced without copying the table, so that a contract
 * may name no payment method.
 *
 * `due_at` is set only while something is left to do. Money: amount = balance + pending + cancelled, held by a CHECK.
 */
export class CreateCashReceipts1763700008400 implements MigrationInterface {
  readonly name = 'CreateCashReceipts1763700008400';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of [RECEIPTS, CANCELS, EVENTS, ATTEMPTS, WISHES]) await runner.query(table);
    for (const table of ['cash_receipt_events', 'cash_receipt_attempts']) {
      for (const action of ['UPDATE', 'DELETE']) {
        await runner.query(
          `CREATE TRIGGER ${table}_no_${action.toLowerCase()} BEFORE ${action} ON ${table} FOR EACH ROW
           SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'APPEND_ONLY'`,
        );
      }
    }
    await runner.query(`ALTER TABLE acquirer_contracts
      DROP CONSTRAINT ck_acquirer_contracts_methods,
      ADD CONSTRAINT ck_acquirer_contracts_methods CHECK (methods = '' OR methods REGEXP
        '^(CARD|VIRTUAL_ACCOUNT|BANK_TRANSFER|EASY_PAY)(,(CARD|VIRTUAL_ACCOUNT|BANK_TRANSFER|EASY_PAY))*$')`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

/** `origin_payment_id`: of a receipt that a payment's wish made. `sends`: how often it was asked for at the provider. */
const RECEIPTS = `
CREATE TABLE cash_receipts (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  order_no VARCHAR(40) ${KEY} NOT NULL,
  origin_payment_id VARCHAR(30) ${KEY} NULL,
  status VARCHAR(20) ${KEY} NOT NULL,
  version INT UNSIGNED NOT NULL,
  purpose VARCHAR(20) ${KEY} NOT NULL,
  identifier_kind VARCHAR(16) ${KEY} NOT NULL,
  identifier_masked VARCHAR(20) ${KEY} NOT NULL,
  identifier_sealed VARBINARY(120) NOT NULL,
  goods_name VARCHAR(100) NOT NULL,
  amount BIGINT NOT NULL,
  supply_amount BIGINT NOT NULL,
  vat BIGINT NOT NULL,
  tax_free_amount BIGINT NOT NULL,
  service_charge BIGINT NOT NULL,
  balance_amount BIGINT NOT NULL,
  pending_cancel_amount BIGINT NOT NULL DEFAULT 0,
  cancelled_amount BIGINT NOT NULL DEFAULT 0,
  content_fingerprint CHAR(64) ${KEY} NOT NULL,
  contract_id VARCHAR(30) ${KEY} NOT NULL,
  provider VARCHAR(20) ${KEY} NOT NULL,
  acquirer_order_no VARCHAR(24) ${KEY} NOT NULL,
  attempt_count SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  provider_receipt_id VARCHAR(200) ${KEY} NULL,
  approval_no VARCHAR(20) ${KEY} NULL,
  issued_at DATETIME(3) NULL,
  failure_code VARCHAR(40) ${KEY} NULL,
  failure_provider_code VARCHAR(60) NULL,
  failure_provider_message VARCHAR(200) NULL,
  active_cancel_id VARCHAR(30) ${KEY} NULL,
  sends SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  looks SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  last_sent_at DATETIME(3) NOT NULL,
  due_at DATETIME(3) NULL,
  requested_by VARCHAR(60) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_cash_receipts_order (mid, order_no),
  UNIQUE KEY uq_cash_receipts_payment (origin_payment_id),
  UNIQUE KEY uq_cash_receipts_number (acquirer_order_no),
  KEY ix_cash_receipts_mid_created (mid, created_at, id),
  KEY ix_cash_receipts_due (due_at),
  CONSTRAINT ck_cash_receipts_status CHECK (status IN ('IN_PROGRESS','ISSUED','PARTIALLY_CANCELLED','CANCELLED','FAILED',
    'UNCONFIRMED')),
  CONSTRAINT ck_cash_receipts_purpose CHECK (purpose IN ('INCOME_DEDUCTION','EXPENSE_PROOF','VOLUNTARY')),
  CONSTRAINT ck_cash_receipts_split CHECK (amount > 0 AND supply_amount >= 0 AND vat >= 0 AND tax_free_amount >= 0
    AND service_charge >= 0 AND supply_amount + vat + tax_free_amount + service_charge = amount),
  CONSTRAINT ck_cash_receipts_money CHECK (balance_amount >= 0 AND pending_cancel_amount >= 0 AND cancelled_amount >= 0
    AND balance_amount + pending_cancel_amount + cancelled_amount = amount)
) ${OPTIONS}`;

/** `origin_payment_cancel_id`: of a cancel that a payment's cancel made. */
const CANCELS = `
CREATE TABLE cash_receipt_cancels (
  id VARCHAR(30) ${KEY} NOT NULL,
  receipt_id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  origin_payment_cancel_id VARCHAR(30) ${KEY} NULL,
  status VARCHAR(12) ${KEY} NOT NULL,
  version INT UNSIGNED NOT NULL,
  amount BIGINT NOT NULL,
  supply_amount BIGINT NOT NULL,
  vat BIGINT NOT NULL,
  tax_free_amount BIGINT NOT NULL,
  service_charge BIGINT NOT NULL,
  reason VARCHAR(200) NOT NULL,
  requested_by VARCHAR(60) NOT NULL,
  request_key CHAR(64) ${KEY} NULL,
  acquirer_order_no VARCHAR(24) ${KEY} NOT NULL,
  provider_cancel_id VARCHAR(200) ${KEY} NULL,
  approval_no VARCHAR(20) ${KEY} NULL,
  cancelled_at DATETIME(3) NULL,
  failure_code VARCHAR(40) ${KEY} NULL,
  failure_provider_code VARCHAR(60) NULL,
  failure_provider_message VARCHAR(200) NULL,
  sends SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  looks SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  last_sent_at DATETIME(3) NULL,
  due_at DATETIME(3) NULL,
  requested_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_cash_receipt_cancels_request (receipt_id, request_key),
  UNIQUE KEY uq_cash_receipt_cancels_payment (origin_payment_cancel_id),
  UNIQUE KEY uq_cash_receipt_cancels_number (acquirer_order_no),
  KEY ix_cash_receipt_cancels_due (due_at),
  CONSTRAINT ck_cash_receipt_cancels_status CHECK (status IN ('IN_PROGRESS','DONE','FAILED','UNCONFIRMED')),
  CONSTRAINT ck_cash_receipt_cancels_split CHECK (amount > 0 AND supply_amount >= 0 AND vat >= 0 AND tax_free_amount >= 0
    AND service_charge >= 0 AND supply_amount + vat + tax_free_amount + service_charge = amount)
) ${OPTIONS}`;

/** With a `cancel_id` the states are the cancel's, without one the receipt's. */
const EVENTS = `
CREATE TABLE cash_receipt_events (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  receipt_id VARCHAR(30) ${KEY} NOT NULL,
  cancel_id VARCHAR(30) ${KEY} NULL,
  from_status VARCHAR(20) ${KEY} NULL,
  to_status VARCHAR(20) ${KEY} NOT NULL,
  actor VARCHAR(60) NOT NULL,
  reason VARCHAR(200) NOT NULL,
  amount BIGINT NULL,
  occurred_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_cash_receipt_events_receipt (receipt_id, id)
) ${OPTIONS}`;

const ATTEMPTS = `
CREATE TABLE cash_receipt_attempts (
  id VARCHAR(30) ${KEY} NOT NULL,
  receipt_id VARCHAR(30) ${KEY} NOT NULL,
  cancel_id VARCHAR(30) ${KEY} NULL,
  operation VARCHAR(12) ${KEY} NOT NULL,
  outcome VARCHAR(12) ${KEY} NOT NULL,
  provider VARCHAR(20) ${KEY} NOT NULL,
  contract_id VARCHAR(30) ${KEY} NOT NULL,
  acquirer_order_no VARCHAR(24) ${KEY} NOT NULL,
  endpoint VARCHAR(120) NULL,
  request_masked VARCHAR(2000) NULL,
  response_masked VARCHAR(4000) NULL,
  http_status SMALLINT UNSIGNED NULL,
  code VARCHAR(60) NULL,
  message VARCHAR(200) NULL,
  latency_ms INT UNSIGNED NULL,
  started_at DATETIME(3) NOT NULL,
  finished_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_cash_receipt_attempts_receipt (receipt_id, id),
  CONSTRAINT ck_cash_receipt_attempts_operation CHECK (operation IN ('ISSUE','CANCEL','INQUIRE')),
  CONSTRAINT ck_cash_receipt_attempts_outcome CHECK (outcome IN ('ISSUED','CANCELLED','REFUSED','NOT_SENT','UNKNOWN','FOUND',
    'NOT_FOUND','UNSUPPORTED'))
) ${OPTIONS}`;

/** A payer's wish, written with the payment. `due_at` is when the worker next looks at the payment; NULL = never again. */
const WISHES = `
CREATE TABLE cash_receipt_wishes (
  payment_id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  purpose VARCHAR(20) ${KEY} NOT NULL,
  identifier_kind VARCHAR(16) ${KEY} NOT NULL,
  identifier_masked VARCHAR(20) ${KEY} NOT NULL,
  identifier_sealed VARBINARY(120) NOT NULL,
  note VARCHAR(40) ${KEY} NULL,
  looks INT UNSIGNED NOT NULL DEFAULT 0,
  due_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (payment_id),
  KEY ix_cash_receipt_wishes_due (due_at),
  CONSTRAINT ck_cash_receipt_wishes_purpose CHECK (purpose IN ('INCOME_DEDUCTION','EXPENSE_PROOF','VOLUNTARY'))
) ${OPTIONS}`;
