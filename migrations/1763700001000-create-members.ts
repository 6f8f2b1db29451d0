import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People who can log in.
 * Locks: creates a new table only. Its foreign keys take a short metadata lock on merchants, branches and agencies.
 */
export class CreateMembers1763700001000 implements MigrationInterface {
  readonly name = 'CreateMembers1763700001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MEMBERS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const MEMBERS = `
CREATE TABLE members (
  id VARCHAR(30) ${KEY} NOT NULL,
  login_id VARCHAR(40) ${KEY} NOT NULL,
  password_hash VARCHAR(200) ${KEY} NOT NULL,
  name VARCHAR(60) NOT NULL,
  email VARCHAR(254) ${KEY} NULL,
  phone_sealed VARBINARY(100) NULL,
  role VARCHAR(10) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NULL,
  branch_id VARCHAR(30) ${KEY} NULL,
  agency_code VARCHAR(20) ${KEY} NULL,
  status VARCHAR(10) ${KEY} NOT NULL,
  session_epoch INT UNSIGNED NOT NULL DEFAULT 0,
  last_login_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3),
  PRIMARY KEY (id),
  UNIQUE KEY uq_members_login_id (login_id),
  UNIQUE KEY uq_members_email (email),
  KEY ix_members_mid (mid, id),
  KEY ix_members_branch_id (branch_id, id),
  KEY ix_members_agency_code (agency_code, id),
  CONSTRAINT fk_members_mid FOREIGN KEY (mid) REFERENCES merchants (mid),
  CONSTRAINT fk_members_branch_id FOREIGN KEY (branch_id) REFERENCES branches (id),
  CONSTRAINT fk_members_agency_code FOREIGN KEY (agency_code) REFERENCES agencies (code),
  CONSTRAINT ck_members_login_id CHECK (login_id REGEXP '^[a-z0-9._-]{3,40}$'),
  CONSTRAINT ck_members_email CHECK (email IS NULL OR email = LOWER(email)),
  CONSTRAINT ck_members_status CHECK (status IN ('ACTIVE', 'LOCKED', 'DISABLED')),
  CONSTRAINT ck_members_scope CHECK (
    (role = 'OPERATOR' AND mid IS NULL AND branch_id IS NULL AND agency_code IS NULL)
    OR (role = 'AGENCY' AND mid IS NULL AND branch_id IS NULL AND agency_code IS NOT NULL)
    OR (role = 'MERCHANT' AND mid IS NOT NULL AND branch_id IS NULL AND agency_code IS NULL)
    OR (role = 'BRANCH' AND mid IS NOT NULL AND branch_id IS NOT NULL AND agency_code IS NULL))
) ${OPTIONS}`;
