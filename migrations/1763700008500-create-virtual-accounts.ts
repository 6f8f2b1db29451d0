import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Virtual accounts, one beside each payment that waits for a deposit, and the account that a refund goes to. The state
 * is the payment's alone; `check_at` is when the worker must ask the acquirer again, set only while it waits.
 * Locks: `channel` is widened and the new columns are null, all instantly; the table is new.
 */
export class CreateVirtualAccounts1763700008500 implements MigrationInterface {
  readonly name = 'CreateVirtualAccounts1763700008500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE payments MODIFY COLUMN channel VARCHAR(16) ${KEY} NOT NULL DEFAULT 'KEY_IN', ALGORITHM=INSTANT`,
    );
    await runner.query(
      `ALTER TABLE payment_cancels ADD COLUMN refund_account_sealed VARBINARY(700) NULL AFTER cancel_key,
         ADD COLUMN refund_bank_code CHAR(3) ${KEY} NULL AFTER refund_account_sealed,
         ADD COLUMN refund_account_masked VARCHAR(30) ${KEY} NULL AFTER refund_bank_code, ALGORITHM=INSTANT`,
    );
    await runner.query(VIRTUAL_ACCOUNTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';

/**
 * `account_sealed` and `deposit_secret_sealed` are null until the acquirer has issued the account. `close_requested_at`:
 * the intent of closing it. `case_code`: what only a person can put right, with the amount that the acquirer names.
 */
const VIRTUAL_ACCOUNTS = `
CREATE TABLE virtual_accounts (
  id VARCHAR(30) ${KEY} NOT NULL,
  payment_id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  bank_code CHAR(3) ${KEY} NOT NULL,
  holder_name VARCHAR(60) NOT NULL,
  account_sealed VARBINARY(200) NULL,
  account_masked VARCHAR(30) ${KEY} NULL,
  deposit_secret_sealed VARBINARY(700) NULL,
  due_at DATETIME(3) NOT NULL,
  issued_at DATETIME(3) NULL,
  deposited_at DATETIME(3) NULL,
  depositor VARCHAR(60) NULL,
  close_requested_at DATETIME(3) NULL,
  close_requested_by VARCHAR(60) NULL,
  ended_at DATETIME(3) NULL,
  check_at DATETIME(3) NULL,
  check_tries SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  case_code VARCHAR(30) ${KEY} NULL,
  case_amount BIGINT NULL,
  case_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_virtual_accounts_payment (payment_id),
  KEY ix_virtual_accounts_check (check_at),
  KEY ix_virtual_accounts_case (case_code),
  CONSTRAINT ck_virtual_accounts_issued CHECK ((issued_at IS NULL) = (account_sealed IS NULL)),
  CONSTRAINT ck_virtual_accounts_case CHECK ((case_code IS NULL) = (case_at IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;
