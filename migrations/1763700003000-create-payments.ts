import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Payments, their attempts at acquirers, their cancels, and the events that say who changed what.
 * Locks: creates new tables only; nothing that exists is touched.
 *
 * `due_at` is set only while something is left to do, so its index is as small as the work at hand.
 * Money: amount = balance_amount + pending_cancel_amount + cancelled_amount, held by a CHECK.
 */
export class CreatePayments1763700003000 implements MigrationInterface {
  readonly name = 'CreatePayments1763700003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PAYMENTS);
    await runner.query(ATTEMPTS);
    await runner.query(CANCELS);
    await runner.query(EVENTS);
    for (const action of ['UPDATE', 'DELETE']) {
      await runner.query(
        `CREATE TRIGGER payment_events_no_${action.toLowerCase()} BEFORE ${action} ON payment_events FOR EACH ROW
         SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'APPEND_ONLY'`,
      );
    }
    await runner.query(BARRED_ORDERS);
    await runner.query(CONTRACT_USAGES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const PAYMENTS = `
CREATE TABLE payments (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  order_no VARCHAR(40) ${KEY} NOT NULL,
  status VARCHAR(20) ${KEY} NOT NULL,
  version INT UNSIGNED NOT NULL,
  method VARCHAR(16) ${KEY} NOT NULL,
  amount BIGINT NOT NULL,
  tax_free_amount BIGINT NOT NULL,
  service_charge BIGINT NOT NULL,
  vat BIGINT NOT NULL,
  balance_amount BIGINT NOT NULL,
  pending_cancel_amount BIGINT NOT NULL DEFAULT 0,
  cancelled_amount BIGINT NOT NULL DEFAULT 0,
  tax_free_balance BIGINT NOT NULL,
  goods_name VARCHAR(100) NOT NULL,
  buyer_name VARCHAR(60) NULL,
  buyer_contact_sealed VARBINARY(700) NULL,
  customer_key VARCHAR(300) NULL,
  branch_id VARCHAR(30) ${KEY} NULL,
  metadata VARCHAR(4000) NULL,
  content_fingerprint CHAR(64) ${KEY} NOT NULL,
  request_hash CHAR(64) ${KEY} NOT NULL,
  contract_id VARCHAR(30) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  attempt_id VARCHAR(30) ${KEY} NOT NULL,
  attempt_count SMALLINT UNSIGNED NOT NULL,
  acquirer_order_no VARCHAR(64) ${KEY} NOT NULL,
  acquirer_transaction_id VARCHAR(200) ${KEY} NULL,
  approval_no VARCHAR(20) ${KEY} NULL,
  card_first6 CHAR(6) ${KEY} NULL,
  card_last4 CHAR(4) ${KEY} NULL,
  card_number_length TINYINT UNSIGNED NULL,
  card_issuer VARCHAR(30) ${KEY} NULL,
  card_type VARCHAR(10) ${KEY} NULL,
  card_owner_type VARCHAR(10) ${KEY} NULL,
  interest_free TINYINT(1) NULL,
  installment_months TINYINT UNSIGNED NOT NULL DEFAULT 0,
  failure_code VARCHAR(40) ${KEY} NULL,
  failure_acquirer_code VARCHAR(60) NULL,
  failure_acquirer_message VARCHAR(200) NULL,
  usage_day CHAR(10) ${KEY} NULL,
  unknown_since DATETIME(3) NULL,
  reversal_tries SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  reversal_refusals SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  due_at DATETIME(3) NULL,
  approved_at DATETIME(3) NULL,
  failed_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_payments_order (mid, order_no),
  KEY ix_payments_mid_created (mid, created_at, id),
  KEY ix_payments_due (due_at),
  CONSTRAINT ck_payments_status CHECK (status IN ('CREATED','IN_PROGRESS','APPROVED','PARTIALLY_CANCELLED','CANCELLED',
    'FAILED','EXPIRED','WAITING_FOR_DEPOSIT','REVERSING','REVERSED')),
  CONSTRAINT ck_payments_money CHECK (amount > 0 AND balance_amount >= 0 AND pending_cancel_amount >= 0
    AND cancelled_amount >= 0 AND balance_amount + pending_cancel_amount + cancelled_amount = amount),
  CONSTRAINT ck_payments_tax CHECK (tax_free_amount >= 0 AND service_charge >= 0 AND tax_free_balance >= 0
    AND tax_free_balance <= tax_free_amount AND tax_free_amount + service_charge <= amount AND vat >= 0)
) ${OPTIONS}`;

const ATTEMPTS = `
CREATE TABLE payment_attempts (
  id VARCHAR(30) ${KEY} NOT NULL,
  payment_id VARCHAR(30) ${KEY} NOT NULL,
  cancel_id VARCHAR(30) ${KEY} NULL,
  operation VARCHAR(12) ${KEY} NOT NULL,
  outcome VARCHAR(12) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  contract_id VARCHAR(30) ${KEY} NOT NULL,
  acquirer_order_no VARCHAR(64) ${KEY} NOT NULL,
  acquirer_transaction_id VARCHAR(200) ${KEY} NULL,
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
  KEY ix_payment_attempts_payment (payment_id, id),
  CONSTRAINT ck_payment_attempts_operation CHECK (operation IN ('APPROVE','CANCEL','NET_CANCEL','INQUIRE')),
  CONSTRAINT ck_payment_attempts_outcome CHECK (outcome IN ('SENDING','APPROVED','DECLINED','NOT_SENT','UNKNOWN',
    'CANCELLED','REFUSED','FOUND','NOT_FOUND'))
) ${OPTIONS}`;

const CANCELS = `
CREATE TABLE payment_cancels (
  id VARCHAR(30) ${KEY} NOT NULL,
  payment_id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  status VARCHAR(12) ${KEY} NOT NULL,
  version INT UNSIGNED NOT NULL,
  amount BIGINT NOT NULL,
  tax_free_amount BIGINT NOT NULL,
  reason VARCHAR(200) NOT NULL,
  requested_by VARCHAR(60) NOT NULL,
  request_key CHAR(64) ${KEY} NULL,
  cancel_key VARCHAR(64) ${KEY} NOT NULL,
  acquirer_cancel_id VARCHAR(200) ${KEY} NULL,
  failure_code VARCHAR(40) ${KEY} NULL,
  failure_acquirer_code VARCHAR(60) NULL,
  failure_acquirer_message VARCHAR(200) NULL,
  balance_after BIGINT NULL,
  tries SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  due_at DATETIME(3) NULL,
  requested_at DATETIME(3) NOT NULL,
  cancelled_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_payment_cancels_request (payment_id, request_key),
  UNIQUE KEY uq_payment_cancels_key (cancel_key),
  KEY ix_payment_cancels_due (due_at),
  CONSTRAINT ck_payment_cancels_status CHECK (status IN ('IN_PROGRESS','DONE','FAILED')),
  CONSTRAINT ck_payment_cancels_amount CHECK (amount > 0 AND tax_free_amount >= 0 AND tax_free_amount <= amount)
) ${OPTIONS}`;

const EVENTS = `
CREATE TABLE payment_events (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  payment_id VARCHAR(30) ${KEY} NOT NULL,
  from_status VARCHAR(20) ${KEY} NULL,
  to_status VARCHAR(20) ${KEY} NOT NULL,
  actor VARCHAR(60) NOT NULL,
  reason VARCHAR(200) NOT NULL,
  cancel_id VARCHAR(30) ${KEY} NULL,
  amount BIGINT NULL,
  occurred_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_payment_events_payment (payment_id, id)
) ${OPTIONS}`;

/** Order numbers that a merchant net-cancelled before their approval arrived here: they are refused when it does. */
const BARRED_ORDERS = `
CREATE TABLE barred_orders (
  mid VARCHAR(16) ${KEY} NOT NULL,
  order_no VARCHAR(40) ${KEY} NOT NULL,
  reason VARCHAR(200) NOT NULL,
  barred_at DATETIME(3) NOT NULL,
  PRIMARY KEY (mid, order_no)
) ${OPTIONS}`;

/** What a contract with a daily or monthly limit has used; period is a Korean day or month. */
const CONTRACT_USAGES = `
CREATE TABLE contract_usages (
  contract_id VARCHAR(30) ${KEY} NOT NULL,
  period VARCHAR(10) ${KEY} NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (contract_id, period),
  CONSTRAINT ck_contract_usages_amount CHECK (amount >= 0)
) ${OPTIONS}`;
