import type { PartnerStatus } from './agencies.types';

/** Every status of an agency or seller, and those that may follow it. */
export const PARTNER_TRANSITIONS = {
  ACTIVE: ['SUSPENDED', 'CLOSED'],
  SUSPENDED: ['ACTIVE', 'CLOSED'],
  CLOSED: [],
} as const satisfies Record<PartnerStatus, readonly PartnerStatus[]>;

/** Staying as it is counts as allowed, except that nothing of a closed one changes. */
export function mayBecome(from: PartnerStatus, to: PartnerStatus): boolean {
  if (from === to) return from !== 'CLOSED';
  return (PARTNER_TRANSITIONS[from] as readonly PartnerStatus[]).includes(to);
}
