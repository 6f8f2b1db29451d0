import { MEMBER_TRANSITIONS, mayBecome } from './member.state';
import { MEMBER_STATUSES } from './members.types';

it('lets nobody stay what they are, and everybody become active again', () => {
  expect(Object.keys(MEMBER_TRANSITIONS).sort()).toEqual([...MEMBER_STATUSES].sort());
  expect(MEMBER_STATUSES.filter((status) => mayBecome(status, status))).toEqual([]);
  expect(MEMBER_STATUSES.filter((status) => mayBecome(status, 'ACTIVE'))).toEqual(['LOCKED', 'DISABLED']);
});

it('does not only lock whoever has left', () => {
  expect(mayBecome('DISABLED', 'LOCKED')).toBe(false);
});
