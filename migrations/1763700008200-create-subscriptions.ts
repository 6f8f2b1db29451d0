import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Subscriptions and the charges of their periods: one row for each period for ever, by a unique key.
 * Locks: creates new tables only.
 */
export class CreateSubscriptions1763700008200 implements MigrationInterface {
  readonly name = 'CreateSubscriptions1763700008200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SUBSCRIPTIONS);
    await runner.query(CHARGES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const DAY = `CHAR(10) ${KEY}`;
const TABLE = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const SUBSCRIPTIONS = `
CREATE TABLE subscriptions (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  status VARCHAR(12) ${KEY} NOT NULL,
  version INT UNSIGNED NOT NULL,
  billing_key_id VARCHAR(30) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  goods_name VARCHAR(100) NOT NULL,
  buyer_name VARCHAR(60) NULL,
  amount BIGINT NOT NULL,
  tax_free_amount BIGINT NOT NULL,
  interval_unit VARCHAR(5) ${KEY} NOT NULL,
  interval_count SMALLINT UNSIGNED NOT NULL,
  start_on ${DAY} NOT NULL,
  anchor_on ${DAY} NOT NULL,
  trial_days SMALLINT UNSIGNED NOT NULL,
  total_count INT UNSIGNED NULL,
  end_on ${DAY} NULL,
  missed_policy VARCHAR(14) ${KEY} NOT NULL,
  notice_days TINYINT UNSIGNED NOT NULL,
  next_period INT UNSIGNED NOT NULL,
  next_charge_on ${DAY} NULL,
  notice_on ${DAY} NULL,
  cancel_at_period_end TINYINT NOT NULL DEFAULT 0,
  ended_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_subscriptions_mid (mid, id),
  KEY ix_subscriptions_due (status, next_charge_on),
  KEY ix_subscriptions_notice (status, notice_on)
) ${TABLE}`;

const CHARGES = `
CREATE TABLE subscription_charges (
  id VARCHAR(30) ${KEY} NOT NULL,
  subscription_id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  period INT UNSIGNED NOT NULL,
  charge_on ${DAY} NOT NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  version INT UNSIGNED NOT NULL,
  billing_key_id VARCHAR(30) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  goods_name VARCHAR(100) NOT NULL,
  buyer_name VARCHAR(60) NULL,
  amount BIGINT NOT NULL,
  tax_free_amount BIGINT NOT NULL,
  try_number SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  sends SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  waits SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  order_no VARCHAR(40) ${KEY} NULL,
  payment_id VARCHAR(30) ${KEY} NULL,
  first_failed_on ${DAY} NULL,
  failure_code VARCHAR(40) ${KEY} NULL,
  due_on ${DAY} NULL,
  lease_until DATETIME(3) NULL,
  ended_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_subscription_charges_period (subscription_id, period),
  UNIQUE KEY uq_subscription_charges_order (order_no),
  KEY ix_subscription_charges_due (due_on, lease_until)
) ${TABLE}`;
