import { SqlPool } from '../../src/common/db/pool';
import { newId } from '../../src/common/ids/id';
import { recordEvent } from '../../src/common/outbox/outbox';
import { Clock } from '../../src/common/time/clock';
import { loadConfig } from '../../src/config/app-config';
import { PaymentNewsFacade } from '../../src/modules/payments/payment-news.facade';
import { PaymentNewsRepository } from '../../src/modules/payments/payment-news.repository';
import { PaymentsRepository } from '../../src/modules/payments/payments.repository';
import { DeliveriesRepository } from '../../src/modules/webhooks/deliveries/deliveries.repository';
import { EndpointsRepository } from '../../src/modules/webhooks/endpoints/endpoints.repository';
import { OutboxSource } from '../../src/modules/webhooks/relay/outbox-source';
import { PaymentSource } from '../../src/modules/webhooks/relay/payment-source';
import { RelayEventsJob } from '../../src/modules/webhooks/relay/relay-events.job';
import { RelayRepository } from '../../src/modules/webhooks/relay/relay.repository';
import { RetentionJob } from '../../src/modules/webhooks/retention.job';
import { checkDatabase } from '../../src/verify/database-checks';
import { eventually, pause } from '../support/program';
import { createTestDatabase, type TestDatabase, testEnvironment } from '../support/test-database';

const MID = 'M8000001';
const SEED = 20_261_121;

let database: TestDatabase;
let pool: SqlPool;

beforeAll(async () => {
  database = await createTestDatabase('relay');
  pool = new SqlPool(database.url, { connectionsMax: 24, waitMs: 30_000, queryTimeoutMs: 30_000 });
  await pool.execute(
    `INSERT INTO merchants (mid, name, business_number, representative, address, phone, status, created_at)
     VALUES (?, '모두의문구', '1234567890', '김대표', '서울', '0215440000', 'ACTIVE', UTC_TIMESTAMP(3))`,
    [MID],
  );
});
afterAll(async () => {
  await pool?.close();
  await database?.drop();
});

const configWith = (gapMs: number) =>
  loadConfig(testEnvironment(database.url, { WEBHOOK_GAP_MS: String(gapMs) }));

/** A relay as a worker has it; `gapMs`: from which age on it tries to forget a gap. */
function relay(gapMs = 1): RelayEventsJob {
  const payments = new PaymentNewsFacade(new PaymentNewsRepository(pool), new PaymentsRepository(pool));
  return new RelayEventsJob(
    new RelayRepository(pool),
    configWith(gapMs),
    new PaymentSource(payments),
    new OutboxSource(pool),
  );
}

const tell = (tx: Parameters<typeof recordEvent>[0], subjectId: string) =>
  recordEvent(tx, {
    ...{ mid: MID, type: 'subscription.completed', subjectId, at: new Date() },
    data: { subscriptionId: subjectId, billingKey: 'bil_1' },
  });

/** A transaction that has told something and stays open until it is told how to end. */
async function open(subject: string): Promise<(end: 'COMMIT' | 'ROLLBACK') => Promise<void>> {
  let finish: (end: 'COMMIT' | 'ROLLBACK') => void = () => undefined;
  const ending = new Promise<'COMMIT' | 'ROLLBACK'>((resolve) => (finish = resolve));
  let told: () => void = () => undefined;
  const hasTold = new Promise<void>((resolve) => (told = resolve));
  const whole = pool
    .transaction('an open one', async (tx) => {
      await tell(tx, subject);
      told();
      if ((await ending) === 'ROLLBACK') throw new Error('undone');
    })
    .catch((error: Error) => {
      if (error.message !== 'undone') throw error;
    });
  await hasTold;
  return async (end) => {
    finish(end);
    await whole;
  };
}

async function subjects(): Promise<string[]> {
  const rows = await pool.execute<{ subject_id: string }[]>(
    'SELECT subject_id FROM webhook_events WHERE mid = ? ORDER BY sequence',
    [MID],
  );
  return rows.map((row) => row.subject_id);
}

const gaps = () => pool.execute<{ from_seq: number }[]>('SELECT from_seq FROM webhook_gaps');

