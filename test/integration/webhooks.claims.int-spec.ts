import { SqlPool } from '../../src/common/db/pool';
import { newId } from '../../src/common/ids/id';
import { Clock } from '../../src/common/time/clock';
import { DeliveryClaims } from '../../src/modules/webhooks/deliveries/delivery-claims.repository';
import { Redeliver } from '../../src/modules/webhooks/deliveries/redeliver.service';
import { eventually } from '../support/program';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const MID = 'M8000001';
const NOW = 'UTC_TIMESTAMP(3)';
const LIMITS = { quick: 8, others: 8, endpointMax: 4, leaseMs: 60_000 };

let database: TestDatabase;
let pool: SqlPool;

beforeAll(async () => {
  database = await createTestDatabase('claims');
  pool = new SqlPool(database.url, { connectionsMax: 8, waitMs: 30_000, queryTimeoutMs: 30_000 });
  await pool.execute(
    `INSERT INTO merchants (mid, name, business_number, representative, address, phone, status, created_at)
     VALUES (?, '모두의문구', '1234567890', '김대표', '서울', '0215440000', 'ACTIVE', ${NOW})`,
    [MID],
  );
  await pool.execute('INSERT INTO webhook_merchants (mid, last_sequence) VALUES (?, 0)', [MID]);
});
afterAll(async () => {
  await pool?.close();
  await database?.drop();
});

async function newEndpoint(): Promise<string> {
  const endpointId = newId('whe');
  await pool.execute(
    `INSERT INTO webhook_endpoints (id, mid, url, status, secret_sealed, version, pace, due_at, created_at, updated_at)
     VALUES (?, ?, 'https://shop.example.com/', 'ENABLED', RANDOM_BYTES(60), 1, 'QUICK', ${NOW}, ${NOW}, ${NOW})`,
    [endpointId, MID],
  );
  return endpointId;
}

let sequence = 0;

/** One that a worker has taken and whose lease is over. */
async function newOverdue(endpointId: string): Promise<string> {
  const [eventId, deliveryId] = [newId('evt'), newId('whd')];
  sequence += 1;
  await pool.execute(
    `INSERT INTO webhook_events SELECT ?, ?, ?, 'TEST', NULL, 'payment.approved', '2026-11-21', 'x', '{}', ${NOW}, ${NOW}`,
    [eventId, MID, sequence],
  );
  await pool.execute(
    `INSERT INTO webhook_deliveries (id, event_id, endpoint_id, round, mid, event_type, sequence, status, due_at, epoch,
       created_at, updated_at)
     VALUES (?, ?, ?, 0, ?, 'payment.approved', ?, 'SENDING', ${NOW} - INTERVAL 1 SECOND, 1, ${NOW}, ${NOW})`,
    [deliveryId, eventId, endpointId, MID, sequence],
  );
  return deliveryId;
}

async function statusOf(deliveryId: string): Promise<string> {
  const [row] = await pool.execute<{ status: string }[]>(
    'SELECT status FROM webhook_deliveries WHERE id = ?',
    [deliveryId],
  );
  return row!.status;
}

/** Runs `work` while another transaction holds what `hold` locked; it ends once `until` resolves. */
async function whileHeld<T>(
  hold: string,
  values: string[],
  work: () => Promise<T>,
  until: (result: Promise<T>) => Promise<unknown>,
): Promise<T> {
  const result = await pool.transaction('a slow one', async (tx) => {
    await tx.query(hold, values);
    const running = work();
    // Looked at below: it may fail before that.
    running.catch(() => undefined);
    await until(running);
    return { running };
  });
  return result.running;
}

async function somebodyWaitsForDeliveries(): Promise<true | undefined> {
  const rows = await pool.query<unknown[]>(
    `SELECT 1 FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()
       AND (INFO LIKE 'UPDATE webhook_deliveries%' OR INFO LIKE '%webhook_deliveries%FOR UPDATE')`,
  );
  return rows.length > 0 ? true : undefined;
}

describe('a claim', () => {
  it('takes up what was left behind', async () => {
    const overdue = await newOverdue(await newEndpoint());
    const claimed = await new DeliveryClaims(pool).claim(LIMITS);
    expect(claimed.map(({ deliveryId, epoch }) => [deliveryId, epoch])).toEqual([[overdue, 2]]);
  });

  it('leaves alone what its late worker ends in that moment', async () => {
    const overdue = await newOverdue(await newEndpoint());
    const claimed = await whileHeld(
      `UPDATE webhook_deliveries SET status = 'DELIVERED', due_at = NULL, ended_at = ${NOW} WHERE id = ?`,
      [overdue],
      () => new DeliveryClaims(pool).claim(LIMITS),
      () => eventually(somebodyWaitsForDeliveries, { withinMs: 30_000, what: 'the claim to wait' }),
    );
    expect([claimed, await statusOf(overdue)]).toEqual([[], 'DELIVERED']);
  });
});

describe('a redelivery of a time', () => {
  it('looks through the events before it holds what the relay waits for', async () => {
    const endpointId = await newEndpoint();
    const [from, to] = [new Date(0), new Date(1)];
    const count = await whileHeld(
      'SELECT mid FROM webhook_merchants WHERE mid = ? FOR UPDATE',
      [MID],
      () => new Redeliver(pool, new Clock()).range(MID, endpointId, { from, to }),
      (found) => found,
    );
    expect(count).toBe(0);
  });

  it('sends each event once more, and none that is on its way', async () => {
    const endpointId = await newEndpoint();
    const ended = await newOverdue(endpointId);
    const underWay = await newOverdue(endpointId);
    await pool.execute(
      `UPDATE webhook_deliveries SET status = 'FAILED', due_at = NULL, ended_at = ${NOW} WHERE id = ?`,
      [ended],
    );
    const range = { from: new Date(0), to: new Date(Date.now() + 60_000), status: 'FAILED' as const };
    const redeliver = new Redeliver(pool, new Clock());
    expect(await redeliver.range(MID, endpointId, range)).toBe(1);
    expect(await redeliver.range(MID, endpointId, range)).toBe(0);
    const rows = await pool.execute<{ round: number; status: string }[]>(
      'SELECT round, status FROM webhook_deliveries WHERE endpoint_id = ? ORDER BY sequence, round',
      [endpointId],
    );
    expect(rows).toEqual([
      { round: 0, status: 'FAILED' },
      { round: 1, status: 'PENDING' },
      { round: 0, status: 'SENDING' },
    ]);
    expect(await statusOf(underWay)).toBe('SENDING');
  });
});
