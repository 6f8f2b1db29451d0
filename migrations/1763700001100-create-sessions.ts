import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Members' sessions with their refresh tokens, failed logins, keys that sign access tokens, and refused access tokens.
 * Locks: creates new tables only. The foreign key to members takes a short metadata lock on it.
 */
export class CreateSessions1763700001100 implements MigrationInterface {
  readonly name = 'CreateSessions1763700001100';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of [SESSIONS, REFRESH_TOKENS, LOGIN_ATTEMPTS, SIGNING_KEYS, REVOKED_TOKENS]) {
      await runner.query(table);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';
const CREATED_AT = 'created_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3)';

const SESSIONS = `
CREATE TABLE sessions (
  id VARCHAR(30) ${KEY} NOT NULL,
  member_id VARCHAR(30) ${KEY} NOT NULL,
  session_epoch INT UNSIGNED NOT NULL,
  ${CREATED_AT},
  expires_at DATETIME(3) NOT NULL,
  absolute_expires_at DATETIME(3) NOT NULL,
  revoked_at DATETIME(3) NULL,
  revoked_reason VARCHAR(20) ${KEY} NULL,
  PRIMARY KEY (id),
  KEY ix_sessions_member_id (member_id, id),
  KEY ix_sessions_expires_at (expires_at, id),
  CONSTRAINT fk_sessions_member_id FOREIGN KEY (member_id) REFERENCES members (id),
  CONSTRAINT ck_sessions_expiry CHECK (expires_at <= absolute_expires_at),
  CONSTRAINT ck_sessions_revoked CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL)),
  CONSTRAINT ck_sessions_reason CHECK (revoked_reason IN ('LOGOUT', 'REFRESH_REUSE', 'TOKEN_REVOKED'))
) ${OPTIONS}`;

const REFRESH_TOKENS = `
CREATE TABLE refresh_tokens (
  token_hash BINARY(32) NOT NULL,
  session_id VARCHAR(30) ${KEY} NOT NULL,
  ${CREATED_AT},
  used_at DATETIME(3) NULL,
  PRIMARY KEY (token_hash),
  KEY ix_refresh_tokens_session_id (session_id),
  CONSTRAINT fk_refresh_tokens_session_id FOREIGN KEY (session_id) REFERENCES sessions (id)
) ${OPTIONS}`;

const LOGIN_ATTEMPTS = `
CREATE TABLE login_attempts (
  attempt_key BINARY(32) NOT NULL,
  failures TINYINT UNSIGNED NOT NULL,
  counted_until DATETIME(3) NOT NULL,
  trusted_until DATETIME(3) NULL,
  purge_at DATETIME(3) NOT NULL,
  PRIMARY KEY (attempt_key),
  KEY ix_login_attempts_purge_at (purge_at)
) ${OPTIONS}`;

const SIGNING_KEYS = `
CREATE TABLE signing_keys (
  kid VARCHAR(43) ${KEY} NOT NULL,
  public_jwk VARCHAR(400) ${KEY} NOT NULL,
  private_key_sealed VARBINARY(400) NOT NULL,
  state VARCHAR(10) ${KEY} NOT NULL,
  live_state VARCHAR(10) ${KEY} AS (CASE WHEN state = 'RETIRED' THEN NULL ELSE state END) PERSISTENT,
  ${CREATED_AT},
  activated_at DATETIME(3) NULL,
  retired_at DATETIME(3) NULL,
  PRIMARY KEY (kid),
  UNIQUE KEY uq_signing_keys_live_state (live_state),
  KEY ix_signing_keys_retired_at (retired_at),
  CONSTRAINT ck_signing_keys_state CHECK (state IN ('NEXT', 'ACTIVE', 'RETIRED')),
  CONSTRAINT ck_signing_keys_times CHECK (
    (state = 'NEXT') = (activated_at IS NULL) AND (state = 'RETIRED') = (retired_at IS NOT NULL))
) ${OPTIONS}`;

const REVOKED_TOKENS = `
CREATE TABLE revoked_tokens (
  jti VARCHAR(43) ${KEY} NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  ${CREATED_AT},
  PRIMARY KEY (jti),
  KEY ix_revoked_tokens_expires_at (expires_at)
) ${OPTIONS}`;
