import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How many tries of a period's charge were undone; and cash receipts that one for the rest takes the place of, where the
 * provider takes back whole receipts only: `generation` counts them, `replaced_by_id` names the next.
 * Locks: adds columns with constant defaults to subscription_charges and cash_receipts, without copying the tables; two
 * unique keys of cash_receipts are made anew, during which the table is read and written on.
 */
export class FinishPaymentFlows1763700008600 implements MigrationInterface {
  readonly name = 'FinishPaymentFlows1763700008600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE subscription_charges ADD COLUMN undone_tries SMALLINT UNSIGNED NOT NULL DEFAULT 0 AFTER try_number',
    );
    await runner.query(`ALTER TABLE cash_receipts
      ADD COLUMN generation SMALLINT UNSIGNED NOT NULL DEFAULT 1 AFTER origin_payment_id,
      ADD COLUMN replaced_by_id VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL AFTER generation`);
    await runner.query(`ALTER TABLE cash_receipts
      DROP KEY uq_cash_receipts_order,
      DROP KEY uq_cash_receipts_payment,
      ADD UNIQUE KEY uq_cash_receipts_order (mid, order_no, generation),
      ADD UNIQUE KEY uq_cash_receipts_payment (origin_payment_id, generation)`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
