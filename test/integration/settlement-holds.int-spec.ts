import { Payouts } from '../../src/modules/settlements/payout/payouts.service';
import { RunPartsRepository } from '../../src/modules/settlements/run/run-parts.repository';
import { SettlementRunner } from '../../src/modules/settlements/run/settlement-runner.service';
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
