import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Files, the catalogue of services, service applications with their history, and merchants' settlement accounts.
 * Locks: creates new tables only. Their foreign keys take a short metadata lock on members, merchants and agencies.
 */
export class CreateServiceApplications1763700009300 implements MigrationInterface {
  readonly name = 'CreateServiceApplications1763700009300';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [FILES]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const FILES = `
CREATE TABLE files (
  id VARCHAR(30) ${KEY} NOT NULL,
  uploaded_by VARCHAR(30) ${KEY} NOT NULL,
  name VARCHAR(200) NOT NULL,
  media_type VARCHAR(40) ${KEY} NOT NULL,
  bytes INT UNSIGNED NOT NULL,
  sha256 BINARY(32) NOT NULL,
  storage VARCHAR(10) ${KEY} NOT NULL,
  storage_key VARCHAR(60) ${KEY} NOT NULL,
  state VARCHAR(10) ${KEY} NOT NULL,
  owner_kind VARCHAR(30) ${KEY} NULL,
  owner_id VARCHAR(30) ${KEY} NULL,
  remove_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_files_uploaded_by (uploaded_by, state),
  KEY ix_files_owner (owner_kind, owner_id, id),
  KEY ix_files_remove_at (remove_at),
  CONSTRAINT fk_files_uploaded_by FOREIGN KEY (uploaded_by) REFERENCES members (id),
  CONSTRAINT ck_files_media_type CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg')),
  CONSTRAINT ck_files_storage CHECK (storage IN ('folder', 's3')),
  CONSTRAINT ck_files_state CHECK (
    (state IN ('STORING', 'STORED', 'REMOVING') AND owner_kind IS NULL AND owner_id IS NULL AND remove_at IS NOT NULL)
    OR (state = 'ATTACHED' AND owner_kind IS NOT NULL AND owner_id IS NOT NULL AND remove_at IS NULL))
) ${OPTIONS}`;
