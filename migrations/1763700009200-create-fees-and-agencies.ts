import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Fee tiers and merchants' fee policies; what an agency is besides its name, sellers, and the commission of both.
 * Locks: five new tables. `agencies` and `agency_paths` are rebuilt: they are small, and writes to them wait meanwhile;
 * reads go on. Old processes go on: they name their columns, and every column added has a default.
 */
export class CreateFeesAndAgencies1763700009200 implements MigrationInterface {
  readonly name = 'CreateFeesAndAgencies1763700009200';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
    for (const table of ['fee_tiers', 'fee_policies', 'commission_rates']) {
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

const FEE_TIERS = `
CREATE TABLE fee_tiers (
  tier VARCHAR(10) ${KEY} NOT NULL,
  effective_from DATE NOT NULL,
  yearly_sales_max BIGINT NULL,
  credit_rate_ppm INT UNSIGNED NOT NULL,
  check_rate_ppm INT UNSIGNED NOT NULL,
  credit_cost_ppm INT UNSIGNED NOT NULL,
  check_cost_ppm INT UNSIGNED NOT NULL,
  bank_transfer_rate_ppm INT UNSIGNED NOT NULL,
  bank_transfer_minimum_fee BIGINT NOT NULL,
  virtual_account_fee BIGINT NOT NULL,
  PRIMARY KEY (tier, effective_from),
  CONSTRAINT ck_fee_tiers_tier CHECK (tier IN ('SMALL','MEDIUM_1','MEDIUM_2','MEDIUM_3','GENERAL')),
  CONSTRAINT ck_fee_tiers_money CHECK (yearly_sales_max > 0 AND bank_transfer_minimum_fee >= 0
    AND virtual_account_fee >= 0),
  CONSTRAINT ck_fee_tiers_rates CHECK (credit_rate_ppm <= 1000000 AND check_rate_ppm <= 1000000
    AND credit_cost_ppm <= 1000000 AND check_cost_ppm <= 1000000 AND bank_transfer_rate_ppm <= 1000000)
) ${OPTIONS}`;

/**
 * Cost: the card rates that the Financial Services Commission set for small merchants from 14 February 2025 (release of
 * 17 December 2024), and the 2.3 % that a card company may take at most of others. Rate: this gateway's own default, 1.1
 * points of a percent above it.
 */
const FIRST_TIERS = `
INSERT INTO fee_tiers (tier, effective_from, yearly_sales_max, credit_rate_ppm, check_rate_ppm, credit_cost_ppm,
  check_cost_ppm, bank_transfer_rate_ppm, bank_transfer_minimum_fee, virtual_account_fee) VALUES
  ('SMALL', '2025-02-14', 300000000, 15000, 12500, 4000, 1500, 18000, 200, 300),
  ('MEDIUM_1', '2025-02-14', 500000000, 21000, 18500, 10000, 7500, 18000, 200, 300),
  ('MEDIUM_2', '2025-02-14', 1000000000, 22500, 20000, 11500, 9000, 18000, 200, 300),
  ('MEDIUM_3', '2025-02-14', 3000000000, 25500, 22500, 14500, 11500, 18000, 200, 300),
  ('GENERAL', '2025-02-14', NULL, 34000, 34000, 23000, 23000, 18000, 200, 300)`;

/** `scope` holds the parts that the policy names as one text: rows of one scope follow one another. */
const FEE_POLICIES = `
CREATE TABLE fee_policies (
  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  scope VARCHAR(200) ${KEY} NOT NULL,
  branch_id VARCHAR(30) ${KEY} NULL,
  acquirer VARCHAR(20) ${KEY} NULL,
  card_issuer VARCHAR(30) ${KEY} NULL,
  card_type VARCHAR(10) ${KEY} NULL,
  method VARCHAR(16) ${KEY} NULL,
  amount_min BIGINT NULL,
  amount_max BIGINT NULL,
  effective_from DATE NOT NULL,
  ended TINYINT(1) NOT NULL,
  rate_ppm INT UNSIGNED NOT NULL,
  fixed_fee BIGINT NOT NULL,
  minimum_fee BIGINT NOT NULL,
  acquirer_cost_ppm INT UNSIGNED NOT NULL,
  agency_commission_ppm INT UNSIGNED NULL,
  seller_commission_ppm INT UNSIGNED NULL,
  tier VARCHAR(10) ${KEY} NULL,
  tier_part VARCHAR(16) ${KEY} NULL,
  reason VARCHAR(200) NOT NULL,
  created_by VARCHAR(80) ${KEY} NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (seq),
  UNIQUE KEY uq_fee_policies_id (id),
  UNIQUE KEY uq_fee_policies_tier_part (mid, tier_part),
  KEY ix_fee_policies_mid (mid, seq),
  KEY ix_fee_policies_scope (mid, scope, effective_from, seq),
  CONSTRAINT fk_fee_policies_mid FOREIGN KEY (mid) REFERENCES merchants (mid),
  CONSTRAINT fk_fee_policies_branch FOREIGN KEY (mid, branch_id) REFERENCES branches (mid, id),
  CONSTRAINT ck_fee_policies_names CHECK (card_type IN ('CREDIT','CHECK','GIFT','UNKNOWN')
    AND method IN ('CARD','VIRTUAL_ACCOUNT','BANK_TRANSFER','EASY_PAY')
    AND tier IN ('SMALL','MEDIUM_1','MEDIUM_2','MEDIUM_3','GENERAL')),
  CONSTRAINT ck_fee_policies_rates CHECK (rate_ppm <= 1000000 AND acquirer_cost_ppm <= 1000000
    AND COALESCE(agency_commission_ppm, 0) + COALESCE(seller_commission_ppm, 0) <= 1000000),
  CONSTRAINT ck_fee_policies_money CHECK (fixed_fee >= 0 AND minimum_fee >= 0),
  CONSTRAINT ck_fee_policies_band CHECK (amount_min >= 0 AND amount_max >= 0 AND amount_min <= amount_max),
  CONSTRAINT ck_fee_policies_ended CHECK (ended = 0 OR scope <> '*|*|*|*|*|*|*')
) ${OPTIONS}`;

/** The last number given to a code of each kind. Its row is also what changes of the tree are made one by one under. */
const CODE_NUMBERS = `
CREATE TABLE code_numbers (
  kind VARCHAR(10) ${KEY} NOT NULL,
  last_number INT UNSIGNED NOT NULL,
  PRIMARY KEY (kind),
  CONSTRAINT ck_code_numbers_kind CHECK (kind IN ('AGENCY','SELLER'))
) ${OPTIONS}`;

const SELLERS = `
CREATE TABLE sellers (
  seq INT UNSIGNED NOT NULL AUTO_INCREMENT,
  code VARCHAR(20) ${KEY} NOT NULL,
  name VARCHAR(100) NOT NULL,
  business_number CHAR(10) ${KEY} NULL,
  phone_sealed VARBINARY(100) NOT NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  PRIMARY KEY (code),
  UNIQUE KEY uq_sellers_seq (seq),
  KEY ix_sellers_name (name, code),
  CONSTRAINT ck_sellers_status CHECK (status IN ('ACTIVE','SUSPENDED','CLOSED')),
  CONSTRAINT ck_sellers_business_number CHECK (business_number REGEXP '^[0-9]{10}$')
) ${OPTIONS}`;

/** `seq` is the order in which agencies were registered: a list of them goes by it, the newest first. */
const AGENCIES = `
ALTER TABLE agencies
  ADD COLUMN seq INT UNSIGNED NOT NULL AUTO_INCREMENT FIRST,
  ADD COLUMN business_number CHAR(10) ${KEY} NULL AFTER name,
  ADD COLUMN email VARCHAR(254) ${KEY} NULL AFTER phone,
  ADD COLUMN status VARCHAR(10) ${KEY} NOT NULL DEFAULT 'ACTIVE' AFTER email,
  ADD COLUMN seller_code VARCHAR(20) ${KEY} NULL AFTER status,
  ADD COLUMN bank_code CHAR(3) ${KEY} NULL AFTER seller_code,
  ADD COLUMN account_sealed VARBINARY(600) NULL AFTER bank_code,
  ADD COLUMN version INT UNSIGNED NOT NULL DEFAULT 1 AFTER account_sealed,
  ADD COLUMN updated_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3) AFTER created_at,
  ADD UNIQUE KEY uq_agencies_seq (seq),
  ADD UNIQUE KEY uq_agencies_business_number (business_number),
  ADD KEY ix_agencies_name (name, code),
  ADD CONSTRAINT fk_agencies_seller_code FOREIGN KEY (seller_code) REFERENCES sellers (code),
  ADD CONSTRAINT ck_agencies_status CHECK (status IN ('ACTIVE','SUSPENDED','CLOSED')),
  ADD CONSTRAINT ck_agencies_business_number CHECK (business_number REGEXP '^[0-9]{10}$'),
  ADD CONSTRAINT ck_agencies_account CHECK ((bank_code IS NULL) = (account_sealed IS NULL))`;

/** The agency's place in the list stands with each path, so that a list of a tree is read in order. */
const AGENCY_PATHS = [
  `ALTER TABLE agency_paths ADD COLUMN agency_seq INT UNSIGNED NOT NULL DEFAULT 0 AFTER agency_code,
     ADD KEY ix_agency_paths_seq (ancestor_code, agency_seq)`,
  `UPDATE agency_paths p JOIN agencies a ON a.code = p.agency_code SET p.agency_seq = a.seq`,
];

/** Of the fee, from a Korean day on; a row is of an agency or of a seller. */
const COMMISSION_RATES = `
CREATE TABLE commission_rates (
  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  id VARCHAR(30) ${KEY} NOT NULL,
  agency_code VARCHAR(20) ${KEY} NULL,
  seller_code VARCHAR(20) ${KEY} NULL,
  effective_from DATE NOT NULL,
  rate_ppm INT UNSIGNED NOT NULL,
  reason VARCHAR(200) NOT NULL,
  created_by VARCHAR(80) ${KEY} NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (seq),
  UNIQUE KEY uq_commission_rates_id (id),
  KEY ix_commission_rates_agency (agency_code, effective_from, seq),
  KEY ix_commission_rates_agency_seq (agency_code, seq),
  KEY ix_commission_rates_seller (seller_code, effective_from, seq),
  KEY ix_commission_rates_seller_seq (seller_code, seq),
  CONSTRAINT fk_commission_rates_agency FOREIGN KEY (agency_code) REFERENCES agencies (code),
  CONSTRAINT fk_commission_rates_seller FOREIGN KEY (seller_code) REFERENCES sellers (code),
  CONSTRAINT ck_commission_rates_owner CHECK ((agency_code IS NULL) <> (seller_code IS NULL)),
  CONSTRAINT ck_commission_rates_rate CHECK (rate_ppm <= 1000000)
) ${OPTIONS}`;

const STATEMENTS = [
  FEE_TIERS,
  FIRST_TIERS,
  FEE_POLICIES,
  CODE_NUMBERS,
  SELLERS,
  AGENCIES,
  ...AGENCY_PATHS,
  COMMISSION_RATES,
  `INSERT INTO code_numbers (kind, last_number) SELECT 'AGENCY', COALESCE(MAX(CAST(SUBSTRING(code, 3) AS UNSIGNED)), 0)
     FROM agencies WHERE code REGEXP '^AG[0-9]{4,8}$'`,
  `INSERT INTO code_numbers (kind, last_number) VALUES ('SELLER', 0)`,
];
