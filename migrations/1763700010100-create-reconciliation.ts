import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What acquirers list of a day's movements and settlements, the daily comparisons with ours, and their breaks as cases.
 * Locks: creates new tables only; their foreign keys take a short metadata lock on acquirer_contracts.
 */
export class CreateReconciliation1763700010100 implements MigrationInterface {
  readonly name = 'CreateReconciliation1763700010100';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [MOVEMENTS, SETTLEMENT_LINES, RUNS, CASES, CASE_EVENTS])
      await runner.query(statement);
    for (const action of ['UPDATE', 'DELETE']) {
      await runner.query(
        `CREATE TRIGGER reconciliation_case_events_no_${action.toLowerCase()} BEFORE ${action}
         ON reconciliation_case_events FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'APPEND_ONLY'`,
      );
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

/** `withdrawn_at`: a later reading of its day did not have it any more. The row stays. */
const LISTED = `
  contract_id VARCHAR(30) ${KEY} NOT NULL,
  movement_key VARCHAR(200) ${KEY} NOT NULL,
  kind VARCHAR(10) ${KEY} NOT NULL,
  acquirer_order_no VARCHAR(200) ${KEY} NOT NULL,
  acquirer_transaction_id VARCHAR(200) ${KEY} NOT NULL,
  amount BIGINT NOT NULL,
  occurred_at DATETIME(3) NOT NULL,
  listed_day DATE NOT NULL,
  first_seen_at DATETIME(3) NOT NULL,
  seen_at DATETIME(3) NOT NULL,
  withdrawn_at DATETIME(3) NULL`;

const MOVEMENTS = `
CREATE TABLE acquirer_movements (${LISTED},
  PRIMARY KEY (contract_id, movement_key, kind),
  KEY ix_acquirer_movements_time (contract_id, occurred_at),
  KEY ix_acquirer_movements_day (contract_id, listed_day, seen_at),
  KEY ix_acquirer_movements_transaction (contract_id, acquirer_transaction_id),
  CONSTRAINT fk_acquirer_movements_contract FOREIGN KEY (contract_id) REFERENCES acquirer_contracts (id),
  CONSTRAINT ck_acquirer_movements CHECK (kind IN ('APPROVAL', 'CANCEL') AND amount >= 0)
) ${OPTIONS}`;

/** Fee, VAT and net of a cancel are negative. */
const SETTLEMENT_LINES = `
CREATE TABLE acquirer_settlement_lines (${LISTED},
  fee BIGINT NOT NULL,
  vat BIGINT NOT NULL,
  net BIGINT NOT NULL,
  payout_day DATE NOT NULL,
  PRIMARY KEY (contract_id, movement_key, kind),
  KEY ix_acquirer_settlement_lines_time (contract_id, occurred_at),
  KEY ix_acquirer_settlement_lines_day (contract_id, listed_day, seen_at),
  KEY ix_acquirer_settlement_lines_transaction (contract_id, acquirer_transaction_id),
  CONSTRAINT fk_acquirer_settlement_lines_contract FOREIGN KEY (contract_id) REFERENCES acquirer_contracts (id),
  CONSTRAINT ck_acquirer_settlement_lines CHECK (kind IN ('APPROVAL', 'CANCEL') AND amount >= 0)
) ${OPTIONS}`;

/**
 * One for each contract, list and Korean day. `due_at`: when a worker may take it (again), and the lease of the one that
 * has it; null = nothing is left to do. `claim` is the fence of whoever took it last.
 */
const RUNS = `
CREATE TABLE reconciliation_runs (
  id VARCHAR(30) ${KEY} NOT NULL,
  day DATE NOT NULL,
  list VARCHAR(12) ${KEY} NOT NULL,
  contract_id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  basis VARCHAR(8) ${KEY} NOT NULL,
  status VARCHAR(12) ${KEY} NOT NULL,
  due_at DATETIME(3) NULL,
  claim INT UNSIGNED NOT NULL DEFAULT 0,
  tries SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  listed_count INT UNSIGNED NULL,
  own_count INT UNSIGNED NULL,
  difference_count INT UNSIGNED NULL,
  open_count INT UNSIGNED NULL,
  failure VARCHAR(60) ${KEY} NULL,
  requested_by VARCHAR(80) ${KEY} NOT NULL,
  created_at DATETIME(3) NOT NULL,
  started_at DATETIME(3) NULL,
  finished_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_reconciliation_runs_day (contract_id, list, day),
  KEY ix_reconciliation_runs_due (due_at),
  KEY ix_reconciliation_runs_mid (mid, id),
  CONSTRAINT fk_reconciliation_runs_contract FOREIGN KEY (contract_id) REFERENCES acquirer_contracts (id),
  CONSTRAINT ck_reconciliation_runs_list CHECK (list IN ('MOVEMENTS', 'SETTLEMENTS')),
  CONSTRAINT ck_reconciliation_runs_basis CHECK (basis IN ('LIST', 'INQUIRY')),
  CONSTRAINT ck_reconciliation_runs_status CHECK (status IN ('WAITING', 'RUNNING', 'DONE', 'UNREADABLE'))
) ${OPTIONS}`;

/**
 * A break opens once: `standing` is null only of those that a later list explained, so that the same finding may be
 * opened again after that, and never after a person has resolved it.
 */
const CASES = `
CREATE TABLE reconciliation_cases (
  id VARCHAR(30) ${KEY} NOT NULL,
  run_id VARCHAR(30) ${KEY} NOT NULL,
  finding_key CHAR(64) ${KEY} NOT NULL,
  kind VARCHAR(24) ${KEY} NOT NULL,
  day DATE NOT NULL,
  list VARCHAR(12) ${KEY} NOT NULL,
  contract_id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  movement_kind VARCHAR(10) ${KEY} NULL,
  payment_id VARCHAR(30) ${KEY} NULL,
  source_id VARCHAR(30) ${KEY} NULL,
  movement_key VARCHAR(200) ${KEY} NULL,
  acquirer_order_no VARCHAR(200) ${KEY} NULL,
  acquirer_transaction_id VARCHAR(200) ${KEY} NULL,
  own_amount BIGINT NULL,
  own_state VARCHAR(60) ${KEY} NULL,
  acquirer_amount BIGINT NULL,
  acquirer_state VARCHAR(60) ${KEY} NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  version INT UNSIGNED NOT NULL,
  owner_id VARCHAR(30) ${KEY} NULL,
  opened_at DATETIME(3) NOT NULL,
  confirmed_at DATETIME(3) NOT NULL,
  resolution VARCHAR(24) ${KEY} NULL,
  note VARCHAR(500) NULL,
  resolved_by VARCHAR(80) ${KEY} NULL,
  resolved_at DATETIME(3) NULL,
  standing TINYINT(1) AS (IF(resolution = 'EXPLAINED_BY_LATER_LIST', NULL, 1)) PERSISTENT,
  PRIMARY KEY (id),
  UNIQUE KEY uq_reconciliation_cases_finding (contract_id, finding_key, standing),
  KEY ix_reconciliation_cases_run (run_id, confirmed_at),
  KEY ix_reconciliation_cases_status (status, id),
  KEY ix_reconciliation_cases_mid (mid, id),
  KEY ix_reconciliation_cases_kind (kind, id),
  KEY ix_reconciliation_cases_acquirer (acquirer, id),
  KEY ix_reconciliation_cases_owner (owner_id, id),
  KEY ix_reconciliation_cases_open (status, kind, opened_at),
  CONSTRAINT fk_reconciliation_cases_run FOREIGN KEY (run_id) REFERENCES reconciliation_runs (id),
  CONSTRAINT ck_reconciliation_cases_kind CHECK (kind IN ('MISSING_HERE', 'MISSING_THERE', 'AMOUNT_DIFFERS',
    'CANCEL_DIFFERS', 'STATE_DIFFERS', 'LIST_UNREADABLE', 'NOT_SETTLED_THERE', 'SETTLED_AMOUNT_DIFFERS', 'FEE_DIFFERS')),
  CONSTRAINT ck_reconciliation_cases_status CHECK (status IN ('OPEN', 'ASSIGNED', 'RESOLVED')),
  CONSTRAINT ck_reconciliation_cases_owner CHECK (status <> 'ASSIGNED' OR owner_id IS NOT NULL),
  CONSTRAINT ck_reconciliation_cases_resolved CHECK ((status = 'RESOLVED') = (resolution IS NOT NULL)
    AND (status = 'RESOLVED') = (resolved_at IS NOT NULL) AND (status = 'RESOLVED') = (resolved_by IS NOT NULL))
) ${OPTIONS}`;

const CASE_EVENTS = `
CREATE TABLE reconciliation_case_events (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  case_id VARCHAR(30) ${KEY} NOT NULL,
  from_status VARCHAR(10) ${KEY} NULL,
  to_status VARCHAR(10) ${KEY} NOT NULL,
  actor VARCHAR(80) ${KEY} NOT NULL,
  owner_id VARCHAR(30) ${KEY} NULL,
  resolution VARCHAR(24) ${KEY} NULL,
  note VARCHAR(500) NULL,
  occurred_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_reconciliation_case_events_case (case_id, id),
  CONSTRAINT fk_reconciliation_case_events_case FOREIGN KEY (case_id) REFERENCES reconciliation_cases (id)
) ${OPTIONS}`;
