import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What merchants are told of, written in the transaction of what it tells; append-only. `seq` is the order of delivery.
 * Locks: creates a new table only.
 */
export class CreateOutbox1763700007000 implements MigrationInterface {
  readonly name = 'CreateOutbox1763700007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(OUTBOX);
    for (const action of ['UPDATE', 'DELETE']) {
      await runner.query(
        `CREATE TRIGGER outbox_events_no_${action.toLowerCase()} BEFORE ${action} ON outbox_events FOR EACH ROW
         SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'APPEND_ONLY'`,
      );
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';

const OUTBOX = `
CREATE TABLE outbox_events (
  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  type VARCHAR(40) ${KEY} NOT NULL,
  subject_id VARCHAR(40) ${KEY} NOT NULL,
  data VARCHAR(16000) NOT NULL,
  occurred_at DATETIME(3) NOT NULL,
  PRIMARY KEY (seq),
  UNIQUE KEY uq_outbox_events_id (id),
  KEY ix_outbox_events_mid (mid, seq),
  KEY ix_outbox_events_subject (subject_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;
