import { Inject, Injectable } from '@nestjs/common';
import type { SqlPool, SqlValue } from '../../../common/db/pool';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { eventFromRow } from '../deliveries/delivery-row';
import type { Row } from '../sql';
import { WEBHOOK_POOL } from '../webhook-pool';
import type { SentEventType, WebhookEvent } from '../webhooks.types';

export interface EventSearch {
  readonly mid: string;
  readonly type?: SentEventType;
  readonly order: 'asc' | 'desc';
  /** Only what was numbered after it. */
  readonly afterSequence?: number;
  readonly limit: number;
  readonly cursor?: string;
}

@Injectable()
export class EventsRepository {
  constructor(@Inject(WEBHOOK_POOL) private readonly pool: SqlPool) {}

  /** One range of one index, by the merchant's own numbers. */
  async list({ mid, type, order, afterSequence, limit, cursor }: EventSearch) {
    const conditions = ['mid = ?'];
    const values: SqlValue[] = [mid];
    const also = (condition: string, value: SqlValue) => {
      conditions.push(condition);
      values.push(value);
    };
    if (type !== undefined) also('type = ?', type);
    if (afterSequence !== undefined) also('sequence > ?', afterSequence);
    if (cursor !== undefined) also(order === 'asc' ? 'sequence > ?' : 'sequence < ?', sequenceOf(cursor));
    const index = type === undefined ? 'uq_webhook_events_sequence' : 'ix_webhook_events_type';
    const rows = await this.pool.execute<Row[]>(
      `SELECT * FROM webhook_events FORCE INDEX (${index}) WHERE ${conditions.join(' AND ')}
       ORDER BY sequence ${order === 'asc' ? 'ASC' : 'DESC'} LIMIT ?`,
      [...values, limit + 1],
    );
    const data = rows.slice(0, limit).map(eventFromRow);
    const last = data.at(-1);
    const isLast = rows.length <= limit || last === undefined;
    const nextCursor = isLast ? null : cursorAfter({ at: last.occurredAt, id: String(last.sequence) });
    return { data, nextCursor };
  }

  async find(mid: string, eventId: string): Promise<WebhookEvent | null> {
    const rows = await this.pool.execute<Row[]>('SELECT * FROM webhook_events WHERE id = ? AND mid = ?', [
      ...[eventId, mid],
    ]);
    return rows[0] === undefined ? null : eventFromRow(rows[0]);
  }
}

function sequenceOf(cursor: string): number {
  const { id } = placeOf(cursor);
  if (/^\d{1,15}$/.test(id)) return Number(id);
  throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'cursor', code: 'BAD_FORMAT' }] });
}
