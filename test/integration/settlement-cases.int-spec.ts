import { Metrics } from '../../src/common/metrics/metrics';
import { Clock } from '../../src/common/time/clock';
import { addDays, koreanDay } from '../../src/common/time/korean-time';
import { SettlementRuns } from '../../src/modules/settlements/run/settlement-runs.service';
import { FeePolicies } from '../../src/modules/fees/fee-policies.service';
import { ConfirmDueJob } from '../../src/modules/settlements/payout/confirm-due.job';
import { ObligationsRepository } from '../../src/modules/settlements/obligations/obligations.repository';
import { RollUpSalesJob } from '../../src/modules/settlements/reports/roll-up-sales.job';
import { Sales } from '../../src/modules/settlements/reports/sales.service';
import { SettlementReports } from '../../src/modules/settlements/reports/settlement-reports.service';
import { SettlementCasesRepository } from '../../src/modules/settlements/run/settlement-cases.repository';
import { SettlementRunner } from '../../src/modules/settlements/run/settlement-runner.service';
import { eventually } from '../support/program';
import { SettlementWorld } from '../support/settlement-world';

jest.setTimeout(120_000);

/**
 * A fault in one merchant's data keeps that merchant alone: the day is settled without it, it waits under a case with all
 * its later days, and a later run settles them, in order, once it is mended.
 */
let world: SettlementWorld;
let runner: SettlementRunner;
/** Each test has a week and merchants of its own: a Monday, and those whose numbers it ends in. */
let week = 0;
let [FIRST, SECOND, THIRD] = ['', '', ''];
const mid = (place: number) => `M000${String(week).padStart(3, '0')}${place}`;
let [GOOD, OTHER] = ['', ''];

beforeAll(async () => {
  world = await SettlementWorld.start('settlement-cases');
  runner = world.module.get(SettlementRunner, { strict: false });
});
afterAll(() => world?.end());
beforeEach(async () => {
  [FIRST, SECOND, THIRD] = [0, 1, 2].map((day) => addDays('2026-03-09', 7 * week + day)) as [
    string,
    string,
    string,
  ];
  week += 1;
  [GOOD, OTHER] = [mid(1), mid(9)];
  for (const each of [GOOD, OTHER]) {
    await world.merchant(each);
    await world.policy(each, { from: '2026-01-01' });
  }
});

/** In the midst of a part's merchants. */
async function faulty(place = 5, agencyCode: string | null = null): Promise<string> {
  await world.merchant(mid(place), agencyCode);
  return mid(place);
}
const linesOf = async (of: string) => {
  const rows = await world.rows<{ day: string; amount: number | string; fee: number | string }>(
    `SELECT CAST(captured_day AS CHAR) AS day, amount, fee FROM settlement_lines WHERE mid = ? ORDER BY captured_day, transaction_seq`,
    [of],
  );
  return rows.map(({ day, amount, fee }) => `${day} ${Number(amount)} ${Number(fee)}`);
};
const waitingOf = async (day: string) =>
  (await runner.find(day))!.waiting.map(({ mid, code }) => `${mid} ${code}`);
async function metric(cases: number): Promise<void> {
  const metrics = world.module.get(Metrics, { strict: false });
  await metrics.database.refresh(() => performance.now(), 0);
  expect(await metrics.text()).toContain(`\npg_settlement_cases ${cases}\n`);
}

/** Sums up all movements and settled days, as the worker does. */
async function summedUp(): Promise<void> {
  const job = world.module.get(RollUpSalesJob, { strict: false });
  await eventually(
    async () => {
      await job.sweep();
      const [left] = await world.rows<{ movements: number | string; left_over: number | string }>(
        `SELECT (SELECT MAX(seq) FROM transactions) - rolled_through AS movements,
           (SELECT COUNT(*) FROM settlement_run_parts WHERE done_at IS NOT NULL AND summed_at IS NULL)
             + (SELECT COUNT(*) FROM sales_scope_changes) AS left_over
         FROM roll_ups WHERE name LIKE 'open-%' ORDER BY rolled_through LIMIT 1`,
      );
      return Number(left!.movements) === 0 && Number(left!.left_over) === 0 ? true : undefined;
    },
    { withinMs: 30_000, what: 'everything is summed up' },
  );
}

/** What the obligations of today say of movements that are not settled, and what they come to. */
async function unsettled(): Promise<[number, number]> {
  const obligations = world.module.get(ObligationsRepository, { strict: false });
  const { payableUnsettled } = await obligations.owedAt(koreanDay(new Date()));
  const [row] = await world.rows<{ amount: number | string }>(
    `SELECT COALESCE(SUM(t.settled_amount), 0) AS amount FROM transactions t
     LEFT JOIN settlement_lines l ON l.transaction_seq = t.seq WHERE l.transaction_seq IS NULL`,
  );
  return [payableUnsettled, Number(row!.amount)];
}

