import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Money movements (one row for each approval, cancel and reversal) and the ledger's transfers, both append-only, and
 * the rows of what was charged before.
 * Locks: creates new tables; filling them reads payments and payment_cancels without locking them. Processes of the
 * version before write no movements: what they charge meanwhile comes with its payment's first cancel or net cancel by
 * this version. npm run verify names the rest, which has to be added by hand before its day is settled.
 */
export class CreateLedger1763700009500 implements MigrationInterface {
  readonly name = 'CreateLedger1763700009500';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [TRANSACTIONS, LEDGER_TRANSFERS, LEDGER_ENTRIES, ...FILL]) {
      await runner.query(statement);
    }
    for (const table of ['transactions', 'ledger_transfers']) {
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

const TRANSACTIONS = `
CREATE TABLE transactions (
  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  kind VARCHAR(10) ${KEY} NOT NULL,
  source_id VARCHAR(30) ${KEY} NOT NULL,
  payment_id VARCHAR(30) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NOT NULL,
  branch_id VARCHAR(30) ${KEY} NULL,
  contract_id VARCHAR(30) ${KEY} NOT NULL,
  acquirer VARCHAR(20) ${KEY} NOT NULL,
  method VARCHAR(16) ${KEY} NOT NULL,
  card_issuer VARCHAR(30) ${KEY} NULL,
  card_type VARCHAR(10) ${KEY} NULL,
  amount BIGINT NOT NULL,
  settled_amount BIGINT NOT NULL,
  left_before BIGINT NOT NULL,
  left_after BIGINT NOT NULL,
  captured_day DATE NOT NULL,
  occurred_at DATETIME(3) NOT NULL,
  recorded_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3),
  PRIMARY KEY (seq),
  UNIQUE KEY uq_transactions_source (source_id, kind),
  KEY ix_transactions_payment (payment_id, seq),
  KEY ix_transactions_day (captured_day, mid, seq),
  KEY ix_transactions_mid (mid, occurred_at, seq),
  CONSTRAINT ck_transactions_kind CHECK (kind IN ('APPROVAL', 'CANCEL', 'REVERSAL')),
  CONSTRAINT ck_transactions_sign CHECK (
    (kind = 'APPROVAL' AND amount > 0 AND settled_amount >= 0) OR (kind <> 'APPROVAL' AND amount < 0 AND settled_amount <= 0)),
  CONSTRAINT ck_transactions_left CHECK (
    left_before >= 0 AND left_after >= 0 AND left_after - left_before = settled_amount)
) ${OPTIONS}`;

const LEDGER_TRANSFERS = `
CREATE TABLE ledger_transfers (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  kind VARCHAR(24) ${KEY} NOT NULL,
  source_id VARCHAR(40) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NULL,
  debit_account VARCHAR(24) ${KEY} NOT NULL,
  credit_account VARCHAR(24) ${KEY} NOT NULL,
  amount BIGINT NOT NULL,
  recorded_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3),
  PRIMARY KEY (id),
  UNIQUE KEY uq_ledger_transfers_source (source_id, kind),
  CONSTRAINT ck_ledger_transfers_amount CHECK (amount > 0),
  CONSTRAINT ck_ledger_transfers_accounts CHECK (debit_account <> credit_account)
) ${OPTIONS}`;

/** Both sides of every transfer: debits positive, credits negative. Its sum is zero however it is cut by transfer. */
const LEDGER_ENTRIES = `
CREATE VIEW ledger_entries AS
  SELECT id AS transfer_id, kind, source_id, mid, debit_account AS account, amount, recorded_at FROM ledger_transfers
  UNION ALL
  SELECT id, kind, source_id, mid, credit_account, -amount, recorded_at FROM ledger_transfers`;

const COLUMNS = `kind, source_id, payment_id, mid, branch_id, contract_id, acquirer, method, card_issuer, card_type, amount,
  settled_amount, left_before, left_after, captured_day, occurred_at`;
const OF_PAYMENT =
  'p.id, p.mid, p.branch_id, p.contract_id, p.acquirer, p.method, p.card_issuer, p.card_type';
const KOREAN_DAY = (column: string) => `DATE(${column} + INTERVAL 9 HOUR)`;

const FILL = [
  `INSERT IGNORE INTO transactions (${COLUMNS})
   SELECT 'APPROVAL', p.id, ${OF_PAYMENT}, p.amount, p.amount - p.point_amount, 0, p.amount - p.point_amount,
     ${KOREAN_DAY('p.approved_at')}, p.approved_at
   FROM payments p WHERE p.approved_at IS NOT NULL ORDER BY p.approved_at, p.id`,
  `INSERT IGNORE INTO transactions (${COLUMNS})
   SELECT 'CANCEL', c.id, ${OF_PAYMENT}, -c.amount, -(c.amount - c.point_amount),
     p.amount - p.point_amount - c.done + c.amount - c.point_amount, p.amount - p.point_amount - c.done,
     ${KOREAN_DAY('c.cancelled_at')}, c.cancelled_at
   FROM (SELECT id, payment_id, amount, point_amount, cancelled_at, SUM(amount - point_amount)
           OVER (PARTITION BY payment_id ORDER BY balance_after DESC, id) AS done
         FROM payment_cancels WHERE status = 'DONE') c
   JOIN payments p ON p.id = c.payment_id ORDER BY c.cancelled_at, c.id`,
  `INSERT IGNORE INTO transactions (${COLUMNS})
   SELECT 'REVERSAL', p.id, ${OF_PAYMENT}, -p.amount, -(p.amount - p.point_amount), p.amount - p.point_amount, 0,
     ${KOREAN_DAY('e.occurred_at')}, e.occurred_at
   FROM payment_events e JOIN payments p ON p.id = e.payment_id
   WHERE e.from_status = 'APPROVED' AND e.to_status = 'REVERSING' ORDER BY e.id`,
  `INSERT IGNORE INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount)
   SELECT kind, source_id, mid, IF(kind = 'APPROVAL', 'ACQUIRER_RECEIVABLE', 'MERCHANT_PAYABLE'),
     IF(kind = 'APPROVAL', 'MERCHANT_PAYABLE', 'ACQUIRER_RECEIVABLE'), ABS(settled_amount)
   FROM transactions WHERE settled_amount <> 0 ORDER BY seq`,
];
