import { Inject, Injectable } from '@nestjs/common';
import { isStatementTimeout } from '../../../common/db/database-errors';
import { places } from '../../../common/db/places';
import type { SqlConnection, SqlPool, SqlValue } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { newId } from '../../../common/ids/id';
import { Clock } from '../../../common/time/clock';
import { databaseTime, koreanTime } from '../../../common/time/korean-time';
import type { EndpointStatus } from '../endpoints/webhook-endpoint.state';
import { insertRows } from '../../../common/db/insert-rows';
import { NOW, type Row, type Sql } from '../sql';
import { WEBHOOK_POOL } from '../webhook-pool';
import { DELIVERY_COLUMNS, EVENT_COLUMNS, lockSequences, remindEndpoints } from '../webhook-writes';
import { WEBHOOKS_ERRORS } from '../webhooks.errors';
import { SCHEMA_VERSION, TEST_EVENT_TYPE } from '../webhooks.types';
import type { Delivery } from './delivery.types';
import { deliveryFromRow } from './delivery-row';
import type { EndedStatus } from './webhook-delivery.state';

const EVENTS_MAX = 1_000;

export interface RedeliveryRange {
  readonly from: Date;
  readonly to: Date;
  /** Only events whose latest delivery to the endpoint ended so; without it also those that it was never told of. */
  readonly status?: EndedStatus;
}

/** What merchants ask to be sent: again, or to try their endpoint. A redelivery has the same event under the same id. */
@Injectable()
export class Redeliver {
  constructor(
    @Inject(WEBHOOK_POOL) private readonly pool: SqlPool,
    private readonly clock: Clock,
  ) {}

  /**
   * One that waits for its next try is tried at once; one that has ended gets a delivery beside it. Throws
   * WEBHOOK_DELIVERY_NOT_FOUND, WEBHOOK_ENDPOINT_DISABLED.
   */
  one(mid: string, deliveryId: string): Promise<Delivery> {
    return this.inTransaction('redeliver-webhook', mid, async (tx) => {
      const [row] = await tx.query<Row[]>('SELECT * FROM webhook_deliveries WHERE id = ? AND mid = ?', [
        ...[deliveryId, mid],
      ]);
      if (row === undefined) throw fault(WEBHOOKS_ERRORS, 'WEBHOOK_DELIVERY_NOT_FOUND');
      const endpointId = row.endpoint_id as string;
      await this.holdEnabled(tx, mid, endpointId);
      await remindEndpoints(tx, [endpointId]);
      const [latest] = await tx.query<Row[]>(
        `SELECT * FROM webhook_deliveries WHERE event_id = ? AND endpoint_id = ? ORDER BY round DESC LIMIT 1 FOR UPDATE`,
        [row.event_id as string, endpointId],
      );
      if (latest!.due_at !== null) {
        const id = latest!.id as string;
        await tx.query(
          `UPDATE webhook_deliveries SET due_at = ${NOW}, updated_at = ${NOW} WHERE id = ? AND status = 'PENDING'`,
          [id],
        );
        return this.read(tx, id);
      }
      const id = newId('whd');
      const { event_type: type, sequence } = latest!;
      await insertRows(tx, 'webhook_deliveries', DELIVERY_COLUMNS, [
        [
          ...[id, row.event_id as string, endpointId, Number(latest!.round) + 1, mid],
          ...[type as string, Number(sequence), 'PENDING'],
        ],
      ]);
      return this.read(tx, id);
    });
  }

  /**
   * Every event of a time that the endpoint asks for, but those that are on their way to it. Answers how many. Throws
   * WEBHOOK_ENDPOINT_NOT_FOUND, WEBHOOK_ENDPOINT_DISABLED, REDELIVERY_TOO_LARGE.
   */
  async range(mid: string, endpointId: string, range: RedeliveryRange): Promise<number> {
    // Looked for before anything is held: the relay of all merchants waits for this one's lock, and a time may be long.
    const eventIds = await this.eventsOf(mid, endpointId, range).catch((error: unknown) => {
      // More events than can be looked through are as good as too many.
      if (isStatementTimeout(error)) throw fault(WEBHOOKS_ERRORS, 'REDELIVERY_TOO_LARGE', { cause: error });
      throw error;
    });
    if (eventIds.length === 0) return 0;
    return this.inTransaction('redeliver-webhooks', mid, async (tx) => {
      await this.holdEnabled(tx, mid, endpointId);
      const byStatus = range.status === undefined ? [] : [range.status];
      const rows = await tx.query<Row[]>(
        `${EVENTS_WITH_LATEST('')} WHERE e.id IN (${places(eventIds)}) ${notUnderWay(byStatus)}
         ORDER BY e.created_at, e.sequence`,
        [endpointId, ...eventIds, ...byStatus],
      );
      if (rows.length === 0) return 0;
      await remindEndpoints(tx, [endpointId]);
      const deliveries = rows.map((row): SqlValue[] => [
        ...[newId('whd'), row.id as string, endpointId, row.round === null ? 0 : Number(row.round) + 1, mid],
        ...[row.type as string, Number(row.sequence), 'PENDING'],
      ]);
      await insertRows(tx, 'webhook_deliveries', DELIVERY_COLUMNS, deliveries);
      return rows.length;
    });
  }

