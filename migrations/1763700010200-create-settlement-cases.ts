import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Merchants that a daily run could not settle and what a person has to mend, and the parts of runs that wait for it.
 * Locks: a new table; `settlement_run_parts` (a few rows a day) is rebuilt within moments, while its writes wait. Processes
 * of the version before go on: they add no such parts, and one that they take up and cannot settle stops them as before.
 */
export class CreateSettlementCases1763700010200 implements MigrationInterface {
  readonly name = 'CreateSettlementCases1763700010200';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [CASES, PARTS]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';

/** `first_day`: the first day of capture that waits. A merchant has one open case at a time. */
const CASES = `
CREATE TABLE settlement_cases (
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  code VARCHAR(40) ${KEY} NOT NULL,
  first_day DATE NOT NULL,
  created_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3),
  tried_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3),
  closed_at DATETIME(3) NULL,
  open_mid VARCHAR(16) ${KEY} AS (IF(status = 'OPEN', mid, NULL)) PERSISTENT,
  PRIMARY KEY (id),
  UNIQUE KEY uq_settlement_cases_open (open_mid),
  KEY ix_settlement_cases_mid (mid, id),
  CONSTRAINT ck_settlement_cases_status CHECK (status IN ('OPEN', 'CLOSED')),
  CONSTRAINT ck_settlement_cases_closed CHECK ((status = 'CLOSED') = (closed_at IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;

/** A part with a case is one merchant that was left out of the day's other parts: it may be settled long after them. */
const PARTS = `
ALTER TABLE settlement_run_parts
  MODIFY COLUMN part INT UNSIGNED NOT NULL,
  ADD COLUMN case_id VARCHAR(30) ${KEY} NULL,
  ADD KEY ix_settlement_run_parts_case (case_id, done_at, captured_day),
  ADD CONSTRAINT fk_settlement_run_parts_case FOREIGN KEY (case_id) REFERENCES settlement_cases (id)`;
