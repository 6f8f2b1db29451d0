import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { loadConfig } from '../../src/config/app-config';
import { migrationSource } from '../../src/config/migration-source';
import { SqlPool } from '../../src/common/db/pool';
import { newId } from '../../src/common/ids/id';
import { ApprovalJournal } from '../../src/modules/payments/journal/approval-journal';
import { CancelJournal } from '../../src/modules/payments/journal/cancel-journal';
import { ReversalJournal } from '../../src/modules/payments/journal/reversal-journal';
import { PaymentPointsBook } from '../../src/modules/points/payment-points';
import { PointLedger } from '../../src/modules/points/point-ledger';
import { MOVEMENT_CHECKS } from '../../src/verify/movement-checks';
import { closing, intent, record } from '../support/journal-samples';
import { createTestDatabase, type TestDatabase, testEnvironment } from '../support/test-database';

/** The ledger comes to a database that is charging payments, by processes of the version before as well. */
const AMOUNT = 1_000;
const LEDGER = 'CreateLedger1763700009500';

let database: TestDatabase;
let pool: SqlPool;
let rows: Connection;
let approvals: ApprovalJournal;
let cancels: CancelJournal;
let reversals: ReversalJournal;

beforeAll(async () => {
  database = await createTestDatabase('ledger_migration');
  pool = new SqlPool(database.url, { connectionsMax: 4, waitMs: 5_000, queryTimeoutMs: 10_000 });
  rows = await createConnection({ uri: database.url, multipleStatements: true });
  const points = new PaymentPointsBook(new PointLedger());
  approvals = new ApprovalJournal(pool, { batchMax: 8, inFlightMax: 2, waitingMax: 100 }, points);
  cancels = new CancelJournal(pool, points);
  reversals = new ReversalJournal(pool, points);
});

afterAll(async () => {
  await rows.end();
  await pool.close();
  await database.drop();
});

async function approved(): Promise<{ paymentId: string; orderNo: string }> {
  const order = intent({ amount: AMOUNT, vat: 0, at: new Date() });
  await approvals.open(order);
  await approvals.close(closing(order, { approvedAt: new Date(), at: new Date() }));
  return order;
}

async function cancelled(paymentId: string, cancelAmount: number): Promise<string> {
  const at = new Date();
  const wanted = { cancelId: newId('pcn'), paymentId, wish: { cancelAmount }, requestKey: null, at };
  const by = { reason: 'changed mind', requestedBy: 'merchant:M0000001', dueInMs: 60_000 };
  const opened = await cancels.open({ ...wanted, ...by });
  if (opened.kind !== 'OPENED') throw new Error(opened.kind);
  const end = { kind: 'DONE', acquirerCancelId: wanted.cancelId, cancelledAt: at } as const;
  const kept = record(paymentId, { cancelId: wanted.cancelId, acquirerTransactionId: `tx-${paymentId}` });
  expect(await cancels.close(opened.cancel, end, [kept])).toBe(true);
  return wanted.cancelId;
}

/** As if a process of the version before had written it. */
async function withoutMovements(ids: readonly string[]): Promise<void> {
  for (const table of ['transactions', 'ledger_transfers']) {
    const [[trigger]] = await rows.query<RowDataPacket[]>(`SHOW CREATE TRIGGER ${table}_no_delete`);
    await rows.query(`DROP TRIGGER ${table}_no_delete`);
    await rows.query(`DELETE FROM ${table} WHERE source_id IN (?)`, [ids]);
    await rows.query(String(trigger!['SQL Original Statement']));
  }
}

async function violations(): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const { what, sql } of MOVEMENT_CHECKS) {
    const [bad] = await rows.query<RowDataPacket[]>(sql);
    if (bad.length > 0) found.push([what, bad]);
  }
  return found;
}

it('is filled while a payment is being written', async () => {
  const order = await approved();
  await rows.query(`SET foreign_key_checks = 0; DROP VIEW ledger_entries; DROP TABLE transactions, ledger_transfers;
    SET foreign_key_checks = 1; DELETE FROM schema_migrations WHERE name = '${LEDGER}'`);
  await rows.query('SET SESSION idle_write_transaction_timeout = 0');
  await rows.beginTransaction();
  await rows.query('UPDATE payments SET updated_at = updated_at, version = version + 1 WHERE id = ?', [
    order.paymentId,
  ]);
  // A server of somebody else's has the level that MariaDB comes with.
  await rows.query(`SET GLOBAL tx_isolation = 'REPEATABLE-READ'`);
  const source = await migrationSource(loadConfig(testEnvironment(database.url)), database.url);
  try {
    const ran = await source.runMigrations();
    expect(ran.map(({ name }) => name)).toEqual([LEDGER]);
  } finally {
    await rows.query(`SET GLOBAL tx_isolation = 'READ-COMMITTED'`);
    await source.destroy();
    await rows.rollback();
  }
  expect(await violations()).toEqual([]);
});

describe('what a process of the version before has written', () => {
  it('is in the ledger with the first cancel or net cancel that this version writes', async () => {
    const partly = await approved();
    const before = await cancelled(partly.paymentId, 300);
    await withoutMovements([partly.paymentId, before]);
    await cancelled(partly.paymentId, 500);
    const undone = await approved();
    await withoutMovements([undone.paymentId]);
    const rules = { leaseMs: 60_000, maxAgeMs: 3_600_000 };
    const writer = { actor: 'merchant:M0000001', reason: 'no answer', at: new Date() };
    const begun = await reversals.begin({ mid: 'M0000001', orderNo: undone.orderNo }, rules, writer);
    expect(begun.kind).toBe('BEGUN');
    expect(await violations()).toEqual([]);
    const [lines] = await rows.query<RowDataPacket[]>(
      'SELECT kind, settled_amount AS won, left_after AS rest FROM transactions WHERE payment_id IN (?) ORDER BY seq',
      [[partly.paymentId, undone.paymentId]],
    );
    expect(lines.map(({ kind, won, rest }) => [kind, won, rest])).toEqual([
      ['APPROVAL', 1_000, 1_000],
      ['CANCEL', -300, 700],
      ['CANCEL', -500, 200],
      ['APPROVAL', 1_000, 1_000],
      ['REVERSAL', -1_000, 0],
    ]);
  });
});
