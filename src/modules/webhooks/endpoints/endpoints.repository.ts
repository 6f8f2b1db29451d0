import { Inject, Injectable } from '@nestjs/common';
import type { SqlPool, SqlValue } from '../../../common/db/pool';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { databaseTime } from '../../../common/time/korean-time';
import { insertRows } from '../../../common/db/insert-rows';
import { changed, NOW, type Row, type Sql } from '../sql';
import { WEBHOOK_POOL } from '../webhook-pool';
import { endpointFromRow, eventTypesText } from './endpoint-row';
import type { Endpoint, EndpointWish } from './endpoint.types';

/** With what only this module sees. */
export interface StoredEndpoint {
  readonly endpoint: Endpoint;
  readonly secretSealed: Buffer;
}

export interface Change {
  readonly actor: string;
  /** The merchant's latest event: what is wished from now on holds from the next one on. */
  readonly lastSequence: number;
  readonly at: Date;
}

@Injectable()
export class EndpointsRepository {
  constructor(@Inject(WEBHOOK_POOL) private readonly pool: SqlPool) {}

  /** Newest first; none that was deleted. */
  async list(mid: string, page: { readonly limit: number; readonly cursor?: string }) {
    const before = page.cursor === undefined ? null : placeOf(page.cursor).id;
    const rows = await this.pool.execute<Row[]>(
      `SELECT * FROM webhook_endpoints WHERE mid = ? AND status <> 'DELETED' AND (? IS NULL OR id < ?)
       ORDER BY id DESC LIMIT ?`,
      [mid, before, before, page.limit + 1],
    );
    const data = rows.slice(0, page.limit).map(endpointFromRow);
    const last = data.at(-1);
    const isLast = rows.length <= page.limit || last === undefined;
    return { data, nextCursor: isLast ? null : cursorAfter({ at: last.createdAt, id: last.endpointId }) };
  }

  /** Null for one that was deleted, too. */
  async find(mid: string, endpointId: string): Promise<StoredEndpoint | null> {
    const rows = await this.pool.execute<Row[]>(`${ONE}`, [endpointId, mid]);
    return storedFromRow(rows[0]);
  }

  /** Held until the transaction ends; after the merchant's sequence. */
  async lock(tx: Sql, mid: string, endpointId: string): Promise<StoredEndpoint | null> {
    const rows = await tx.query<Row[]>(`${ONE} FOR UPDATE`, [endpointId, mid]);
    return storedFromRow(rows[0]);
  }

  async wasDeleted(tx: Sql, mid: string, endpointId: string): Promise<boolean> {
    const rows = await tx.query<Row[]>(
      `SELECT 1 FROM webhook_endpoints WHERE id = ? AND mid = ? AND status = 'DELETED'`,
      [endpointId, mid],
    );
    return rows.length > 0;
  }

  async count(tx: Sql, mid: string): Promise<number> {
    const [row] = await tx.query<{ n: number | string }[]>(
      `SELECT COUNT(*) AS n FROM webhook_endpoints WHERE mid = ? AND status <> 'DELETED'`,
      [mid],
    );
    return Number(row?.n ?? 0);
  }

  async insert(
    tx: Sql,
    wish: EndpointWish & { readonly endpointId: string; readonly mid: string; readonly secretSealed: Buffer },
    change: Change,
  ): Promise<void> {
    const at = databaseTime(change.at);
    const types = eventTypesText(wish.eventTypes);
    await insertRows(tx, 'webhook_endpoints', NEW_COLUMNS, [
      [
        ...[wish.endpointId, wish.mid, wish.url, wish.description, types, wish.secretSealed],
        ...['ENABLED', 1, 'NEW', at, at],
      ],
    ]);
    await insertVersion(tx, { ...wish, version: 1, status: 'ENABLED', types }, change);
  }

  /** Writes an endpoint that is held, as it shall be, with its next version. */
  async update(
    tx: Sql,
    next: Endpoint,
    set: Readonly<Record<string, SqlValue>>,
    change: Change,
  ): Promise<Endpoint> {
    const version = next.version + 1;
    const types = eventTypesText(next.eventTypes);
    const columns: Record<string, SqlValue> = {
      ...{ url: next.url, description: next.description, event_types: types },
      ...{ status: next.status, disabled_reason: next.disabledReason, ...set },
      ...{ version, updated_at: databaseTime(change.at) },
    };
    const names = Object.keys(columns);
    const moved = await changed(
      tx,
      `UPDATE webhook_endpoints SET ${names.map((name) => `${name} = ?`).join(', ')},
         due_at = IF(? = 'DISABLED', due_at, ${NOW}) WHERE id = ? AND version = ?`,
      [...Object.values(columns), next.status, next.endpointId, next.version],
    );
    if (moved !== 1) throw new Error('an endpoint that is held was changed by somebody else');
    await insertVersion(tx, { ...next, version, types }, change);
    return { ...next, version, updatedAt: change.at };
  }

  /** A secret whose time is over opens nothing any more, and is not kept. Answers how many went. */
  async dropOldSecrets(limit: number): Promise<number> {
    const { affectedRows } = await this.pool.execute<{ affectedRows: number }>(
      `UPDATE webhook_endpoints SET previous_secret_sealed = NULL, previous_secret_until = NULL
       WHERE previous_secret_until < ${NOW} LIMIT ?`,
      [limit],
    );
    return affectedRows;
  }
}

const ONE = `SELECT * FROM webhook_endpoints WHERE id = ? AND mid = ? AND status <> 'DELETED'`;

const NEW_COLUMNS = {
  given: [
    ...['id', 'mid', 'url', 'description', 'event_types', 'secret_sealed', 'status', 'version', 'pace'],
    ...['created_at', 'updated_at'],
  ],
};

function storedFromRow(row: Row | undefined): StoredEndpoint | null {
  if (row === undefined) return null;
  return { endpoint: endpointFromRow(row), secretSealed: row.secret_sealed as Buffer };
}

async function insertVersion(
  tx: Sql,
  of: Pick<Endpoint, 'endpointId' | 'mid' | 'status' | 'version'> & { readonly types: string | null },
  { actor, lastSequence, at }: Change,
): Promise<void> {
  const given = [
    ...['endpoint_id', 'version', 'mid', 'from_sequence', 'status', 'event_types', 'actor', 'occurred_at'],
  ];
  await insertRows(tx, 'webhook_endpoint_versions', { given }, [
    [
      ...[of.endpointId, of.version, of.mid, lastSequence + 1, of.status, of.types],
      ...[actor.slice(0, 80), databaseTime(at)],
    ],
  ]);
}
