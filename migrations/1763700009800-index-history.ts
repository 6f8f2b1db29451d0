import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What history (거래내역) reads by, and members' saved views of it.
 *
 * Every index of payments and transactions is paid for by each approval, so each is here for a reason:
 * - transactions, (owner, kind, occurred_at, seq), by merchant, by branch, and for those who see all: approvals and
 *   cancels are each a list by time already, so that a page at any depth costs what the first costs. The one by merchant
 *   takes the place of `ix_transactions_mid`. They grow at their right end, as time goes on.
 * - payments, (branch_id, created_at) and (created_at), beside the one by merchant that there is: what was never approved
 *   has no movement, and goes by its creation. They grow at their right end too.
 * - payments, (approval_no), (acquirer_transaction_id), (card_last4, mid): who looks for one payment by what a payer or an
 *   acquirer names. They tell payments apart by themselves, so one of each serves merchants and operators alike. An order
 *   number is found by `uq_payments_order`, merchant by merchant where none is named.
 * Nothing else is indexed: amounts, states, methods and names narrow the walk through one of these.
 * - cash_receipts, (created_at): for those who see all. Receipts are few.
 *
 * Locks: the indexes are made in place, with reads and writes going on (LOCK=NONE); it takes as long as one pass through
 * each table. The table is new.
 */
export class IndexHistory1763700009800 implements MigrationInterface {
  readonly name = 'IndexHistory1763700009800';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE transactions
      ADD KEY ix_transactions_merchant (mid, kind, occurred_at, seq),
      ADD KEY ix_transactions_branch (branch_id, kind, occurred_at, seq),
      ADD KEY ix_transactions_kind (kind, occurred_at, seq),
      DROP KEY ix_transactions_mid, ${ONLINE}`);
    await runner.query(`ALTER TABLE payments
      ADD KEY ix_payments_created (created_at, id),
      ADD KEY ix_payments_branch (branch_id, created_at, id),
      ADD KEY ix_payments_approval_no (approval_no),
      ADD KEY ix_payments_acquirer_transaction (acquirer_transaction_id),
      ADD KEY ix_payments_card (card_last4, mid), ${ONLINE}`);
    await runner.query(
      `ALTER TABLE cash_receipts ADD KEY ix_cash_receipts_created (created_at, id), ${ONLINE}`,
    );
    await runner.query(VIEWS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const ONLINE = 'ALGORITHM=INPLACE, LOCK=NONE';
const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';

/** `filters` is JSON that the API checked, as the list's query takes it. */
const VIEWS = `
CREATE TABLE transaction_views (
  id VARCHAR(30) ${KEY} NOT NULL,
  member_id VARCHAR(30) ${KEY} NOT NULL,
  name VARCHAR(60) NOT NULL,
  filters VARCHAR(2000) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_transaction_views_member (member_id, created_at, id),
  CONSTRAINT fk_transaction_views_member FOREIGN KEY (member_id) REFERENCES members (id),
  CONSTRAINT ck_transaction_views_filters CHECK (JSON_VALID(filters))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;
