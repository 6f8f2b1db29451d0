import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Customers' points: what each has, every change of it, what each payment has to do with them, and the merchants'
 * policies; and the part of a payment and of a cancel that is points.
 * Locks: the new columns are null or have a constant default and are added instantly; the tables are new.
 *
 * A payment's amount stays the whole order; what its acquirer is asked for is amount - point_amount.
 */
export class CreatePoints1763700008300 implements MigrationInterface {
  readonly name = 'CreatePoints1763700008300';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of [ACCOUNTS, ENTRIES, PAYMENT_POINTS, POLICIES]) await runner.query(table);
    for (const table of ['point_entries', 'point_policies']) {
      for (const action of ['UPDATE', 'DELETE']) {
        await runner.query(
          `CREATE TRIGGER ${table}_no_${action.toLowerCase()} BEFORE ${action} ON ${table} FOR EACH ROW
           SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'APPEND_ONLY'`,
        );
      }
    }
    await runner.query(
      `ALTER TABLE payments ADD COLUMN point_amount BIGINT NOT NULL DEFAULT 0 AFTER vat, ALGORITHM=INSTANT`,
    );
    await runner.query(
      `ALTER TABLE payment_cancels ADD COLUMN point_amount BIGINT NOT NULL DEFAULT 0 AFTER tax_free_amount,
         ADD COLUMN card_tax_free_amount BIGINT NULL AFTER point_amount, ALGORITHM=INSTANT`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

/** A customer key is the merchant's own, told apart to the letter. */
const ACCOUNTS = `
CREATE TABLE point_accounts (
  mid VARCHAR(16) ${KEY} NOT NULL,
  customer_key VARCHAR(300) ${KEY} NOT NULL,
  balance BIGINT NOT NULL DEFAULT 0,
  held BIGINT NOT NULL DEFAULT 0,
  debt BIGINT NOT NULL DEFAULT 0,
  version INT UNSIGNED NOT NULL DEFAULT 0,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  PRIMARY KEY (mid, customer_key),
  CONSTRAINT ck_point_accounts_money CHECK (balance >= 0 AND held >= 0 AND debt >= 0)
) ${OPTIONS}`;

const ENTRIES = `
CREATE TABLE point_entries (
  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  customer_key VARCHAR(300) ${KEY} NOT NULL,
  kind VARCHAR(10) ${KEY} NOT NULL,
  amount BIGINT NOT NULL,
  balance_change BIGINT NOT NULL,
  held_change BIGINT NOT NULL,
  debt_change BIGINT NOT NULL,
  balance_after BIGINT NOT NULL,
  payment_id VARCHAR(30) ${KEY} NULL,
  cancel_id VARCHAR(30) ${KEY} NULL,
  request_key CHAR(64) ${KEY} NULL,
  actor VARCHAR(60) NOT NULL,
  reason VARCHAR(200) NOT NULL,
  occurred_at DATETIME(3) NOT NULL,
  PRIMARY KEY (seq),
  UNIQUE KEY uq_point_entries_id (id),
  UNIQUE KEY uq_point_entries_request (mid, request_key),
  KEY ix_point_entries_account (mid, customer_key, seq),
  KEY ix_point_entries_payment (payment_id, seq),
  CONSTRAINT ck_point_entries_kind CHECK (kind IN ('EARN','HOLD','FREE','USE','RESTORE','CLAW_BACK','ADJUST')),
  CONSTRAINT ck_point_entries_money CHECK (balance_after >= 0)
) ${OPTIONS}`;

/** One row for each payment that uses or earns points; its terms are those of the moment at which it was asked for. */
const PAYMENT_POINTS = `
CREATE TABLE payment_points (
  payment_id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  customer_key VARCHAR(300) ${KEY} NOT NULL,
  state VARCHAR(6) ${KEY} NOT NULL,
  point_amount BIGINT NOT NULL,
  card_amount BIGINT NOT NULL,
  restored_amount BIGINT NOT NULL DEFAULT 0,
  earn_rate_ppm INT UNSIGNED NOT NULL,
  earned_amount BIGINT NOT NULL DEFAULT 0,
  clawed_back_amount BIGINT NOT NULL DEFAULT 0,
  refund_order VARCHAR(12) ${KEY} NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  PRIMARY KEY (payment_id),
  KEY ix_payment_points_account (mid, customer_key),
  KEY ix_payment_points_state (state),
  CONSTRAINT ck_payment_points_state CHECK (state IN ('HELD','FREED','USED')),
  CONSTRAINT ck_payment_points_refund_order CHECK (refund_order IN ('CARD_FIRST','POINTS_FIRST')),
  CONSTRAINT ck_payment_points_money CHECK (point_amount >= 0 AND card_amount > 0 AND restored_amount >= 0
    AND restored_amount <= point_amount AND earned_amount >= 0 AND clawed_back_amount >= 0
    AND clawed_back_amount <= earned_amount)
) ${OPTIONS}`;

const POLICIES = `
CREATE TABLE point_policies (
  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  method VARCHAR(16) ${KEY} NOT NULL,
  effective_from DATETIME(3) NOT NULL,
  earn_rate_ppm INT UNSIGNED NOT NULL,
  minimum_use BIGINT NOT NULL,
  maximum_share_ppm INT UNSIGNED NOT NULL,
  discount_kind VARCHAR(5) ${KEY} NULL,
  discount_value BIGINT NULL,
  refund_order VARCHAR(12) ${KEY} NOT NULL,
  reason VARCHAR(200) NOT NULL,
  created_by VARCHAR(60) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (seq),
  UNIQUE KEY uq_point_policies_id (id),
  KEY ix_point_policies_method (mid, method, effective_from),
  CONSTRAINT ck_point_policies_rates CHECK (earn_rate_ppm <= 1000000 AND maximum_share_ppm <= 1000000
    AND minimum_use >= 0),
  CONSTRAINT ck_point_policies_discount CHECK ((discount_kind IS NULL) = (discount_value IS NULL)
    AND (discount_kind IS NULL OR discount_kind IN ('FIXED','RATE')) AND (discount_value IS NULL OR discount_value >= 0))
) ${OPTIONS}`;
