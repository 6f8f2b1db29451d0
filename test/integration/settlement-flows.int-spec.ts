import { Adjustments } from '../../src/modules/settlements/adjustments/adjustments.service';
import { addDays, koreanDay } from '../../src/common/time/korean-time';
import { recordMovement } from '../../src/modules/payments/journal/movements';
import { ConfirmDueJob } from '../../src/modules/settlements/payout/confirm-due.job';
import { SettlementRunner } from '../../src/modules/settlements/run/settlement-runner.service';
import { SettlementWorld } from '../support/settlement-world';

jest.setTimeout(120_000);

/** Real modules over a real database, figures worked out by hand: what goes where, in which settlement, to which earner. */
const [MON, TUE, WED, THU, FRI] = [
  '2026-03-09',
  '2026-03-10',
  '2026-03-11',
  '2026-03-12',
  '2026-03-13',
] as const;

let world: SettlementWorld;
let runner: SettlementRunner;

beforeAll(async () => {
  world = await SettlementWorld.start('settlement-flows');
  runner = world.module.get(SettlementRunner, { strict: false });
  await world.agency('AG0001', [], 50_000);
  await world.agency('AG0002', ['AG0001'], 100_000);
  await world.agency('AG0003', ['AG0002', 'AG0001'], 333_333);
});
afterAll(() => world?.end());

const settlements = async (mid: string) => {
  const rows = await world.rows<Record<string, string | number>>(
    `SELECT CAST(payout_day AS CHAR) AS day, status, line_count AS n, fee, vat, adjustment_amount AS adjusted,
       payout_amount AS net FROM settlements WHERE mid = ? ORDER BY payout_day, id`,
    [mid],
  );
  return rows.map(
    ({ day, status, n, fee, vat, adjusted, net }) =>
      `${day} ${status} ${Number(n)} lines, fee ${Number(fee)} + ${Number(vat)}, adjusted ${Number(adjusted)}: ${Number(net)}`,
  );
};
const earned = async (mid: string) => {
  const rows = await world.rows<Record<string, string | number>>(
    `SELECT CAST(captured_day AS CHAR) AS day, earner_code, amount FROM commission_lines WHERE mid = ?
     ORDER BY captured_day, transaction_seq, earner_code`,
    [mid],
  );
  return rows.map(({ day, earner_code, amount }) => `${day} ${earner_code} ${Number(amount)}`);
};
const commissionBooked = async () => {
  const rows = await world.rows<{ account: string; amount: string }>(
    `SELECT account, CAST(SUM(amount) AS CHAR) AS amount FROM ledger_entries WHERE kind = 'COMMISSION' GROUP BY account ORDER BY account`,
  );
  return rows.map(({ account, amount }) => `${account} ${amount}`);
};

it('shares the fee over three levels of agencies, and takes it back with cancels by the rates of the approval', async () => {
  const mid = 'M0000001';
  await world.merchant(mid, 'AG0003');
  await world.policy(mid, { from: '2026-01-01', ratePpm: 29_000 });
  // Fee 2,900: 966.67, 290 and 145 of it, each cut down.
  const whole = await world.approve(mid, 100_000, MON);
  await runner.run(MON, 'test');
  expect(await earned(mid)).toEqual([`${MON} AG0001 145`, `${MON} AG0002 290`, `${MON} AG0003 966`]);
  // Other rates from the next day on: the payment's cancels stay with those that it was approved under.
  await world.rate('AG0003', 10_000, TUE);
  const rest = await world.cancel(whole, 33_333, TUE);
  await world.approve(mid, 10_000, TUE);
  await runner.run(TUE, 'test');
  // 66,667 won are left: fee 1,933, of which 644, 193 and 96 stay. The new approval's 290: 2.9, 29 and 14.5.
  expect((await earned(mid)).slice(3)).toEqual([
    ...[`${TUE} AG0001 -49`, `${TUE} AG0002 -97`, `${TUE} AG0003 -322`],
    ...[`${TUE} AG0001 14`, `${TUE} AG0002 29`, `${TUE} AG0003 2`],
  ]);
  await world.cancel(rest, 66_667, WED);
  await runner.run(WED, 'test');
  expect((await earned(mid)).slice(9)).toEqual([
    `${WED} AG0001 -96`,
    `${WED} AG0002 -193`,
    `${WED} AG0003 -644`,
  ]);
  // All of the first payment's is taken back: what is left is that of the second.
  expect(await commissionBooked()).toEqual(['COMMISSION_EXPENSE 45', 'COMMISSION_PAYABLE -45']);
  expect(await world.broken()).toEqual([]);
});

