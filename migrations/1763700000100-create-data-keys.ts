import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Data keys, each wrapped by a root key that is not in the database.
 * Locks: creates a new table only; nothing that exists is touched.
 *
 * `mid` is '' for a key of no merchant: a NULL would not take part in the unique key, by which two processes that make
 * the same key at once end up with one.
 */
export class CreateDataKeys1763700000100 implements MigrationInterface {
  readonly name = 'CreateDataKeys1763700000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DATA_KEYS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';

const DATA_KEYS = `
CREATE TABLE data_keys (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  purpose VARCHAR(40) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL DEFAULT '',
  version INT UNSIGNED NOT NULL,
  wrapped VARBINARY(60) NOT NULL,
  root_version INT UNSIGNED NOT NULL,
  created_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3),
  retired_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_data_keys_purpose_mid_version (purpose, mid, version),
  KEY ix_data_keys_root_version (root_version, id),
  CONSTRAINT ck_data_keys_wrapped CHECK (LENGTH(wrapped) = 60),
  CONSTRAINT ck_data_keys_version CHECK (version >= 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;
