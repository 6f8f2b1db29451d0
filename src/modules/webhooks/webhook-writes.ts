import { places } from '../../common/db/places';
import type { Columns } from '../../common/db/insert-rows';
import { NOW, type Row, type Sql } from './sql';

/* Statements that relay, tests and redeliveries share. Lock order: positions, merchants, endpoints, deliveries. */

export const EVENT_COLUMNS: Columns = {
  given: [
    ...['id', 'mid', 'sequence', 'source', 'source_seq', 'type', 'schema_version', 'subject_id', 'data'],
    'occurred_at',
  ],
  computed: { created_at: NOW },
};

/** A delivery that is due at once. */
export const DELIVERY_COLUMNS: Columns = {
  given: ['id', 'event_id', 'endpoint_id', 'round', 'mid', 'event_type', 'sequence', 'status'],
  computed: { due_at: NOW, created_at: NOW, updated_at: NOW },
};

/** The number of each merchant's latest event, held until the transaction ends: it orders events and endpoints' changes. */
export async function lockSequences(tx: Sql, mids: readonly string[]): Promise<Map<string, number>> {
  await tx.query(
    // Locked for writing at once: INSERT IGNORE would read-lock a row that is there, and two of those wait for each other.
    `INSERT INTO webhook_merchants (mid, last_sequence) VALUES ${mids.map(() => '(?, 0)').join(', ')}
     ON DUPLICATE KEY UPDATE last_sequence = last_sequence`,
    [...mids],
  );
  const rows = await tx.query<Row[]>(
    `SELECT mid, last_sequence FROM webhook_merchants WHERE mid IN (${places(mids)}) ORDER BY mid FOR UPDATE`,
    [...mids],
  );
  return new Map(rows.map((row) => [row.mid as string, Number(row.last_sequence)]));
}

/** Something of these is due now: the worker looks at them. */
export async function remindEndpoints(tx: Sql, endpointIds: readonly string[]): Promise<void> {
  if (endpointIds.length === 0) return;
  await tx.query(
    `UPDATE webhook_endpoints SET due_at = LEAST(COALESCE(due_at, ${NOW}), ${NOW}) WHERE id IN (${places(endpointIds)})`,
    [...endpointIds],
  );
}
