import { Inject, Injectable } from '@nestjs/common';
import { Sealer } from '../crypto/sealer';
import { isDuplicateKey } from '../db/database-errors';
import { SqlPool } from '../db/pool';
import { JOURNAL_POOL } from '../db/tokens';
import { AppConfig } from '../../config/app-config';
import { Clock } from '../time/clock';
import { databaseTime } from '../time/korean-time';
import type { IdempotencyClaim, KeptAnswer } from './idempotent.decorator';

const KEPT_DAYS = 15;

export type ClaimResult =
  | { readonly kind: 'CLAIMED'; readonly claim: IdempotencyClaim }
  | { readonly kind: 'REUSED' }
  | { readonly kind: 'RUNNING' }
  | { readonly kind: 'DONE'; readonly answer: KeptAnswer };

interface Row {
  readonly fingerprint: Buffer;
  readonly state: string;
  readonly epoch: number;
  readonly expired: number;
  readonly status: number;
  readonly content_type: string;
  readonly answer_sealed: Buffer;
}

/** Idempotency keys in the database, so that every process sees them. Answers are kept sealed: some show a secret once. */
@Injectable()
export class IdempotencyStore {
  /** Longer than any request may take: after this its process is taken for dead and the key may be run again. */
  private readonly lockUntil: string;

  constructor(
    @Inject(JOURNAL_POOL) private readonly pool: SqlPool,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.lockUntil = `UTC_TIMESTAMP(3) + INTERVAL ${config.idempotencyLockMs * 1_000} MICROSECOND`;
  }

  /** Claims by inserting, never by looking first: of many at once exactly one is CLAIMED. */
  async claim(id: Buffer, fingerprint: Buffer): Promise<ClaimResult> {
    try {
      await this.pool.execute(
        `INSERT INTO idempotency_keys (id, fingerprint, state, epoch, locked_until, created_at, expires_at)
         VALUES (?, ?, 'RUNNING', 1, ${this.lockUntil}, ?,
           UTC_TIMESTAMP(3) + INTERVAL ${KEPT_DAYS} DAY)`,
        [id, fingerprint, databaseTime(this.clock.now())],
      );
      return { kind: 'CLAIMED', claim: { id, epoch: 1 } };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const rows = await this.pool.execute<Row[]>(
      `SELECT fingerprint, state, epoch, locked_until < UTC_TIMESTAMP(3) AS expired, status, content_type, answer_sealed
       FROM idempotency_keys WHERE id = ?`,
      [id],
    );
    const [row] = rows;
    // Given up by its owner between the two statements: the caller may come again.
    if (row === undefined) return { kind: 'RUNNING' };
    if (!row.fingerprint.equals(fingerprint)) return { kind: 'REUSED' };
    if (row.state === 'DONE') return { kind: 'DONE', answer: await this.opened(id, row) };
    if (Number(row.expired) !== 1) return { kind: 'RUNNING' };
    return this.takeOver(id, row.epoch);
  }

  /** Keeps the answer. Writes nothing when the claim was taken over. */
  async keep(claim: IdempotencyClaim, answer: KeptAnswer): Promise<void> {
    const sealed = await this.sealer.seal('idempotency', context(claim.id), answer.body);
    await this.pool.execute(
      `UPDATE idempotency_keys SET state = 'DONE', status = ?, content_type = ?, answer_sealed = ?
       WHERE id = ? AND epoch = ? AND state = 'RUNNING'`,
      [answer.status, answer.contentType.slice(0, 80), sealed, claim.id, claim.epoch],
    );
  }

  /** Gives the key back: nothing final came of the request, and the same key may be tried again. */
  async release(claim: IdempotencyClaim): Promise<void> {
    await this.pool.execute(`DELETE FROM idempotency_keys WHERE id = ? AND epoch = ? AND state = 'RUNNING'`, [
      claim.id,
      claim.epoch,
    ]);
  }

  /** Removes up to `limit` keys that are past their fifteen days. Answers how many. */
  async purgeExpired(limit: number): Promise<number> {
    const { affectedRows } = await this.pool.execute<{ affectedRows: number }>(
      'DELETE FROM idempotency_keys WHERE expires_at < UTC_TIMESTAMP(3) LIMIT ?',
      [limit],
    );
    return affectedRows;
  }

  private async takeOver(id: Buffer, epoch: number): Promise<ClaimResult> {
    const { affectedRows } = await this.pool.execute<{ affectedRows: number }>(
      `UPDATE idempotency_keys SET epoch = epoch + 1, locked_until = ${this.lockUntil}
       WHERE id = ? AND epoch = ? AND state = 'RUNNING' AND locked_until < UTC_TIMESTAMP(3)`,
      [id, epoch],
    );
    return affectedRows === 1 ? { kind: 'CLAIMED', claim: { id, epoch: epoch + 1 } } : { kind: 'RUNNING' };
  }

  private async opened(id: Buffer, row: Row): Promise<KeptAnswer> {
    const body = await this.sealer.open('idempotency', context(id), row.answer_sealed);
    return { status: row.status, contentType: row.content_type, body };
  }
}

const context = (id: Buffer) => ({
  table: 'idempotency_keys',
  column: 'answer_sealed',
  rowId: id.toString('hex'),
});