describe('the relay', () => {
  it('passes an open transaction by without losing it, and keeps its number until it has ended', async () => {
    const [late, undone, early] = [newId('sub'), newId('sub'), newId('sub')];
    const endLate = await open(late);
    const endUndone = await open(undone);
    await pool.transaction('a quick one', (tx) => tell(tx, early));
    const job = relay();
    await job.sweep();
    expect(await subjects()).toEqual([early]);
    for (let again = 0; again < 3; again += 1) {
      await pause(5);
      await job.sweep();
    }
    expect((await gaps()).length).toBeGreaterThan(0);
    await endLate('COMMIT');
    await endUndone('ROLLBACK');
    await job.sweep();
    expect(await subjects()).toEqual([early, late]);
    await eventually(async () => ((await job.sweep(), await gaps()).length === 0 ? true : undefined), {
      withinMs: 20_000,
      what: 'the unused number is forgotten',
    });
    expect(await subjects()).toEqual([early, late]);
  });

  it('makes one event of each change, however many relays read at once', async () => {
    const wanted = Array.from({ length: 40 }, () => newId('sub'));
    for (const subject of wanted) await pool.transaction('one', (tx) => tell(tx, subject));
    const before = (await subjects()).length;
    await Promise.all(Array.from({ length: 8 }, () => relay().sweep()));
    await relay().sweep();
    expect((await subjects()).slice(before)).toEqual(wanted);
  });

  it(`tells what was committed and nothing else, in any order of commits (seed ${SEED})`, async () => {
    let state = SEED;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const [committed, undone] = [new Set<string>(), new Set<string>()];
    let isWriting = true;
    const job = relay();
    const reading = (async () => {
      while (isWriting) await job.sweep();
    })();
    const writer = async () => {
      for (let each = 0; each < 25; each += 1) {
        const subject = newId('sub');
        const end = await open(subject);
        await pause(random() * 15);
        const isUndone = random() < 0.25;
        await end(isUndone ? 'ROLLBACK' : 'COMMIT');
        (isUndone ? undone : committed).add(subject);
      }
    };
    await Promise.all(Array.from({ length: 10 }, writer));
    isWriting = false;
    await reading;
    await job.sweep();
    const told = await subjects();
    expect(told.filter((subject) => undone.has(subject))).toEqual([]);
    expect(told.filter((subject) => committed.has(subject)).sort()).toEqual([...committed].sort());
    const [row] = await pool.execute<{ n: number; last: number }[]>(
      'SELECT COUNT(DISTINCT sequence) AS n, MAX(sequence) AS last FROM webhook_events WHERE mid = ?',
      [MID],
    );
    expect([Number(row!.n), Number(row!.last)]).toEqual([told.length, told.length]);
  });
});

describe('what is kept', () => {
  it('is neither changed nor removed before its time, whoever asks', async () => {
    for (const sql of [
      'UPDATE webhook_events SET sequence = sequence + 1000000',
      'DELETE FROM webhook_events',
      `UPDATE webhook_endpoint_versions SET status = 'DELETED'`,
    ]) {
      const [row] = await pool.execute<{ n: number }[]>(
        'SELECT COUNT(*) AS n FROM webhook_endpoint_versions',
      );
      if (sql.includes('versions') && Number(row!.n) === 0) continue;
      await expect(pool.execute(sql)).rejects.toThrow('APPEND_ONLY');
    }
  });

  it('goes with everything that belongs to it once it is old', async () => {
    const [eventId, deliveryId] = ['evt_00000000000000000000000001', 'whd_00000000000000000000000001'];
    const old = 'UTC_TIMESTAMP(3) - INTERVAL 91 DAY';
    await pool.execute(
      `INSERT INTO webhook_events SELECT ?, 'M8000002', 1, 'TEST', NULL, 'webhook.test', '2026-11-21', 'x', '{}', ${old}, ${old}`,
      [eventId],
    );
    await pool.execute(
      `INSERT INTO webhook_deliveries (id, event_id, endpoint_id, round, mid, event_type, sequence, status, created_at,
         updated_at, ended_at) VALUES (?, ?, 'whe_1', 0, 'M8000002', 'webhook.test', 1, 'DELIVERED', ${old}, ${old}, ${old})`,
      [deliveryId, eventId],
    );
    await pool.execute(
      `INSERT INTO webhook_attempts (delivery_id, outcome, duration_ms, request_masked, started_at)
       VALUES (?, 'DELIVERED', 5, '{}', ${old})`,
      [deliveryId],
    );
    const before = (await subjects()).length;
    const config = configWith(1);
    const job = new RetentionJob(
      pool,
      new DeliveriesRepository(pool),
      new EndpointsRepository(pool),
      config,
      new Clock(),
    );
    expect(await job.sweep()).toBe(1);
    for (const [table, column] of [
      ['webhook_events', 'id'],
      ['webhook_deliveries', 'event_id'],
    ] as const) {
      expect(await pool.execute(`SELECT 1 FROM ${table} WHERE ${column} = ?`, [eventId])).toEqual([]);
    }
    expect(await pool.execute('SELECT 1 FROM webhook_attempts WHERE delivery_id = ?', [deliveryId])).toEqual(
      [],
    );
    expect((await subjects()).length).toBe(before);
  });
});

