import type { SqlConnection } from '../../src/common/db/pool';
import { ConfirmDueJob } from '../../src/modules/settlements/payout/confirm-due.job';
import { Payouts } from '../../src/modules/settlements/payout/payouts.service';
import { SettlementRunner } from '../../src/modules/settlements/run/settlement-runner.service';
import { SETTLEMENT_CHECKS } from '../../src/verify/settlement-checks';
import { SettlementWorld } from '../support/settlement-world';

jest.setTimeout(120_000);

/**
 * Every check of settlements finds what it is for: each violation is planted in a database that is right otherwise, and
 * undone with its transaction. The triggers that would refuse it are taken away first, as an administrator could.
 */
const [MON, TUE, WED, THU] = ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12'] as const;
const [PAID, HELD, SHORT, WAITING] = ['M0000001', 'M0000002', 'M0000003', 'M0000005'] as const;
const GUARDED = ['settlement_lines', 'ledger_transfers', 'settlement_carry_overs', 'commission_lines'];
const deed = { actor: 'member:one', reason: 'test' };

let world: SettlementWorld;

beforeAll(async () => {
  world = await SettlementWorld.start('verify-settlements');
  const runner = world.module.get(SettlementRunner, { strict: false });
  const confirming = world.module.get(ConfirmDueJob, { strict: false });
  const payouts = world.module.get(Payouts, { strict: false });
  await world.agency('AG0001', [], 250_000);
  for (const mid of [PAID, HELD, SHORT, WAITING]) {
    await world.merchant(mid, mid === PAID ? 'AG0001' : null);
    await world.policy(mid, {
      from: '2026-01-01',
      ...(mid === WAITING ? { method: 'VIRTUAL_ACCOUNT' } : {}),
    });
  }
  await world.approve(PAID, 100_000, MON);
  await world.approve(HELD, 60_000, MON);
  await world.approve(WAITING, 5_000, MON);
  const short = await world.approve(SHORT, 50_000, MON);
  await runner.run(MON, 'test');
  await confirming.run(WED);
  const of = async (mid: string) =>
    (
      await world.rows<{ id: string }>('SELECT id FROM settlements WHERE mid = ? ORDER BY payout_day', [mid])
    )[0]!.id;
  await payouts.confirmPayout(await of(PAID), 'BANK-1', deed);
  await payouts.hold(await of(HELD), deed);
  // What was paid is cancelled: below zero on its day, and carried into the next.
  await world.cancel(short, 50_000, TUE);
  await world.approve(SHORT, 90_000, WED);
  await runner.run(WED, 'test');
  await confirming.run(THU);
  await world.rows(
    `INSERT INTO settlement_adjustments (id, mid, contract_id, amount, reason, status, requested_by, created_at, decided_by,
       decided_at, settlement_id)
     SELECT 'adj_1', mid, contract_id, 500, 'test', 'APPROVED', 'member:one', UTC_TIMESTAMP(3), 'member:two',
       UTC_TIMESTAMP(3), id FROM settlements WHERE mid = ? AND status = 'SCHEDULED'`,
    [SHORT],
  );
  await world.rows("UPDATE settlements SET adjustment_amount = 500 WHERE mid = ? AND status = 'SCHEDULED'", [
    SHORT,
  ]);
  await world.rows(
    `INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount)
     VALUES ('SETTLEMENT_ADJUSTMENT', 'adj_1', ?, 'ADJUSTMENTS', 'MERCHANT_PAYABLE', 500)`,
    [SHORT],
  );
  for (const table of GUARDED) {
    for (const action of ['update', 'delete']) await world.pool.query(`DROP TRIGGER ${table}_no_${action}`);
  }
});
afterAll(() => world?.end());

it('finds nothing where nothing is wrong, among settlements in every state that lasts', async () => {
  expect(await world.broken()).toEqual([]);
  const statuses = await world.rows<{ status: string }>(
    'SELECT DISTINCT status FROM settlements ORDER BY status',
  );
  expect(statuses.map(({ status }) => status)).toEqual([
    'CARRIED_OVER',
    'CONFIRMED',
    'HELD',
    'PAID',
    'SCHEDULED',
  ]);
  expect(await world.notes()).toHaveLength(1);
});

