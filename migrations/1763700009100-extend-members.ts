import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What sign-up, recovery, staff and the operator's search need of members: how they can be found by phone, why they are
 * locked, their consents and notification settings, one-time codes and what was sent of them.
 * Locks: new tables; `members` is changed in place under a short metadata lock while its indexes are built.
 * Old processes go on: they name their columns, every column added may be absent, and no row of theirs has a null
 * password.
 */
export class ExtendMembers1763700009100 implements MigrationInterface {
  readonly name = 'ExtendMembers1763700009100';

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
  `ALTER TABLE members
     MODIFY COLUMN password_hash VARCHAR(200) ${KEY} NULL,
     ADD COLUMN phone_index BINARY(32) NULL AFTER phone_sealed,
     ADD COLUMN status_reason VARCHAR(200) NULL AFTER status,
     ADD COLUMN status_set_by VARCHAR(10) ${KEY} NULL AFTER status_reason,
     ADD CONSTRAINT ck_members_status_set_by CHECK (status_set_by IN ('OPERATOR', 'OWNER')),
     ADD CONSTRAINT ck_members_phone CHECK ((phone_sealed IS NULL) = (phone_index IS NULL)),
     ADD KEY ix_members_phone (phone_index, id),
     ADD KEY ix_members_role (role, id),
     ADD KEY ix_members_status (status, id),
     ADD KEY ix_members_role_status (role, status, id),
     ADD KEY ix_members_role_login (role, login_id),
     ADD KEY ix_members_status_login (status, login_id),
     ADD KEY ix_members_role_status_login (role, status, login_id),
     ADD KEY ix_members_mid_login (mid, login_id),
     ADD KEY ix_members_mid_role (mid, role, position, id),
     ADD KEY ix_members_mid_position (mid, position, id),
     ADD KEY ix_members_branch_position (branch_id, position, id)`,
  `CREATE TABLE member_consents (
     member_id VARCHAR(30) ${KEY} NOT NULL,
     consent VARCHAR(20) ${KEY} NOT NULL,
     given_at DATETIME(3) NOT NULL,
     agreed TINYINT(1) NOT NULL,
     PRIMARY KEY (member_id, consent, given_at),
     CONSTRAINT fk_member_consents_member FOREIGN KEY (member_id) REFERENCES members (id),
     CONSTRAINT ck_member_consents_consent CHECK (consent IN ('TERMS', 'PRIVACY', 'MARKETING')),
     CONSTRAINT ck_member_consents_agreed CHECK (agreed IN (0, 1))
   ) ${OPTIONS}`,
  `CREATE TABLE member_notification_settings (
     member_id VARCHAR(30) ${KEY} NOT NULL,
     kind VARCHAR(24) ${KEY} NOT NULL,
     channel VARCHAR(10) ${KEY} NOT NULL,
     enabled TINYINT(1) NOT NULL,
     PRIMARY KEY (member_id, kind, channel),
     CONSTRAINT fk_member_notification_settings_member FOREIGN KEY (member_id) REFERENCES members (id),
     CONSTRAINT ck_member_notification_settings_kind CHECK (
       kind IN ('SERVICE_APPLICATION', 'PAYMENT', 'SETTLEMENT', 'BRANCH', 'NOTICE', 'SECURITY')),
     CONSTRAINT ck_member_notification_settings_channel CHECK (channel IN ('SMS', 'EMAIL', 'PUSH')),
     CONSTRAINT ck_member_notification_settings_enabled CHECK (enabled IN (0, 1))
   ) ${OPTIONS}`,
  `CREATE TABLE member_codes (
     code_key BINARY(32) NOT NULL,
     code_hash BINARY(32) NOT NULL,
     tries TINYINT UNSIGNED NOT NULL,
     id VARCHAR(30) ${KEY} NOT NULL,
     member_id VARCHAR(30) ${KEY} NULL,
     contact_channel VARCHAR(10) ${KEY} NULL,
     contact_sealed VARBINARY(400) NULL,
     created_at DATETIME(3) NOT NULL,
     expires_at DATETIME(3) NOT NULL,
     PRIMARY KEY (code_key),
     KEY ix_member_codes_expires (expires_at),
     CONSTRAINT ck_member_codes_contact CHECK (
       (contact_channel IS NULL) = (contact_sealed IS NULL)
       AND (contact_channel IS NULL OR contact_channel IN ('SMS', 'EMAIL'))),
     CONSTRAINT ck_member_codes_tries CHECK (tries <= 5)
   ) ${OPTIONS}`,
  `CREATE TABLE member_code_sends (
     send_key BINARY(32) NOT NULL,
     sends SMALLINT UNSIGNED NOT NULL,
     counted_until DATETIME(3) NOT NULL,
     last_sent_at DATETIME(3) NOT NULL,
     PRIMARY KEY (send_key),
     KEY ix_member_code_sends_until (counted_until)
   ) ${OPTIONS}`,
];