it('settles into the next payout day whose sum is not frozen, the cancel of what was paid out as well', async () => {
  const mid = 'M0000002';
  await world.merchant(mid);
  await world.policy(mid, { from: '2026-01-01', ratePpm: 20_000 });
  const confirming = world.module.get(ConfirmDueJob, { strict: false });
  const sale = await world.approve(mid, 50_000, THU);
  await runner.run(THU, 'test');
  expect(await settlements(mid)).toEqual(['2026-03-16 SCHEDULED 1 lines, fee 1000 + 100, adjusted 0: 48900']);
  await confirming.run('2026-03-16');
  // By these terms Friday's sale is due on the Monday, too, whose sum is frozen by now: it goes to Tuesday.
  await world.rows(
    `INSERT INTO settlement_terms (id, mid, cycle, effective_from, reason, created_by, created_at)
     VALUES ('stt_1', ?, 'D+1', ?, 'test', 'test', UTC_TIMESTAMP(3))`,
    [mid, FRI],
  );
  await world.approve(mid, 10_000, FRI);
  // The cancel comes after the payout was frozen: a negative line of the next settlement.
  await world.cancel(sale, 50_000, FRI);
  await runner.run(FRI, 'test');
  expect(await settlements(mid)).toEqual([
    '2026-03-16 CONFIRMED 1 lines, fee 1000 + 100, adjusted 0: 48900',
    '2026-03-17 SCHEDULED 2 lines, fee -800 + -80, adjusted 0: -39120',
  ]);
  expect(await world.broken()).toEqual([]);
  await world.approve(mid, 100_000, '2026-03-16');
  await runner.run('2026-03-16', 'test');
  // Monday's is due on the same Tuesday, whose sum is open: with it that is above zero.
  await confirming.run('2026-03-17');
  expect((await settlements(mid))[1]).toBe('2026-03-17 CONFIRMED 3 lines, fee 1200 + 120, adjusted 0: 58680');
  expect(await world.broken()).toEqual([]);
});

it('lets an adjustment count in the earliest settlement to come that is open, or makes one', async () => {
  const mid = 'M0000003';
  await world.merchant(mid);
  await world.policy(mid, { from: '2026-01-01', ratePpm: 20_000 });
  const adjustments = world.module.get(Adjustments, { strict: false });
  /** Asked for by one operator, approved by another. */
  const adjust = async (adjustmentId: string, amount: number) => {
    await world.rows(
      `INSERT INTO settlement_adjustments (id, mid, contract_id, amount, reason, status, requested_by, created_at)
       VALUES (?, ?, ?, ?, 'test', 'REQUESTED', 'member:one', UTC_TIMESTAMP(3))`,
      [adjustmentId, mid, `ctr_${mid}`, amount],
    );
    return adjustments.approve(adjustmentId, { actor: 'member:two', reason: 'test' });
  };
  const today = koreanDay(new Date());
  const sale = addDays(today, -1);
  // A settlement of the past that is still open is passed over: nothing more belongs to it.
  await world.rows(
    `INSERT INTO settlements (id, mid, contract_id, payout_day, status) VALUES ('stl_past', ?, ?, ?, 'SCHEDULED')`,
    [mid, `ctr_${mid}`, addDays(today, -3)],
  );
  const made = await adjust('adj_one', -5_000);
  const again = await adjust('adj_two', 700);
  expect(again.settlementId).toBe(made.settlementId);
  const [placed] = await world.rows<{ day: string }>(
    'SELECT CAST(payout_day AS CHAR) AS day FROM settlements WHERE id = ?',
    [made.settlementId!],
  );
  expect(placed!.day > today).toBe(true);
  // Yesterday's sale, due on that day by D+1 or a later one, and the adjustments sum up in one place each.
  await world.approve(mid, 10_000, sale);
  await runner.catchUp();
  const open = await world.rows<{ net: number | string; adjusted: number | string }>(
    `SELECT SUM(payout_amount) AS net, SUM(adjustment_amount) AS adjusted FROM settlements WHERE mid = ?`,
    [mid],
  );
  expect(open.map(({ net, adjusted }) => [Number(net), Number(adjusted)])).toEqual([[5_480, -4_300]]);
  expect(await world.broken()).toEqual([]);
});

it('takes what is known late into a day that is still open, never into one that was settled', async () => {
  const mid = 'M0000004';
  await world.merchant(mid);
  await world.policy(mid, { from: '2026-01-01', ratePpm: 20_000 });
  const last = await runner.catchUp();
  await runner.run(last, 'test');
  const before = await world.rows('SELECT * FROM settlement_runs ORDER BY captured_day');
  // The acquirer approved it three days ago, and that is learnt of now.
  await world.rows(
    `INSERT INTO payments (id, mid, order_no, status, version, method, channel, amount, tax_free_amount, service_charge,
       vat, balance_amount, cancelled_amount, tax_free_balance, goods_name, buyer_name, content_fingerprint, request_hash,
       contract_id, acquirer, attempt_id, attempt_count, acquirer_order_no, acquirer_transaction_id, approval_no, installment_months,
       approved_at, created_at, updated_at)
     VALUES ('pay_late', ?, 'LATE-1', 'APPROVED', 2, 'CARD', 'KEY_IN', 10000, 0, 0, 909, 10000, 0, 0, '상품', '구매자',
       SHA2('late', 256), SHA2('late', 256), ?, 'toss', 'att_late', 1, 'pay_late', 'tx_late', '00000001', 0,
       UTC_TIMESTAMP(3) - INTERVAL 3 DAY, UTC_TIMESTAMP(3) - INTERVAL 3 DAY, UTC_TIMESTAMP(3))`,
    [mid, `ctr_${mid}`],
  );
  const change = { paymentId: 'pay_late', from: 'REVERSING', to: 'APPROVED', cancelId: null };
  await world.pool.transaction('late', (tx) => recordMovement(tx, change));
  const [late] = await world.rows<{ day: string }>(
    "SELECT CAST(captured_day AS CHAR) AS day FROM transactions WHERE source_id = 'pay_late'",
  );
  expect(late!.day > last).toBe(true);
  await runner.catchUp();
  expect(
    await world.rows('SELECT * FROM settlement_runs WHERE captured_day <= ? ORDER BY captured_day', [last]),
  ).toEqual(before);
  expect((await world.broken()).filter((line) => line.includes('INV-9') || line.includes('INV-10'))).toEqual(
    [],
  );
});
