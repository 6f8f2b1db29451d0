import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What each merchant was owed at the end of the last day whose obligations are kept, so that the next day is reckoned from
 * that and from what changed, and not from all days again.
 * Locks: a new table, filled from the ledger by one statement that locks nothing of it; the key of daily_merchant_balances is
 * built in place (LOCK=NONE). A worker of the version before that keeps another day meanwhile would leave the new table
 * behind: `npm run verify` tells. None was released.
 */
export class CloseMerchantBalances1763700010800 implements MigrationInterface {
  readonly name = 'CloseMerchantBalances1763700010800';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const CLOSING_BALANCES = `
CREATE TABLE merchant_closing_balances (
  mid VARCHAR(16) ${KEY} NOT NULL,
  payable BIGINT NOT NULL,
  held BIGINT NOT NULL,
  PRIMARY KEY (mid)
) ${OPTIONS}`;

const change = (account: string) =>
  `CASE '${account}' WHEN l.credit_account THEN l.amount WHEN l.debit_account THEN -l.amount ELSE 0 END`;
/** Where no day is kept there is nothing yet. */
const FILL_CLOSING_BALANCES = `
INSERT INTO merchant_closing_balances (mid, payable, held)
SELECT COALESCE(l.mid, ''), SUM(${change('MERCHANT_PAYABLE')}), SUM(${change('MERCHANT_HELD')}) FROM ledger_transfers l
WHERE l.recorded_at < (SELECT MAX(o.day) + INTERVAL 15 HOUR FROM settlement_obligations o) GROUP BY 1`;

const STATEMENTS = [
  CLOSING_BALANCES,
  FILL_CLOSING_BALANCES,
  'ALTER TABLE daily_merchant_balances ADD KEY ix_daily_merchant_balances_day (recorded_day), ALGORITHM=INPLACE, LOCK=NONE',
];
