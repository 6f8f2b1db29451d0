import type { DataScope } from '../../src/common/http/data-scope';
import { addDays, koreanDay } from '../../src/common/time/korean-time';
import { SettlementReports } from '../../src/modules/settlements/reports/settlement-reports.service';
import { SettlementWorld } from '../support/settlement-world';

jest.setTimeout(120_000);

const TODAY = koreanDay(new Date());
const dayAfter = (days: number) => addDays(TODAY, days);
const [MID, OTHER] = ['M0000001', 'M0000002'] as const;
const BRANCH = 'brn_1';

let world: SettlementWorld;

beforeAll(async () => {
  world = await SettlementWorld.start('settlement-status');
  for (const mid of [MID, OTHER]) await world.merchant(mid);
});
afterAll(() => world?.end());
beforeEach(async () => {
  await world.rows('DELETE FROM settlement_branch_totals');
  await world.rows('DELETE FROM settlements');
  await world.rows('DELETE FROM settlement_holds');
});

let settlements = 0;
/** A settlement of so many won; `ofBranch` of them are a branch's. */
async function settlement(
  mid: string,
  amount: number,
  { inDays = 1, status = 'SCHEDULED', contract = `ctr_${mid}`, ofBranch = 0 } = {},
): Promise<void> {
  settlements += 1;
  const id = `stl_${settlements}`;
  const sides = (won: number) => (won > 0 ? [won, 0] : [0, won]);
  await world.rows(
    `INSERT INTO settlements (id, mid, contract_id, payout_day, status, line_count, approval_amount, cancel_amount)
     VALUES (?, ?, ?, ?, ?, 1, ?, ?)`,
    [id, mid, contract, dayAfter(inDays), status, ...sides(amount)],
  );
  if (ofBranch === 0) return;
  await world.rows(
    `INSERT INTO settlement_branch_totals (branch_id, settlement_id, line_count, approval_amount, cancel_amount, fee, vat)
     VALUES (?, ?, 1, ?, ?, 0, 0)`,
    [BRANCH, id, ...sides(ofBranch)],
  );
}
async function nextPayout(scope: DataScope = { kind: 'MERCHANT', mid: MID }) {
  return (await world.module.get(SettlementReports, { strict: false }).status(scope)).nextPayout;
}

it('is the first day that pays anything, with what is below zero carried over into it', async () => {
  expect(await nextPayout()).toBeNull();
  await settlement(MID, -22_406);
  expect(await nextPayout()).toBeNull();
  await settlement(MID, 2_406, { inDays: 2 });
  expect(await nextPayout()).toBeNull();
  await settlement(MID, 300_246, { inDays: 3 });
  await settlement(MID, 989_001, { inDays: 4 });
  expect(await nextPayout()).toEqual({ payoutOn: dayAfter(3), amount: 280_246 });
});

it('counts what was short on a day that is past and waits to be carried over, and nothing that is overdue', async () => {
  await settlement(MID, -1_000, { inDays: -3 });
  await settlement(MID, 7_000, { inDays: -1, status: 'CONFIRMED' });
  await settlement(MID, 5_000, { inDays: 1 });
  expect(await nextPayout()).toEqual({ payoutOn: dayAfter(1), amount: 4_000 });
});

it('takes nothing from other contracts and merchants, nor from a sum that is frozen', async () => {
  await settlement(MID, -50_000);
  await settlement(MID, 10_000, { contract: 'ctr_2' });
  await settlement(OTHER, 100_000);
  await settlement(OTHER, -30_000, { inDays: 0 });
  await settlement(OTHER, 1_000, { inDays: 1, status: 'CONFIRMED', contract: 'ctr_3' });
  expect(await nextPayout()).toEqual({ payoutOn: dayAfter(1), amount: 10_000 });
  expect(await nextPayout({ kind: 'ALL' })).toEqual({ payoutOn: dayAfter(1), amount: 81_000 });
});

it('leaves out a merchant on hold, but not what is confirmed of it', async () => {
  await settlement(MID, 10_000);
  await settlement(MID, 3_000, { inDays: 2, status: 'CONFIRMED' });
  await world.rows(
    `INSERT INTO settlement_holds (id, mid, status, reason, created_by, created_at)
     VALUES ('hld_1', ?, 'ACTIVE', 'test', 'test', UTC_TIMESTAMP(3))`,
    [MID],
  );
  expect(await nextPayout()).toEqual({ payoutOn: dayAfter(2), amount: 3_000 });
});

it('is of a branch its part of what its merchant is paid', async () => {
  const scope: DataScope = { kind: 'BRANCH', mid: MID, branchId: BRANCH };
  await settlement(MID, -9_000, { ofBranch: 4_000 });
  await settlement(MID, 20_000, { inDays: 2 });
  await settlement(MID, 30_000, { inDays: 3, ofBranch: 12_000 });
  expect(await nextPayout(scope)).toEqual({ payoutOn: dayAfter(3), amount: 12_000 });
});
