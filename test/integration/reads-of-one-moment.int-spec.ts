import { CommitOutcomeUnknown } from '../../src/common/db/commit-outcome';
import { SqlPool } from '../../src/common/db/pool';
import { ApprovalJournal } from '../../src/modules/payments/journal/approval-journal';
import { CancelJournal } from '../../src/modules/payments/journal/cancel-journal';
import { PaymentsRepository } from '../../src/modules/payments/payments.repository';
import { PaymentPointsBook } from '../../src/modules/points/payment-points';
import { PointLedger } from '../../src/modules/points/point-ledger';
import { closing, intent, record } from '../support/journal-samples';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/** What belongs together is read together, however much is written meanwhile. */
let database: TestDatabase;
let pool: SqlPool;

beforeAll(async () => {
  database = await createTestDatabase('moments');
  pool = new SqlPool(database.url, { connectionsMax: 4, waitMs: 5_000, queryTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pool.close();
  await database.drop();
});

it('shows a payment and its cancels as they were at one moment, also when the cancel ended in between', async () => {
  const points = new PaymentPointsBook(new PointLedger());
  const approvals = new ApprovalJournal(pool, { batchMax: 1, inFlightMax: 1, waitingMax: 10 }, points);
  const cancels = new CancelJournal(pool, points);
  const payments = new PaymentsRepository(pool);
  const made = intent();
  await approvals.open(made);
  await approvals.close(closing(made));
  const opened = await cancels.open({
    ...{ cancelId: 'pcn_01KB00000000000000000000AA', paymentId: made.paymentId, wish: {} },
    ...{ reason: '고객 변심', requestedBy: 'merchant:M0000001', requestKey: null },
    ...{ dueInMs: 60_000, at: new Date() },
  });
  if (opened.kind !== 'OPENED') throw new Error(opened.kind);

  const before = (await payments.findMany([made.paymentId]))[0]!;
  const end = { kind: 'DONE', acquirerCancelId: 'c', cancelledAt: new Date() } as const;
  await cancels.close(opened.cancel, end, [record(made.paymentId)]);
  const seen = await payments.withHistory(before);
  expect([seen.payment.status, seen.payment.balanceAmount, seen.cancels.map(({ status }) => status)]).toEqual(
    ['CANCELLED', 0, ['DONE']],
  );
});

it('sees nothing that was committed after it began, and leaves the connection as it was', async () => {
  await pool.query('CREATE TABLE marks (id INT PRIMARY KEY)');
  const count = 'SELECT COUNT(*) AS n FROM marks';
  const counts = await pool.snapshot('two looks', async (connection) => {
    const first = await connection.query<{ n: number }[]>(count);
    await pool.query('INSERT INTO marks VALUES (1)');
    const second = await connection.query<{ n: number }[]>(count);
    await expect(connection.query('INSERT INTO marks VALUES (2)')).rejects.toMatchObject({ errno: 1792 });
    return [first[0]!.n, second[0]!.n].map(Number);
  });
  expect(counts).toEqual([0, 0]);
  const after = await pool.transaction('two looks again', async (connection) => {
    const first = await connection.query<{ n: number }[]>(count);
    await pool.query('INSERT INTO marks VALUES (3)');
    const second = await connection.query<{ n: number }[]>(count);
    return [first[0]!.n, second[0]!.n].map(Number);
  });
  expect(after).toEqual([1, 2]);
});

it('does not know what came of a transaction whose connection was cut while it committed', async () => {
  const work = pool.transaction('cut', async (tx) => {
    await tx.query('INSERT INTO marks VALUES (4)');
    const [own] = await tx.query<{ id: number }[]>('SELECT CONNECTION_ID() AS id');
    // By another connection, so that this one learns of it only by its COMMIT.
    await pool.query(`KILL ${own!.id}`);
  });
  await expect(work).rejects.toBeInstanceOf(CommitOutcomeUnknown);
  expect(await pool.query('SELECT id FROM marks WHERE id = 4')).toEqual([]);
});
