import { addDays } from '../../../common/time/korean-time';
import { FROZEN_DAYS_MAX, openPayout, payoutKey } from './payout-place.policy';

const due = { mid: 'M0000001', contractId: 'ctr_1', payoutDay: '2026-03-02' };
const following = (day: string) => addDays(day, 1);
const frozenFor = (days: number, of = due) =>
  new Set(
    Array.from({ length: days }, (_, index) => payoutKey({ ...of, payoutDay: addDays(of.payoutDay, index) })),
  );

it('is the day that is due, or the first after it whose sum is not frozen', () => {
  expect(openPayout(due, following, new Set())).toEqual(due);
  expect(openPayout(due, following, frozenFor(3))).toEqual({ ...due, payoutDay: '2026-03-05' });
  expect(openPayout(due, following, frozenFor(3, { ...due, contractId: 'ctr_2' }))).toEqual(due);
});

it('is refused once more than a year of payout days is frozen', () => {
  const last = addDays(due.payoutDay, FROZEN_DAYS_MAX);
  expect(openPayout(due, following, frozenFor(FROZEN_DAYS_MAX)).payoutDay).toBe(last);
  expect(() => openPayout(due, following, frozenFor(FROZEN_DAYS_MAX + 1))).toThrow('PAYOUT_DAYS_FROZEN');
  // A calendar that never moves on must not keep the run for ever either.
  expect(() => openPayout(due, (day) => day, frozenFor(1))).toThrow('PAYOUT_DAYS_FROZEN');
});
