import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a payer's browser brought is good for one checkout: the hash of it, unique at each acquirer. Without it, one
 * order's proof brought for another could make a network cancel take back the first.
 * Locks: the column is added instantly, the key in place; checkouts can be written meanwhile.
 */
export class BindCheckoutProofs1763700007500 implements MigrationInterface {
  readonly name = 'BindCheckoutProofs1763700007500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE checkouts ADD COLUMN proof_hash BINARY(32) NULL, ALGORITHM=INSTANT');
    await runner.query(
      'ALTER TABLE checkouts ADD UNIQUE KEY uq_checkouts_proof (acquirer, proof_hash), ALGORITHM=INPLACE, LOCK=NONE',
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
