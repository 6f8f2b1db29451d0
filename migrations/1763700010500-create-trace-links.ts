import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * In which W3C trace a payment or a cancel was dealt with, for the worker to go on in. Empty unless traces are exported;
 * nothing reads it to decide, and rows go after a week.
 * Locks: creates a new table only.
 */
export class CreateTraceLinks1763700010500 implements MigrationInterface {
  readonly name = 'CreateTraceLinks1763700010500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TRACE_LINKS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';

const TRACE_LINKS = `
CREATE TABLE trace_links (
  subject_id VARCHAR(40) ${KEY} NOT NULL,
  traceparent CHAR(55) ${KEY} NOT NULL,
  kept_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3),
  PRIMARY KEY (subject_id),
  KEY ix_trace_links_kept (kept_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;
