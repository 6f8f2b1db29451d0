import { Inject, Injectable } from '@nestjs/common';
import type { SqlPool } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { databaseTime } from '../../../common/time/korean-time';
import { maskedBody, maskedHead } from '../outbound/masked-exchange';
import { insertRows } from '../../../common/db/insert-rows';
import { changed, IN_MS, NOW, type Row, type Sql } from '../sql';
import { WEBHOOK_POOL } from '../webhook-pool';
import { AT_ONCE, type Verdict } from './delivery.policy';
import type { ClaimedDelivery, Pace, SendResult } from './delivery.types';
import { assertDeliveryTransition } from './webhook-delivery.state';

/** One try, made. */
export interface Tried {
  readonly delivery: ClaimedDelivery;
  readonly result: SendResult;
  readonly pace: Pace;
  readonly startedAt: Date;
}

/** What became of a try, fenced by the epoch of its claim. The try itself is kept whoever may write its result. */
@Injectable()
export class DeliveryResults {
  constructor(@Inject(WEBHOOK_POOL) private readonly pool: SqlPool) {}

  /** False when the lease was over and somebody else has it: the state is not touched then. */
  keep(tried: Tried, verdict: Exclude<Verdict, { to: 'FAILED' }>): Promise<boolean> {
    return retryConflicts(() =>
      this.pool.transaction('keep-webhook-try', async (tx) => {
        if (verdict.to === 'PENDING' && (await hasMoved(tx, tried))) return this.tryNewAddress(tx, tried);
        await this.touchEndpoint(tx, tried, verdict);
        return this.write(tx, tried, verdict);
      }),
    );
  }

  /** In the caller's transaction, for a try that went to an address which its endpoint no longer has. */
  async tryNewAddress(tx: Sql, tried: Tried): Promise<boolean> {
    await this.touchEndpoint(tx, { ...tried, pace: 'NEW' }, AT_ONCE);
    return this.write(tx, tried, AT_ONCE);
  }

  /** In the caller's transaction: the try, and the delivery's state if the claim is still this worker's. */
  async write(tx: Sql, tried: Tried, verdict: Verdict): Promise<boolean> {
    const { delivery, result, startedAt } = tried;
    assertDeliveryTransition('SENDING', verdict.to);
    const isPending = verdict.to === 'PENDING';
    const moved = await changed(
      tx,
      `UPDATE webhook_deliveries SET status = ?, tries = tries + 1, last_outcome = ?, last_http_status = ?,
         last_duration_ms = ?, due_at = ${isPending ? IN_MS : 'NULL'},
         ended_at = ${isPending ? 'NULL' : NOW}, updated_at = ${NOW}
       WHERE id = ? AND status = 'SENDING' AND epoch = ?`,
      [
        ...[verdict.to, result.outcome, result.httpStatus, result.durationMs],
        ...(isPending ? [verdict.dueInMs] : []),
        ...[delivery.deliveryId, delivery.epoch],
      ],
    );
    await insertRows(tx, 'webhook_attempts', ATTEMPT_COLUMNS, [
      [
        ...[delivery.deliveryId, result.outcome, result.httpStatus, result.durationMs],
        ...[maskedBody(delivery.event), maskedHead(result.answerHead), databaseTime(startedAt)],
      ],
    ]);
    return moved === 1;
  }

  /** Before the delivery, as every statement that holds both. Nothing for an endpoint that answers as it did. */
  private async touchEndpoint(tx: Sql, { delivery, pace }: Tried, verdict: Verdict): Promise<void> {
    const { endpointId, pace: before } = delivery.endpoint;
    if (verdict.to === 'PENDING') {
      const { dueInMs, holdMs } = verdict;
      await tx.query(
        `UPDATE webhook_endpoints SET pace = ?, due_at = LEAST(COALESCE(due_at, ${IN_MS}), ${IN_MS}),
           held_until = IF(? IS NULL, held_until, GREATEST(COALESCE(held_until, ${NOW}), ${IN_MS})) WHERE id = ?`,
        [pace, dueInMs, dueInMs, holdMs, holdMs ?? 0, endpointId],
      );
    } else if (pace !== before) {
      await tx.query('UPDATE webhook_endpoints SET pace = ? WHERE id = ?', [pace, endpointId]);
    }
  }
}

/** Locks the endpoint, which is written next. */
async function hasMoved(tx: Sql, { delivery }: Tried): Promise<boolean> {
  const { endpointId, url } = delivery.endpoint;
  const [row] = await tx.query<Row[]>('SELECT url FROM webhook_endpoints WHERE id = ? FOR UPDATE', [
    endpointId,
  ]);
  return row !== undefined && row.url !== url;
}

const ATTEMPT_COLUMNS = {
  given: [
    ...['delivery_id', 'outcome', 'http_status', 'duration_ms', 'request_masked', 'answer_head'],
    'started_at',
  ],
};
