import { Inject, Injectable } from '@nestjs/common';
import { isRetryableConflict } from '../../../common/db/database-errors';
import type { SqlPool, SqlValue } from '../../../common/db/pool';
import { fromDatabaseTime } from '../../../common/time/korean-time';
import { eventData } from '../events/event-data';
import { WEBHOOK_POOL } from '../webhook-pool';
import type { WebhookEventType } from '../webhooks.types';
import type { News, NewsPage, NewsSource, SeqRange } from './news.types';

type Row = Readonly<Record<string, SqlValue>>;

const COLUMNS = 'seq, id, mid, type, subject_id, data, occurred_at';

/** Everything else that is told, by the outbox. */
@Injectable()
export class OutboxSource implements NewsSource {
  readonly name = 'OUTBOX';

  constructor(@Inject(WEBHOOK_POOL) private readonly pool: SqlPool) {}

  async after(position: number, limit: number): Promise<NewsPage> {
    return pageOf(
      await this.pool.execute<Row[]>(
        `SELECT ${COLUMNS} FROM outbox_events WHERE seq > ? ORDER BY seq LIMIT ?`,
        [position, limit],
      ),
    );
  }

  async among(ranges: readonly SeqRange[]): Promise<NewsPage> {
    if (ranges.length === 0) return pageOf([]);
    return pageOf(
      await this.pool.execute<Row[]>(
        `SELECT ${COLUMNS} FROM outbox_events WHERE ${rangesSql(ranges)} ORDER BY seq`,
        valuesOf(ranges),
      ),
    );
  }

  /** A locking read waits for nobody: it fails at a row of an open transaction, and that says enough. */
  async areUnused(ranges: readonly SeqRange[]): Promise<boolean> {
    try {
      const rows = await this.pool.execute<unknown[]>(
        `SELECT seq FROM outbox_events WHERE ${rangesSql(ranges)} LOCK IN SHARE MODE NOWAIT`,
        valuesOf(ranges),
      );
      return rows.length === 0;
    } catch (error) {
      if (isRetryableConflict(error)) return false;
      throw error;
    }
  }
}

const rangesSql = (ranges: readonly SeqRange[]) => ranges.map(() => 'seq BETWEEN ? AND ?').join(' OR ');
const valuesOf = (ranges: readonly SeqRange[]) => ranges.flatMap(({ from, to }) => [from, to]);

function pageOf(rows: readonly Row[]): NewsPage {
  return { seqs: rows.map(({ seq }) => Number(seq)), news: rows.map(newsFromRow) };
}

function newsFromRow(row: Row): News {
  const type = row.type as WebhookEventType;
  return {
    source: 'OUTBOX',
    seq: Number(row.seq),
    eventId: row.id as string,
    mid: row.mid as string,
    type,
    subjectId: row.subject_id as string,
    data: eventData(type, JSON.parse(row.data as string) as Record<string, unknown>),
    occurredAt: fromDatabaseTime(row.occurred_at as string),
  };
}
