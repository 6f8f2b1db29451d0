import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Figures that are summed up as what happened is written down, and how far each has come; the obligations of each day,
 * and what covers them.
 * Locks: the tables are new. Their rows come later, from the worker: until it has caught up, what is read is counted as
 * before. The column of settlement_runs is added at once, the key of payment_cancels in place (LOCK=NONE). Processes of
 * the version before read and write on without any of it.
 */
export class CreateRollUps1763700010300 implements MigrationInterface {
  readonly name = 'CreateRollUps1763700010300';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
    for (const table of ['settlement_covers', 'settlement_obligations']) {
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

/** `rolled_through`: the last row that is summed up; `seen_through`: what may be, some time after `seen_at`. */
const ROLL_UPS = `
CREATE TABLE roll_ups (
  name VARCHAR(30) ${KEY} NOT NULL,
  rolled_through BIGINT UNSIGNED NOT NULL DEFAULT 0,
  seen_through BIGINT UNSIGNED NOT NULL DEFAULT 0,
  seen_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3),
  PRIMARY KEY (name),
  CONSTRAINT ck_roll_ups_order CHECK (rolled_through <= seen_through)
) ${OPTIONS}`;

/** By the day of the request. Three of each: of a branch, of a whole merchant (no branch), of all (no merchant). */
const PAYMENT_COUNTS = `
CREATE TABLE daily_payment_counts (
  mid VARCHAR(16) ${KEY} NOT NULL,
  branch_id VARCHAR(30) ${KEY} NOT NULL,
  created_day DATE NOT NULL,
  total BIGINT NOT NULL,
  completed BIGINT NOT NULL,
  cancelled BIGINT NOT NULL,
  pending BIGINT NOT NULL,
  failed BIGINT NOT NULL,
  total_amount BIGINT NOT NULL,
  cancelled_amount BIGINT NOT NULL,
  PRIMARY KEY (mid, branch_id, created_day)
) ${OPTIONS}`;

/** Movements of days that are not settled yet; removed once they are. */
const OPEN_DAY_SALES = `
CREATE TABLE open_day_sales (
  captured_day DATE NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  branch_id VARCHAR(30) ${KEY} NOT NULL,
  method VARCHAR(16) ${KEY} NOT NULL,
  approval_count BIGINT NOT NULL,
  approval_amount BIGINT NOT NULL,
  cancel_count BIGINT NOT NULL,
  cancel_amount BIGINT NOT NULL,
  PRIMARY KEY (captured_day, mid, branch_id, method)
) ${OPTIONS}`;

/** Sales of all merchants together, of days whose run has \`totals_at\`. */
const DAILY_SALES = `
CREATE TABLE daily_sales (
  captured_day DATE NOT NULL,
  method VARCHAR(16) ${KEY} NOT NULL,
  approval_count BIGINT NOT NULL,
  approval_amount BIGINT NOT NULL,
  cancel_count BIGINT NOT NULL,
  cancel_amount BIGINT NOT NULL,
  fee BIGINT NOT NULL,
  vat BIGINT NOT NULL,
  PRIMARY KEY (captured_day, method)
) ${OPTIONS}`;

/** By how much a day changed what a merchant is owed: payable and withheld, won. */
const MERCHANT_BALANCES = `
CREATE TABLE daily_merchant_balances (
  mid VARCHAR(16) ${KEY} NOT NULL,
  recorded_day DATE NOT NULL,
  payable BIGINT NOT NULL,
  held BIGINT NOT NULL,
  PRIMARY KEY (mid, recorded_day)
) ${OPTIONS}`;

/** What covers settlement funds from a day on: of one kind at one institution the latest said holds. */
const COVERS = `
CREATE TABLE settlement_covers (
  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  id VARCHAR(30) ${KEY} NOT NULL,
  kind VARCHAR(10) ${KEY} NOT NULL,
  institution VARCHAR(60) NOT NULL,
  amount BIGINT NOT NULL,
  effective_from DATE NOT NULL,
  reason VARCHAR(200) NOT NULL,
  created_by VARCHAR(80) ${KEY} NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (seq),
  UNIQUE KEY uq_settlement_covers_id (id),
  CONSTRAINT ck_settlement_covers_kind CHECK (kind IN ('TRUST', 'DEPOSIT', 'GUARANTEE')),
  CONSTRAINT ck_settlement_covers_amount CHECK (amount >= 0)
) ${OPTIONS}`;

/** The obligations at the end of a Korean day, kept once. */
const OBLIGATIONS = `
CREATE TABLE settlement_obligations (
  day DATE NOT NULL,
  held BIGINT NOT NULL,
  payable_settled BIGINT NOT NULL,
  payable_unsettled BIGINT NOT NULL,
  merchant_debt BIGINT NOT NULL,
  pending_cancels BIGINT NOT NULL,
  deposits_to_return BIGINT NOT NULL,
  obligation BIGINT AS (held + payable_settled + payable_unsettled + merchant_debt + pending_cancels
    + deposits_to_return) PERSISTENT,
  cover_ratio_ppm INT NOT NULL,
  required_cover BIGINT NOT NULL,
  registered_cover BIGINT NOT NULL,
  shortfall BIGINT AS (GREATEST(required_cover - registered_cover, 0)) PERSISTENT,
  recorded_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3),
  PRIMARY KEY (day),
  CONSTRAINT ck_settlement_obligations_ratio CHECK (cover_ratio_ppm BETWEEN 0 AND 1000000)
) ${OPTIONS}`;

const STATEMENTS = [
  ...[ROLL_UPS, PAYMENT_COUNTS, OPEN_DAY_SALES, DAILY_SALES, MERCHANT_BALANCES, COVERS, OBLIGATIONS],
  `INSERT INTO roll_ups (name) VALUES ('payment-counts'), ('open-day-sales'), ('merchant-balances')`,
  'ALTER TABLE settlement_runs ADD COLUMN totals_at DATETIME(3) NULL',
  `ALTER TABLE payment_cancels ADD KEY ix_payment_cancels_status (status, cancelled_at), ALGORITHM=INPLACE, LOCK=NONE`,
];
