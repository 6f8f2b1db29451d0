import { Inject, Injectable } from '@nestjs/common';
import { places } from '../../../common/db/places';
import type { SqlConnection, SqlPool } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { IN_MS, NOW, type Row } from '../sql';
import { WEBHOOK_POOL } from '../webhook-pool';
import { slotsOf } from './delivery.policy';
import type { ClaimedDelivery, ClaimedEndpoint, Pace } from './delivery.types';
import { eventFromRow } from './delivery-row';

export interface ClaimLimits {
  /** Slots for endpoints that answer quickly, and for all others: neither takes the other's. */
  readonly quick: number;
  readonly others: number;
  /** Of one endpoint. */
  readonly endpointMax: number;
  readonly leaseMs: number;
}

const ENDPOINTS_AT_A_TIME = 64;

interface Candidate {
  readonly endpointId: string;
  readonly slots: number;
}

/** What a tried endpoint holds at the moment, of all workers. */
const IN_FLIGHT = `(SELECT COUNT(*) FROM webhook_deliveries d
  WHERE d.endpoint_id = e.id AND d.status = 'SENDING' AND d.due_at > ${NOW})`;

/**
 * Takes what is due, endpoint by endpoint, the one that was served longest ago first: a merchant with a long backlog gets
 * its few slots like any other. The claim is committed before anything is sent, and carries an epoch that its result must
 * name: a worker whose lease is over writes nothing.
 */
@Injectable()
export class DeliveryClaims {
  constructor(@Inject(WEBHOOK_POOL) private readonly pool: SqlPool) {}

  async claim(limits: ClaimLimits): Promise<ClaimedDelivery[]> {
    const claimed = await retryConflicts(() =>
      this.pool.transaction('claim-webhooks', async (tx) => {
        const endpoints = [
          ...(await candidates(tx, `pace = 'QUICK'`, limits.quick, limits.endpointMax)),
          ...(await candidates(tx, `pace <> 'QUICK'`, limits.others, limits.endpointMax)),
        ];
        if (endpoints.length === 0) return [];
        const rows = await stillDue(tx, await dueOf(tx, endpoints));
        if (rows.length > 0) {
          await tx.query(
            `UPDATE webhook_deliveries SET status = 'SENDING', epoch = epoch + 1, due_at = ${IN_MS},
               updated_at = ${NOW} WHERE id IN (${places(rows)})`,
            [limits.leaseMs, ...rows.map(({ id }) => id as string)],
          );
        }
        // The subquery reads the index in order: the first row is the earliest.
        await tx.query(
          `UPDATE webhook_endpoints e SET e.served_at = UTC_TIMESTAMP(6), e.due_at = (
             SELECT d.due_at FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.due_at IS NOT NULL
             ORDER BY d.due_at LIMIT 1) WHERE e.id IN (${places(endpoints)})`,
          endpoints.map(({ endpointId }) => endpointId),
        );
        return rows;
      }),
    );
    return this.loaded(claimed);
  }

  private async loaded(rows: readonly Row[]): Promise<ClaimedDelivery[]> {
    if (rows.length === 0) return [];
    const eventIds = [...new Set(rows.map((row) => row.event_id as string))];
    const endpointIds = [...new Set(rows.map((row) => row.endpoint_id as string))];
    const [events, endpoints] = await this.pool.use(async (connection) => [
      await connection.query<Row[]>(
        `SELECT * FROM webhook_events WHERE id IN (${places(eventIds)})`,
        eventIds,
      ),
      await connection.query<Row[]>(
        `SELECT *, IF(previous_secret_until > ${NOW}, previous_secret_sealed, NULL) AS live_previous
         FROM webhook_endpoints WHERE id IN (${places(endpointIds)}) AND status = 'ENABLED'`,
        endpointIds,
      ),
    ]);
    return rows.flatMap((row): ClaimedDelivery[] => {
      const event = events.find(({ id }) => id === row.event_id);
      // Disabled or deleted since: its lease runs out, and it waits or is discarded.
      const endpoint = endpoints.find(({ id }) => id === row.endpoint_id);
      if (event === undefined || endpoint === undefined) return [];
      return [
        {
          deliveryId: row.id as string,
          epoch: Number(row.epoch) + 1,
          tries: Number(row.tries),
          endpoint: endpointOf(endpoint),
          event: eventFromRow(event),
        },
      ];
    });
  }
}

async function candidates(
  tx: SqlConnection,
  pace: string,
  slots: number,
  endpointMax: number,
): Promise<Candidate[]> {
  if (slots <= 0) return [];
  const rows = await tx.query<Row[]>(
    `SELECT e.id, e.pace, ${IN_FLIGHT} AS in_flight FROM webhook_endpoints e
     WHERE e.status = 'ENABLED' AND e.${pace} AND e.due_at <= ${NOW}
       AND (e.held_until IS NULL OR e.held_until <= ${NOW})
       AND ${IN_FLIGHT} < IF(e.pace IN ('QUICK', 'SLOW'), ?, 1)
     ORDER BY e.served_at, e.id LIMIT ? FOR UPDATE SKIP LOCKED`,
    [endpointMax, Math.min(slots, ENDPOINTS_AT_A_TIME)],
  );
  const found: Candidate[] = [];
  let left = slots;
  for (const row of rows) {
    const own = Math.min(slotsOf(row.pace as Pace, endpointMax) - Number(row.in_flight), left);
    if (own <= 0) continue;
    found.push({ endpointId: row.id as string, slots: own });
    left -= own;
  }
  return found;
}

/** The earliest due ones of each endpoint; a lease that is over is due like any other. */
function dueOf(tx: SqlConnection, endpoints: readonly Candidate[]): Promise<Row[]> {
  const one = `(SELECT id, event_id, endpoint_id, epoch, tries FROM webhook_deliveries
    FORCE INDEX (ix_webhook_deliveries_due)
    WHERE endpoint_id = ? AND due_at <= ${NOW} ORDER BY due_at, sequence LIMIT ?)`;
  return tx.query<Row[]>(
    endpoints.map(() => one).join(' UNION ALL '),
    endpoints.flatMap(({ endpointId, slots }) => [endpointId, slots]),
  );
}

/** Held, and due for certain: a worker whose lease is over may have written its result after all. */
async function stillDue(tx: SqlConnection, found: readonly Row[]): Promise<Row[]> {
  if (found.length === 0) return [];
  return tx.query<Row[]>(
    `SELECT id, event_id, endpoint_id, epoch, tries FROM webhook_deliveries
     WHERE id IN (${places(found)}) AND due_at <= ${NOW} ORDER BY id FOR UPDATE`,
    found.map(({ id }) => id as string),
  );
}

function endpointOf(row: Row): ClaimedEndpoint {
  return {
    endpointId: row.id as string,
    mid: row.mid as string,
    url: row.url as string,
    pace: row.pace as Pace,
    secretSealed: row.secret_sealed as Buffer,
    previousSecretSealed: row.live_previous as Buffer | null,
  };
}
