import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Agencies, merchants, branches, the merchants' contracts with acquirers and their keys.
 * Locks: creates new tables only; nothing that exists is touched.
 */
export class CreateMerchants1763700000200 implements MigrationInterface {
  readonly name = 'CreateMerchants1763700000200';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of [AGENCIES, MERCHANTS, BRANCHES, ACQUIRER_CONTRACTS, API_KEYS, ENCRYPTION_KEYS]) {
      await runner.query(table);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';
const CREATED_AT = 'created_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3)';

const AGENCIES = `
CREATE TABLE agencies (
  code VARCHAR(20) ${KEY} NOT NULL,
  name VARCHAR(100) NOT NULL,
  representative VARCHAR(60) NOT NULL,
  phone VARCHAR(20) ${KEY} NOT NULL,
  ${CREATED_AT},
  PRIMARY KEY (code)
) ${OPTIONS}`;

const MERCHANTS = `
CREATE TABLE merchants (
  mid VARCHAR(16) ${KEY} NOT NULL,
  name VARCHAR(100) NOT NULL,
  business_number CHAR(10) ${KEY} NOT NULL,
  representative VARCHAR(60) NOT NULL,
  address VARCHAR(200) NOT NULL,
  phone VARCHAR(20) ${KEY} NOT NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  agency_code VARCHAR(20) ${KEY} NULL,
  legacy_encryption_allowed TINYINT(1) NOT NULL DEFAULT 0,
  ${CREATED_AT},
  PRIMARY KEY (mid),
  KEY ix_merchants_agency_code (agency_code, mid),
  CONSTRAINT fk_merchants_agency_code FOREIGN KEY (agency_code) REFERENCES agencies (code),
  CONSTRAINT ck_merchants_status CHECK (status IN ('ACTIVE', 'SUSPENDED', 'CLOSED')),
  CONSTRAINT ck_merchants_business_number CHECK (business_number REGEXP '^[0-9]{10}$')
) ${OPTIONS}`;

const BRANCHES = `
CREATE TABLE branches (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  name VARCHAR(100) NOT NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  ${CREATED_AT},
  PRIMARY KEY (id),
  KEY ix_branches_mid (mid, id),
  CONSTRAINT fk_branches_mid FOREIGN KEY (mid) REFERENCES merchants (mid),
  CONSTRAINT ck_branches_status CHECK (status IN ('ACTIVE', 'SUSPENDED', 'CLOSED'))
) ${OPTIONS}`;

const ACQUIRER_CONTRACTS = `
CREATE TABLE acquirer_contracts (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  acquirer_merchant_id VARCHAR(64) ${KEY} NOT NULL,
  credentials_sealed VARBINARY(4000) NOT NULL,
  methods VARCHAR(100) ${KEY} NOT NULL,
  priority SMALLINT UNSIGNED NOT NULL,
  weight SMALLINT UNSIGNED NOT NULL,
  amount_min BIGINT NOT NULL,
  amount_max BIGINT NOT NULL,
  daily_limit BIGINT NULL,
  monthly_limit BIGINT NULL,
  connect_timeout_ms INT UNSIGNED NULL,
  answer_timeout_ms INT UNSIGNED NULL,
  enabled TINYINT(1) NOT NULL,
  ${CREATED_AT},
  PRIMARY KEY (id),
  UNIQUE KEY uq_acquirer_contracts_mid_acquirer (mid, acquirer, acquirer_merchant_id),
  CONSTRAINT fk_acquirer_contracts_mid FOREIGN KEY (mid) REFERENCES merchants (mid),
  CONSTRAINT ck_acquirer_contracts_amounts CHECK (0 < amount_min AND amount_min <= amount_max),
  CONSTRAINT ck_acquirer_contracts_limits CHECK (daily_limit > 0 AND monthly_limit > 0),
  CONSTRAINT ck_acquirer_contracts_methods CHECK (methods REGEXP
    '^(CARD|VIRTUAL_ACCOUNT|BANK_TRANSFER|EASY_PAY)(,(CARD|VIRTUAL_ACCOUNT|BANK_TRANSFER|EASY_PAY))*$')
) ${OPTIONS}`;

const API_KEYS = `
CREATE TABLE api_keys (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  secret_hash BINARY(32) NOT NULL,
  hint VARCHAR(20) ${KEY} NOT NULL,
  created_by VARCHAR(80) ${KEY} NOT NULL,
  ${CREATED_AT},
  expires_at DATETIME(3) NULL,
  revoked_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_api_keys_secret_hash (secret_hash),
  KEY ix_api_keys_mid (mid, id),
  CONSTRAINT fk_api_keys_mid FOREIGN KEY (mid) REFERENCES merchants (mid)
) ${OPTIONS}`;

const ENCRYPTION_KEYS = `
CREATE TABLE encryption_keys (
  kid VARCHAR(40) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  key_sealed VARBINARY(100) NOT NULL,
  created_by VARCHAR(80) ${KEY} NOT NULL,
  ${CREATED_AT},
  revoked_at DATETIME(3) NULL,
  PRIMARY KEY (kid),
  KEY ix_encryption_keys_mid (mid, created_at, kid),
  CONSTRAINT fk_encryption_keys_mid FOREIGN KEY (mid) REFERENCES merchants (mid)
) ${OPTIONS}`;
