import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Settlements, their lines, the daily runs that make them, and the daily roll-ups of sales.
 * Locks: creates new tables only.
 */
export class CreateSettlements1763700009700 implements MigrationInterface {
  readonly name = 'CreateSettlements1763700009700';

  async up(runner: QueryRunner): Promise<void> {
    const tables = [RUNS, RUN_PARTS, PRICES, SETTLEMENTS, LINES, EVENTS, BRANCH_SALES, MERCHANT_SALES];
    for (const table of tables) await runner.query(table);
    for (const table of ['settlement_lines', 'settlement_events']) {
      for (const action of ['UPDATE', 'DELETE']) {
        await runner.query(
          `CREATE TRIGGER ${table}_no_${action.toLowerCase()} BEFORE ${action} ON ${table} FOR EACH ROW
           SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'APPEND_ONLY'`,
        );
      }
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const RUNS = `
CREATE TABLE settlement_runs (
  captured_day DATE NOT NULL,
  id VARCHAR(30) ${KEY} NOT NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  requested_by VARCHAR(80) ${KEY} NOT NULL,
  line_count INT UNSIGNED NULL,
  settlement_count INT UNSIGNED NULL,
  started_at DATETIME(3) NOT NULL,
  finished_at DATETIME(3) NULL,
  PRIMARY KEY (captured_day),
  UNIQUE KEY uq_settlement_runs_id (id),
  CONSTRAINT ck_settlement_runs_status CHECK (status IN ('RUNNING', 'DONE'))
) ${OPTIONS}`;

/** A part is done in one transaction, by whoever holds its row: merchants from first_mid to last_mid. */
const RUN_PARTS = `
CREATE TABLE settlement_run_parts (
  captured_day DATE NOT NULL,
  part SMALLINT UNSIGNED NOT NULL,
  first_mid VARCHAR(16) ${KEY} NOT NULL,
  last_mid VARCHAR(16) ${KEY} NOT NULL,
  transaction_count INT UNSIGNED NOT NULL,
  done_at DATETIME(3) NULL,
  PRIMARY KEY (captured_day, part),
  CONSTRAINT fk_settlement_run_parts_day FOREIGN KEY (captured_day) REFERENCES settlement_runs (captured_day)
) ${OPTIONS}`;

/**
 * Which policy and payout day each kind of payment of a part has: written and removed within the part's transaction,
 * so that the lines are made by one statement. An empty text stands for "none", so that the index can be used.
 */
const PRICES = `
CREATE TABLE settlement_prices (
  mid VARCHAR(16) ${KEY} NOT NULL,
  contract_id VARCHAR(30) ${KEY} NOT NULL,
  branch_id VARCHAR(30) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  method VARCHAR(16) ${KEY} NOT NULL,
  card_issuer VARCHAR(30) ${KEY} NOT NULL,
  card_type VARCHAR(10) ${KEY} NOT NULL,
  amount_min BIGINT NOT NULL,
  amount_max BIGINT NOT NULL,
  policy_id VARCHAR(30) ${KEY} NOT NULL,
  rate_ppm INT NOT NULL,
  fixed_fee BIGINT NOT NULL,
  minimum_fee BIGINT NOT NULL,
  acquirer_cost_ppm INT NOT NULL,
  settlement_id VARCHAR(30) ${KEY} NOT NULL,
  PRIMARY KEY (mid, contract_id, branch_id, acquirer, method, card_issuer, card_type, amount_min)
) ${OPTIONS}`;

const SETTLEMENTS = `
CREATE TABLE settlements (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  contract_id VARCHAR(30) ${KEY} NOT NULL,
  payout_day DATE NOT NULL,
  status VARCHAR(16) ${KEY} NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  line_count INT UNSIGNED NOT NULL DEFAULT 0,
  approval_amount BIGINT NOT NULL DEFAULT 0,
  cancel_amount BIGINT NOT NULL DEFAULT 0,
  fee BIGINT NOT NULL DEFAULT 0,
  vat BIGINT NOT NULL DEFAULT 0,
  adjustment_amount BIGINT NOT NULL DEFAULT 0,
  carried_in BIGINT NOT NULL DEFAULT 0,
  carried_out BIGINT NOT NULL DEFAULT 0,
  payout_amount BIGINT AS (approval_amount + cancel_amount - fee - vat + adjustment_amount + carried_in - carried_out) PERSISTENT,
  hold_reason VARCHAR(200) NULL,
  payout_reference VARCHAR(80) NULL,
  failure_reason VARCHAR(200) NULL,
  confirmed_at DATETIME(3) NULL,
  paid_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3),
  open_payout_day DATE AS (IF(status = 'SCHEDULED', payout_day, NULL)) PERSISTENT,
  PRIMARY KEY (id),
  UNIQUE KEY uq_settlements_open (mid, contract_id, open_payout_day),
  KEY ix_settlements_key (mid, contract_id, payout_day),
  KEY ix_settlements_mid (mid, payout_day, id),
  KEY ix_settlements_payout (payout_day, status, id),
  CONSTRAINT ck_settlements_status CHECK (status IN ('SCHEDULED','CONFIRMED','PAID','HELD','PAYOUT_FAILED','CARRIED_OVER')),
  CONSTRAINT ck_settlements_signs CHECK (approval_amount >= 0 AND cancel_amount <= 0 AND carried_in <= 0 AND carried_out <= 0)
) ${OPTIONS}`;

/** One for each movement of money, for ever. What it was reckoned by is kept on it. */
const LINES = `
CREATE TABLE settlement_lines (
  transaction_seq BIGINT UNSIGNED NOT NULL,
  settlement_id VARCHAR(30) ${KEY} NOT NULL,
  kind VARCHAR(10) ${KEY} NOT NULL,
  source_id VARCHAR(30) ${KEY} NOT NULL,
  payment_id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  branch_id VARCHAR(30) ${KEY} NULL,
  method VARCHAR(16) ${KEY} NOT NULL,
  captured_day DATE NOT NULL,
  amount BIGINT NOT NULL,
  left_before BIGINT NOT NULL,
  left_after BIGINT NOT NULL,
  fee BIGINT NOT NULL,
  vat BIGINT NOT NULL,
  acquirer_cost BIGINT NOT NULL,
  policy_id VARCHAR(30) ${KEY} NOT NULL,
  rate_ppm INT NOT NULL,
  fixed_fee BIGINT NOT NULL,
  minimum_fee BIGINT NOT NULL,
  acquirer_cost_ppm INT NOT NULL,
  PRIMARY KEY (transaction_seq),
  KEY ix_settlement_lines_settlement (settlement_id, transaction_seq),
  KEY ix_settlement_lines_payment (payment_id, transaction_seq),
  KEY ix_settlement_lines_day (captured_day, mid, transaction_seq),
  CONSTRAINT ck_settlement_lines_sign CHECK (
    (kind = 'APPROVAL' AND amount >= 0 AND fee >= 0 AND vat >= 0) OR (kind <> 'APPROVAL' AND amount <= 0 AND fee <= 0 AND vat <= 0))
) ${OPTIONS}`;

const EVENTS = `
CREATE TABLE settlement_events (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  settlement_id VARCHAR(30) ${KEY} NOT NULL,
  from_status VARCHAR(16) ${KEY} NULL,
  to_status VARCHAR(16) ${KEY} NOT NULL,
  actor VARCHAR(80) ${KEY} NOT NULL,
  reason VARCHAR(200) NOT NULL,
  amount BIGINT NULL,
  occurred_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_settlement_events_settlement (settlement_id, id)
) ${OPTIONS}`;

const FIGURES = `
  approval_count INT UNSIGNED NOT NULL,
  approval_amount BIGINT NOT NULL,
  cancel_count INT UNSIGNED NOT NULL,
  cancel_amount BIGINT NOT NULL,
  fee BIGINT NOT NULL,
  vat BIGINT NOT NULL,`;

/** Sales of a branch (empty: none) by day and method, of days that are settled. */
const BRANCH_SALES = `
CREATE TABLE daily_branch_sales (
  mid VARCHAR(16) ${KEY} NOT NULL,
  captured_day DATE NOT NULL,
  branch_id VARCHAR(30) ${KEY} NOT NULL,
  method VARCHAR(16) ${KEY} NOT NULL,
  ${FIGURES}
  PRIMARY KEY (mid, branch_id, captured_day, method)
) ${OPTIONS}`;

const MERCHANT_SALES = `
CREATE TABLE daily_merchant_sales (
  mid VARCHAR(16) ${KEY} NOT NULL,
  captured_day DATE NOT NULL,
  method VARCHAR(16) ${KEY} NOT NULL,
  ${FIGURES}
  PRIMARY KEY (mid, captured_day, method),
  KEY ix_daily_merchant_sales_day (captured_day, mid)
) ${OPTIONS}`;
