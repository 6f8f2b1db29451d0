import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What branches are besides a name, the history of their states, their invitations by SMS; notices; and indexes by
 * which the audit trail is searched. Phone numbers are sealed, tokens are kept as hashes only.
 * Locks: new tables; `branches` gets columns and indexes in place; the indexes on `audit_logs` are built in place while
 * it is read and written, with a short metadata lock at the start and the end. Both say so to the database, which would
 * refuse rather than lock. Old processes go on: every column added has a default.
 */
export class CreateBranchInvitationsAndNotices1763700009400 implements MigrationInterface {
  readonly name = 'CreateBranchInvitationsAndNotices1763700009400';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [BRANCH_COLUMNS, BRANCH_EVENTS, ...INVITATIONS, ...NOTICES, ...AUDIT_INDEXES]) {
      await runner.query(statement);
    }
    for (const action of ['UPDATE', 'DELETE']) {
      await runner.query(
        `CREATE TRIGGER branch_events_no_${action.toLowerCase()} BEFORE ${action} ON branch_events FOR EACH ROW
         SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'APPEND_ONLY'`,
      );
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

/** One index for each way in which branches are listed; see branches.repository. */
const BRANCH_COLUMNS = `
ALTER TABLE branches
  ADD COLUMN code VARCHAR(20) ${KEY} NULL AFTER mid,
  ADD COLUMN address VARCHAR(200) NULL AFTER name,
  ADD COLUMN phone_sealed VARBINARY(100) NULL AFTER address,
  ADD COLUMN version INT UNSIGNED NOT NULL DEFAULT 1 AFTER status,
  ADD COLUMN status_reason VARCHAR(200) NULL AFTER version,
  ADD COLUMN status_changed_at DATETIME(3) NULL AFTER status_reason,
  ADD UNIQUE KEY uq_branches_code (mid, code),
  ADD KEY ix_branches_mid_status (mid, status, id),
  ADD KEY ix_branches_mid_name (mid, name, id),
  ADD KEY ix_branches_mid_status_name (mid, status, name, id),
  ADD KEY ix_branches_status (status, id),
  ALGORITHM=INPLACE, LOCK=NONE`;

const BRANCH_EVENTS = `
CREATE TABLE branch_events (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  branch_id VARCHAR(30) ${KEY} NOT NULL,
  from_status VARCHAR(10) ${KEY} NULL,
  to_status VARCHAR(10) ${KEY} NOT NULL,
  actor VARCHAR(60) ${KEY} NOT NULL,
  reason VARCHAR(200) NOT NULL,
  occurred_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_branch_events_branch (branch_id, id),
  CONSTRAINT fk_branch_events_branch FOREIGN KEY (branch_id) REFERENCES branches (id),
  CONSTRAINT ck_branch_events_to CHECK (to_status IN ('ACTIVE', 'SUSPENDED', 'CLOSED'))
) ${OPTIONS}`;

/**
 * `open_phone` is there while an invitation can still be used, and keeps it single for a merchant and number. The two
 * small tables count what was sent on the latest day: to a number over all merchants, and by a merchant.
 */
const INVITATIONS = [
  `CREATE TABLE branch_invitations (
     id VARCHAR(30) ${KEY} NOT NULL,
     mid VARCHAR(16) ${KEY} NOT NULL,
     name VARCHAR(60) NOT NULL,
     phone_sealed VARBINARY(100) NOT NULL,
     phone_index BINARY(32) NOT NULL,
     status VARCHAR(12) ${KEY} NOT NULL,
     version INT UNSIGNED NOT NULL DEFAULT 1,
     open_phone BINARY(32) AS (IF(status IN ('SENT', 'DELIVERED', 'FAILED', 'OPENED'), phone_index, NULL)) PERSISTENT,
     token_hash BINARY(32) NULL,
     message_id VARCHAR(30) ${KEY} NOT NULL,
     failure_code VARCHAR(40) ${KEY} NULL,
     sends SMALLINT UNSIGNED NOT NULL DEFAULT 1,
     looks SMALLINT UNSIGNED NOT NULL DEFAULT 0,
     branch_id VARCHAR(30) ${KEY} NULL,
     created_by VARCHAR(60) ${KEY} NOT NULL,
     created_at DATETIME(3) NOT NULL,
     sent_at DATETIME(3) NOT NULL,
     opened_at DATETIME(3) NULL,
     ended_at DATETIME(3) NULL,
     expires_at DATETIME(3) NOT NULL,
     due_at DATETIME(3) NULL,
     PRIMARY KEY (id),
     UNIQUE KEY uq_branch_invitations_open (mid, open_phone),
     UNIQUE KEY uq_branch_invitations_token (token_hash),
     UNIQUE KEY uq_branch_invitations_branch (branch_id),
     KEY ix_branch_invitations_mid (mid, id),
     KEY ix_branch_invitations_status (mid, status, id),
     KEY ix_branch_invitations_phone (mid, phone_index, id),
     KEY ix_branch_invitations_due (due_at),
     CONSTRAINT fk_branch_invitations_mid FOREIGN KEY (mid) REFERENCES merchants (mid),
     CONSTRAINT fk_branch_invitations_branch FOREIGN KEY (branch_id) REFERENCES branches (id),
     CONSTRAINT ck_branch_invitations_status CHECK (status IN
       ('SENT', 'DELIVERED', 'FAILED', 'OPENED', 'REGISTERED', 'EXPIRED', 'DELETED')),
     CONSTRAINT ck_branch_invitations_ended CHECK (
       (status IN ('SENT', 'DELIVERED', 'FAILED', 'OPENED')) = (token_hash IS NOT NULL)),
     CONSTRAINT ck_branch_invitations_registered CHECK ((status = 'REGISTERED') = (branch_id IS NOT NULL))
   ) ${OPTIONS}`,
  `CREATE TABLE branch_invitation_phone_sends (
     phone_index BINARY(32) NOT NULL,
     day CHAR(10) ${KEY} NOT NULL,
     sends SMALLINT UNSIGNED NOT NULL,
     PRIMARY KEY (phone_index)
   ) ${OPTIONS}`,
  `CREATE TABLE branch_invitation_merchant_sends (
     mid VARCHAR(16) ${KEY} NOT NULL,
     day CHAR(10) ${KEY} NOT NULL,
     sends INT UNSIGNED NOT NULL,
     PRIMARY KEY (mid),
     CONSTRAINT fk_branch_invitation_merchant_sends_mid FOREIGN KEY (mid) REFERENCES merchants (mid)
   ) ${OPTIONS}`,
];

/**
 * `notice_listings` holds a row for each kind of reader that a notice is for, in the order in which it is listed: so
 * that one index range is a page. It is written with the notice, in one transaction.
 */
const NOTICES = [
  `CREATE TABLE notices (
     id VARCHAR(30) ${KEY} NOT NULL,
     title VARCHAR(200) NOT NULL,
     body TEXT NOT NULL,
     title_en VARCHAR(200) NULL,
     body_en TEXT NULL,
     audience VARCHAR(60) ${KEY} NOT NULL,
     pinned TINYINT UNSIGNED NOT NULL DEFAULT 0,
     status VARCHAR(10) ${KEY} NOT NULL,
     version INT UNSIGNED NOT NULL DEFAULT 1,
     published_from DATETIME(3) NOT NULL,
     published_to DATETIME(3) NULL,
     view_count BIGINT UNSIGNED NOT NULL DEFAULT 0,
     created_by VARCHAR(60) ${KEY} NOT NULL,
     created_at DATETIME(3) NOT NULL,
     updated_at DATETIME(3) NOT NULL,
     PRIMARY KEY (id),
     CONSTRAINT ck_notices_status CHECK (status IN ('ACTIVE', 'WITHDRAWN')),
     CONSTRAINT ck_notices_window CHECK (published_to IS NULL OR published_to > published_from),
     CONSTRAINT ck_notices_english CHECK ((title_en IS NULL) = (body_en IS NULL))
   ) ${OPTIONS}`,
  `CREATE TABLE notice_listings (
     reader VARCHAR(10) ${KEY} NOT NULL,
     pinned TINYINT UNSIGNED NOT NULL,
     published_from DATETIME(3) NOT NULL,
     notice_id VARCHAR(30) ${KEY} NOT NULL,
     published_to DATETIME(3) NULL,
     PRIMARY KEY (reader, pinned, published_from, notice_id),
     KEY ix_notice_listings_notice (notice_id),
     CONSTRAINT fk_notice_listings_notice FOREIGN KEY (notice_id) REFERENCES notices (id),
     CONSTRAINT ck_notice_listings_reader CHECK (reader IN ('PUBLIC', 'OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH'))
   ) ${OPTIONS}`,
  `CREATE TABLE notice_reads (
     member_id VARCHAR(30) ${KEY} NOT NULL,
     notice_id VARCHAR(30) ${KEY} NOT NULL,
     read_at DATETIME(3) NOT NULL,
     PRIMARY KEY (member_id, notice_id),
     KEY ix_notice_reads_notice (notice_id),
     CONSTRAINT fk_notice_reads_member FOREIGN KEY (member_id) REFERENCES members (id),
     CONSTRAINT fk_notice_reads_notice FOREIGN KEY (notice_id) REFERENCES notices (id)
   ) ${OPTIONS}`,
];

/**
 * The first part of an action, e.g. 'api-key' of 'api-key.create', costs no row: it stands in the indexes only. The
 * column has a statement of its own: together with indexes the table could not be written meanwhile.
 */
const AUDIT_INDEXES = [
  `ALTER TABLE audit_logs
     ADD COLUMN action_family VARCHAR(60) ${KEY} AS (SUBSTRING_INDEX(action, '.', 1)) VIRTUAL, ALGORITHM=INSTANT`,
  `ALTER TABLE audit_logs
     ADD KEY ix_audit_logs_outcome (outcome, seq),
     ADD KEY ix_audit_logs_actor (actor, seq),
     ADD KEY ix_audit_logs_actor_outcome (actor, outcome, seq),
     ADD KEY ix_audit_logs_action (action, seq),
     ADD KEY ix_audit_logs_action_outcome (action, outcome, seq),
     ADD KEY ix_audit_logs_family (action_family, seq),
     ADD KEY ix_audit_logs_family_outcome (action_family, outcome, seq),
     ADD KEY ix_audit_logs_mid_outcome (mid, outcome, seq),
     ADD KEY ix_audit_logs_target_outcome (target, outcome, seq),
     ADD KEY ix_audit_logs_request (request_id, seq),
     ADD KEY ix_audit_logs_at (at, seq),
     ALGORITHM=INPLACE, LOCK=NONE`,
];
