import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Routing: how a merchant chooses among its contracts, what a contract takes, planned maintenance of acquirers, the
 * issuers of card prefixes as approvals showed them, and why each payment went where it went.
 * Locks: new columns are added instantly (ALGORITHM=INSTANT); the CHECK copies `merchants`, a table of thousands of
 * rows at most that payments only read. The tables are new.
 */
export class CreateRouting1763700005000 implements MigrationInterface {
  readonly name = 'CreateRouting1763700005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE merchants
         ADD COLUMN routing_strategy VARCHAR(10) ${KEY} NOT NULL DEFAULT 'PRIORITY' AFTER legacy_encryption_allowed,
         ADD COLUMN contracts_version INT UNSIGNED NOT NULL DEFAULT 1 AFTER routing_strategy,
       ALGORITHM=INSTANT`,
    );
    await runner.query(
      `ALTER TABLE merchants ADD CONSTRAINT ck_merchants_routing_strategy
         CHECK (routing_strategy IN ('PRIORITY', 'WEIGHTED', 'ADAPTIVE'))`,
    );
    await runner.query(
      `ALTER TABLE acquirer_contracts
         ADD COLUMN issuers VARCHAR(700) ${KEY} NULL AFTER answer_timeout_ms,
         ADD COLUMN hours VARCHAR(120) ${KEY} NULL AFTER issuers,
         ADD COLUMN removed_at DATETIME(3) NULL AFTER enabled,
       ALGORITHM=INSTANT`,
    );
    for (const table of [MAINTENANCE, CARD_PREFIXES, DECISIONS]) await runner.query(table);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

/** `method` NULL = all methods. From `starts_at` to before `ends_at`. */
const MAINTENANCE = `
CREATE TABLE acquirer_maintenance (
  id VARCHAR(30) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  method VARCHAR(16) ${KEY} NULL,
  starts_at DATETIME(3) NOT NULL,
  ends_at DATETIME(3) NOT NULL,
  reason VARCHAR(200) NOT NULL,
  created_by VARCHAR(80) ${KEY} NOT NULL,
  created_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3),
  PRIMARY KEY (id),
  KEY ix_acquirer_maintenance_ends (ends_at),
  CONSTRAINT ck_acquirer_maintenance_times CHECK (starts_at < ends_at)
) ${OPTIONS}`;

/** The issuer that the last approval with these first six digits showed. */
const CARD_PREFIXES = `
CREATE TABLE card_prefixes (
  first6 CHAR(6) ${KEY} NOT NULL,
  issuer VARCHAR(30) ${KEY} NOT NULL,
  seen_at DATETIME(3) NOT NULL,
  PRIMARY KEY (first6),
  KEY ix_card_prefixes_seen (seen_at)
) ${OPTIONS}`;

/** Why a payment went where it went: an explanation, written after the fact and in batches, purged after 90 days. */
const DECISIONS = `
CREATE TABLE routing_decisions (
  payment_id VARCHAR(30) ${KEY} NOT NULL,
  decided_at DATETIME(3) NOT NULL,
  strategy VARCHAR(10) ${KEY} NOT NULL,
  decision VARCHAR(6000) ${KEY} NOT NULL,
  PRIMARY KEY (payment_id),
  KEY ix_routing_decisions_decided (decided_at)
) ${OPTIONS}`;
