import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What lists still lacked for a page to cost the same at every depth: an operator's search within one merchant by role
 * and status, agencies below one by name, and the merchants of an agency's tree.
 * Locks: a new table; the indexes on `members` are built in place while they are read and
 * written, with a short metadata lock at the start and the end; `agency_paths` is small and changed in place. The
 * triggers on `merchants` and `agency_paths` take a short metadata lock. Old processes go on: the column added has a
 * default, and nothing names the index that gets another name.
 */
export class IndexEveryList1763700009450 implements MigrationInterface {
  readonly name = 'IndexEveryList1763700009450';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...MEMBERS, ...AGENCY_PATHS, ...AGENCY_MERCHANTS]) {
      await runner.query(statement);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const MEMBERS = [
  'ALTER TABLE members RENAME INDEX ix_members_mid_role TO ix_members_mid_role_position',
  `ALTER TABLE members
     ADD KEY ix_members_mid_role (mid, role, id),
     ADD KEY ix_members_mid_status (mid, status, id),
     ADD KEY ix_members_mid_role_status (mid, role, status, id),
     ADD KEY ix_members_mid_role_login (mid, role, login_id),
     ADD KEY ix_members_mid_status_login (mid, status, login_id),
     ADD KEY ix_members_mid_role_status_login (mid, role, status, login_id)`,
];

/** The agency's name, which never changes, stands with each path, so that a tree is searched in the order of names. */
const AGENCY_PATHS = [
  `ALTER TABLE agency_paths ADD COLUMN agency_name VARCHAR(100) NOT NULL DEFAULT '' AFTER agency_seq,
     ADD KEY ix_agency_paths_name (ancestor_code, agency_name, agency_code)`,
  'UPDATE agency_paths p JOIN agencies a ON a.code = p.agency_code SET p.agency_name = a.name',
];

const BROUGHT_BY = (code: string) =>
  `INSERT INTO agency_merchants (ancestor_code, mid)
   SELECT p.ancestor_code, NEW.mid FROM agency_paths p WHERE p.agency_code = ${code} LOCK IN SHARE MODE`;

/**
 * A row for each merchant and each agency that it is below: always the join of `merchants` and `agency_paths`, whoever
 * writes those. Both sides read the other with locks, so that a merchant added while its agency moves is not missed.
 */
const AGENCY_MERCHANTS = [
  `CREATE TABLE agency_merchants (
     ancestor_code VARCHAR(20) ${KEY} NOT NULL,
     mid VARCHAR(16) ${KEY} NOT NULL,
     PRIMARY KEY (ancestor_code, mid),
     KEY ix_agency_merchants_mid (mid),
     CONSTRAINT fk_agency_merchants_ancestor FOREIGN KEY (ancestor_code) REFERENCES agencies (code),
     CONSTRAINT fk_agency_merchants_mid FOREIGN KEY (mid) REFERENCES merchants (mid) ON DELETE CASCADE
   ) ${OPTIONS}`,
  `CREATE TRIGGER merchants_brought AFTER INSERT ON merchants FOR EACH ROW
   ${BROUGHT_BY('NEW.agency_code')}`,
  `CREATE TRIGGER merchants_moved AFTER UPDATE ON merchants FOR EACH ROW
   IF NOT (OLD.agency_code <=> NEW.agency_code) THEN
     DELETE FROM agency_merchants WHERE mid = NEW.mid;
     ${BROUGHT_BY('NEW.agency_code')};
   END IF`,
  `CREATE TRIGGER agency_paths_added AFTER INSERT ON agency_paths FOR EACH ROW
   INSERT INTO agency_merchants (ancestor_code, mid)
   SELECT NEW.ancestor_code, m.mid FROM merchants m WHERE m.agency_code = NEW.agency_code LOCK IN SHARE MODE`,
  `CREATE TRIGGER agency_paths_removed AFTER DELETE ON agency_paths FOR EACH ROW
   DELETE v FROM agency_merchants v JOIN merchants m ON m.mid = v.mid
    WHERE v.ancestor_code = OLD.ancestor_code AND m.agency_code = OLD.agency_code`,
  `INSERT INTO agency_merchants (ancestor_code, mid)
   SELECT p.ancestor_code, m.mid FROM merchants m JOIN agency_paths p ON p.agency_code = m.agency_code`,
];
