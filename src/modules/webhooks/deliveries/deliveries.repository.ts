import { Inject, Injectable } from '@nestjs/common';
import type { SqlPool, SqlValue } from '../../../common/db/pool';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { firstIdAt } from '../../../common/ids/id';
import { databaseTime } from '../../../common/time/korean-time';
import { NOW, type Row } from '../sql';
import { WEBHOOK_POOL } from '../webhook-pool';
import type { SentEventType } from '../webhooks.types';
import type { Delivery, DeliveryAttempt } from './delivery.types';
import { attemptFromRow, deliveryFromRow } from './delivery-row';
import type { DeliveryStatus } from './webhook-delivery.state';

export interface DeliverySearch {
  readonly mid: string;
  readonly endpointId?: string;
  readonly status?: DeliveryStatus;
  readonly eventType?: SentEventType;
  /** The first instant, and the first one after. */
  readonly from?: Date;
  readonly to?: Date;
  readonly limit: number;
  readonly cursor?: string;
}

const ATTEMPTS_MAX = 100;
/** Ids are made by this process's clock, times by the database's; more than half a second between them is an alarm. */
const CLOCKS_APART_MS = 60_000;

@Injectable()
export class DeliveriesRepository {
  constructor(@Inject(WEBHOOK_POOL) private readonly pool: SqlPool) {}

  /** Newest first. Ids are in the order of time, so that every page is a range of one index. */
  async list(search: DeliverySearch) {
    const { mid, limit, cursor } = search;
    const conditions = ['mid = ?'];
    const values: SqlValue[] = [mid];
    const also = (condition: string, value: SqlValue | undefined) => {
      if (value === undefined) return;
      conditions.push(condition);
      values.push(value);
    };
    also('endpoint_id = ?', search.endpointId);
    also('status = ?', search.status);
    also('event_type = ?', search.eventType);
    also('created_at >= ?', search.from && databaseTime(search.from));
    also('created_at < ?', search.to && databaseTime(search.to));
    // By ids too, or all that is younger would be read to find what is old.
    also('id >= ?', search.from && firstIdAfter(search.from.getTime() - CLOCKS_APART_MS));
    also('id < ?', search.to && firstIdAfter(search.to.getTime() + CLOCKS_APART_MS));
    also('id < ?', cursor === undefined ? undefined : placeOf(cursor).id);
    const rows = await this.pool.execute<Row[]>(
      `SELECT * FROM webhook_deliveries FORCE INDEX (${indexOf(search)}) WHERE ${conditions.join(' AND ')}
       ORDER BY id DESC LIMIT ?`,
      [...values, limit + 1],
    );
    const data = rows.slice(0, limit).map(deliveryFromRow);
    const last = data.at(-1);
    const isLast = rows.length <= limit || last === undefined;
    return { data, nextCursor: isLast ? null : cursorAfter({ at: last.createdAt, id: last.deliveryId }) };
  }

  async find(mid: string, deliveryId: string): Promise<Delivery | null> {
    const rows = await this.pool.execute<Row[]>('SELECT * FROM webhook_deliveries WHERE id = ? AND mid = ?', [
      ...[deliveryId, mid],
    ]);
    return rows[0] === undefined ? null : deliveryFromRow(rows[0]);
  }

  /** The latest tries, oldest first. */
  async attempts(deliveryId: string): Promise<readonly DeliveryAttempt[]> {
    const rows = await this.pool.execute<Row[]>(
      'SELECT * FROM webhook_attempts WHERE delivery_id = ? ORDER BY id DESC LIMIT ?',
      [deliveryId, ATTEMPTS_MAX],
    );
    return rows.map(attemptFromRow).reverse();
  }

  /** Ends what was on its way to endpoints that were deleted, some at a time; answers how many. */
  async discard(limit: number): Promise<number> {
    const endpoints = await this.pool.execute<{ id: string }[]>(
      `SELECT id FROM webhook_endpoints WHERE status = 'DELETED' AND due_at IS NOT NULL LIMIT 20`,
    );
    let ended = 0;
    for (const { id } of endpoints) {
      const { affectedRows } = await this.pool.execute<{ affectedRows: number }>(
        `UPDATE webhook_deliveries SET status = 'DISCARDED', due_at = NULL, ended_at = ${NOW}, updated_at = ${NOW}
         WHERE endpoint_id = ? AND (status = 'PENDING' OR (status = 'SENDING' AND due_at <= ${NOW})) LIMIT ?`,
        [id, limit],
      );
      ended += affectedRows;
      if (affectedRows < limit) await this.endIfNothingWaits(id);
    }
    return ended;
  }

  private async endIfNothingWaits(endpointId: string): Promise<void> {
    await this.pool.execute(
      `UPDATE webhook_endpoints SET due_at = NULL WHERE id = ? AND status = 'DELETED' AND NOT EXISTS (
         SELECT 1 FROM webhook_deliveries WHERE endpoint_id = ? AND due_at IS NOT NULL)`,
      [endpointId, endpointId],
    );
  }
}

/** Of any time at all: an id knows none before 1970. */
const firstIdAfter = (atMs: number) => firstIdAt('whd', new Date(Math.max(0, atMs)));

/** The index that serves a search best: said, not left to be guessed. */
function indexOf({ endpointId, status, eventType }: DeliverySearch): string {
  if (endpointId !== undefined) return `ix_webhook_deliveries_endpoint${status === undefined ? '_all' : ''}`;
  if (status !== undefined) return 'ix_webhook_deliveries_status';
  return eventType === undefined ? 'ix_webhook_deliveries_mid' : 'ix_webhook_deliveries_type';
}