  private async eventsOf(mid: string, endpointId: string, range: RedeliveryRange): Promise<string[]> {
    const byStatus = range.status === undefined ? [] : [range.status];
    return this.pool.use(async (connection) => {
      const wanted = await this.enabledTypes(connection, mid, endpointId);
      const byTypes = wanted === null ? [] : [wanted];
      const rows = await connection.query<Row[]>(
        `${EVENTS_WITH_LATEST('FORCE INDEX (ix_webhook_events_created)')}
         WHERE e.mid = ? AND e.created_at >= ? AND e.created_at < ? AND e.type <> ?
           ${byTypes.map(() => 'AND FIND_IN_SET(e.type, ?)').join('')} ${notUnderWay(byStatus)}
         ORDER BY e.created_at, e.sequence LIMIT ?`,
        [
          ...[endpointId, mid, databaseTime(range.from), databaseTime(range.to), TEST_EVENT_TYPE],
          ...[...byTypes, ...byStatus, EVENTS_MAX + 1],
        ],
      );
      if (rows.length > EVENTS_MAX) throw fault(WEBHOOKS_ERRORS, 'REDELIVERY_TOO_LARGE');
      return rows.map(({ id }) => id as string);
    });
  }

  /** Throws WEBHOOK_ENDPOINT_NOT_FOUND, WEBHOOK_ENDPOINT_DISABLED. */
  test(mid: string, endpointId: string): Promise<Delivery> {
    return this.inTransaction('test-webhook', mid, async (tx, last) => {
      await this.holdEnabled(tx, mid, endpointId);
      const at = this.clock.now();
      const [eventId, id, sequence] = [newId('evt'), newId('whd'), last + 1];
      const data = JSON.stringify({ endpointId, occurredAt: koreanTime(at) });
      await insertRows(tx, 'webhook_events', EVENT_COLUMNS, [
        [
          ...[eventId, mid, sequence, 'TEST', null, TEST_EVENT_TYPE, SCHEMA_VERSION, endpointId, data],
          databaseTime(at),
        ],
      ]);
      await tx.query('UPDATE webhook_merchants SET last_sequence = ? WHERE mid = ?', [sequence, mid]);
      await remindEndpoints(tx, [endpointId]);
      await insertRows(tx, 'webhook_deliveries', DELIVERY_COLUMNS, [
        [id, eventId, endpointId, 0, mid, TEST_EVENT_TYPE, sequence, 'PENDING'],
      ]);
      return this.read(tx, id);
    });
  }

  private inTransaction<T>(
    name: string,
    mid: string,
    work: (tx: SqlConnection, lastSequence: number) => Promise<T>,
  ): Promise<T> {
    return retryConflicts(() =>
      this.pool.transaction(name, async (tx) => work(tx, (await lockSequences(tx, [mid])).get(mid)!)),
    );
  }

  /** As `enabledTypes`; the endpoint stays as it is until the transaction ends. */
  private holdEnabled(tx: SqlConnection, mid: string, endpointId: string): Promise<string | null> {
    return this.enabledTypes(tx, mid, endpointId, 'FOR UPDATE');
  }

  /**
   * The types that it asks for, between commas; null = all. Throws WEBHOOK_ENDPOINT_NOT_FOUND,
   * WEBHOOK_ENDPOINT_DISABLED.
   */
  private async enabledTypes(
    sql: Sql,
    mid: string,
    endpointId: string,
    lock: '' | 'FOR UPDATE' = '',
  ): Promise<string | null> {
    const [row] = await sql.query<Row[]>(
      `SELECT status, event_types FROM webhook_endpoints WHERE id = ? AND mid = ? AND status <> 'DELETED' ${lock}`,
      [endpointId, mid],
    );
    if (row === undefined) throw fault(WEBHOOKS_ERRORS, 'WEBHOOK_ENDPOINT_NOT_FOUND');
    if ((row.status as EndpointStatus) !== 'ENABLED')
      throw fault(WEBHOOKS_ERRORS, 'WEBHOOK_ENDPOINT_DISABLED');
    return row.event_types as string | null;
  }

  private async read(tx: SqlConnection, deliveryId: string): Promise<Delivery> {
    const [row] = await tx.query<Row[]>('SELECT * FROM webhook_deliveries WHERE id = ?', [deliveryId]);
    return deliveryFromRow(row!);
  }
}

/** Events with their latest delivery to the endpoint. */
const EVENTS_WITH_LATEST = (index: string) => `
SELECT e.id, e.type, e.sequence, d.round FROM webhook_events e ${index}
LEFT JOIN webhook_deliveries d ON d.event_id = e.id AND d.endpoint_id = ?
  AND d.round = (SELECT MAX(l.round) FROM webhook_deliveries l
    WHERE l.event_id = e.id AND l.endpoint_id = d.endpoint_id)`;
const notUnderWay = (byStatus: readonly EndedStatus[]) =>
  `AND d.due_at IS NULL ${byStatus.map(() => 'AND d.status = ?').join('')}`;