it('goes on without a merchant that has no fitting policy, and settles it in order once it has one', async () => {
  // Policies of its tier from the second day on, and one of virtual accounts alone before: nothing fits a card.
  const bad = await faulty();
  await world.policy(bad, { from: '2026-01-01', method: 'VIRTUAL_ACCOUNT' });
  const approved = await world.approve(bad, 100_000, FIRST);
  await world.cancel(approved, 40_000, SECOND);
  for (const day of [FIRST, SECOND, THIRD]) {
    await world.approve(GOOD, 50_000, day);
    await world.approve(OTHER, 70_000, day);
  }
  await Promise.all([runner.run(THIRD, 'member:one'), runner.run(THIRD, 'member:two')]);
  expect(await linesOf(GOOD)).toHaveLength(3);
  expect(await linesOf(OTHER)).toHaveLength(3);
  expect(await linesOf(bad)).toEqual([]);
  const first = (await runner.find(FIRST))!;
  expect(first).toMatchObject({ status: 'DONE', lineCount: 2, waitingCount: 1 });
  expect(first.waiting[0]).toMatchObject({ mid: bad, code: 'NO_FEE_POLICY', movementCount: 1 });
  expect(await waitingOf(SECOND)).toEqual([`${bad} NO_FEE_POLICY`]);
  expect(await waitingOf(THIRD)).toEqual([]);
  expect((await world.module.get(SettlementRuns, { strict: false }).list({ limit: 5 })).data[2]).toEqual(
    first,
  );
  await metric(1);
  // It breaks nothing, and is named.
  expect(await world.broken()).toEqual([]);
  expect(await world.notes()).toEqual([
    expect.stringContaining(`${bad} waits since ${FIRST}: NO_FEE_POLICY, 2`),
  ]);

  // Its days are told as unsettled, those of the others as settled.
  const reported = async () => {
    const sales = world.module.get(Sales, { strict: false });
    const period = { from: FIRST, to: THIRD };
    const all = await sales.report({ kind: 'ALL' }, period, { groupBy: 'day', limit: 10 });
    const own = await sales.report({ kind: 'MERCHANT', mid: bad }, period, { groupBy: 'day', limit: 10 });
    return [all.total, own.total];
  };
  const told = { unsettledCount: 2, unsettledAmount: 60_000 };
  for (const summing of [() => Promise.resolve(), summedUp]) {
    await summing();
    expect(await reported()).toMatchObject([
      { ...told, approvalAmount: 460_000, cancelAmount: -40_000 },
      { ...told, approvalAmount: 100_000, cancelAmount: -40_000, fee: 0 },
    ]);
    expect(await world.broken()).toEqual([]);
  }
  expect(await unsettled()).toEqual([60_000, 60_000]);

  await runner.catchUp();
  expect(await linesOf(bad)).toEqual([]);
  const policies = world.module.get(FeePolicies, { strict: false });
  const scope = { branchId: null, acquirer: null, cardIssuer: null, cardType: null, method: null };
  const terms = {
    ratePpm: 20_000,
    fixedFee: 0,
    minimumFee: 0,
    acquirerCostPpm: 0,
    amountMin: null,
    amountMax: null,
  };
  const shares = { agencyCommissionPpm: null, sellerCommissionPpm: null };
  const wish = {
    ...scope,
    ...terms,
    ...shares,
    mid: bad,
    effectiveFrom: FIRST,
    ended: false,
    reason: 'test',
  };
  await policies.add(wish, 'member:operator');
  // What held is not changed: the gap is filled now, and a particular policy of the past is refused as ever.
  await expect(policies.add(wish, 'member:operator')).rejects.toThrow('VALIDATION_FAILED');
  await expect(policies.add({ ...wish, mid: GOOD, method: 'CARD' }, 'member:operator')).rejects.toThrow(
    'VALIDATION_FAILED',
  );
  await Promise.all([runner.catchUp(), runner.catchUp(), runner.catchUp()]);
  expect(await linesOf(bad)).toEqual([`${FIRST} 100000 2000`, `${SECOND} -40000 -800`]);
  expect(await runner.find(FIRST)).toMatchObject({ lineCount: 3, waitingCount: 0, waiting: [] });
  await metric(0);
  expect(await world.notes()).toEqual([]);
  for (const summing of [() => Promise.resolve(), summedUp]) {
    await summing();
    expect(await reported()).toMatchObject([
      { unsettledCount: 0, approvalAmount: 460_000, cancelAmount: -40_000 },
      { unsettledCount: 0, approvalAmount: 100_000, cancelAmount: -40_000, fee: 1_200 },
    ]);
    expect(await world.broken()).toEqual([]);
  }
  expect(await unsettled()).toEqual([0, 0]);
  const cases = await world.rows(
    'SELECT mid, status, CAST(first_day AS CHAR) AS day FROM settlement_cases WHERE mid = ?',
    [bad],
  );
  expect(cases).toEqual([{ mid: bad, status: 'CLOSED', day: SECOND }]);
});

