/**
 * Every state of an invitation, and the states that may follow it. SENT: its message is on its way; sent again, it is
 * SENT anew. OPENED: somebody has looked at its link. Those up to there are open: their link is good until they expire.
 */
export const INVITATION_TRANSITIONS = {
  SENT: ['SENT', 'DELIVERED', 'FAILED', 'OPENED', 'REGISTERED', 'EXPIRED', 'DELETED'],
  DELIVERED: ['SENT', 'OPENED', 'REGISTERED', 'EXPIRED', 'DELETED'],
  FAILED: ['SENT', 'OPENED', 'REGISTERED', 'EXPIRED', 'DELETED'],
  OPENED: ['SENT', 'REGISTERED', 'EXPIRED', 'DELETED'],
  REGISTERED: [],
  EXPIRED: ['DELETED'],
  DELETED: [],
} as const satisfies Record<string, readonly string[]>;

export type InvitationStatus = keyof typeof INVITATION_TRANSITIONS;
export const INVITATION_STATUSES = Object.keys(INVITATION_TRANSITIONS) as InvitationStatus[];

/** Whose link can be used while its time is not up. */
export const OPEN_STATUSES = ['SENT', 'DELIVERED', 'FAILED', 'OPENED'] as const satisfies InvitationStatus[];

export function isOpen(status: InvitationStatus): boolean {
  return (OPEN_STATUSES as readonly InvitationStatus[]).includes(status);
}

/** Throws when the table does not allow the change: a programming error, caught before anything is written. */
export function assertInvitationTransition(from: InvitationStatus, to: InvitationStatus): void {
  if (!(INVITATION_TRANSITIONS[from] as readonly InvitationStatus[]).includes(to))
    throw new Error(`an invitation may not go from ${from} to ${to}`);
}

/** As people see it: one whose time is up is expired, also before the worker has come by. */
export function shownStatus(status: InvitationStatus, expiresAt: Date, now: Date): InvitationStatus {
  return isOpen(status) && expiresAt <= now ? 'EXPIRED' : status;
}
