import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What happens to a settlement after its lines are made: holds, carry-overs, adjustments, and the commission on its fees.
 * Locks: creates new tables, whose foreign keys take a short metadata lock on merchants and settlements; the keys and the
 * column that settlements, settlement_lines and daily_branch_sales gain are added in place, reads and writes go on.
 */
export class CreateSettlementLife1763700009900 implements MigrationInterface {
  readonly name = 'CreateSettlementLife1763700009900';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
    for (const table of ['settlement_carry_overs', 'commission_lines']) {
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

/** `hold_id`: the hold of the whole merchant that a held settlement is under; null = held by itself. */
const EXISTING = [
  `ALTER TABLE settlements ADD COLUMN hold_id VARCHAR(30) ${KEY} NULL,
     ADD KEY ix_settlements_mid_status (mid, status, payout_day, id),
     ADD KEY ix_settlements_status (status, payout_day, id)`,
  'ALTER TABLE settlement_lines ADD KEY ix_settlement_lines_branch (branch_id, captured_day, transaction_seq)',
  'ALTER TABLE daily_branch_sales ADD KEY ix_daily_branch_sales_day (mid, captured_day, branch_id)',
];

/** What of a settlement is a branch's. Adjustments and what is carried over belong to the merchant. */
const BRANCH_TOTALS = `
CREATE TABLE settlement_branch_totals (
  branch_id VARCHAR(30) ${KEY} NOT NULL,
  settlement_id VARCHAR(30) ${KEY} NOT NULL,
  line_count INT UNSIGNED NOT NULL,
  approval_amount BIGINT NOT NULL,
  cancel_amount BIGINT NOT NULL,
  fee BIGINT NOT NULL,
  vat BIGINT NOT NULL,
  PRIMARY KEY (branch_id, settlement_id),
  CONSTRAINT fk_settlement_branch_totals_settlement FOREIGN KEY (settlement_id) REFERENCES settlements (id)
) ${OPTIONS}`;

/** Everything of a merchant is withheld while it has an active one; there is one at most. */
const HOLDS = `
CREATE TABLE settlement_holds (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  reason VARCHAR(200) NOT NULL,
  created_by VARCHAR(80) ${KEY} NOT NULL,
  created_at DATETIME(3) NOT NULL,
  release_reason VARCHAR(200) NULL,
  released_by VARCHAR(80) ${KEY} NULL,
  released_at DATETIME(3) NULL,
  active_mid VARCHAR(16) ${KEY} AS (IF(status = 'ACTIVE', mid, NULL)) PERSISTENT,
  PRIMARY KEY (id),
  UNIQUE KEY uq_settlement_holds_active (active_mid),
  KEY ix_settlement_holds_mid (mid, id),
  CONSTRAINT fk_settlement_holds_mid FOREIGN KEY (mid) REFERENCES merchants (mid),
  CONSTRAINT ck_settlement_holds_status CHECK (status IN ('ACTIVE', 'RELEASED')),
  CONSTRAINT ck_settlement_holds_release CHECK ((status = 'RELEASED') = (released_at IS NOT NULL))
) ${OPTIONS}`;

/** A settlement is carried over once, as a whole: the amount (below zero) counts in the next one. */
const CARRY_OVERS = `
CREATE TABLE settlement_carry_overs (
  from_settlement_id VARCHAR(30) ${KEY} NOT NULL,
  to_settlement_id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  contract_id VARCHAR(30) ${KEY} NOT NULL,
  amount BIGINT NOT NULL,
  occurred_at DATETIME(3) NOT NULL,
  PRIMARY KEY (from_settlement_id),
  KEY ix_settlement_carry_overs_to (to_settlement_id),
  CONSTRAINT fk_settlement_carry_overs_from FOREIGN KEY (from_settlement_id) REFERENCES settlements (id),
  CONSTRAINT fk_settlement_carry_overs_to FOREIGN KEY (to_settlement_id) REFERENCES settlements (id),
  CONSTRAINT ck_settlement_carry_overs CHECK (amount < 0 AND from_settlement_id <> to_settlement_id)
) ${OPTIONS}`;

/** The database itself refuses that who asked for one also approves it. */
const ADJUSTMENTS = `
CREATE TABLE settlement_adjustments (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  contract_id VARCHAR(30) ${KEY} NOT NULL,
  amount BIGINT NOT NULL,
  reason VARCHAR(200) NOT NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  requested_by VARCHAR(80) ${KEY} NOT NULL,
  created_at DATETIME(3) NOT NULL,
  decided_by VARCHAR(80) ${KEY} NULL,
  decided_at DATETIME(3) NULL,
  decision_reason VARCHAR(200) NULL,
  settlement_id VARCHAR(30) ${KEY} NULL,
  PRIMARY KEY (id),
  KEY ix_settlement_adjustments_mid (mid, id),
  KEY ix_settlement_adjustments_status (status, id),
  KEY ix_settlement_adjustments_mid_status (mid, status, id),
  KEY ix_settlement_adjustments_settlement (settlement_id),
  CONSTRAINT fk_settlement_adjustments_mid FOREIGN KEY (mid) REFERENCES merchants (mid),
  CONSTRAINT fk_settlement_adjustments_contract FOREIGN KEY (contract_id) REFERENCES acquirer_contracts (id),
  CONSTRAINT fk_settlement_adjustments_settlement FOREIGN KEY (settlement_id) REFERENCES settlements (id),
  CONSTRAINT ck_settlement_adjustments_amount CHECK (amount <> 0),
  CONSTRAINT ck_settlement_adjustments_status CHECK (status IN ('REQUESTED', 'APPROVED', 'REJECTED')),
  CONSTRAINT ck_settlement_adjustments_second CHECK (status <> 'APPROVED' OR decided_by <> requested_by),
  CONSTRAINT ck_settlement_adjustments_decided CHECK ((status = 'REQUESTED') = (decided_at IS NULL)),
  CONSTRAINT ck_settlement_adjustments_settled CHECK ((status = 'APPROVED') = (settlement_id IS NOT NULL))
) ${OPTIONS}`;

/** Who earns of a merchant's fees under a policy: written and removed within a part's transaction. */
const COMMISSION_PRICES = `
CREATE TABLE settlement_commission_rates (
  mid VARCHAR(16) ${KEY} NOT NULL,
  policy_id VARCHAR(30) ${KEY} NOT NULL,
  earner_kind VARCHAR(6) ${KEY} NOT NULL,
  earner_code VARCHAR(20) ${KEY} NOT NULL,
  rate_ppm INT NOT NULL,
  PRIMARY KEY (mid, policy_id, earner_kind, earner_code)
) ${OPTIONS}`;

/** A share of a line's fee. What it was reckoned by is kept on it. */
const COMMISSION_LINES = `
CREATE TABLE commission_lines (
  transaction_seq BIGINT UNSIGNED NOT NULL,
  earner_kind VARCHAR(6) ${KEY} NOT NULL,
  earner_code VARCHAR(20) ${KEY} NOT NULL,
  payment_id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  captured_day DATE NOT NULL,
  fee BIGINT NOT NULL,
  rate_ppm INT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (transaction_seq, earner_kind, earner_code),
  KEY ix_commission_lines_payment (payment_id, transaction_seq),
  KEY ix_commission_lines_day (captured_day, mid),
  CONSTRAINT ck_commission_lines_kind CHECK (earner_kind IN ('AGENCY', 'SELLER')),
  CONSTRAINT ck_commission_lines_rate CHECK (rate_ppm BETWEEN 0 AND 1000000)
) ${OPTIONS}`;

const DAILY_COMMISSIONS = `
CREATE TABLE daily_commissions (
  earner_kind VARCHAR(6) ${KEY} NOT NULL,
  earner_code VARCHAR(20) ${KEY} NOT NULL,
  captured_day DATE NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  line_count INT UNSIGNED NOT NULL,
  fee BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (earner_kind, earner_code, captured_day, mid),
  KEY ix_daily_commissions_mid (earner_kind, earner_code, mid, captured_day)
) ${OPTIONS}`;

const STATEMENTS = [
  ...EXISTING,
  ...[BRANCH_TOTALS, HOLDS, CARRY_OVERS, ADJUSTMENTS],
  ...[COMMISSION_PRICES, COMMISSION_LINES, DAILY_COMMISSIONS],
];