it('is told in the status however long it waits', async () => {
  const bad = await faulty();
  await world.policy(bad, { from: '2026-01-01', method: 'VIRTUAL_ACCOUNT' });
  await world.approve(bad, 10_000, FIRST);
  await runner.run(FIRST, 'member:one');
  const late = new Date(`${addDays(FIRST, 60)}T03:00:00.000Z`);
  const now = jest.spyOn(world.module.get(Clock, { strict: false }), 'now').mockReturnValue(late);
  const reports = world.module.get(SettlementReports, { strict: false });
  const unsettledOf = async () => (await reports.status({ kind: 'MERCHANT', mid: bad })).unsettled;
  expect(await unsettledOf()).toEqual({ unsettledCount: 1, unsettledAmount: 10_000 });
  now.mockRestore();
  await world.policy(bad, { from: FIRST });
  await runner.catchUp();
  expect(await unsettledOf()).toEqual({ unsettledCount: 0, unsettledAmount: 0 });
});

it('lets later days of a merchant wait even where nothing is wrong with them', async () => {
  const bad = await faulty();
  await world.policy(bad, { from: SECOND });
  await world.policy(bad, { from: '2026-01-01', method: 'VIRTUAL_ACCOUNT' });
  await world.approve(bad, 10_000, FIRST);
  await runner.run(FIRST, 'member:one');
  await world.approve(bad, 20_000, SECOND);
  await runner.run(SECOND, 'member:one');
  expect([await linesOf(bad), await waitingOf(SECOND)]).toEqual([[], [`${bad} NO_FEE_POLICY`]]);
  await world.policy(bad, { from: FIRST });
  await runner.catchUp();
  expect(await linesOf(bad)).toEqual([`${FIRST} 10000 300`, `${SECOND} 20000 600`]);
  expect(await world.broken()).toEqual([]);
});

it('holds the run of the day of a merchant that is settled late, also while the run goes on', async () => {
  const bad = await faulty();
  await world.policy(bad, { from: '2026-01-01', method: 'VIRTUAL_ACCOUNT' });
  await world.approve(bad, 10_000, FIRST);
  await runner.run(FIRST, 'member:one');
  await world.rows("UPDATE settlement_runs SET status = 'RUNNING' WHERE captured_day = ?", [FIRST]);
  const cases = new SettlementCasesRepository(world.pool);
  const [open] = (await cases.page('', 10)).filter((each) => each.mid === bad);
  const part = (await cases.firstWaiting(open!.caseId))!;
  const undone = new Error('undone');
  const settling = world.pool.transaction('settle', async (tx) => {
    await cases.settled(tx, open!.caseId, part);
    // Neither who ends the run nor who sums up its day counts its merchants before this one is there.
    const locked = 'SELECT status FROM settlement_runs WHERE captured_day = ? FOR UPDATE NOWAIT';
    await expect(world.pool.execute(locked, [FIRST])).rejects.toMatchObject({ errno: 1205 });
    throw undone;
  });
  await expect(settling).rejects.toBe(undone);
  await world.policy(bad, { from: FIRST });
  await runner.run(FIRST, 'member:two');
  expect(await runner.find(FIRST)).toMatchObject({ status: 'DONE', lineCount: 1, waitingCount: 0 });
  await summedUp();
  expect(await world.broken()).toEqual([]);
});

