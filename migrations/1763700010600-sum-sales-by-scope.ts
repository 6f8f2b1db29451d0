import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sales summed up by who asks: all merchants or an agency's, open days by merchant, and of each branch all that it has
 * sold up to a day, so that a report reads as many rows as it tells of, however many merchants and payments there are.
 * Locks: the tables are new. Their rows come later, from the worker: until then each merchant's sales of a period are read
 * for a report of all of them, and each movement of open days. The column of settlement_runs is added at once; the keys of
 * settlements are built in place (LOCK=NONE), the triggers on agency_merchants take a short metadata lock. Processes of
 * the version before go on.
 */
export class SumSalesByScope1763700010600 implements MigrationInterface {
  readonly name = 'SumSalesByScope1763700010600';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const MOVEMENTS = `approval_count BIGINT NOT NULL,
  approval_amount BIGINT NOT NULL,
  cancel_count BIGINT NOT NULL,
  cancel_amount BIGINT NOT NULL,`;
const FIGURES = `${MOVEMENTS}
  fee BIGINT NOT NULL,
  vat BIGINT NOT NULL,`;

/**
 * Movements of days that are not settled yet, by merchant; of all together where no merchant is named. Twice: of
 * everything, and of what was paid without a branch.
 */
const OPEN_MERCHANT_SALES = `
CREATE TABLE open_merchant_sales (
  captured_day DATE NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  branchless TINYINT UNSIGNED NOT NULL,
  method VARCHAR(16) ${KEY} NOT NULL,
  ${MOVEMENTS}
  PRIMARY KEY (captured_day, mid, branchless, method)
) ${OPTIONS}`;

/** An agency, or all merchants (empty), and up to which day its sales are summed up; NULL: from the first day on again. */
const SALES_SCOPES = `
CREATE TABLE sales_scopes (
  scope VARCHAR(20) ${KEY} NOT NULL,
  summed_through DATE NULL,
  PRIMARY KEY (scope)
) ${OPTIONS}`;

/** Sales of settled days of all merchants of a scope. Twice: of everything, and of what was paid without a branch. */
const SCOPE_SALES = `
CREATE TABLE daily_scope_sales (
  scope VARCHAR(20) ${KEY} NOT NULL,
  branchless TINYINT UNSIGNED NOT NULL,
  captured_day DATE NOT NULL,
  method VARCHAR(16) ${KEY} NOT NULL,
  ${FIGURES}
  PRIMARY KEY (scope, branchless, captured_day, method)
) ${OPTIONS}`;

/** All that a branch has sold up to the end of a day, on days of its own whose run has \`sums_at\`. */
const BRANCH_SUMS = `
CREATE TABLE branch_sales_sums (
  branch_id VARCHAR(30) ${KEY} NOT NULL,
  captured_day DATE NOT NULL,
  ${FIGURES}
  PRIMARY KEY (branch_id, captured_day)
) ${OPTIONS}`;

/**
 * Who joins or leaves an agency changes what all of its days come to: they are summed up anew. One without any movement
 * changes nothing; were its first one made this moment, its day would be summed up ten minutes after midnight at the
 * earliest, long after this transaction.
 */
const resummed = (name: string, action: string, row: string) => `
CREATE TRIGGER agency_merchants_${name} AFTER ${action} ON agency_merchants FOR EACH ROW
IF EXISTS (SELECT 1 FROM transactions t WHERE t.mid = ${row}.mid) THEN
  INSERT INTO sales_scopes (scope) VALUES (${row}.ancestor_code) ON DUPLICATE KEY UPDATE summed_through = NULL;
END IF`;

const STATEMENTS = [
  ...[OPEN_MERCHANT_SALES, SALES_SCOPES, SCOPE_SALES, BRANCH_SUMS],
  ...[resummed('joined', 'INSERT', 'NEW'), resummed('left', 'DELETE', 'OLD')],
  `INSERT INTO sales_scopes (scope) VALUES ('')`,
  `INSERT INTO roll_ups (name) VALUES ('open-merchant-sales')`,
  'ALTER TABLE settlement_runs ADD COLUMN sums_at DATETIME(3) NULL',
  `ALTER TABLE settlements
     ADD KEY ix_settlements_status_sums (status, payout_day, mid, payout_amount, carried_out),
     ADD KEY ix_settlements_mid_sums (mid, status, payout_day, payout_amount, carried_out),
     ALGORITHM=INPLACE, LOCK=NONE`,
];
