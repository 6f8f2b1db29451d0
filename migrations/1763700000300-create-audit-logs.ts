import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit trail: append-only by triggers, chained by hashes; the chain's head is one row that a writer locks.
 * Locks: creates new tables only; nothing that exists is touched.
 */
export class CreateAuditLogs1763700000300 implements MigrationInterface {
  readonly name = 'CreateAuditLogs1763700000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(AUDIT_LOGS);
    for (const action of ['UPDATE', 'DELETE']) {
      await runner.query(
        `CREATE TRIGGER audit_logs_no_${action.toLowerCase()} BEFORE ${action} ON audit_logs FOR EACH ROW
         SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'APPEND_ONLY'`,
      );
    }
    await runner.query(AUDIT_CHAIN_HEAD);
    await runner.query('INSERT INTO audit_chain_head (id, seq, hash) VALUES (1, 0, ?)', [Buffer.alloc(32)]);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const AUDIT_LOGS = `
CREATE TABLE audit_logs (
  seq BIGINT UNSIGNED NOT NULL,
  id VARCHAR(30) ${KEY} NOT NULL,
  at DATETIME(3) NOT NULL,
  actor VARCHAR(80) ${KEY} NOT NULL,
  action VARCHAR(60) ${KEY} NOT NULL,
  target VARCHAR(80) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NULL,
  outcome VARCHAR(10) ${KEY} NOT NULL,
  request_id VARCHAR(128) ${KEY} NULL,
  client_address VARCHAR(45) ${KEY} NULL,
  details VARCHAR(2000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  previous_hash BINARY(32) NOT NULL,
  hash BINARY(32) NOT NULL,
  PRIMARY KEY (seq),
  UNIQUE KEY uq_audit_logs_id (id),
  KEY ix_audit_logs_mid_seq (mid, seq),
  KEY ix_audit_logs_target_seq (target, seq),
  CONSTRAINT ck_audit_logs_outcome CHECK (outcome IN ('SUCCESS', 'FAILURE', 'REFUSED'))
) ${OPTIONS}`;

const AUDIT_CHAIN_HEAD = `
CREATE TABLE audit_chain_head (
  id TINYINT UNSIGNED NOT NULL,
  seq BIGINT UNSIGNED NOT NULL,
  hash BINARY(32) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT ck_audit_chain_head_one CHECK (id = 1)
) ${OPTIONS}`;