/** The check's words, what breaks it, and a statement that tells the id of the row which it must name. */
const PLANTS: readonly (readonly [string, string, string])[] = [
  [
    'a movement of a settled day has no line',
    `DELETE FROM settlement_lines WHERE mid = '${HELD}'`,
    `SELECT source_id AS id FROM transactions WHERE mid = '${HELD}'`,
  ],
  [
    'a movement of a settled day has no line',
    `UPDATE settlement_lines SET amount = amount + 1 WHERE mid = '${HELD}'`,
    `SELECT source_id AS id FROM transactions WHERE mid = '${HELD}'`,
  ],
  [
    'a movement of a settled day has no line',
    `UPDATE settlement_run_parts SET done_at = UTC_TIMESTAMP(3) WHERE case_id IS NOT NULL`,
    `SELECT source_id AS id FROM transactions WHERE mid = '${WAITING}'`,
  ],
  [
    'a merchant waits without an open case',
    `UPDATE settlement_cases SET status = 'CLOSED', closed_at = UTC_TIMESTAMP(3)`,
    `SELECT '${WAITING}' AS id`,
  ],
  [
    'a merchant waits without an open case',
    `UPDATE settlement_cases SET first_day = '${WED}'`,
    `SELECT '${WAITING}' AS id`,
  ],
  [
    'a merchant waits without an open case',
    `INSERT INTO settlement_cases (id, mid, status, code, first_day)
     VALUES ('stc_none', '${HELD}', 'OPEN', 'NO_FEE_POLICY', '${WED}')`,
    `SELECT '${HELD}' AS id`,
  ],
  [
    'a merchant has a day settled from which on it waits',
    `INSERT INTO daily_merchant_sales SELECT '${WAITING}', captured_day, method, approval_count, approval_amount,
       cancel_count, cancel_amount, fee, vat FROM daily_merchant_sales WHERE mid = '${HELD}'`,
    `SELECT '${WAITING}' AS id`,
  ],
  [
    'a line has no movement',
    `UPDATE settlement_lines SET captured_day = '${WED}' WHERE mid = '${HELD}'`,
    `SELECT source_id AS id FROM settlement_lines WHERE mid = '${HELD}'`,
  ],
  [
    'has a second settlement',
    `INSERT INTO settlements (id, mid, contract_id, payout_day, status)
     SELECT 'stl_second', mid, contract_id, payout_day, 'SCHEDULED' FROM settlements WHERE mid = '${HELD}'`,
    `SELECT 'stl_second' AS id`,
  ],
  [
    'a settlement is not the sum of its lines',
    `UPDATE settlements SET line_count = line_count + 1 WHERE mid = '${HELD}'`,
    `SELECT id FROM settlements WHERE mid = '${HELD}'`,
  ],
  [
    'a roll-up of daily_merchant_sales',
    `UPDATE daily_merchant_sales SET approval_amount = approval_amount + 1 WHERE mid = '${HELD}'`,
    `SELECT '${HELD}' AS id`,
  ],
  [
    'a roll-up of daily_merchant_sales',
    `DELETE FROM daily_merchant_sales WHERE mid = '${HELD}'`,
    `SELECT '${HELD}' AS id`,
  ],
  [
    'a roll-up of daily_branch_sales',
    `UPDATE daily_branch_sales SET branch_id = 'brn_other' WHERE mid = '${HELD}'`,
    `SELECT '${HELD}' AS id`,
  ],
  [
    'SETTLEMENT_FEE of a settlement',
    `UPDATE ledger_transfers SET amount = amount + 1 WHERE kind = 'SETTLEMENT_FEE' AND mid = '${HELD}'`,
    `SELECT id FROM settlements WHERE mid = '${HELD}'`,
  ],
  [
    'SETTLEMENT_VAT of a settlement',
    `DELETE FROM ledger_transfers WHERE kind = 'SETTLEMENT_VAT' AND mid = '${HELD}'`,
    `SELECT id FROM settlements WHERE mid = '${HELD}'`,
  ],
  [
    'what is carried over does not arrive',
    `UPDATE settlement_carry_overs SET amount = amount - 1`,
    `SELECT from_settlement_id AS id FROM settlement_carry_overs`,
  ],
  [
    'what is carried over does not arrive',
    `DELETE FROM settlement_carry_overs`,
    `SELECT id FROM settlements WHERE status = 'CARRIED_OVER'`,
  ],
  [
    'adjustments are not the sum',
    `UPDATE settlement_adjustments SET amount = amount + 1`,
    `SELECT settlement_id AS id FROM settlement_adjustments`,
  ],
  [
    'a payout is not in the ledger',
    `DELETE FROM ledger_transfers WHERE kind = 'SETTLEMENT_PAYOUT'`,
    `SELECT id FROM settlements WHERE mid = '${PAID}'`,
  ],
  [
    'a payout is not in the ledger',
    `UPDATE settlements SET status = 'CONFIRMED' WHERE mid = '${PAID}'`,
    `SELECT id FROM settlements WHERE mid = '${PAID}'`,
  ],
  [
    'what is withheld of a merchant',
    `UPDATE ledger_transfers SET amount = amount + 1 WHERE kind = 'SETTLEMENT_HOLD'`,
    `SELECT '${HELD}' AS id`,
  ],
  [
    'what a merchant is owed',
    `UPDATE ledger_transfers SET amount = amount + 1 WHERE kind = 'APPROVAL' AND mid = '${WAITING}'`,
    `SELECT '${WAITING}' AS id`,
  ],
  [
    'commissions of a payment are more than its fees',
    `UPDATE commission_lines SET amount = fee + 1`,
    `SELECT payment_id AS id FROM commission_lines`,
  ],
  [
    'their roll-up and the ledger differ',
    `UPDATE daily_commissions SET amount = amount + 1`,
    `SELECT 'A:AG0001' AS id`,
  ],
  [
    'their roll-up and the ledger differ',
    `DELETE FROM ledger_transfers WHERE kind = 'COMMISSION'`,
    `SELECT 'A:AG0001' AS id`,
  ],
  [
    'a settlement changed its state in a way',
    `INSERT INTO settlement_events (settlement_id, from_status, to_status, actor, reason, occurred_at)
     SELECT id, 'PAID', 'SCHEDULED', 'test', 'test', UTC_TIMESTAMP(3) FROM settlements WHERE mid = '${PAID}'`,
    `SELECT id FROM settlements WHERE mid = '${PAID}'`,
  ],
];

class Undone extends Error {}

/** Runs in a transaction that is rolled back. */
async function undone<T>(work: (tx: SqlConnection) => Promise<T>): Promise<T> {
  let answer: T | undefined;
  const running = world.pool.transaction('planted', async (tx) => {
    answer = await work(tx);
    throw new Undone();
  });
  await running.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return answer as T;
}

it.each(PLANTS)('finds that %s: %s', async (words, plant, named) => {
  const checks = SETTLEMENT_CHECKS.filter(({ what }) => what.includes(words));
  expect(checks).toHaveLength(1);
  await undone(async (tx) => {
    const [expected] = await tx.execute<{ id: string }[]>(named);
    const { affectedRows } = await tx.execute<{ affectedRows: number }>(plant);
    expect(affectedRows).toBeGreaterThan(0);
    const found = await tx.execute<{ id: string }[]>(checks[0]!.sql);
    expect(found.map(({ id }) => id)).toContain(expected!.id);
  });
});

it('has a violation for every check that there is', () => {
  const untested = SETTLEMENT_CHECKS.filter(({ what }) => !PLANTS.some(([words]) => what.includes(words)));
  expect(untested.map(({ what }) => what)).toEqual([]);
});