describe('npm run verify', () => {
  const found = async () => (await checkDatabase(pool, 'ALLOWED')).map(({ what }) => what);

  beforeAll(async () => {
    const at = 'UTC_TIMESTAMP(3)';
    await pool.execute(
      `INSERT INTO webhook_endpoints (id, mid, url, event_types, status, secret_sealed, version, pace, created_at, updated_at)
       VALUES ('whe_1', ?, 'https://shop.example.com/', NULL, 'ENABLED', RANDOM_BYTES(60), 1, 'NEW', ${at}, ${at})`,
      [MID],
    );
    await pool.execute(
      `INSERT INTO webhook_endpoint_versions SELECT id, 1, mid,
         (SELECT last_sequence + 1 FROM webhook_merchants WHERE mid = ?), status, event_types, 'test', ${at} FROM webhook_endpoints`,
      [MID],
    );
    await pool.transaction('one', (tx) => tell(tx, newId('sub')));
    await relay().sweep();
  });

  it('finds nothing where nothing is wrong', async () => expect(await found()).toEqual([]));

  it.each([
    [
      'an event lacks its delivery to an endpoint that asked for it',
      `DELETE FROM webhook_deliveries WHERE endpoint_id = 'whe_1'`,
    ],
    [
      'a delivery is of no event or to no endpoint of its merchant',
      `INSERT INTO webhook_deliveries (id, event_id, endpoint_id, round, mid, event_type, sequence, status, due_at, created_at, updated_at)
       VALUES ('whd_x', 'evt_x', 'whe_1', 0, '${MID}', 'x', 1, 'PENDING', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`,
    ],
    [
      'a delivery is told as delivered, yet no try of it was',
      `UPDATE webhook_deliveries SET status = 'DELIVERED', due_at = NULL, ended_at = UTC_TIMESTAMP(3)`,
    ],
    [
      'a delivery is due, yet its endpoint would not be looked at',
      `UPDATE webhook_endpoints SET due_at = NULL WHERE id = 'whe_1'`,
    ],
    [
      'a committed change was passed over: it has no event',
      `UPDATE webhook_positions SET position = position + 1 WHERE source = 'OUTBOX'`,
    ],
    [
      'an event tells of a change that there is not',
      `INSERT INTO webhook_events SELECT 'evt_y', mid, 999999, source, 999999, type, schema_version, subject_id, data, occurred_at, created_at
       FROM webhook_events WHERE source = 'OUTBOX' LIMIT 1`,
    ],
    [
      'the versions of an endpoint follow on each other against the table, or the last is not its state',
      `UPDATE webhook_endpoints SET status = 'DISABLED', disabled_reason = 'GONE' WHERE id = 'whe_1'`,
    ],
  ])('finds that %s', async (what, sql) => {
    if (what.includes('passed over')) await pool.transaction('one', (tx) => tell(tx, newId('sub')));
    class Undone extends Error {}
    const seen: string[] = [];
    // In a transaction that is rolled back: each plant stands alone, also where nothing may be removed.
    await pool
      .transaction('planted', async (tx) => {
        await tx.query(sql);
        seen.push(...(await checkDatabase(tx as unknown as SqlPool, 'ALLOWED')).map((each) => each.what));
        throw new Undone();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error;
      });
    expect(seen).toContain(what);
    await relay().sweep();
  });
});
