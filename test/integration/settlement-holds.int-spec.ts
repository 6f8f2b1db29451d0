import { newId } from '../../src/common/ids/id';
import { addDays, koreanDay } from '../../src/common/time/korean-time';
import { Adjustments } from '../../src/modules/settlements/adjustments/adjustments.service';
import { Payouts } from '../../src/modules/settlements/payout/payouts.service';
import { RunPartsRepository } from '../../src/modules/settlements/run/run-parts.repository';
import { SettlementRunner } from '../../src/modules/settlements/run/settlement-runner.service';
import { SettlementsRepository } from '../../src/modules/settlements/settlements.repository';
import { SettlementWorld } from '../support/settlement-world';

jest.setTimeout(120_000);

/** A Saturday and the Sunday after it: both are paid out on the same day. */
const [SAT, SUN] = ['2026-03-07', '2026-03-08'] as const;
const MID = 'M0000001';
const deed = { actor: 'member:one', reason: 'test' };

let world: SettlementWorld;

beforeAll(async () => {
  world = await SettlementWorld.start('settlement-holds');
  await world.merchant(MID);
  await world.policy(MID, { from: '2026-01-01' });
});
afterAll(() => world.end());

it('makes no second settlement of a payout day that is held while a run looks for it', async () => {
  const runner = world.module.get(SettlementRunner, { strict: false });
  const payouts = world.module.get(Payouts, { strict: false });
  await world.approve(MID, 100_000, SAT);
  await runner.run(SAT, 'test');
  const settlements = () =>
    world.rows<{ id: string; day: string; status: string }>(
      'SELECT id, CAST(payout_day AS CHAR) AS day, status FROM settlements ORDER BY payout_day, id',
    );
  const [first] = await settlements();
  await world.approve(MID, 50_000, SUN);
  const parts = RunPartsRepository.prototype;
  const spy = jest.spyOn(parts, 'frozenPayouts');
  spy.mockImplementationOnce(async (tx, part) => {
    spy.mockRestore();
    const frozen = await parts.frozenPayouts(tx, part);
    await payouts.hold(first!.id, deed);
    return frozen;
  });
  await runner.run(SUN, 'test');
  const [held, next, ...others] = await settlements();
  expect(others).toEqual([]);
  expect(held).toEqual({ ...first, status: 'HELD' });
  expect(next).toMatchObject({ status: 'SCHEDULED' });
  expect(next!.day > held!.day).toBe(true);
  expect(await world.broken()).toEqual([]);
});

describe('an approved adjustment', () => {
  const ADJUSTED = 'M0000002';
  let adjustments: Adjustments;
  let payouts: Payouts;

  beforeAll(async () => {
    adjustments = world.module.get(Adjustments, { strict: false });
    payouts = world.module.get(Payouts, { strict: false });
    await world.merchant(ADJUSTED);
  });

  /** Asked for by one operator and approved by another: the id of the settlement that it counts in. */
  async function adjusted(amount: number): Promise<string> {
    const adjustmentId = newId('adj');
    await world.rows(
      `INSERT INTO settlement_adjustments (id, mid, contract_id, amount, reason, status, requested_by, created_at)
       VALUES (?, ?, ?, ?, 'test', 'REQUESTED', 'member:one', UTC_TIMESTAMP(3))`,
      [adjustmentId, ADJUSTED, `ctr_${ADJUSTED}`, amount],
    );
    const approved = await adjustments.approve(adjustmentId, { actor: 'member:two', reason: 'test' });
    return approved.settlementId!;
  }
  const days = async () => {
    const rows = await world.rows<{ id: string; day: string }>(
      'SELECT id, CAST(payout_day AS CHAR) AS day FROM settlements WHERE mid = ? ORDER BY payout_day, id',
      [ADJUSTED],
    );
    return rows.map(({ id, day }) => [id, day] as const);
  };

  it('counts after the payout days that are held, also one that is held while it is placed', async () => {
    const { first, second } = await heldMeanwhile();
    await payouts.hold(second, deed);
    const third = await adjusted(40_000);
    expect(await adjusted(-1_000)).toBe(third);
    const placed = await days();
    expect(placed.map(([id]) => id)).toEqual([first, second, third]);
    expect(new Set(placed.map(([, day]) => day)).size).toBe(3);
    const today = koreanDay(new Date());
    expect(placed[0]![1] > today).toBe(true);
    expect(placed[2]![1] < addDays(today, 31)).toBe(true);
    expect(await world.broken()).toEqual([]);
  });

  /** Between the look at what is frozen and the opening another opens the first payout day, and it is held. */
  async function heldMeanwhile(): Promise<{ readonly first: string; readonly second: string }> {
    let first = '';
    const spy = jest.spyOn(SettlementsRepository.prototype, 'frozenPayouts');
    spy.mockImplementationOnce(async (tx, mid, from) => {
      spy.mockRestore();
      const settlements = world.module.get(SettlementsRepository, { strict: false });
      const frozen = await settlements.frozenPayouts(tx, mid, from);
      first = await adjusted(30_000);
      await payouts.hold(first, deed);
      return frozen;
    });
    return { second: await adjusted(5_000), first };
  }
});
