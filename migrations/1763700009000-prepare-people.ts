import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Positions of members, members whose service application is not approved yet, messages that concern a member alone,
 * and the tree of agencies.
 * Locks: a new table; `members`, `messages` and `agencies` are rebuilt or changed in place under a short metadata lock.
 * Old processes go on: they name their columns, and every column added has a default.
 */
export class PreparePeople1763700009000 implements MigrationInterface {
  readonly name = 'PreparePeople1763700009000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const STATEMENTS = [
  `ALTER TABLE members ADD COLUMN position VARCHAR(10) ${KEY} NULL AFTER role, DROP CONSTRAINT ck_members_scope`,
  `UPDATE members SET position = 'OWNER' WHERE role IN ('MERCHANT', 'BRANCH')`,
  `ALTER TABLE members
     ADD CONSTRAINT ck_members_scope CHECK (
       (role = 'OPERATOR' AND mid IS NULL AND branch_id IS NULL AND agency_code IS NULL)
       OR (role = 'AGENCY' AND mid IS NULL AND branch_id IS NULL AND agency_code IS NOT NULL)
       OR (role = 'MERCHANT' AND branch_id IS NULL AND agency_code IS NULL)
       OR (role = 'BRANCH' AND mid IS NOT NULL AND branch_id IS NOT NULL AND agency_code IS NULL)),
     ADD CONSTRAINT ck_members_position CHECK (
       (position IS NULL AND role IN ('OPERATOR', 'AGENCY'))
       OR (position IN ('OWNER', 'STAFF') AND role IN ('MERCHANT', 'BRANCH')))`,
  `ALTER TABLE messages MODIFY COLUMN mid VARCHAR(16) ${KEY} NULL`,
  `ALTER TABLE agencies ADD COLUMN parent_code VARCHAR(20) ${KEY} NULL AFTER code,
     ADD CONSTRAINT fk_agencies_parent_code FOREIGN KEY (parent_code) REFERENCES agencies (code)`,
  `CREATE TABLE agency_paths (
     ancestor_code VARCHAR(20) ${KEY} NOT NULL,
     agency_code VARCHAR(20) ${KEY} NOT NULL,
     distance SMALLINT UNSIGNED NOT NULL,
     PRIMARY KEY (ancestor_code, agency_code),
     KEY ix_agency_paths_agency (agency_code, distance),
     CONSTRAINT fk_agency_paths_ancestor FOREIGN KEY (ancestor_code) REFERENCES agencies (code),
     CONSTRAINT fk_agency_paths_agency FOREIGN KEY (agency_code) REFERENCES agencies (code)
   ) ${OPTIONS}`,
  `INSERT INTO agency_paths (ancestor_code, agency_code, distance) SELECT code, code, 0 FROM agencies`,
];
