import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Idempotency keys and the answers they were given.
 * Locks: creates a new table only.
 */
export class CreateIdempotencyKeys1763700002000 implements MigrationInterface {
  readonly name = 'CreateIdempotencyKeys1763700002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE idempotency_keys (
  id BINARY(32) NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  epoch INT UNSIGNED NOT NULL,
  locked_until DATETIME(3) NOT NULL,
  status SMALLINT UNSIGNED NULL,
  content_type VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL,
  answer_sealed MEDIUMBLOB NULL,
  created_at DATETIME(3) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_idempotency_keys_expires (expires_at),
  CONSTRAINT ck_idempotency_keys_state CHECK (state IN ('RUNNING', 'DONE'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
