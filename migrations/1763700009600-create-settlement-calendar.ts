import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The operator's holidays over the library's, the years whose holidays the operator answers for, how far days are
 * settled, and merchants' settlement terms. All but the one row of `settlement_calendar` are append-only.
 * Locks: creates new tables; the foreign keys take a short metadata lock on `merchants` and `acquirer_contracts`.
 */
export class CreateSettlementCalendar1763700009600 implements MigrationInterface {
  readonly name = 'CreateSettlementCalendar1763700009600';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
    for (const table of ['holidays', 'holiday_years', 'settlement_terms']) {
      for (const action of ['UPDATE', 'DELETE']) {
        await runner.query(
          `CREATE TRIGGER ${table}_no_${action.toLowerCase()} BEFORE ${action} ON ${table} FOR EACH ROW
           SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'APPEND_ONLY'`,
        );
      }
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const STATEMENTS = [
  `CREATE TABLE holidays (
     seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
     day DATE NOT NULL,
     kind VARCHAR(10) ${KEY} NOT NULL,
     name VARCHAR(60) NOT NULL,
     reason VARCHAR(200) NOT NULL,
     created_by VARCHAR(80) ${KEY} NOT NULL,
     created_at DATETIME(3) NOT NULL,
     PRIMARY KEY (seq),
     KEY ix_holidays_day (day, seq),
     CONSTRAINT ck_holidays_kind CHECK (kind IN ('ADD', 'STRIKE'))
   ) ${OPTIONS}`,
  `CREATE TABLE holiday_years (
     year CHAR(4) ${KEY} NOT NULL,
     reason VARCHAR(200) NOT NULL,
     created_by VARCHAR(80) ${KEY} NOT NULL,
     created_at DATETIME(3) NOT NULL,
     PRIMARY KEY (year)
   ) ${OPTIONS}`,
  // One row: whoever changes the calendar locks it, and reads there up to which day nothing may be changed any more.
  `CREATE TABLE settlement_calendar (
     id TINYINT UNSIGNED NOT NULL,
     closed_through DATE NULL,
     PRIMARY KEY (id),
     CONSTRAINT ck_settlement_calendar_id CHECK (id = 1)
   ) ${OPTIONS}`,
  `INSERT INTO settlement_calendar (id, closed_through) VALUES (1, NULL)`,
  `CREATE TABLE settlement_terms (
     seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
     id VARCHAR(30) ${KEY} NOT NULL,
     mid VARCHAR(16) ${KEY} NOT NULL,
     contract_id VARCHAR(30) ${KEY} NULL,
     method VARCHAR(16) ${KEY} NULL,
     cycle VARCHAR(10) ${KEY} NOT NULL,
     effective_from DATE NOT NULL,
     reason VARCHAR(200) NOT NULL,
     created_by VARCHAR(80) ${KEY} NOT NULL,
     created_at DATETIME(3) NOT NULL,
     PRIMARY KEY (seq),
     UNIQUE KEY uq_settlement_terms_id (id),
     KEY ix_settlement_terms_mid (mid, seq),
     CONSTRAINT fk_settlement_terms_mid FOREIGN KEY (mid) REFERENCES merchants (mid),
     CONSTRAINT fk_settlement_terms_contract FOREIGN KEY (contract_id) REFERENCES acquirer_contracts (id)
   ) ${OPTIONS}`,
];
