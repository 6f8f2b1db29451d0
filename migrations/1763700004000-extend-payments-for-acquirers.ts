import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How a payment was asked for; which of its cancels may speak to the acquirer; when a cancel was last sent without an
 * answer; what each attempt was asked by; and numbers for acquirers that want us to make up their transaction ids.
 * Locks: the new columns are null or have a constant default and are added instantly; the table is new.
 */
export class ExtendPaymentsForAcquirers1763700004000 implements MigrationInterface {
  readonly name = 'ExtendPaymentsForAcquirers1763700004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE payments ADD COLUMN channel VARCHAR(10) ${KEY} NOT NULL DEFAULT 'KEY_IN' AFTER method,
         ADD COLUMN active_cancel_id VARCHAR(30) ${KEY} NULL AFTER pending_cancel_amount, ALGORITHM=INSTANT`,
    );
    await runner.query(
      `ALTER TABLE payment_cancels ADD COLUMN unanswered_at DATETIME(3) NULL AFTER tries, ALGORITHM=INSTANT`,
    );
    await runner.query(
      `ALTER TABLE payment_attempts ADD COLUMN request_hash CHAR(64) ${KEY} NULL AFTER acquirer_transaction_id,
       ALGORITHM=INSTANT`,
    );
    await runner.query(`
      CREATE TABLE acquirer_sequences (
        contract_id VARCHAR(30) ${KEY} NOT NULL,
        next_number BIGINT UNSIGNED NOT NULL,
        PRIMARY KEY (contract_id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
