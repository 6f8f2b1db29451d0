import { Inject, Injectable } from '@nestjs/common';
import { places } from '../../../common/db/places';
import type { SqlConnection, SqlPool, SqlValue } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { newId } from '../../../common/ids/id';
import { databaseTime } from '../../../common/time/korean-time';
import { eventTypesOf } from '../endpoints/endpoint-row';
import { fittingData } from '../events/event-body';
import { WEBHOOK_POOL } from '../webhook-pool';
import { SCHEMA_VERSION, type WebhookEventType } from '../webhooks.types';
import { DELIVERY_COLUMNS, EVENT_COLUMNS, lockSequences, remindEndpoints } from '../webhook-writes';
import { insertRows } from '../../../common/db/insert-rows';
import { NOW } from '../sql';
import type { News, SeqRange } from './news.types';

type Row = Readonly<Record<string, SqlValue>>;

export interface Position {
  readonly source: News['source'];
  readonly position: number;
  /** The fence: two relays that read the same position write it once. */
  readonly version: number;
}

export interface OpenGap extends SeqRange {
  readonly source: News['source'];
  readonly ageMs: number;
}

/** What one reading of all tables comes to. */
export interface RelayBatch {
  readonly moves: readonly (Position & { readonly moveTo: number })[];
  readonly opened: readonly (SeqRange & { readonly source: News['source'] })[];
  /** Gaps in which rows were found, and what is left of each. */
  readonly filled: readonly { readonly gap: OpenGap; readonly left: readonly SeqRange[] }[];
  /** In the order in which they are counted. */
  readonly news: readonly News[];
}

/** Somebody else has written from this position. */
class Overtaken extends Error {}

/** A bound on what one reading looks at; the rest waits for the next. */
const GAPS_MAX = 4_000;

@Injectable()
export class RelayRepository {
  constructor(@Inject(WEBHOOK_POOL) private readonly pool: SqlPool) {}

  async positions(): Promise<readonly Position[]> {
    const rows = await this.pool.execute<Row[]>(
      'SELECT source, position, version FROM webhook_positions ORDER BY source',
    );
    return rows.map((row) => ({
      source: row.source as News['source'],
      position: Number(row.position),
      version: Number(row.version),
    }));
  }

  async gaps(): Promise<readonly OpenGap[]> {
    const rows = await this.pool.execute<Row[]>(
      `SELECT source, from_seq, to_seq, TIMESTAMPDIFF(MICROSECOND, seen_at, ${NOW}) DIV 1000 AS age_ms
       FROM webhook_gaps ORDER BY seen_at LIMIT ${GAPS_MAX}`,
    );
    return rows.map((row) => ({
      source: row.source as News['source'],
      from: Number(row.from_seq),
      to: Number(row.to_seq),
      ageMs: Number(row.age_ms),
    }));
  }

  /** Numbers that nothing can appear under any more. */
  async forget(gaps: readonly OpenGap[]): Promise<void> {
    if (gaps.length === 0) return;
    await this.pool.use((connection) =>
      connection.query(
        `DELETE FROM webhook_gaps WHERE ${gaps.map(() => '(source = ? AND from_seq = ? AND to_seq = ?)').join(' OR ')}`,
        gaps.flatMap(({ source, from, to }) => [source, from, to]),
      ),
    );
  }

  /**
   * Makes the events, and a delivery of each for every endpoint that asks for it, in the transaction that moves the
   * positions: a change is told once, or not yet. False when another relay was first: then nothing was written.
   * Lock order: positions, merchants, endpoints, deliveries.
   */
  async write(batch: RelayBatch): Promise<boolean> {
    try {
      await retryConflicts(() =>
        this.pool.transaction('relay-webhooks', async (tx) => {
          for (const { source, version, moveTo } of batch.moves) {
            const { affectedRows } = await tx.execute<{ affectedRows: number }>(
              'UPDATE webhook_positions SET position = ?, version = version + 1 WHERE source = ? AND version = ?',
              [moveTo, source, version],
            );
            if (affectedRows !== 1) throw new Overtaken();
          }
          await this.writeGaps(tx, batch);
          if (batch.news.length > 0) await this.writeEvents(tx, batch.news);
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof Overtaken) return false;
      throw error;
    }
  }

  private async writeGaps(tx: SqlConnection, { opened, filled }: RelayBatch): Promise<void> {
    const given = ['source', 'from_seq', 'to_seq'];
    for (const { gap, left } of filled) {
      await tx.execute('DELETE FROM webhook_gaps WHERE source = ? AND from_seq = ? AND to_seq = ?', [
        ...[gap.source, gap.from, gap.to],
      ]);
      const rows = left.map(({ from, to }) => [gap.source, from, to]);
      // As old as the gap was: what is left of it has been open for as long.
      const seen = `${NOW} - INTERVAL ${Math.max(0, Math.floor(gap.ageMs))} * 1000 MICROSECOND`;
      await insertRows(tx, 'webhook_gaps', { given, computed: { seen_at: seen } }, rows);
    }
    const rows = opened.map(({ source, from, to }) => [source, from, to]);
    await insertRows(tx, 'webhook_gaps', { given, computed: { seen_at: NOW } }, rows);
  }

  private async writeEvents(tx: SqlConnection, news: readonly News[]): Promise<void> {
    const mids = [...new Set(news.map(({ mid }) => mid))].sort();
    const last = await lockSequences(tx, mids);
    const endpoints = await enabledEndpoints(tx, mids);
    const events: SqlValue[][] = [];
    const deliveries: SqlValue[][] = [];
    const reached = new Set<string>();
    for (const { source, seq, eventId, mid, type, subjectId, data, occurredAt } of news) {
      const sequence = last.get(mid)! + 1;
      last.set(mid, sequence);
      const id = eventId ?? newId('evt');
      const text = JSON.stringify(fittingData(data));
      events.push([
        ...[id, mid, sequence, source, seq, type, SCHEMA_VERSION, subjectId, text],
        databaseTime(occurredAt),
      ]);
      for (const endpoint of endpoints.filter((each) => each.mid === mid && each.wants(type))) {
        deliveries.push([newId('whd'), id, endpoint.id, 0, mid, type, sequence, 'PENDING']);
        reached.add(endpoint.id);
      }
    }
    await insertRows(tx, 'webhook_events', EVENT_COLUMNS, events);
    await remindEndpoints(tx, [...reached].sort());
    await insertRows(tx, 'webhook_deliveries', DELIVERY_COLUMNS, deliveries);
    for (const [mid, sequence] of last) {
      await tx.execute('UPDATE webhook_merchants SET last_sequence = ? WHERE mid = ?', [sequence, mid]);
    }
  }
}

async function enabledEndpoints(tx: SqlConnection, mids: readonly string[]) {
  const rows = await tx.query<Row[]>(
    `SELECT id, mid, event_types FROM webhook_endpoints WHERE mid IN (${places(mids)}) AND status = 'ENABLED'`,
    [...mids],
  );
  return rows.map((row) => {
    const types = eventTypesOf(row.event_types as string | null);
    const wants = (type: WebhookEventType) => types === null || types.includes(type);
    return { id: row.id as string, mid: row.mid as string, wants };
  });
}
