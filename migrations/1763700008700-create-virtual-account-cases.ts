import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Cases of virtual accounts in a table of their own, so that each is closed by somebody, for a reason, and an account
 * that a payer chose in an acquirer's own window may have one. What was kept beside the accounts moves here.
 * Locks: the table is new; the copy reads the few accounts with a case; the old columns are dropped, which rebuilds
 * nothing and waits only for open transactions on virtual_accounts.
 */
export class CreateVirtualAccountCases1763700008700 implements MigrationInterface {
  readonly name = 'CreateVirtualAccountCases1763700008700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CASES);
    await runner.query(
      `INSERT INTO virtual_account_cases (virtual_account_id, payment_id, mid, acquirer, code, amount, status, opened_at)
       SELECT v.id, v.payment_id, v.mid, p.acquirer, v.case_code, v.case_amount, 'OPEN', v.case_at
       FROM virtual_accounts v JOIN payments p ON p.id = v.payment_id
       WHERE v.case_code IS NOT NULL ORDER BY v.case_at`,
    );
    await runner.query('ALTER TABLE virtual_accounts DROP INDEX ix_virtual_accounts_case');
    await runner.query('ALTER TABLE virtual_accounts DROP CONSTRAINT ck_virtual_accounts_case');
    await runner.query(
      'ALTER TABLE virtual_accounts DROP COLUMN case_code, DROP COLUMN case_amount, DROP COLUMN case_at',
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';

/**
 * `virtual_account_id`: of an account in an acquirer's own window, which has no row, an id that was made for it.
 * `amount`: won that the acquirer named, if any. `open_payment_id` keeps a payment to one open case. Each list goes
 * backwards through one of the indexes, which end with the primary key.
 */
const CASES = `
CREATE TABLE virtual_account_cases (
  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  virtual_account_id VARCHAR(30) ${KEY} NOT NULL,
  payment_id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  code VARCHAR(30) ${KEY} NOT NULL,
  amount BIGINT NULL,
  status VARCHAR(8) ${KEY} NOT NULL,
  opened_at DATETIME(3) NOT NULL,
  closed_at DATETIME(3) NULL,
  closed_by VARCHAR(80) ${KEY} NULL,
  close_reason VARCHAR(200) NULL,
  open_payment_id VARCHAR(30) ${KEY} AS (IF(status = 'OPEN', payment_id, NULL)) STORED,
  PRIMARY KEY (seq),
  UNIQUE KEY uq_virtual_account_cases_open (open_payment_id),
  KEY ix_virtual_account_cases_account (virtual_account_id),
  KEY ix_virtual_account_cases_payment (payment_id),
  KEY ix_virtual_account_cases_status (status),
  KEY ix_virtual_account_cases_mid (mid),
  KEY ix_virtual_account_cases_acquirer (acquirer),
  KEY ix_virtual_account_cases_code (code),
  CONSTRAINT fk_virtual_account_cases_payment FOREIGN KEY (payment_id) REFERENCES payments (id),
  CONSTRAINT ck_virtual_account_cases_status CHECK (status IN ('OPEN', 'CLOSED')),
  CONSTRAINT ck_virtual_account_cases_closed CHECK ((status = 'CLOSED') = (closed_at IS NOT NULL)
    AND (closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (close_reason IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;
