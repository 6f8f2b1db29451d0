import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sales of settled days are summed up part by part: the row that says that a part is settled says whether it is in the
 * sums, so that no part can be missed, whoever settles it and however late. Who joins or leaves an agency is written down
 * for its sums, instead of having all of them made anew.
 * Locks: `settlement_run_parts` (a few rows a day) is rebuilt within moments; the triggers on agency_merchants take a short
 * metadata lock. The sums are empty afterwards, and the worker fills them: until then each merchant's sales of a period are
 * read for a report. `daily_sales` is dropped, which nobody read, and `sales_scopes`: the version before cannot report sales
 * or sum them up beside this one. None was released.
 */
export class SumSalesByPart1763700010700 implements MigrationInterface {
  readonly name = 'SumSalesByPart1763700010700';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

/** What the sums of an agency still lack: a merchant that is below it now (1), or is not any more (-1). */
const SCOPE_CHANGES = `
CREATE TABLE sales_scope_changes (
  scope VARCHAR(20) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  delta TINYINT NOT NULL,
  PRIMARY KEY (scope, mid),
  KEY ix_sales_scope_changes_mid (mid),
  CONSTRAINT ck_sales_scope_changes_delta CHECK (delta BETWEEN -1 AND 1)
) ${OPTIONS}`;

/**
 * Who has no movement is in no sum. Were its first one made this moment, its day would be summed up ten minutes after
 * midnight at the earliest, long after this transaction.
 */
const changed = (name: string, action: string, row: string, delta: number) => `
CREATE TRIGGER agency_merchants_${name} AFTER ${action} ON agency_merchants FOR EACH ROW
IF EXISTS (SELECT 1 FROM transactions t WHERE t.mid = ${row}.mid) THEN
  INSERT INTO sales_scope_changes (scope, mid, delta) VALUES (${row}.ancestor_code, ${row}.mid, ${delta})
  ON DUPLICATE KEY UPDATE delta = delta + VALUES(delta);
END IF`;

const STATEMENTS = [
  SCOPE_CHANGES,
  ...['joined', 'left'].map((name) => `DROP TRIGGER agency_merchants_${name}`),
  ...[changed('joined', 'INSERT', 'NEW', 1), changed('left', 'DELETE', 'OLD', -1)],
  `ALTER TABLE settlement_run_parts ADD COLUMN summed_at DATETIME(3) NULL,
     ADD KEY ix_settlement_run_parts_summed (summed_at, captured_day, part)`,
  // What the version before sums up by goes first: nothing of its own comes into the empty sums.
  'ALTER TABLE settlement_runs DROP COLUMN totals_at, DROP COLUMN sums_at',
  ...['daily_sales', 'sales_scopes'].map((table) => `DROP TABLE ${table}`),
  ...['daily_scope_sales', 'branch_sales_sums'].map((table) => `TRUNCATE TABLE ${table}`),
  `INSERT INTO roll_ups (name) VALUES ('settled-sales')`,
];