it('pays a merchant that waits nothing that what waits could still go into', async () => {
  const bad = await faulty();
  await world.policy(bad, { from: '2026-01-01' });
  await world.approve(bad, 10_000, FIRST);
  await runner.run(FIRST, 'member:one');
  await world.rows(
    `INSERT INTO settlement_terms (id, mid, cycle, effective_from, reason, created_by, created_at)
     VALUES ('stt_1', ?, 'every day', ?, 'test', 'test', UTC_TIMESTAMP(3))`,
    [bad, SECOND],
  );
  await world.approve(bad, 20_000, SECOND);
  await world.approve(GOOD, 20_000, SECOND);
  await runner.run(SECOND, 'member:one');
  expect(await waitingOf(SECOND)).toEqual([`${bad} SETTLEMENT_TERMS_UNREADABLE`]);
  const confirming = world.module.get(ConfirmDueJob, { strict: false });
  const statuses = async () =>
    (
      await world.rows<{ mid: string; status: string }>(
        'SELECT mid, status FROM settlements WHERE mid IN (?, ?) ORDER BY mid, payout_day',
        [GOOD, bad],
      )
    ).map(({ mid, status }) => `${mid} ${status}`);
  await confirming.run(addDays(FIRST, 28));
  expect(await statuses()).toEqual([`${GOOD} CONFIRMED`, `${bad} SCHEDULED`]);
  await world.rows(
    `INSERT INTO settlement_terms (id, mid, cycle, effective_from, reason, created_by, created_at)
     VALUES ('stt_2', ?, 'D+1', ?, 'test', 'test', UTC_TIMESTAMP(3))`,
    [bad, SECOND],
  );
  await runner.catchUp();
  await confirming.run(addDays(FIRST, 28));
  // Both days are paid out on the same one: its sum was not frozen before it was whole.
  expect(await statuses()).toEqual([`${GOOD} CONFIRMED`, `${bad} CONFIRMED`]);
  expect(await linesOf(bad)).toHaveLength(2);
  expect(await world.broken()).toEqual([]);
});

it('stops a merchant of which more than the whole fee would be given away', async () => {
  await world.agency('AG0001', [], 300_000);
  await world.agency('AG0002', ['AG0001'], 200_000);
  const bad = await faulty(5, 'AG0002');
  await world.policy(bad, { from: '2026-01-01', agencyPpm: 700_001 });
  await world.approve(bad, 10_000, FIRST);
  await world.approve(GOOD, 10_000, FIRST);
  await runner.run(FIRST, 'member:one');
  expect([await waitingOf(FIRST), await linesOf(GOOD)]).toEqual([
    [`${bad} COMMISSION_ABOVE_FEE`],
    [`${FIRST} 10000 300`],
  ]);
  await world.rate('AG0001', 299_999, '2026-01-01');
  await runner.catchUp();
  expect(await linesOf(bad)).toEqual([`${FIRST} 10000 300`]);
  const shares = await world.rows<{ earner_code: string; amount: number | string }>(
    'SELECT earner_code, amount FROM commission_lines WHERE mid = ? ORDER BY earner_code',
    [bad],
  );
  expect(shares.map(({ earner_code, amount }) => `${earner_code} ${Number(amount)}`)).toEqual([
    'AG0001 89',
    'AG0002 210',
  ]);
  expect(await world.broken()).toEqual([]);
});

it('finds the merchant whose lines the database refuses, among others of its part', async () => {
  const bad = await faulty();
  await world.policy(bad, { from: '2026-01-01', ratePpm: 1_000_000 });
  // The product of amount and rate is more than a BIGINT holds.
  await world.approve(bad, 900_000_000_000_000, FIRST);
  const alone = await faulty(6);
  await world.policy(alone, { from: '2026-01-01' });
  // A cancel whose approval nobody knows of gets no line.
  await world.cancel({ paymentId: 'pay_unknown', mid: alone, left: 5_000 }, 1_000, FIRST);
  for (const mid of [GOOD, OTHER]) await world.approve(mid, 30_000, FIRST);
  await runner.run(FIRST, 'member:one');
  expect([await linesOf(GOOD), await linesOf(OTHER)]).toEqual([
    [`${FIRST} 30000 900`],
    [`${FIRST} 30000 900`],
  ]);
  expect(await waitingOf(FIRST)).toEqual([
    `${bad} SETTLEMENT_LINES_REFUSED`,
    `${alone} SETTLEMENT_LINES_REFUSED`,
  ]);
  await runner.catchUp();
  expect(await waitingOf(FIRST)).toHaveLength(2);
  expect((await world.broken()).filter((line) => !line.includes('pcn_'))).toEqual([]);
});

it('begins the run that is asked for before those that wait are tried, also of a day without movements', async () => {
  await world.approve(GOOD, 10_000, FIRST);
  const looks: (string | undefined)[] = [];
  const spy = jest.spyOn(SettlementCasesRepository.prototype, 'page');
  for (const [asked, begun] of [
    [SECOND, FIRST],
    [THIRD, THIRD],
  ] as const) {
    spy.mockImplementationOnce(async () => {
      looks.push((await runner.find(begun))?.status);
      return [];
    });
    expect(await runner.run(asked, 'test')).toMatchObject({ capturedDay: asked, status: 'DONE' });
  }
  spy.mockRestore();
  expect(looks).toEqual(['RUNNING', 'RUNNING']);
});
