import { type InviteSeen, judgeInvite, lookPauseMs, sentOn } from './invitation.policy';

const limits = { phoneDailyMax: 3, merchantDailyMax: 10 };
const free: InviteSeen = { inListBefore: false, hasOpen: false, phoneSends: 0, merchantSends: 0 };

it.each([
  [free, 'INVITED'],
  [{ ...free, phoneSends: 2, merchantSends: 9 }, 'INVITED'],
  [{ ...free, phoneSends: 3 }, 'PHONE_LIMIT'],
  [{ ...free, merchantSends: 10 }, 'MERCHANT_LIMIT'],
  [{ ...free, hasOpen: true, phoneSends: 3 }, 'ALREADY_INVITED'],
  [{ ...free, inListBefore: true, hasOpen: true }, 'DUPLICATE_IN_LIST'],
] as const)('%j is %s', (seen, result) => {
  expect(judgeInvite(seen, limits)).toBe(result);
});

it('counts a day only on that day', () => {
  expect(sentOn('2026-11-21', { day: '2026-11-21', sends: 2 })).toBe(2);
  expect(sentOn('2026-11-22', { day: '2026-11-21', sends: 2 })).toBe(0);
  expect(sentOn('2026-11-22', undefined)).toBe(0);
});

it('looks again ever later, an hour at most', () => {
  const pauses = Array.from({ length: 12 }, (_, looks) => lookPauseMs(looks));
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(pauses.at(-1)).toBe(3_600_000);
});
