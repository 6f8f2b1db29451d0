import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A code may be tried more often, since each place has only a few of the tries: a stranger must not use all of them up.
 * Locks: `member_codes` is small and is copied; writes to it wait meanwhile.
 * Old processes go on: they stop at five tries of all.
 */
export class RaiseMemberCodeTries1763700009470 implements MigrationInterface {
  readonly name = 'RaiseMemberCodeTries1763700009470';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE member_codes DROP CONSTRAINT ck_member_codes_tries,
         ADD CONSTRAINT ck_member_codes_tries CHECK (tries <= 20)`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
