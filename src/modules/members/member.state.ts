import type { MemberStatus } from './members.types';

/** Every status of a member, and those that may follow it. Whoever has left may come back. */
export const MEMBER_TRANSITIONS = {
  ACTIVE: ['LOCKED', 'DISABLED'],
  LOCKED: ['ACTIVE', 'DISABLED'],
  DISABLED: ['ACTIVE'],
} as const satisfies Record<MemberStatus, readonly MemberStatus[]>;

export function mayBecome(from: MemberStatus, to: MemberStatus): boolean {
  return (MEMBER_TRANSITIONS[from] as readonly MemberStatus[]).includes(to);
}
